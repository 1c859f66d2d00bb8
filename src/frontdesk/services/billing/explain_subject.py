"""What can be explained: every amount that a screen shows, by a name to look it up."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from frontdesk.services.billing.aging import AgeColumn
from frontdesk.services.billing.reports_filter import ChartName, FigureName, Wanted


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
    MATTER = "matter"
    """What of a payer's own account is about the same thing as a posting."""
    COVERAGE = "coverage"
    BATCH = "batch"
    """Claims that went out together."""
    STATEMENT = "statement"
    RUN = "run"
    """Statements that were made together."""
    REFUND = "refund"
    """With `side` "payer" where it goes to one: no paper for a patient."""
    PLAN = "plan"
    PROMISE = "promise"
    ESTIMATE = "estimate"
    """A version of an estimate."""
    DAY = "day"
    """The roll-forward of `on`, or its deposit; without an id."""
    RETURNED = "returned"
    """A check that the bank did not pay, as the statement shows it."""
    DRAWER = "drawer"
    """A count of a drawer."""
    POSTING = "posting"
    """What one posting moved of money that came in, narrowed by `report`."""
    DENIAL = "denial"
    """One reason for which a payer paid less."""
    SMALL = "small"
    """The small balances that wait to be written off; without an id."""
    AGENCY = "agency"
    """What is placed with the collection agency; without an id."""
    COLLECTED = "collected"
    """What an agency's remittance sends to the bank."""
    FIGURE = "figure"
    """A key figure of `report`."""
    BAR = "bar"
    """A bar of a chart of `report`, or a part of it."""


class Part(StrEnum):
    """Which amount of it."""

    OPEN = "open"
    """What is left, whoever owes it; of a receipt, remittance or statement its whole amount."""
    PAYER = "payer"
    PATIENT = "patient"
    """The patient's part, less what is to their credit; of an answer what it leaves to the patient."""
    CREDIT = "credit"
    """Money on no line yet, as a positive amount; of a line what was paid too much."""
    FREE = "free"
    """Of the credit, or of a receipt, what is held for no visit."""
    ON_ACCOUNT = "on_account"
    """What stands on a payer's own account; positive, the payer owes it."""
    MISSED = "missed"
    """Of a household: instalments that were due and are not paid."""
    ASKED = "asked"
    """Of a line the patient's part less what is paid in instalments; of a plan what it asks for now."""
    COPAY = "copay"
    """Of a visit: what is asked for of it."""
    DEDUCTIBLE = "deductible"
    """Of a coverage: what is left of it, as the insurer said; all of it where the rest was not said."""
    LIMIT = "limit"
    """Of a coverage: what is left until the out-of-pocket limit."""
    DEPOSIT = "deposit"
    """Of a visit: what the office asks ahead; of a counted drawer or a day: what goes to the bank."""
    AHEAD = "ahead"
    """Of a visit: what of its estimate may be paid ahead."""
    CHARGED = "charged"
    """What was charged; of a plan what was agreed on."""
    PAID = "paid"
    CONTRACT = "contract"
    OTHER = "other"
    OPENING = "opening"
    TO_POST = "to_post"
    """Of a remittance: what it pays on claims of ours."""
    ADJUSTMENTS = "adjustments"
    INCOME = "income"
    """What payers paid on no visit."""
    MOVED = "moved"
    REFUNDS = "refunds"
    CORRECTIONS = "corrections"
    CLOSING = "closing"
    CASH = "cash"
    CHECK = "check"
    CARD = "card"
    COUNTED = "counted"
    """The cash that was found in a drawer."""
    CARD_RECEIPTS = "card_receipts"
    """Of a counted drawer: its receipts by card that were not voided."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Which figure or bar of which report."""

    wanted: Wanted
    figure: FigureName | None = None
    is_listed: bool = False
    """Of a figure: the money of the claims that are listed behind it."""
    chart: ChartName | None = None
    ids: tuple[int, ...] = ()
    """The payers of a bar of A/R; empty: the patients'."""
    key: str = ""
    """The cause of a bar of denials, or who could have prevented them."""
    month_on: date | None = None
    """The first day of the month of a bar of money received."""
    place: int | None = None
    """Which part of the bar; None: all of it."""
    patient_id: int | None = None
    """Of a posting: whose part of it."""
    is_on_no_line: bool = False
    """Of what is open of one age: only what is on no visit."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One amount on a screen."""

    about: About
    id: int = 0
    part: Part = Part.OPEN
    on: date | None = None
    column: AgeColumn | None = None
    """Of a household, a payer or everybody: what of it is so old."""
    since_on: date | None = None
    """With a column: what of it is owed since this day; a line can become owed in parts."""
    side: Literal["", "patient", "payer"] = ""
    """Of a day: the patients', the insurers', or both; of a refund or posting whose money it is."""
    payer_id: int | None = None
    """Of a line or a posting: which payer's part of it."""
    account_id: int | None = None
    """Of a receipt: which household's part of what is left; empty: of the one that paid."""
    report: Reported | None = None

    @property
    def is_for_patients(self) -> bool:
        """Whether it may be printed for a patient: it is about one, or one household."""
        return self.about in _FOR_PATIENTS and not (self.about is About.REFUND and self.side == "payer")


_FOR_PATIENTS = frozenset(
    {
        About.PATIENT,
        About.ACCOUNT,
        About.LINE,
        About.VISIT,
        About.CLAIM,
        About.RECEIPT,
        About.STATEMENT,
        About.REFUND,
        About.PLAN,
        About.PROMISE,
        About.ESTIMATE,
    }
)
