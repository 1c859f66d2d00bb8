"""Why a balance is what it is, for the patient: a sentence for each thing that happened, and what is left."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import SMALL, STRONG, Column, Letter, Sender

_ROWS = (
    Column("What happened", 5.4),
    Column("Amount", 1.1, is_number=True),
    Column("So far", 1.1, is_number=True),
)
_HOW_TO_READ = (
    "Each line is one thing that changed this amount. A minus lowers it. A line without an amount says "
    "what money was used for; it changes nothing."
)
_QUESTIONS = (
    "If something here is not what you expect, call us and have this page at hand. Your insurer's "
    "explanation of benefits shows what it paid for each visit."
)


_TERMS = (
    ("deductible", "Deductible: what you pay yourself in a year before your insurer begins to pay."),
    ("coinsurance", "Coinsurance: the share of the price that your plan leaves to you."),
    ("copay", "Copay: a fixed amount that your plan asks of you at a visit."),
    ("out-of-pocket", "Out-of-pocket limit: the most that you pay in a year; then your insurer pays all."),
    ("contract", "Contract: the price that your insurer and we agreed on; you do not pay the difference."),
    ("credit", "Credit: money of yours that is on no visit yet. You can use it, or ask for it back."),
)
"""What the words of insurance mean; only those that stand on the paper are explained."""


@dataclass(frozen=True, slots=True)
class ExplainedSheet:
    """Everything the paper shows, as it is written."""

    heading: str
    sender: Sender
    title: str
    addressee: str
    account_number: str
    written_on: str
    rows: tuple[tuple[str, str, str], ...]
    """A sentence, its amount (empty where it changes nothing), and the amount up to there."""
    total: str
    conclusion: str


def explained_balance_pdf(sheet: ExplainedSheet) -> bytes:
    """The paper as PDF."""
    letter = Letter(sheet.sender, sheet.heading, foot=f"Account {sheet.account_number}.")
    letter.title()
    letter.facts(
        (
            ("For", sheet.addressee),
            ("Account", sheet.account_number),
            ("What", sheet.title),
            ("Written on", sheet.written_on),
        )
    )
    if sheet.rows:
        letter.text(_HOW_TO_READ, SMALL)
        letter.space(6)
        letter.table(_ROWS, sheet.rows, total=("In all", "", sheet.total))
    letter.text(sheet.conclusion, STRONG)
    said = " ".join((*(text for text, _, _ in sheet.rows), sheet.conclusion)).lower()
    for term, meaning in _TERMS:
        if term in said:
            letter.text(meaning, SMALL)
    letter.text(_QUESTIONS)
    return letter.pdf()
