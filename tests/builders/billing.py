"""Codes, fees, visits that were charged, and money taken for them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from frontdesk.models.billing.journal import EntryKind, Party, PostingKind
from frontdesk.models.billing.receipts import TenderKind
from frontdesk.services import turns
from frontdesk.services.billing import codes, fees, journal, parties, payments, shipped_codes, superbills
from frontdesk.services.billing.asking import Allocation
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.payments import Payment, Taken, Tender
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.schedule import booking, visit_types
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from frontdesk.services.work import Work
from tests.builders.office import provider, site
from tests.office import Office

P = ParamSpec("P")
R = TypeVar("R")

TODAY = date(2026, 3, 17)
PRICES = {"99213": 13000, "99214": 16500, "93000": 8000, "20610": 11500}
LABELS = {
    "99213": "Office visit, low",
    "99214": "Office visit, moderate",
    "93000": "ECG, 12 leads",
    "20610": "Joint injection, large",
}
MIGRAINE, HYPERTENSION = "G43.909", "I10"


def code_lists(office: Office) -> None:
    """Some diagnoses of the public list, the office's four codes and their fees; once."""
    if "codes" in office.made:
        return
    site(office)
    office.do(shipped_codes.load_public_codes, beginnings=("G439", "I10", "M5136", "Z00"))
    schedule = office.do(fees.add_schedule, name="Office fees", effective_on=date(2024, 1, 1))
    for code, label in LABELS.items():
        office.do(
            codes.add_procedure,
            code=code,
            label=label,
            effective_on=date(2024, 1, 1),
            is_favourite=code.startswith("99"),
        )
        office.do(
            fees.set_fee,
            fee_schedule_id=schedule,
            code=code,
            amount_cents=PRICES[code],
            effective_on=date(2024, 1, 1),
        )
    office.made["codes"] = schedule


_FIRST = datetime(2026, 3, 17, 11, 0)


def visit(office: Office, patient_id: int, starts: datetime | None = None) -> int:
    """A visit with Dr. Lee today, half an hour after the one before."""
    doctor = provider(office)
    if "visit_type" not in office.made:
        draft = VisitTypeDraft(name="Follow-up of half an hour", minutes=30)
        office.made["visit_type"] = office.do(visit_types.add_visit_type, draft=draft)
        office.made.setdefault("next_start", _FIRST)
    if starts is None:
        starts = office.made["next_start"]
        following = starts + timedelta(minutes=30)
        # A full day begins anew, beside the visits that are there.
        is_full = (following + timedelta(minutes=30)).date() > starts.date()
        office.made["next_start"] = _FIRST + timedelta(minutes=15) if is_full else following
    return office.do(
        booking.book,
        patient_id=patient_id,
        slot=Slot(doctor, starts),
        visit_type_id=office.made["visit_type"],
        override_reason="A test needs this visit",
    )


def charged(
    office: Office,
    patient_id: int,
    *lines: Ticked,
    appointment_id: int | None = None,
    diagnoses: tuple[str, ...] = (MIGRAINE, HYPERTENSION),
) -> tuple[int, ...]:
    """The charge lines of a visit today; by default one office visit of $130.00."""
    code_lists(office)
    bill = office.do(superbills.issue, appointment_id=appointment_id or visit(office, patient_id))
    sheet = Sheet(diagnoses, lines or (Ticked("99213"),))
    return office.do(superbills.enter, superbill_id=bill, sheet=sheet)


def cash(cents: int, tendered: int | None = None) -> Tender:
    """Paid in cash."""
    return Tender(TenderKind.CASH, cents, tendered)


def paid(
    office: Office,
    patient_id: int,
    cents: int,
    *,
    line: int | None = None,
    copay_of: int | None = None,
    tender: Tender | None = None,
) -> Taken:
    """A payment on a line, as a visit's copay, or ahead; in cash unless said otherwise."""
    if line is not None:
        what = Allocation("line", cents, charge_line_id=line)
    elif copay_of is not None:
        what = Allocation("copay", cents, appointment_id=copay_of)
    else:
        what = Allocation("prepayment", cents)
    payment = Payment(patient_id, (tender or cash(cents),), (what,), taken_because="A test pays again")
    return office.do(payments.take, payment=payment)


@contextmanager
def at_work(office: Office) -> Iterator[Work]:
    """A transaction below the commands, for what only other services call."""
    database = office.database
    with Session(database.engines.write, expire_on_commit=False) as session, session.begin():
        turns.wait(session)
        work = Work(session, office.actor, database.station, office.clock.now(), database.zone, in_turn=True)
        work.last_id = database._ids.first_of_block(office.clock.now())
        yield work
        session.flush()
        database._ids.used_up_to(work.last_id)


def below(office: Office, act: Callable[Concatenate[Work, P], R], /, *args: P.args, **rest: P.kwargs) -> R:
    """Call a function that is no command, in a transaction of its own."""
    with at_work(office) as work:
        return act(work, *args, **rest)


def answered(
    office: Office,
    line: int,
    *,
    payer_cents: int = 0,
    contract_cents: int = 0,
    patient_cents: int = 0,
    carc: str = "1",
) -> int:
    """What a remittance does to a line: paid, written down by contract, left to the patient."""
    payer_id = below(office, parties.owing_payer, line)
    entries = []
    if payer_cents:
        entries.append(
            Entry(EntryKind.PAYMENT, -payer_cents, Party.PAYER, charge_line_id=line, payer_id=payer_id)
        )
    if contract_cents:
        entries.append(
            Entry(
                EntryKind.CONTRACTUAL,
                -contract_cents,
                Party.PAYER,
                charge_line_id=line,
                payer_id=payer_id,
                group_code="CO",
                reason_code="45",
            )
        )
    if patient_cents:
        entries += [
            Entry(
                EntryKind.TRANSFER,
                cents,
                party,
                charge_line_id=line,
                payer_id=payer_id,
                group_code="PR",
                reason_code=carc,
            )
            for party, cents in ((Party.PAYER, -patient_cents), (Party.PATIENT, patient_cents))
        ]
    return below(office, journal.post, Draft(PostingKind.REMITTANCE, tuple(entries)))
