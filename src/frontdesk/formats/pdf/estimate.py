"""An estimate as a letter: a good-faith one with all that 45 CFR 149.610(c)(1) asks for, or an informal one.

The paragraphs follow the standard form of the Centers for Medicare & Medicaid Services (CMS-10791).
"""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import STRONG, Column, Letter, Sender

_LINES = (
    Column("Service", 3.2),
    Column("Code", 0.9),
    Column("Diagnosis", 1),
    Column("Units", 0.6, is_number=True),
    Column("Charge", 1.1, is_number=True),
    Column("You pay", 1.1, is_number=True),
)
_INFORMAL = (
    "You have insurance. This shows what you will probably pay; your plan decides when it has the "
    "claim. It is not a good-faith estimate for people who pay without insurance, and it does not "
    "replace your plan's explanation of benefits."
)
_SEPARATE = (
    "The services below are expected before or after this care and must be scheduled separately. "
    "They are not part of this estimate. Separate good-faith estimates will be given when they "
    "are scheduled, or when you ask."
)
_DISCLAIMERS = (
    (
        "There may be additional services that we recommend as part of your care, that must be "
        "scheduled or requested separately and are not reflected in this good-faith estimate."
    ),
    (
        "This is only an estimate of the services that were reasonably expected when it was "
        "written. The actual services and charges may differ, for example if complications or "
        "special circumstances occur."
    ),
    (
        "If you are billed $400 or more above this estimate, you have the right to dispute the "
        "bill. You may ask us to update the bill to match the estimate, to negotiate, or whether "
        "financial assistance is available. You may also start a dispute with the U.S. Department "
        "of Health and Human Services (HHS) within 120 calendar days of the date on the first "
        "bill; there is a small fee. If the reviewer agrees with you, you pay the estimate; if "
        "not, you pay the higher amount. Starting it does not affect the quality of the care that "
        "you receive."
    ),
    (
        "To learn more and to get the form to start the process, go to www.cms.gov/nosurprises or "
        "call 1-800-985-3059. Keep a copy of this estimate: you may need it if you are billed a "
        "higher amount."
    ),
    (
        "This good-faith estimate is not a contract. It does not oblige you to obtain the "
        "services from us or from any of the providers named here."
    ),
)


@dataclass(frozen=True, slots=True)
class EstimateSheet:
    """Everything the letter shows; amounts and days are written as they are to stand there."""

    sender: Sender
    number: str
    edition: int
    is_good_faith: bool
    patient: str
    born_on: str
    written_on: str
    service: str
    service_on: str
    """Empty where nothing is scheduled yet."""
    recurring: str
    """ "12 visits until 03/31/2027"; empty for one visit."""
    provider: str
    provider_npi: str
    practice: str
    practice_npi: str
    tax_id: str
    location: str
    state: str
    lines: tuple[tuple[str, str, str, str, str, str], ...]
    fees: str
    total: str
    per_visit: str
    """The total of one visit, where there are several."""
    why: str
    separately: str


def estimate_pdf(sheet: EstimateSheet) -> bytes:
    """The letter as PDF."""
    name = "Good-faith estimate" if sheet.is_good_faith else "Estimate of your share"
    title = f"{name} {sheet.number}" + (f", version {sheet.edition}" if sheet.edition > 1 else "")
    letter = Letter(sheet.sender, title, foot=f"{name} {sheet.number}. Keep this for your records.")
    letter.title()
    if not sheet.is_good_faith:
        letter.text(_INFORMAL)
    letter.facts(
        (
            ("Patient", sheet.patient),
            ("Date of birth", sheet.born_on),
            ("Date of this estimate", sheet.written_on),
            ("For", sheet.service),
            ("Expected on", sheet.service_on or "not scheduled yet"),
            ("Visits", sheet.recurring or "one"),
        ),
        columns=3,
    )
    letter.section("Who provides the care")
    letter.facts(
        (
            ("Provider", sheet.provider),
            ("NPI of the provider", sheet.provider_npi),
            ("Where", sheet.location),
            ("Billed by", sheet.practice),
            ("NPI, taxpayer number (TIN)", f"{sheet.practice_npi}, {sheet.tax_id}"),
            ("State", sheet.state),
        ),
        columns=3,
    )
    letter.section("Expected services and charges" + (" of each visit" if sheet.recurring else ""))
    letter.table(
        _LINES,
        sheet.lines,
        total=("Total of each visit", "", "", "", "", sheet.per_visit)
        if sheet.recurring
        else ("Total", "", "", "", sheet.fees, sheet.total),
    )
    if sheet.recurring:
        letter.text(f"Total of {sheet.recurring}: {sheet.total}", STRONG)
    if sheet.why:
        letter.text(sheet.why)
    if sheet.is_good_faith:
        if sheet.separately:
            letter.section("To be scheduled separately")
            letter.text(_SEPARATE)
            letter.item(sheet.separately)
        letter.section("What you should know")
        for words in _DISCLAIMERS:
            letter.item(words)
    return letter.pdf()
