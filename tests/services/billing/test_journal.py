"""What the database itself keeps of the ledger, gone round the services; on both engines."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.day_close import DayClose
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt, ReceiptTender, TenderKind
from frontdesk.services.billing import counting, day_close, journal
from frontdesk.services.billing.counting import Count, Pieces
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.engine_errors import ours
from tests.builders.billing import TODAY, answered, at_work, below, charged, paid
from tests.builders.registration import coverage, danielle
from tests.office import Office
from tests.refusal import refusal


@pytest.fixture
def line(office: Office) -> int:
    """A charge of $130.00 that BCBS owes."""
    dani = danielle(office)
    coverage(office, dani)
    return charged(office, dani)[0]


def said(office: Office, behind: Callable[[Session], None]) -> str:
    """What the office says when a change goes round the services."""
    with pytest.raises(IntegrityError) as refused, at_work(office) as work:
        behind(work.session)
    error = ours(refused.value)
    assert isinstance(error, Refused)
    return str(error)


def entry(line: int, posting_id: int, **values: Any) -> dict[str, Any]:  # Any: column values
    """A journal entry as bare column values."""
    return {
        "id": posting_id + 1,
        "posting_id": posting_id,
        "posted_on": TODAY,
        "kind": EntryKind.WRITE_OFF,
        "responsible": Party.PATIENT,
        "amount_cents": -100,
        "aged_from_on": TODAY,
        "account_id": None,
        "charge_line_id": line,
        **values,
    }


def posting(office: Office, id: int, **values: Any) -> dict[str, Any]:  # Any: column values
    """A posting as bare column values."""
    return {
        "id": id,
        "kind": PostingKind.WRITE_OFF,
        "posted_on": TODAY,
        "posted_at": office.clock.now(),
        "station_id": office.database.station.id,
        "total_cents": -100,
        "reason": "",
        **values,
    }


def account_of(office: Office, line: int) -> int:
    with at_work(office) as work:
        return work.get(ChargeLine, line).account_id


@pytest.mark.parametrize("model", [Posting, JournalEntry])
def test_the_ledger_is_neither_changed_nor_deleted(
    office: Office, line: int, model: type[Posting] | type[JournalEntry]
) -> None:
    sentence = "The ledger is never changed. Post a correction instead."
    column = "total_cents" if model is Posting else "amount_cents"
    assert said(office, lambda s: _ran(s, update(model).values({column: 1}))) == sentence
    assert said(office, lambda s: _ran(s, delete(model))) == sentence


def test_a_posting_is_the_sum_of_its_entries(office: Office, line: int) -> None:
    account = account_of(office, line)

    def wrong_sum(session: Session) -> None:
        session.execute(insert(JournalEntry).values(entry(line, 5000, account_id=account)))
        session.execute(insert(Posting).values(posting(office, 5000, total_cents=-99)))

    def no_entries(session: Session) -> None:
        session.execute(insert(Posting).values(posting(office, 5000, total_cents=0)))

    sentence = "The entries do not add up to the amount. Nothing was posted."
    assert said(office, wrong_sum) == sentence
    assert said(office, no_entries) == sentence


def test_no_entry_joins_a_posting_that_stands_and_none_stays_alone(office: Office, line: int) -> None:
    account = account_of(office, line)
    with at_work(office) as work:
        standing = work.session.scalars(select(Posting.id)).first()
    assert standing is not None

    def late(session: Session) -> None:
        values = entry(line, standing, account_id=account, id=9)
        session.execute(insert(JournalEntry).values(values))

    assert said(office, late) == "This posting is complete. Post a correction instead."
    with pytest.raises(IntegrityError), at_work(office) as work:
        work.session.execute(insert(JournalEntry).values(entry(line, 5000, account_id=account)))


@pytest.mark.parametrize(
    "values",
    [
        {"amount_cents": 0},
        {"amount_cents": -(10**9)},
        {"amount_cents": 100},
        {"kind": EntryKind.UNAPPLIED},
        {"kind": EntryKind.PAYMENT, "charge_line_id": None},
        {"account_id": None},
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(office: Office, line: int, values: dict[str, Any]) -> None:
    account = account_of(office, line)
    whole = entry(line, 5000, account_id=account) | values
    said(office, lambda s: _ran(s, insert(JournalEntry).values(whole)))


def test_a_transfer_must_arrive_where_it_left(office: Office, line: int) -> None:
    account = account_of(office, line)

    def lopsided(session: Session) -> None:
        session.execute(
            insert(JournalEntry).values(entry(line, 5000, account_id=account, kind=EntryKind.TRANSFER))
        )
        session.execute(insert(Posting).values(posting(office, 5000)))

    assert said(office, lopsided) == "What leaves one side must arrive on the other. Nothing was posted."


def test_a_reversal_mirrors_the_whole_and_only_once(office: Office, line: int) -> None:
    first = answered(office, line, payer_cents=6000, contract_cents=1000)
    account = account_of(office, line)
    with at_work(office) as work:
        paid_entry = work.session.scalars(
            select(JournalEntry.id).where(
                JournalEntry.posting_id == first, JournalEntry.kind == EntryKind.PAYMENT
            )
        ).one()

    def other_amount(session: Session) -> None:
        values = entry(
            line,
            5000,
            account_id=account,
            kind=EntryKind.PAYMENT,
            amount_cents=5999,
            reverses_id=paid_entry,
            responsible=Party.PAYER,
            payer_id=office.made["payer:BCBS"],
        )
        session.execute(insert(JournalEntry).values(values))

    def one_of_two(session: Session) -> None:
        values = entry(
            line,
            5000,
            account_id=account,
            kind=EntryKind.PAYMENT,
            amount_cents=6000,
            reverses_id=paid_entry,
            responsible=Party.PAYER,
            payer_id=office.made["payer:BCBS"],
        )
        session.execute(insert(JournalEntry).values(values))
        whole = posting(
            office, 5000, kind=PostingKind.REMITTANCE_REVERSAL, total_cents=6000, reverses_id=first
        )
        session.execute(insert(Posting).values(whole))

    assert said(office, other_amount) == "A reversal must mirror what it reverses. Nothing was posted."
    assert said(office, one_of_two) == ("A posting is reversed as a whole or not at all. Nothing was posted.")
    kind = PostingKind.REMITTANCE_REVERSAL
    below(office, journal.reverse, posting_id=first, kind=kind, reason="Status 22")
    with refusal("This was already reversed. Nothing was posted."):
        below(office, journal.reverse, posting_id=first, kind=kind, reason="Status 22")


def test_a_line_is_charged_once_and_at_its_own_price(office: Office, line: int) -> None:
    account = account_of(office, line)
    charge = {"kind": EntryKind.CHARGE, "account_id": account}

    def again(session: Session) -> None:
        session.execute(insert(JournalEntry).values(entry(line, 5000, amount_cents=13000, **charge)))

    def cheaper(session: Session) -> None:
        session.execute(insert(JournalEntry).values(entry(line, 5000, amount_cents=12999, **charge)))

    assert said(office, cheaper) == "The charge does not match its line. Nothing was posted."
    said(office, again)
    changed = update(ChargeLine).values(amount_cents=1)
    assert said(office, lambda s: _ran(s, changed)) == (
        "A charge is not changed. Void it and enter it again."
    )


def test_a_receipt_is_its_tenders_and_stays_as_it_is(office: Office) -> None:
    taken = paid(office, danielle(office), 3000)

    def more_money(session: Session) -> None:
        values = {
            "id": 5,
            "receipt_id": taken.receipt_id,
            "kind": TenderKind.CASH,
            "amount_cents": 1,
            "tendered_cents": 1,
        }
        session.execute(insert(ReceiptTender).values(values))

    sentence = "A receipt is not changed. Void it and take the payment again."
    assert said(office, more_money) == sentence
    assert said(office, lambda s: _ran(s, delete(Receipt))) == sentence
    assert said(office, lambda s: _ran(s, update(ReceiptTender).values(amount_cents=1))) == sentence


def test_nothing_enters_a_sealed_day(office: Office, line: int) -> None:
    office.do(day_close.close, on=TODAY)
    account = account_of(office, line)

    def behind(session: Session) -> None:
        session.execute(insert(JournalEntry).values(entry(line, 5000, account_id=account)))
        session.execute(insert(Posting).values(posting(office, 5000)))

    assert said(office, behind) == "That day is closed. Post this on the next open day."
    off = Entry(EntryKind.WRITE_OFF, -100, Party.PATIENT, charge_line_id=line)
    with refusal("Tuesday, March 17 is closed. This entry belongs on Wednesday, March 18."):
        below(office, journal.post, Draft(PostingKind.WRITE_OFF, (off,), posted_on=TODAY))
    below(office, journal.post, Draft(PostingKind.WRITE_OFF, (off,)))
    rolled = office.ask(day_close.roll_forward, on=TODAY + timedelta(days=1))
    assert (rolled.opening_cents, rolled.adjustments_cents, rolled.closing_cents) == (13000, -100, 12900)


def test_a_close_that_disagrees_with_the_journal_is_refused(office: Office, line: int) -> None:
    def made_up(closed_on: date, opening: int, closing: int) -> dict[str, Any]:  # Any: column values
        columns = ("charges", "patient_payments", "payer_payments", "adjustments", "refunds")
        return {
            "id": 7,
            "closed_on": closed_on,
            "closed_at": office.clock.now(),
            "closed_by": "Nobody",
            "opening_cents": opening,
            **{f"{column}_cents": 0 for column in columns},
            "charges_cents": closing - opening,
            "closing_cents": closing,
        }

    wrong = insert(DayClose).values(made_up(TODAY, 0, 12999))
    assert said(office, lambda s: _ran(s, wrong)) == (
        "The closing does not agree with the ledger. Nothing was sealed."
    )
    office.do(day_close.close, on=TODAY)
    earlier = insert(DayClose).values(made_up(TODAY - timedelta(days=1), 13000, 0))
    assert said(office, lambda s: _ran(s, earlier)) == "This day was closed at another desk."
    assert said(office, lambda s: _ran(s, delete(DayClose))) == "A closed day stays closed."


def test_a_counted_drawer_takes_no_more_for_that_day(office: Office) -> None:
    dani = danielle(office)
    taken = paid(office, dani, 3000)
    with at_work(office) as work:
        drawer = work.get(Receipt, taken.receipt_id).drawer_id
    office.do(counting.count, count=Count(drawer, TODAY, (Pieces(2000, 1), Pieces(1000, 1)), 0, 0))

    def behind(session: Session) -> None:
        session.execute(
            insert(ReceiptTender).values(
                id=5, receipt_id=6, kind=TenderKind.CASH, amount_cents=1, tendered_cents=1
            )
        )
        first = session.get_one(Receipt, taken.receipt_id)
        values = {column.key: getattr(first, column.key) for column in Receipt.__table__.columns} | {
            "id": 6,
            "number": 99,
            "total_cents": 1,
        }
        session.execute(insert(Receipt).values(values))

    assert said(office, behind) == (
        "This drawer was counted for the day. The payment belongs on the next day."
    )
    later = paid(office, dani, 500)
    with at_work(office) as work:
        assert work.get(Receipt, later.receipt_id).received_on == TODAY + timedelta(days=1)


def _ran(session: Session, statement: Any) -> None:  # Any: insert, update and delete share no base
    session.execute(statement)
