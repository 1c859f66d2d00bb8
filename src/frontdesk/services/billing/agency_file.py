"""The file for the collection agency: one line per household placed, with the columns named below."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import spreadsheet_cell, us_date
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
    placed = {
        account_id: step
        for account_id, step in sorted(collection_steps.last_steps(work).items())
        if step.stage is Stage.PLACED and (placed_since is None or work.wall(step.at).date() >= placed_since)
    }
    owed = {each: cents for each, cents in old_debt.owed_by_account(work, placed).items() if cents > 0}
    for account_id, step in placed.items():
        if account_id in owed:
            writer.writerow(_line(work, step, owed[account_id]))
    return AgencyFile(out.getvalue().encode(), len(owed), sum(owed.values()))


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
    return tuple(spreadsheet_cell(cell) for cell in cells)
