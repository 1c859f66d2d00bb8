"""The superbills that are missing, and the numbers and their fate: on the screen, as a file, on paper."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from frontdesk.formats.pdf.letterhead import Column
from frontdesk.formats.pdf.list_paper import ListPaper, list_pdf
from frontdesk.formats.spreadsheet import csv_of
from frontdesk.kernel.text import counted, us_date
from frontdesk.services.billing import papers, parties, superbill_numbers, superbills
from frontdesk.services.billing.superbill_numbers import SheetNumber
from frontdesk.services.billing.superbills import Missing
from frontdesk.services.command import query
from frontdesk.services.work import Work

_MISSING_HEAD = ("Visit", "Patient", "Provider", "Superbill", "Why it is missing", "Days")
_NUMBERS_HEAD = ("Number", "Visit", "Patient", "Provider", "What became of it")
_FOOT = "Names patients: shred it at the end of the day."


@dataclass(frozen=True, slots=True)
class MissingWanted:
    """Which visits are looked for; an empty reason or provider means all."""

    since: date
    until: date
    why: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True)
class MissingReport:
    """The visits whose charges are not in the ledger, and how many by reason and by provider."""

    wanted: MissingWanted
    rows: tuple[Missing, ...]
    by_why: tuple[tuple[str, int], ...]
    by_provider: tuple[tuple[str, int], ...]
    """Of all that fit the days, whatever else is chosen."""


@query(permission="billing.view")
def missing(work: Work, *, wanted: MissingWanted) -> MissingReport:
    """The missing superbills of a span of days, the oldest first."""
    every = superbills.missing(work, since=wanted.since, until=wanted.until)
    rows = tuple(
        each for each in every if wanted.why in ("", each.why) and wanted.provider in ("", each.provider)
    )
    return MissingReport(
        wanted=wanted,
        rows=rows,
        by_why=tuple(sorted(Counter(each.why for each in every).items())),
        by_provider=tuple(sorted(Counter(each.provider for each in every).items())),
    )


@query(permission="billing.view")
def missing_csv(work: Work, *, wanted: MissingWanted) -> bytes:
    """The same for a spreadsheet."""
    return csv_of(_MISSING_HEAD, _missing_cells(work, wanted))


@query(permission="billing.view")
def missing_pdf(work: Work, *, wanted: MissingWanted) -> bytes:
    """The same on paper."""
    cells = _missing_cells(work, wanted)
    visits = counted(len(cells), "visit is not charged", "visits are not charged")
    about = (
        f"{us_date(wanted.since)} to {us_date(wanted.until)}. {wanted.provider or 'All providers'}. {visits}."
    )
    parts = (2, 4, 2, 2, 3, 1)
    return list_pdf(
        ListPaper(
            sender=papers.sender(parties.letterhead(work)),
            title="Missing superbills",
            about=about,
            foot=f"Printed {us_date(work.today)}. {_FOOT}",
            columns=_columns(_MISSING_HEAD, parts),
            rows=cells,
            empty="Every visit of these days is charged.",
        )
    )


@query(permission="billing.view")
def numbers_pdf(work: Work, *, since: date, until: date) -> bytes:
    """Every superbill number of a span of days with its fate, on paper."""
    rows = superbill_numbers.numbers(work, since=since, until=until)
    gaps = sum(1 for row in rows if row.superbill_id is None)
    none = "No number is missing" if not gaps else f"{gaps} numbers have no sheet"
    return list_pdf(
        ListPaper(
            sender=papers.sender(parties.letterhead(work)),
            title="Superbill numbers",
            about=f"Visits of {us_date(since)} to {us_date(until)}. {len(rows)} numbers. {none}.",
            foot=f"Printed {us_date(work.today)}. {_FOOT}",
            columns=_columns(_NUMBERS_HEAD, (2, 2, 4, 2, 5)),
            rows=tuple(_number_cells(row) for row in rows),
        )
    )


def _missing_cells(work: Work, wanted: MissingWanted) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            us_date(each.service_on),
            each.patient,
            each.provider,
            each.number,
            each.why,
            str((work.today - each.service_on).days),
        )
        for each in missing(work, wanted=wanted).rows
    )


def _number_cells(row: SheetNumber) -> tuple[str, ...]:
    day = us_date(row.service_on) if row.service_on else ""
    return (row.said, day, row.patient, row.provider, row.fate)


def _columns(heads: tuple[str, ...], parts: tuple[int, ...]) -> tuple[Column, ...]:
    return tuple(Column(head, part) for head, part in zip(heads, parts, strict=True))
