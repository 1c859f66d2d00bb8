"""What an adjustment of a payer means, and what it may do to the ledger without asking anybody."""

import csv
from collections.abc import Iterable, Mapping, Sequence
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

NO_DECISION: Mapping[str, str] = {
    ClaimStatus.NOT_OURS_FORWARDED: "did not decide, and forwarded it to another payer",
    ClaimStatus.PREDETERMINATION: "only said what it would pay",
}
"""Answers that settle nothing, with what they say: the claim stays as it is with whoever is to pay it."""


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
    Rule("CO", "94", Treatment.CONTRACT),
    Rule("CO", "131", Treatment.CONTRACT),
    Rule("CO", "253", Treatment.CONTRACT),
    Rule("PR", "1", Treatment.PATIENT),
    Rule("PR", "2", Treatment.PATIENT),
    Rule("PR", "3", Treatment.PATIENT),
    Rule("OA", "23", Treatment.PRIOR),
)
"""What settles without a policy of the office: contract rate, what a bundle pays above the charge of its
first service, negotiated discount and federal sequestration; deductible, coinsurance and copay; what payers
before have settled."""


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
        if status in NO_DECISION:
            return Treatment.PRIOR, None
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


AMOUNTS = {
    "AU": "Covered by the plan",
    "D8": "Discount",
    "DY": "Limit for each day",
    "F5": "Paid by the patient, as the payer has it",
    "I": "Interest, which comes with the deposit and is on no claim",
    "NL": "Owed to the payer from before",
    "T": "Tax",
    "T2": "Billed before taxes",
    "ZK": "Federal payment mandate, category 1",
    "ZL": "Federal payment mandate, category 2",
    "ZM": "Federal payment mandate, category 3",
    "ZN": "Federal payment mandate, category 4",
    "ZO": "Federal payment mandate, category 5",
    "MIA04": "Priced by the diagnosis group",
    "MOA02": "Payable by the HCPCS rates",
    "MOA08": "Paid for kidney disease (ESRD)",
    "MOA09": "Professional part that is not payable",
}
"""What a payer may say of a whole claim, by AMT01 of loop 2100 or the place in its MOA or MIA; our words."""


def amount_in_words(name: str) -> str:
    """What an amount of the whole claim is, or its code where it is not on our list."""
    return AMOUNTS.get(name, f"Amount {name}: look it up in the payer's list")


def meaning(reason: str) -> str:
    """Our own words for a claim adjustment reason code; empty for one that is not on our list."""
    return _meanings("carc").get(reason, "")


def remark_meaning(remark: str) -> str:
    """Our own words for a remittance advice remark code; empty for one that is not on our list."""
    return _meanings("rarc").get(remark.upper(), "")


def remark_in_words(remark: str) -> str:
    """What a remark says, or where to look it up."""
    words = remark_meaning(remark)
    return f"Remark: {words}." if words else f"Remark {remark}: look it up in the payer's list."


@cache
def _meanings(name: str) -> dict[str, str]:
    with (resources_folder() / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["meaning"] for row in csv.DictReader(file)}
