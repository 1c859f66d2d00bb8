"""What is known of a drawer that is over or short, and what one of its causes looks like."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frontdesk.kernel.money import dollars
from frontdesk.models.billing.receipts import TenderKind


class Cause(StrEnum):
    """Why a drawer may be over or short; the order settles what scores alike."""

    OTHER_TENDER = "other tender"
    OTHER_DRAWER = "other drawer"
    FLOAT = "float"
    NOT_RECORDED = "not recorded"
    EARLIER_DAY = "earlier day"
    DOUBLED = "doubled"
    VOIDED = "voided"
    NO_CHANGE = "no change"
    NOT_THERE = "not there"
    DECIMAL = "decimal"
    TRANSPOSED = "transposed"
    WRONG_NOTE = "wrong note"
    WRONG_LINE = "wrong line"
    HALF = "half"
    TWO_TOGETHER = "two together"
    PAID_OUT = "paid out"


@dataclass(frozen=True, slots=True)
class Taken:
    """Money of one kind on one receipt of the drawer."""

    receipt_id: int
    number: str
    patient_id: int
    patient: str
    kind: TenderKind
    amount_cents: int
    tendered_cents: int = 0
    """Cash as it was handed over; 0 where nothing is known of it."""
    is_void: bool = False

    @property
    def change_cents(self) -> int:
        """What had to be given back."""
        return max(0, self.tendered_cents - self.amount_cents)


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """Money a patient who came that day was to pay, and for which there is no receipt."""

    appointment_id: int
    patient_id: int
    patient: str
    what: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A difference of the same kind in another drawer that day, or in this one on an earlier day."""

    drawer: str
    on: date
    kind: TenderKind
    off_cents: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the search for a cause looks at. Differences are positive for over."""

    off: tuple[tuple[TenderKind, int], ...]
    taken: tuple[Taken, ...]
    not_recorded: tuple[NotRecorded, ...] = ()
    float_cents: int = 0
    pieces: tuple[tuple[int, int], ...] = ()
    """Bills and coins counted: the value of one in cents, and how many."""
    other_drawers: tuple[Elsewhere, ...] = ()
    earlier: tuple[Elsewhere, ...] = ()

    def off_by(self, kind: TenderKind) -> int:
        """The difference of one kind; 0 where it agrees."""
        return dict(self.off).get(kind, 0)

    def standing(self, kind: TenderKind) -> list[Taken]:
        """What was taken of a kind and not voided."""
        return [each for each in self.taken if each.kind is kind and not each.is_void]

    def voided(self, kind: TenderKind) -> list[Taken]:
        """What was taken of a kind and voided."""
        return [each for each in self.taken if each.kind is kind and each.is_void]


@dataclass(frozen=True, slots=True)
class Blamed:
    """An entry that a cause points at: a receipt, or a visit without one."""

    patient_id: int
    patient: str
    number: str = ""
    receipt_id: int | None = None
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A possible cause, as a sentence. The higher its score (to 100), the likelier."""

    cause: Cause
    kind: TenderKind
    score: int
    sentence: str
    blamed: tuple[Blamed, ...] = ()

    @property
    def entries_are_one(self) -> bool:
        """Whether it points at one entry and no other."""
        return len(self.blamed) == 1


def blame(entries: list[Taken]) -> tuple[Blamed, ...]:
    """Receipts in the order of their numbers, each once."""
    found = {e.receipt_id: Blamed(e.patient_id, e.patient, e.number, e.receipt_id) for e in entries}
    return tuple(sorted(found.values(), key=lambda each: each.number))


def which(blamed: tuple[Blamed, ...]) -> str:
    """The entries in words: "R-000123 (Foster, Danielle)", or "one of R-000123, R-000125"."""
    if len(blamed) == 1:
        one = blamed[0]
        return f"{one.number} ({one.patient})" if one.number else one.patient
    names = [each.number or each.patient for each in blamed]
    rest = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return f"one of {', '.join(names[:4])}{rest}"


def of_kind(kind: TenderKind, cents: int) -> str:
    """The difference in words: "the cash is $27.00 over"."""
    noun = {TenderKind.CASH: "cash is", TenderKind.CHECK: "checks are", TenderKind.CARD: "card batch is"}
    return f"the {noun[kind]} {dollars(abs(cents))} {'over' if cents > 0 else 'short'}"
