"""What an adjustment of a payer means, and what it may do to the ledger without asking anybody."""

import csv
from functools import cache

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.files import resources_folder
from frontdesk.models.billing.remittances import Treatment

GROUPS = {
    "CO": "Contract: the patient is not billed for it",
    "PR": "Patient: the patient owes it",
    "OA": "Other: neither contract nor patient",
    "PI": "Payer: cut by the payer, without a contract",
    "CR": "Correction of an earlier payment",
}

_CONTRACT = frozenset({"45", "131", "253"})
"""Agreed in advance: contract rate, negotiated discount, federal sequestration."""
_PATIENT = frozenset({"1", "2", "3"})
"""Deductible, coinsurance, copay."""
_PRIOR = "23"


def treatment(group: str, reason: str, status: str) -> Treatment:
    """What becomes of an adjustment; whatever is not clearly settled stays open for a person."""
    if group == "OA" and reason == _PRIOR:
        return Treatment.PRIOR
    if status == ClaimStatus.DENIED:
        # A denial is worked, never written off by itself.
        return Treatment.OPEN
    if group == "PR" and reason in _PATIENT:
        return Treatment.PATIENT
    if group == "CO" and reason in _CONTRACT:
        return Treatment.CONTRACT
    return Treatment.OPEN


def meaning(reason: str) -> str:
    """Our own words for a claim adjustment reason code; empty for one that is not on our list."""
    return _meanings().get(reason, "")


@cache
def _meanings() -> dict[str, str]:
    with (resources_folder() / "codes" / "carc.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["meaning"] for row in csv.DictReader(file)}
