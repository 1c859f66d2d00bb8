"""A patient's own report: who had to do with the record, when, and what was done."""

from dataclasses import dataclass
from typing import Final

from frontdesk.formats.pdf.letterhead import SMALL, Column, Letter, Sender
from frontdesk.kernel.text import counted

_COLUMNS: Final = (Column("When", 1.3), Column("Who", 1.2), Column("What was done", 3))
_WHAT_IT_IS: Final = (
    "This is a list of what the people of this office, and its program, did with your record between the "
    "days above. It is made from the activity log that the program keeps by itself and that nobody can "
    "change. The office gives it to you because you asked who has looked at your record."
)
_WHAT_IT_IS_NOT: Final = (
    "It is not a copy of your record, and it is not the list of disclosures to others outside the office "
    "that 45 CFR 164.528 gives you a right to. Ask the office for either one if you want it."
)
_WHAT_IT_HOLDS: Final = (
    "It holds each time a document or a signed form was opened, printed, copied or sent from the records "
    "of this program, and each change to your record, your visits and your account. It does not hold "
    "looks at lists, at the day's schedule or at the summary beside it, nor looks at paper."
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One act."""

    when: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class AccessReport:
    """The report of one patient, oldest first."""

    patient: str
    born_on: str
    chart_number: str
    from_on: str
    until_on: str
    made: str
    lines: tuple[ReportLine, ...]
    is_cut: bool = False


def access_report_pdf(sender: Sender, report: AccessReport) -> bytes:
    """The report as PDF."""
    letter = Letter(sender, "Who used your record", foot=f"Made {report.made}")
    letter.title()
    letter.facts(
        (
            ("Patient", report.patient),
            ("Birth date", report.born_on),
            ("Chart number", report.chart_number),
            ("Days", f"{report.from_on} to {report.until_on}"),
        )
    )
    letter.text(_WHAT_IT_IS)
    letter.text(_WHAT_IT_IS_NOT)
    letter.section(counted(len(report.lines), "entry", "entries"))
    if report.lines:
        letter.table(_COLUMNS, [(line.when, line.who, line.what) for line in report.lines])
    else:
        letter.text("Nothing was written down between these days.")
    if report.is_cut:
        letter.text("There are more. Ask for fewer days at a time.")
    letter.text(_WHAT_IT_HOLDS, SMALL)
    return letter.pdf()
