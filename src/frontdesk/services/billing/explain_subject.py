"""What can be explained: every amount of the ledger that a screen shows, by a name to look it up."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from frontdesk.services.billing.aging import AgeColumn


class About(StrEnum):
    """Whose amount it is; `Subject.id` is of that table."""

    PATIENT = "patient"
    ACCOUNT = "account"
    LINE = "line"
    VISIT = "visit"
    CLAIM = "claim"
    RECEIPT = "receipt"
    REMITTANCE = "remittance"
    ANSWER = "answer"
    """What a remittance says of one claim."""
    PAYER = "payer"
    STATEMENT = "statement"
    DAY = "day"
    """The roll-forward of `on`; without an id."""
    DRAWER = "drawer"
    """A count of a drawer."""


class Part(StrEnum):
    """Which amount of it."""

    OPEN = "open"
    """What is left, whoever owes it; of a receipt, remittance or statement its whole amount."""
    PAYER = "payer"
    PATIENT = "patient"
    """The patient's part, less what is to their credit; of an answer what it leaves to the patient."""
    CREDIT = "credit"
    """Money on no line yet, as a positive amount."""
    CHARGED = "charged"
    PAID = "paid"
    CONTRACT = "contract"
    OTHER = "other"
    OPENING = "opening"
    TO_POST = "to_post"
    """Of a remittance: what it pays on claims of ours."""
    ADJUSTMENTS = "adjustments"
    MOVED = "moved"
    REFUNDS = "refunds"
    CORRECTIONS = "corrections"
    CLOSING = "closing"
    CASH = "cash"
    CHECK = "check"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Subject:
    """One amount on a screen."""

    about: About
    id: int = 0
    part: Part = Part.OPEN
    on: date | None = None
    column: AgeColumn | None = None
    """Of a household, a payer or everybody: what of it is so old."""
    side: Literal["", "patient", "payer"] = ""
    """Of a day: the patients', the insurers', or both."""

    @property
    def is_for_patients(self) -> bool:
        """Whether it may be printed for a patient: it is about one, or one household."""
        return self.about in _FOR_PATIENTS


_FOR_PATIENTS = frozenset(
    {About.PATIENT, About.ACCOUNT, About.LINE, About.VISIT, About.CLAIM, About.RECEIPT, About.STATEMENT}
)
