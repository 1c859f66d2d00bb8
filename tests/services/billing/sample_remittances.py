"""Takes every 835 of the shared samples in, as the practice that it pays, and says what came of each."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.problems import Malformed
from frontdesk.formats.x12.remittance import Payment
from frontdesk.formats.x12.remittance_balance import claim_imbalances, payment_imbalance
from frontdesk.formats.x12.remittance_reader import RemittanceReader
from frontdesk.kernel.errors import Refused
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import fold
from frontdesk.services.billing import balances, remittance_views, remittances
from frontdesk.services.billing.remittance_views import RemittanceState
from frontdesk.services.records import content
from frontdesk.services.registration import payers
from frontdesk.services.registration.payers import PayerDraft
from tests.office import Office

FOLDER = Path(os.environ.get("FRONTDESK_TEST_DATA", Path(__file__).parents[4] / "shared" / "data")) / "x12"
HEAD = """# Remittances of others

Every 835 of the shared samples (`shared/data/x12`), taken in by the service as the practice that it pays.
None of the claims is ours, so each answer is kept unapplied and the whole deposit goes to the payer's
account; what does not balance or cannot be read stays out of the ledger. A test makes this table and compares
it; `WRITE_SAMPLES=1` writes it anew.

| File | Read | Balances | What came of it |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    file: str
    read: str
    balances: str
    outcome: str

    def __str__(self) -> str:
        return f"| {self.file} | {self.read} | {self.balances} | {self.outcome} |"


def files() -> list[Path]:
    """The samples that say they are remittances."""
    return sorted(
        path
        for path in FOLDER.rglob("*")
        if path.is_file()
        and path.suffix != ".go"
        and any(mark in path.read_bytes() for mark in (b"ST*835", b"ST|835", b"ST+835"))
    )


def table(office: Office) -> Iterator[Row]:
    """What came of each file."""
    for path in files():
        yield from _came_of(office, path)


def _came_of(office: Office, path: Path) -> Iterator[Row]:
    name = path.relative_to(FOLDER).as_posix()
    before = office.ask(balances.receivable)
    told = list(_payments(path))
    for payment, _ in told:
        _be_paid_by(office, payment)
    try:
        seen = content.store_bytes(office.database, path.read_bytes(), "sample.835")
        taken = office.do(remittances.take_in, sha256=seen.sha256)
    except Refused as refused:
        assert office.ask(balances.receivable) == before
        yield Row(name, "no", "", f"Refused. {refused.findings[0].message}")
        return
    for _ in taken.known:
        yield Row(name, "yes", told[0][1], "Taken in before; nothing was changed.")
    for remittance_id, (_, is_balanced) in zip(taken.remittance_ids, told[len(taken.known) :], strict=True):
        yield _posted(office, name, is_balanced, remittance_id)


def _posted(office: Office, name: str, is_balanced: str, remittance_id: int) -> Row:
    before = office.ask(balances.receivable)
    sheet = office.ask(remittance_views.sheet, remittance_id=remittance_id)
    read = f"{sheet.row.claims} claim{'' if sheet.row.claims == 1 else 's'}, {dollars(sheet.row.paid_cents)}"
    if sheet.row.state is RemittanceState.HELD:
        assert office.ask(balances.receivable) == before
        return Row(name, read, is_balanced, f"Held. {sheet.row.held_reason}")
    for answer in sheet.answers:
        office.do(remittances.keep_unapplied, remittance_claim_id=answer.id)
    office.do(remittances.post, remittance_id=remittance_id)
    interest = _interest(office, remittance_id)
    assert before - office.ask(balances.receivable) == sheet.row.paid_cents + interest
    what = f"{dollars(sheet.row.paid_cents)} on the payer's account"
    apart = f", {dollars(abs(sheet.deposit.taken_back_cents))} apart from the claims"
    assert is_balanced == "yes"
    return Row(name, read, is_balanced, f"Posted: {what}{apart if sheet.deposit.taken_back_cents else ''}.")


def _payments(path: Path) -> Iterator[tuple[Payment, str]]:
    """Each payment of a file, and whether all its sums hold."""
    with path.open("rb") as file:
        try:
            for message in Reader(file).transaction_sets():
                if message.kind == "835":
                    reader = RemittanceReader(message)
                    claims = list(reader)
                    paid = sum(claim.paid_cents for claim in claims)
                    wrong = payment_imbalance(reader.payment, paid, reader.provider_adjustments)
                    is_off = wrong is not None or any(list(claim_imbalances(claim)) for claim in claims)
                    yield reader.payment, "no" if is_off else "yes"
        except Malformed:
            return


def _be_paid_by(office: Office, payment: Payment) -> None:
    """The practice is the payee, and the payer is known."""
    numbers = [payment.payee.id, *(number for _, number in payment.payee.references)]
    with office.database.engines.write.begin() as connection:
        for column, length in (("npi", 10), ("tax_id", 9)):
            number = next((each for each in numbers if len(each) == length and each.isdecimal()), None)
            if number is not None:
                connection.execute(text(f"UPDATE practice SET {column} = :number"), {"number": number})
    known = {fold(payer.draft.name) for payer in office.ask(payers.payer_list)}
    name = payment.payer.name or "Payer without a name"
    if fold(name) not in known:
        office.do(payers.add_payer, draft=PayerDraft(name))


def _interest(office: Office, remittance_id: int) -> int:
    """What of the PLBs is interest, as they count: negative adds to the payment."""
    with office.database.engines.read.connect() as connection:
        found = connection.execute(
            text(
                "SELECT coalesce(sum(amount_cents), 0) FROM provider_adjustment"
                " WHERE remittance_id = :id AND reason = 'L6'"
            ),
            {"id": remittance_id},
        ).scalar_one()
    return int(found)
