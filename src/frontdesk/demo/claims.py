"""The claims of past visits: those decided long ago as they ended, the others ready for the real check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from frontdesk.demo.bulk import Rows
from frontdesk.demo.money import Bill, Share
from frontdesk.demo.setting import Setting
from frontdesk.demo.week import instant
from frontdesk.models.billing.claims import Claim, ClaimEvent, ClaimLine, ClaimState, EventKind

FIRST_OF_YEAR: Final = {"claim 2026": 1_437}
"""Where a year's numbers stood before the demo's visits: most claims of the winter are not in it."""


class Flaw(StrEnum):
    """What somebody forgot when the visit was entered; the office's own check finds it."""

    PLACE = "no place of service"
    POINTER = "a line without diagnosis"
    HEADING = "a diagnosis that is not exact enough"
    UNSUPPORTED = "an ECG for a routine exam, with the heart's diagnosis second"


@dataclass(frozen=True, slots=True)
class Denial:
    """Why an insurer paid nothing: the code, and the office's own words for it."""

    code: str
    words: str


DENIALS: Final = (
    Denial("CO-50", "Not medically necessary"),
    Denial("CO-27", "Coverage ended before visit"),
    Denial("CO-97", "Included in another service"),
    Denial("CO-22", "Other payer is primary"),
)


@dataclass(slots=True)
class Asked:
    """One claim to write: its bill, and what became of it."""

    bill: Bill
    number: str
    flaws: tuple[Flaw, ...] = ()
    decided_on: date | None = None
    denial: Denial | None = None
    shares: list[Share] = field(default_factory=list)
    """What the insurer decided, line by line; empty for a denial."""
    remittance_id: int = 0
    answer_id: int = 0
    """Of the remittance that decides it, and of its place there; given when it is decided."""


def write(rows: Rows, setting: Setting, asked: list[Asked]) -> list[tuple[int, Asked]]:
    """The claims, their lines and timelines; gives back the claims' ids with them."""
    written = []
    biller = setting.user_names[setting.users["bill"]]
    for one in asked:
        bill, planned = one.bill, one.bill.visit.planned
        assert bill.sold is not None
        entered = datetime.combine(bill.entered_on, time(9, 5))
        state, since = _stands(one, entered)
        codes = bill.care.diagnoses
        if Flaw.HEADING in one.flaws:
            codes = ("M545", *codes[1:])
        elif Flaw.UNSUPPORTED in one.flaws:
            codes = ("Z0000", *codes)
        claim_id = rows.add(
            Claim,
            number=one.number,
            patient_id=planned.person.id,
            superbill_id=bill.superbill_id,
            appointment_id=bill.visit.id,
            provider_id=planned.provider_id,
            coverage_id=planned.person.coverage_id,
            payer_id=bill.sold.payer_id,
            service_on=bill.service_on,
            charge_cents=sum(line.cents for line in bill.lines),
            place_of_service="" if Flaw.PLACE in one.flaws else "11",
            diagnoses=" ".join(codes),
            state=state,
            state_since_at=instant(since),
            file_by_on=bill.service_on + timedelta(days=bill.sold.plan.payer.timely_filing_days),
            payer_control_number=claim_control(one.number) if one.decided_on else "",
            problem_code=one.denial.code if one.denial else "",
            problem=one.denial.words if one.denial else "",
            problem_count=1 if one.denial else 0,
        )
        for place, (line, care) in enumerate(zip(bill.lines, bill.care.lines, strict=True), 1):
            forgotten = Flaw.POINTER in one.flaws and place == len(bill.lines)
            rows.add(
                ClaimLine,
                claim_id=claim_id,
                charge_line_id=line.id,
                place=place,
                control_number=f"{one.number}-{place}",
                diagnosis_pointers="" if forgotten else care.pointers,
            )
        for kind, at, detail in _timeline(one, entered):
            rows.add(ClaimEvent, claim_id=claim_id, kind=kind, at=instant(at), by=biller, detail=detail)
        written.append((claim_id, one))
    return written


def claim_control(number: str) -> str:
    """What a payer calls the claim."""
    return f"P{number.replace('-', '')}01"


def _stands(one: Asked, entered: datetime) -> tuple[ClaimState, datetime]:
    if one.decided_on is None:
        return ClaimState.READY, entered + timedelta(hours=2)
    return ClaimState.DENIED if one.denial else ClaimState.PAID, datetime.combine(one.decided_on, time(9, 5))


def _timeline(one: Asked, entered: datetime) -> list[tuple[EventKind, datetime, str]]:
    happened = [
        (EventKind.MADE, entered, ""),
        (EventKind.RELEASED, entered + timedelta(hours=2), ""),
    ]
    if one.decided_on is not None:
        assert one.bill.sold is not None
        evening = datetime.combine(one.bill.entered_on, time(17, 30))
        said = f"Denied {one.denial.code} {one.denial.words}" if one.denial else "Paid"
        happened += [
            (EventKind.SENT, evening, f"To {one.bill.sold.plan.payer.name}"),
            (EventKind.ACCEPTED, evening + timedelta(hours=14), "Accepted"),
            (EventKind.REMITTED, datetime.combine(one.decided_on, time(9, 5)), said),
        ]
    return happened


MOCKUP_FLAWS: Final[Mapping[tuple[str, date], tuple[Flaw, ...]]] = {
    ("Raymond Castillo", date(2026, 3, 13)): (Flaw.UNSUPPORTED, Flaw.PLACE),
    ("Winston Achebe", date(2026, 3, 13)): (Flaw.PLACE,),
    ("Yesenia Ramos", date(2026, 3, 12)): (Flaw.POINTER,),
    ("Malcolm Hughes", date(2026, 3, 12)): (Flaw.POINTER,),
    ("Caleb Dixon", date(2026, 3, 11)): (Flaw.PLACE,),
    ("Amber Lowe", date(2026, 3, 10)): (Flaw.POINTER, Flaw.PLACE),
    ("Minh Tran", date(2026, 3, 10)): (Flaw.HEADING,),
    ("George Mbeki", date(2026, 3, 6)): (Flaw.POINTER,),
    ("Tina Nguyen", date(2026, 3, 5)): (Flaw.PLACE,),
}
"""The nine claims of mockup 07 that need a fix, with such flaws as the check knows."""
