"""The demo practice: the same each time, whole, and its Tuesday as it should be."""

import io
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.demo import acting, covering, place, remittance, retiring, twice, waiting
from frontdesk.demo.cast import DAY
from frontdesk.demo.claims import MOCKUP_FLAWS
from frontdesk.demo.practice import build
from frontdesk.demo.recurring import WANT_A_NEW_TIME
from frontdesk.demo.reminding import CALLED
from frontdesk.demo.start import PASSWORD, STARTS_AT, STATION
from frontdesk.demo.week import ABSENCES, TODAY
from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.remittance_balance import claim_imbalances, payment_imbalance
from frontdesk.formats.x12.remittance_reader import RemittanceReader
from frontdesk.kernel.clock import SetClock
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.billing.journal import JournalEntry, Posting
from frontdesk.models.records.consent import Consent
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.search_key import NameFragment, PatientMatchKey, PatientSearchKey
from frontdesk.models.schedule.appointment import Appointment, AppointmentEvent, Lifecycle, Stage
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.security.accounts import SignInAttempt, SignInOutcome, SignInWay
from frontdesk.models.security.audit import NumberSequence
from frontdesk.services import audit
from frontdesk.services.billing import balances, day_close, payer_accounts
from frontdesk.services.database import Database
from frontdesk.services.engines import office_server
from frontdesk.services.records import seal
from frontdesk.services.registration import duplicate_pairs, search, search_keys
from frontdesk.services.registration.duplicate_pairs import PairState
from frontdesk.services.schedule.day import day_sheet
from frontdesk.services.schedule.resource_day import resource_day
from frontdesk.services.schedule.standing import standing
from frontdesk.services.security import sign_in
from frontdesk.services.visit import flags
from frontdesk.services.work import SYSTEM, Work
from tests import postgres_server
from tests.twin import file_of, rows_of

PATIENTS = 150
SMALL_DAY = {
    (Lifecycle.COMPLETED, Stage.GONE): 25,
    (Lifecycle.BOOKED, Stage.EXPECTED): 34,
    (Lifecycle.IN_PROGRESS, Stage.WITH_PROVIDER): 5,
    (Lifecycle.IN_PROGRESS, Stage.CHECKING_OUT): 2,
    (Lifecycle.ARRIVED, Stage.ROOMED): 2,
    (Lifecycle.ARRIVED, Stage.READY): 3,
    (Lifecycle.ARRIVED, Stage.CHECKING_IN): 3,
    (Lifecycle.CANCELLED, Stage.EXPECTED): 1,
    (Lifecycle.NO_SHOW, Stage.EXPECTED): 1,
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def file_demo(folder: Path) -> Iterator[Database]:
    path = place.ready_file(PATIENTS, folder=folder)
    demo = Database.open_file(path, place.KEY, station=STATION, clock=SetClock(STARTS_AT))
    yield demo
    demo.close()
    shutil.rmtree(path.parent)


@pytest.fixture(scope="session")
def server_demo(worker_id: str) -> Iterator[Database]:
    name = f"demo_{worker_id}"
    url = postgres_server.create_database(name)
    engines = office_server(url)
    build(engines, patients=PATIENTS)
    engines.close()
    demo = Database.open_server(url, station=STATION, clock=SetClock(STARTS_AT))
    yield demo
    demo.close()
    postgres_server.drop_database(name)


@pytest.fixture(params=["file_demo", "server_demo"])
def demo(request: pytest.FixtureRequest) -> Database:
    found: Database = request.getfixturevalue(request.param)
    return found


def test_the_same_numbers_give_the_same_practice_on_either_engine(
    file_demo: Database, server_demo: Database
) -> None:
    ours, theirs = rows_of(file_demo), rows_of(server_demo)
    assert ours.keys() == theirs.keys()
    for table, rows in ours.items():
        assert sorted(map(str, rows)) == sorted(map(str, theirs[table])), table


def test_it_has_as_many_patients_as_were_asked_for_and_those_of_the_call_list(demo: Database) -> None:
    with Session(demo.engines.read) as session:
        covered = (covering.AT_WORK, covering.ON_THE_ROAD, covering.LOW, covering.MISSING)
        added = len(waiting.PEOPLE) + len(CALLED) + 1 + len(WANT_A_NEW_TIME)
        added += len(covered) + len(twice.SECOND_CHARTS) + len(retiring.CHARTS)
        assert session.scalar(select(func.count()).select_from(Patient)) == PATIENTS + added


def test_the_audit_log_verifies(demo: Database) -> None:
    assert demo.ask(SYSTEM, audit.verify).broken == ()


def test_the_absences_of_the_week_are_in_the_book_and_nobody_comes_then(demo: Database) -> None:
    for each in ABSENCES:
        sheet = demo.ask(SYSTEM, day_sheet, day=each.starts.date())
        (column,) = [column for column in sheet.columns if column.name.endswith(each.provider)]
        assert [away.reason for away in column.away] == [each.reason]
        assert (column.away[0].starts, column.away[0].ends) == (each.starts, each.ends)
        own = [visit for visit in sheet.visits if visit.provider_id == column.provider_id]
        assert not [visit for visit in own if visit.starts < each.ends and each.starts < visit.ends]


def test_the_day_stands_as_on_the_mockup(demo: Database) -> None:
    midnight = datetime.combine(TODAY, time())
    with Session(demo.engines.read) as session:
        stands = session.execute(
            select(Appointment.lifecycle, Appointment.stage).where(
                Appointment.starts >= midnight, Appointment.starts < midnight + timedelta(days=1)
            )
        )
        assert Counter(tuple(row) for row in stands) == SMALL_DAY


def test_the_flags_of_the_day_are_those_of_the_mockup(demo: Database) -> None:
    found = demo.ask(SYSTEM, flags.of_day, day=TODAY)
    words = Counter(flag.words for visit in found for flag in visit.flags)
    assert words["Eligibility not verified"] == 5
    assert words["Consent to treat"] == 5
    assert words["Financial policy"] == 1
    assert words["First visit"] == 4
    assert words["Spanish interpreter"] == 3
    assert words["Copay $30.00 due"] == words["Copay $25.00 due"] == words["Copay $40.00 due"] == 1
    assert words["$84.20 balance"] == words["$126.40 balance"] == 1


def test_every_visit_is_what_its_events_add_up_to(file_demo: Database) -> None:
    with Session(file_demo.engines.read) as session:
        events: dict[int, list[AppointmentEvent]] = {}
        for event in session.scalars(select(AppointmentEvent).order_by(AppointmentEvent.id)):
            events.setdefault(event.appointment_id, []).append(event)
        for visit in session.scalars(select(Appointment)):
            at = standing(events[visit.id])
            assert (visit.lifecycle, visit.stage, visit.stage_at) == (at.lifecycle, at.stage, at.stage_at)
            assert (visit.confirmation, visit.room_id) == (at.confirmation, at.room_id)
            assert visit.completed_at == at.completed_at


def test_what_happens_to_a_visit_goes_forward_in_time_and_not_past_now(file_demo: Database) -> None:
    with Session(file_demo.engines.read) as session:
        last: dict[int, AppointmentEvent] = {}
        for event in session.scalars(select(AppointmentEvent).order_by(AppointmentEvent.id)):
            before = last.get(event.appointment_id)
            assert before is None or before.at <= event.at, (before.kind, event.kind, before.at, event.at)
            assert event.at <= STARTS_AT
            last[event.appointment_id] = event


def test_each_standing_visit_holds_its_provider_alone(demo: Database) -> None:
    with Session(demo.engines.read) as session:
        held = session.scalars(
            select(ResourceBooking.appointment_id)
            .join(Appointment, Appointment.id == ResourceBooking.appointment_id)
            .where(
                ResourceBooking.is_exclusive.is_(True),
                ResourceBooking.resource_id == Appointment.provider_id,
            )
        ).all()
        standing_visits = session.scalars(
            select(Appointment.id).where(
                Appointment.lifecycle.in_(
                    [Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED]
                )
            )
        ).all()
    assert set(held) == set(standing_visits)


def test_a_room_of_the_day_holds_one_patient_at_a_time(demo: Database) -> None:
    day = demo.ask(SYSTEM, resource_day, day=TODAY)
    rows = {row.name: row for group in day.groups for row in group.rows}
    for row in rows.values():
        for earlier, later in pairwise(sorted(row.bars, key=lambda bar: bar.starts)):
            assert earlier.ends <= later.starts, row.name
    assert day.double_bookings == 0
    assert rows["Spirometer"].outages[0].words == "Out for calibration until Thu, March 19"


def test_the_ledger_adds_up(demo: Database) -> None:
    with Session(demo.engines.read) as session:
        entries = session.scalar(select(func.sum(JournalEntry.amount_cents)))
        postings = session.scalar(select(func.sum(Posting.total_cents)))
        by_patient = session.scalars(select(Patient.id)).all()
    assert entries == postings == demo.ask(SYSTEM, balances.receivable)
    total = sum(demo.ask(SYSTEM, balances.of_patient, patient_id=id).total_cents for id in by_patient)
    apart = sum(account.balance_cents for account in demo.ask(SYSTEM, payer_accounts.accounts))
    assert apart
    assert total + apart == entries


def test_danielle_foster_is_found_and_owes_what_the_mockup_says(demo: Database) -> None:
    found = demo.ask(SYSTEM, search.search, typed="foster dan 6/14/1982").patients
    assert [patient.chart_number for patient in found] == ["HP-20418"]
    balance = demo.ask(SYSTEM, balances.of_patient, patient_id=found[0].patient_id)
    assert balance.patient_cents == 8_420


def test_three_pairs_wait_and_twins_do_not(demo: Database) -> None:
    waiting = demo.ask(SYSTEM, duplicate_pairs.pairs)
    assert {(pair.one.name, pair.other.name) for pair in waiting} == {
        ("Gail Osterman", "Gayle Osterman"),
        ("Wade Prentiss", "Prentiss Wade"),
        ("Colin Dyer", "Collin Dyer"),
    }
    (twins,) = demo.ask(SYSTEM, duplicate_pairs.pairs, states=(PairState.DIFFERENT,))
    assert (twins.one.name, twins.decided_by) == ("Brooke Tully", "Dana Brooks")


def test_search_keys_are_what_registration_would_write(file_demo: Database) -> None:
    with Session(file_demo.engines.write) as session:
        before = _keys(session)
        work = Work(session, SYSTEM, file_demo.station, STARTS_AT, file_demo.zone)
        for patient_id in session.scalars(select(Patient.id).order_by(Patient.id)).all():
            search_keys.rebuild(work, patient_id)
        assert _keys(session) == before
        session.rollback()


def _keys(session: Session) -> tuple[set[tuple[object, ...]], ...]:
    tables = (NameFragment, PatientSearchKey, PatientMatchKey)
    return tuple(
        {tuple(row) for row in session.execute(select(*table.__table__.columns))} for table in tables
    )


def test_consents_bear_their_seals(file_demo: Database) -> None:
    with Session(file_demo.engines.read) as session:
        consents = session.scalars(select(Consent)).all()
        assert consents
        assert all(consent.sha256 == seal.seal_of(consent) for consent in consents)


def test_the_next_numbers_are_free(file_demo: Database) -> None:
    with Session(file_demo.engines.read) as session:
        last = dict(session.execute(select(NumberSequence.name, NumberSequence.last)).all())
        charts = session.scalars(select(Patient.chart_number)).all()
    assert all(int(chart.removeprefix("HP-")) <= last["chart"] for chart in charts)
    assert {"account", "chart", "receipt", "superbill"} <= last.keys()


def test_nine_claims_need_the_fixes_of_the_mockup(demo: Database) -> None:
    with Session(demo.engines.read) as session:
        failed = session.execute(
            select(Patient.legal_last, Claim.problem)
            .join(Patient, Patient.id == Claim.patient_id)
            .where(Claim.state == ClaimState.FAILED)
        ).all()
    assert {last for last, _ in failed} == {name.split()[-1] for name, _ in MOCKUP_FLAWS}
    assert ("Tran", "M54.5 is not exact enough to bill.") in [tuple(row) for row in failed]


def test_a_claim_that_is_out_lies_in_a_file(demo: Database) -> None:
    with Session(demo.engines.read) as session:
        sent = session.scalars(select(Claim).where(Claim.state == ClaimState.SENT)).all()
    assert sent
    assert all(claim.claim_batch_id for claim in sent)


def test_the_remittance_that_waits_balances(file_demo: Database) -> None:
    incoming = place.incoming_file(file_of(file_demo)).read_bytes()
    assert incoming.decode("ascii") == remittance.waiting(file_demo)
    envelope = Reader(io.BytesIO(incoming))
    for message in envelope.transaction_sets():
        reader = RemittanceReader(message)
        claims = list(reader)
        assert claims
        assert [problem for claim in claims for problem in claim_imbalances(claim)] == []
        paid = sum(claim.paid_cents for claim in claims)
        assert payment_imbalance(reader.payment, paid, reader.provider_adjustments) is None
    assert envelope.problems == []


def test_yesterday_is_closed_and_today_is_not(demo: Database) -> None:
    assert demo.ask(SYSTEM, day_close.state, on=TODAY.replace(day=16)).is_closed
    assert not demo.ask(SYSTEM, day_close.state, on=TODAY).is_closed


def test_everybody_of_the_demo_can_sign_in(file_demo: Database) -> None:
    verdict = file_demo.ask(sign_in.AT_THE_DOOR, sign_in.verify, login="dana", password=PASSWORD)
    assert verdict.actor is not None
    assert verdict.actor.name == "Dana Brooks"


def test_a_second_start_has_the_same_tuesday(file_demo: Database, folder: Path) -> None:
    again = place.ready_file(PATIENTS, folder=folder)
    demo = Database.open_file(again, place.KEY, station=STATION, clock=SetClock(STARTS_AT))
    assert rows_of(demo) == rows_of(file_demo)
    demo.close()
    shutil.rmtree(again.parent)


def test_a_start_comes_in_with_the_rights_of_a_role_and_notes_it(file_demo: Database, folder: Path) -> None:
    asked = file_demo.ask(sign_in.AT_THE_DOOR, sign_in.verify, login="dana", password=PASSWORD)
    copy = place.ready_file(PATIENTS, folder=folder)
    demo = Database.open_file(copy, place.KEY, station=STATION, clock=SetClock(STARTS_AT))
    assert acting.come_in(demo, "dana") == asked.actor
    with demo.engines.read.connect() as connection:
        last = select(SignInAttempt.way, SignInAttempt.outcome).order_by(SignInAttempt.id.desc())
        assert tuple(connection.execute(last).first() or ()) == (SignInWay.PASSWORD, SignInOutcome.ACCEPTED)
    demo.close()
    shutil.rmtree(copy.parent)


def test_the_cast_fits_its_day() -> None:
    assert len(DAY) == 76
    assert len({role.name for role in DAY}) == 76


def test_providers_run_as_late_as_on_the_mockup(demo: Database) -> None:
    """By what was learned from the practice's own stamps."""
    columns = demo.ask(SYSTEM, day_sheet, day=TODAY).columns
    assert [column.pace for column in columns] == [
        "Running 18 min late",
        "On time",
        "Running 12 min late",
        "On time",
        "On time",
    ]
