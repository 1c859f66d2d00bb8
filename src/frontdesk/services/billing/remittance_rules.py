"""What an adjustment of a payer means, and what it may do to the ledger without asking anybody."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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

DENIALS = frozenset(
    "16 18 22 24 26 27 29 31 32 33 34 39 40 49 50 51 54 55 56 60 96 109 110 119 129 135 140 146 147 148 149"
    " 150 151 152 155 163 164 166 167 170 171 177 181 182 183 185 197 198 199 200 204 206 208 226 227 242 243"
    " 250 251 252 256 272 B1 B7 B13 B14 B15 B20".split()
)
"""Reasons that refuse a service: each is worked, whatever a policy says."""

_OTHER_PAYER = "23"


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a reason; `payer_id` empty is all payers, `remark` empty any remark."""

    group: str
    reason: str
    treatment: Treatment
    payer_id: int | None = None
    remark: str = ""
    policy_id: int | None = None
    """The office's own row; empty for a standard rule."""

    @property
    def code(self) -> str:
        """As people say it: CO-45."""
        return f"{self.group}-{self.reason}"


STANDARD = (
    Rule("CO", "45", Treatment.CONTRACT),
    Rule("CO", "131", Treatment.CONTRACT),
    Rule("CO", "253", Treatment.CONTRACT),
    Rule("PR", "1", Treatment.PATIENT),
    Rule("PR", "2", Treatment.PATIENT),
    Rule("PR", "3", Treatment.PATIENT),
    Rule("OA", "23", Treatment.PRIOR),
)
"""What settles without a policy of the office: contract rate, negotiated discount and federal sequestration;
deductible, coinsurance and copay; what payers before have settled."""


class Rules:
    """The rules of one day. A payer's row goes before a general one, one with a remark before one without."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {
            (rule.payer_id, rule.group, rule.reason, rule.remark): rule for rule in (*STANDARD, *rules)
        }
        self._with_remark = any(rule.remark for rule in self._rules.values())

    def settle(
        self, group: str, reason: str, status: str, payer_id: int | None, remarks: Sequence[str] = ()
    ) -> tuple[Treatment, int | None]:
        """What becomes of an adjustment, and the office's row that says so; what no rule settles stays open.

        No row can write a denial off: neither a claim that was denied, nor a reason that denies.
        """
        if status == ClaimStatus.DENIED and (group, reason) != ("OA", _OTHER_PAYER):
            return Treatment.OPEN, None
        rule = self._rule(group, reason, payer_id, remarks)
        if rule is None or (rule.treatment is Treatment.CONTRACT and reason in DENIALS):
            return Treatment.OPEN, None
        return rule.treatment, rule.policy_id

    def _rule(self, group: str, reason: str, payer_id: int | None, remarks: Sequence[str]) -> Rule | None:
        said = (*remarks, "") if self._with_remark else ("",)
        for who in (payer_id, None) if payer_id is not None else (None,):
            for remark in said:
                rule = self._rules.get((who, group, reason, remark))
                if rule is not None:
                    return rule
        return None


def meaning(reason: str) -> str:
    """Our own words for a claim adjustment reason code; empty for one that is not on our list."""
    return _meanings().get(reason, "")


@cache
def _meanings() -> dict[str, str]:
    with (resources_folder() / "codes" / "carc.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["meaning"] for row in csv.DictReader(file)}
