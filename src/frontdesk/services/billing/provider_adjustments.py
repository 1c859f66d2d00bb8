"""PLB: what a payer adds or takes apart from the claims, in our own words, and what it does to the ledger."""

from frontdesk.models.billing.journal import EntryKind, Party
from frontdesk.services.billing.journal import Entry

TAKEN_BACK, FORWARDED, INTEREST = "WO", "FB", "L6"
CAPITATION = "CT"
GROUP = "PLB"
"""Stands where a claim's reason has its group."""

_MEANINGS = {
    "50": "Cut for filing late",
    "51": "Penalty interest",
    "72": "Money that the office sent back",
    "90": "Allowance for early payment",
    "AH": "Fee for setting up",
    "AM": "Applied to a loan",
    "AP": "Paid ahead of time",
    "B2": "Rebate",
    "B3": "Allowance for recovery",
    "BD": "Bad debt",
    "BN": "Bonus",
    "C5": "Temporary allowance",
    "CR": "Interest on capitation",
    "CS": "Adjustment",
    "CT": "Capitation payment",
    "CV": "Capital passed through",
    "CW": "Anesthetist passed through",
    "DM": "Medical education",
    "E3": "Withheld",
    "FB": "Carried over to another payment",
    "FC": "Share of a fund",
    "GO": "Graduate medical education",
    "IP": "Incentive",
    "IR": "Withheld for the tax office (IRS)",
    "IS": "Interim settlement",
    "J1": "Not reimbursable",
    "L3": "Penalty",
    "L6": "Interest",
    "LE": "Levy",
    "LS": "Lump sum",
    "OB": "Offset for an affiliated provider",
    "PI": "Periodic interim payment",
    "PL": "Final settlement",
    "RA": "Adjusted for the past",
    "SL": "Withheld for a student loan",
    "TL": "Liability of a third party",
    "WO": "Overpayment taken back",
    "WU": "Recovery, not explained",
}


_INCOME = {
    INTEREST: EntryKind.INTEREST,
    "CR": EntryKind.INTEREST,
    CAPITATION: EntryKind.INCOME,
}
"""What is income of the office by itself, on no visit; a bonus may be about a claim, so a person says it."""


def is_income(reason: str) -> bool:
    """Whether it is income of the office by itself."""
    return reason in _INCOME


def meaning(reason: str) -> str:
    """Our own words for a provider adjustment reason code (PLB03-1)."""
    return _MEANINGS.get(reason, "A reason not on our list")


def in_words(reason: str, reference: str) -> str:
    """ "Overpayment taken back (WO), 3102"."""
    words = f"{meaning(reason)} ({reason})"
    return f"{words}, {reference}" if reference else words


def entries(reason: str, cents: int, payer_id: int) -> tuple[Entry, ...]:
    """What a provider adjustment does to the payer's account; positive cents lower the payment.

    What is income of its own leaves the account as it was.
    """
    on_account = _entry(EntryKind.UNAPPLIED, cents, payer_id, reason)
    income = _INCOME.get(reason)
    return (on_account,) if income is None else (on_account, _entry(income, -cents, payer_id, reason))


def _entry(kind: EntryKind, cents: int, payer_id: int, reason: str) -> Entry:
    return Entry(kind, cents, Party.PAYER, payer_id=payer_id, group_code=GROUP, reason_code=reason)
