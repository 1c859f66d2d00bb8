"""The accounting of disclosures that a patient asked for (45 CFR 164.528(b)), as a letter."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import DENSE, Column, Letter, Sender, grid

_COLUMNS = (
    Column("Date", 1.5),
    Column("To whom", 3.2),
    Column("What", 3.4),
    Column("Why, and on what ground", 3.4),
)


@dataclass(frozen=True, slots=True)
class AccountingLine:
    """One disclosure, or a series to one recipient for one purpose."""

    when: str
    to: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class AccountingSheet:
    """Everything the letter says; dates as they are to stand there."""

    sender: Sender
    patient: str
    born_on: str
    chart_number: str
    asked_by: str
    asked_on: str
    from_on: str
    until_on: str
    made_on: str
    lines: tuple[AccountingLine, ...]
    fee: str
    """What it costs, as a sentence."""


def accounting_pdf(sheet: AccountingSheet) -> bytes:
    """The letter as PDF."""
    letter = Letter(sheet.sender, "Accounting of disclosures", foot=f"{sheet.chart_number}, {sheet.made_on}")
    letter.title()
    letter.facts(
        (
            ("Patient", sheet.patient),
            ("Birth date", sheet.born_on),
            ("Chart number", sheet.chart_number),
            ("Asked for", f"{sheet.asked_on}, by {sheet.asked_by}"),
            ("Covers", f"{sheet.from_on} to {sheet.until_on}"),
            ("Made on", sheet.made_on),
        ),
        columns=3,
    )
    letter.text(
        "These are the disclosures of your health information that this office must account for "
        "(45 CFR 164.528). Not listed are disclosures for treatment, payment and health care operations, "
        "those to you, and those that you authorized in writing."
    )
    if sheet.lines:
        rows = [(line.when, line.to, line.what, line.why) for line in sheet.lines]
        letter.add(grid(_COLUMNS, rows, text=DENSE))
    else:
        letter.text("In this time there were no disclosures that must be accounted for.")
    letter.space(8)
    letter.text(sheet.fee)
    return letter.pdf()
