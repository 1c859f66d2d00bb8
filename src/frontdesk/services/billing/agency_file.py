"""The file for the collection agency: one line per household placed, with the columns named below."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.collection import CollectionStep, Stage
from frontdesk.services.billing import balances, collection_steps, old_debt, parties
from frontdesk.services.command import query
from frontdesk.services.registration import accounts
from frontdesk.services.work import Work

COLUMNS = (
    ("account", "the office's account number, to be given back with each payment"),
    ("guarantor", "who owes"),
    ("street", "mailing address"),
    ("city_state_zip", "mailing address"),
    ("phone", "first phone on record"),
    ("placed_on", "MM/DD/YYYY"),
    ("oldest_debt_on", "MM/DD/YYYY, the day it became the patient's"),
    ("last_service_on", "MM/DD/YYYY"),
    ("owed", "dollars and cents, as of the day of the file"),
)
"""Each column, and what it holds; no service, diagnosis or patient is named (45 CFR 164.502(b))."""


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """The bytes of the file, and what they hold."""

    content: bytes
    accounts: int
    owed_cents: int


@query(permission="billing.place_agency")
def export(work: Work, *, placed_since: date | None = None) -> AgencyFile:
    """The households that are placed, or only those since a day, by account; UTF-8 with CRLF (RFC 4180)."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(name for name, _ in COLUMNS)
    count = total = 0
    for account_id, step in sorted(collection_steps.last_steps(work).items()):
        owed = old_debt.owed_cents(work, account_id)
        is_in = placed_since is None or work.wall(step.at).date() >= placed_since
        if step.stage is Stage.PLACED and is_in and owed > 0:
            writer.writerow(_line(work, step, owed))
            count, total = count + 1, total + owed
    return AgencyFile(out.getvalue().encode(), count, total)


def _line(work: Work, step: CollectionStep, owed: int) -> tuple[str, ...]:
    holder = parties.guarantor(work, step.account_id)
    lines = balances.lines_of_account(work, account_id=step.account_id, only_open=True)
    cells = (
        holder.account_number,
        holder.name,
        holder.street,
        holder.city_line,
        parties.phone_of(work, accounts.view(work, step.account_id)),
        us_date(work.wall(step.at).date()),
        us_date(old_debt.oldest_on(work, step.account_id)),
        us_date(max(line.service_on for line in lines)) if lines else "",
        ledger(owed).replace(",", ""),
    )
    return tuple(_plain(cell) for cell in cells)


def _plain(cell: str) -> str:
    """A spreadsheet would carry out a cell that begins like a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
