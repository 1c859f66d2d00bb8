"""How the entries of the accounting, and the requests for it, look in their lists."""

from datetime import date

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.records.accounting import Asked
from frontdesk.services.records.disclosures import GROUNDS, SOURCES, DisclosureLine
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.table import Column
from frontdesk.ui.text import counted, tr

DAY, PATIENT, RECIPIENT, WHAT, GROUND, ACCOUNTED = range(6)
ASKED_BY, ASKED_ON = 2, 4


def entry_columns() -> list[Column[DisclosureLine]]:
    return [
        Column("Date", lambda each: us_date(each.disclosed_on), width=92),
        Column("Patient", lambda each: Cell(each.patient, role="strong"), width=140),
        Column("To whom", lambda each: each.recipient, width=180),
        Column("What", _what),
        Column("Ground", lambda each: Cell(GROUNDS[each.ground], color="text-2"), width=160),
        Column("Accounting", _accounted, width=110),
    ]


def asked_columns(today: date) -> list[Column[Asked]]:
    return [
        Column("Deadline", lambda each: _deadline(each, today), width=130),
        Column("Patient", lambda each: Cell(each.patient, role="strong"), width=160),
        Column("Asked by", lambda each: each.asked_by, width=180),
        Column("Covers", lambda each: f"{us_date(each.from_on)} to {us_date(each.until_on)}"),
        Column("Asked", lambda each: us_date(each.asked_on), width=96),
        Column("Fee", lambda each: dollars(each.fee_cents), width=72, align="right"),
    ]


def facts_of(each: DisclosureLine) -> tuple[tuple[str, str], ...]:
    """The whole entry, beside the list."""
    when = us_date(each.disclosed_on)
    if each.until_on is not None and each.times is not None:
        times = counted(each.times, "{count} time", "{count} times")
        when = tr("{first} to {last}, {times}", first=when, last=us_date(each.until_on), times=times)
    part_2 = tr(", 42 CFR part 2") if each.has_part_2 else ""
    facts = (
        (tr("When"), when),
        (tr("Patient"), f"{each.patient}, {each.chart_number}"),
        (tr("To whom"), each.recipient),
        (tr("Address"), each.recipient_address),
        (tr("What"), each.what),
        (tr("Purpose"), each.purpose),
        (tr("Ground"), f"{GROUNDS[each.ground]} ({SOURCES[each.ground]}{part_2})"),
        (
            tr("Accounting"),
            tr("The patient is told of it when asking")
            if each.is_accounted
            else tr("Exempt (164.528(a)(1))"),
        ),
        (tr("Request"), each.request or tr("Entered by hand")),
        (tr("Written by"), f"{each.recorded_by}, {us_date(each.recorded_on)}"),
    )
    return tuple((name, value) for name, value in facts if value)


def asked_facts(each: Asked) -> tuple[tuple[str, str], ...]:
    """A request for the accounting, beside the list."""
    state = tr("Open")
    if each.given_on is not None:
        state = tr("Given {day}", day=us_date(each.given_on))
    elif each.withdrawn_on is not None:
        state = tr("Withdrawn {day}", day=us_date(each.withdrawn_on))
    facts = (
        (tr("Patient"), f"{each.patient}, {each.chart_number}"),
        (tr("Asked by"), f"{each.asked_by}, {us_date(each.asked_on)}"),
        (tr("Covers"), f"{us_date(each.from_on)} to {us_date(each.until_on)}"),
        (tr("Due"), us_date(each.due_on)),
        (tr("Extended"), each.extension_reason),
        (tr("Fee"), dollars(each.fee_cents)),
        (tr("State"), state),
    )
    return tuple((name, value) for name, value in facts if value)


def _what(each: DisclosureLine) -> Cell:
    times = counted(each.times, "{count} time", "{count} times") if each.times else ""
    return Cell(each.what, detail=times or (tr("corrected") if each.is_correction else ""))


def _accounted(each: DisclosureLine) -> Cell:
    if each.is_accounted:
        return Cell(tr("Accounted"), icon="list-checks", icon_color="info")
    return Cell(tr("Exempt"), color="text-3")


def _deadline(each: Asked, today: date) -> Cell:
    if not each.is_open:
        return Cell(tr("given") if each.given_on else tr("withdrawn"), color="text-3", icon="check")
    days = (each.due_on - today).days
    if days < 0:
        over = counted(-days, "{count} day over", "{count} days over")
        return Cell(over, role="strong", color="block-tx", icon="circle-alert", icon_color="block")
    left = tr("due today") if days == 0 else counted(days, "{count} day left", "{count} days left")
    if days <= 7:
        return Cell(left, role="strong", color="warn-tx", icon="triangle-alert", icon_color="warn")
    return Cell(left, color="text-2", icon="clock")
