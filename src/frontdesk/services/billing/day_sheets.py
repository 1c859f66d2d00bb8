"""The day sheet: drawn when a day is sealed, and kept byte for byte."""

from datetime import date

from sqlalchemy import select

from frontdesk.formats.pdf.day_sheet import DaySheet, DrawerPaper, ReceiptLine, day_sheet_pdf
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date_time, weekday_date
from frontdesk.models.billing.day_close import ClosedDaySheet, DayClose, DaySignature
from frontdesk.models.records.content import MediaType
from frontdesk.services.billing import counting, papers, parties, receipts, roll_forward, superbills
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.roll_forward import ByParty, Rolled
from frontdesk.services.command import query
from frontdesk.services.records import content
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_closed_day_sheet", "The sheet of a closed day stays as it was.")
says("append_only_day_signature", "A signature stays.")

_NAMES = (
    ("Opening", "opening_cents"),
    ("Charges", "charges_cents"),
    ("Payments", "payments_cents"),
    ("Adjustments", "adjustments_cents"),
    ("Income on no visit", "income_cents"),
    ("Transfers", "moved_cents"),
    ("Refunds", "refunds_cents"),
    ("Corrections", "corrections_cents"),
    ("Closing", "closing_cents"),
)


@query(permission="billing.view")
def of_day(work: Work, *, on: date) -> bytes:
    """The sheet of a closed day as it was sealed."""
    address = work.session.scalar(
        select(ClosedDaySheet.sha256)
        .join(DayClose, ClosedDaySheet.day_close_id == DayClose.id)
        .where(DayClose.closed_on == on)
    )
    if address is None:
        raise Refused(Finding(f"{weekday_date(on)} has no day sheet. It is made when the day is sealed."))
    return content.read(work.session, address)


def keep(work: Work, closed: DayClose) -> None:
    """Draw the sheet of a day that is being closed, and keep it."""
    pdf = day_sheet_pdf(_sheet(work, closed))
    work.add(ClosedDaySheet(day_close_id=closed.id, sha256=content.keep_made(work, pdf, MediaType.PDF)))


def roll_rows(rolled: ByParty) -> tuple[tuple[str, int, int, int], ...]:
    """The lines of the roll-forward: name, patients, insurers, together; the closing last."""
    return tuple(
        (name, _cents(rolled.patient, field), _cents(rolled.payer, field), _cents(rolled.together, field))
        for name, field in _NAMES
    )


def _cents(side: Rolled, field: str) -> int:
    cents: int = getattr(side, field)
    return cents


def _sheet(work: Work, closed: DayClose) -> DaySheet:
    on = closed.closed_on
    rolled = roll_forward.by_party(work, on=on)
    counts = sorted(counting.counts_of(work, on).values(), key=lambda each: each.drawer)
    wall = work.wall(closed.closed_at)
    signature = work.session.scalar(
        select(DaySignature).where(DaySignature.signed_for == on).order_by(DaySignature.id.desc()).limit(1)
    )
    aged = "The aged debts add up to the same." if rolled.agrees else "The aged debts do not add up to it."
    return DaySheet(
        sender=papers.sender(parties.letterhead(work)),
        day=weekday_date(on),
        closed=f"Closed by {closed.closed_by}, {us_date_time(wall)}",
        signed=f"Signed by {signature.signed_by}" if signature else "",
        roll=roll_rows(rolled),
        aged=f"{aged} {_said_aged(rolled)}",
        drawers=tuple(_drawer(each) for each in counts),
        receipts=tuple(
            ReceiptLine(each.number, each.tenders, each.received_by, each.is_void, each.total_cents)
            for each in reversed(receipts.of_day(work, on=on))
        ),
        deposit_cents=sum(each.deposit_cents for each in counts),
        not_charged=len(superbills.missing(work, since=on, until=on)),
    )


def _said_aged(rolled: ByParty) -> str:
    patients, insurers = dollars(rolled.patient.aged_cents), dollars(rolled.payer.aged_cents)
    return f"Patients {patients}, insurers {insurers}."


def _drawer(each: Counted) -> DrawerPaper:
    money = (
        ("Cash", each.counted_cash_cents, each.expected_cash_cents),
        ("Checks", each.counted_check_cents, each.expected_check_cents),
        ("Cards", each.batch_card_cents, each.expected_card_cents),
    )
    return DrawerPaper(each.drawer, money, each.reason, each.counted_by)
