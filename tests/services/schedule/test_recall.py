"""Who is due again, and what the list keeps of what patients said."""

from datetime import date, datetime

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import Refused
from frontdesk.services.database import Done
from frontdesk.services.schedule import lifecycle, recall
from frontdesk.services.schedule.recall import DueLine, RecallOutcome
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at, book, doctor, visit_type, walter
from tests.office import Office


def seen(office: Office, patient_id: int | None = None) -> None:
    """A visit today that is over."""
    visit = book(office, at("10:45", TODAY), patient_id=patient_id or danielle(office))
    office.do(lifecycle.arrive, appointment_id=visit)
    office.do(lifecycle.complete, appointment_id=visit)


def a_year_later(office: Office, days: int = 0) -> None:
    office.clock.advance(minutes=(365 + days) * 24 * 60)


def due(office: Office, *, with_waiting: bool = False) -> tuple[DueLine, ...]:
    return office.ask(recall.due, with_waiting=with_waiting)


def noted(office: Office, rule: int, outcome: RecallOutcome, until: date | None = None) -> Done[int]:
    return office.done(
        recall.note_contact, rule_id=rule, patient_id=danielle(office), outcome=outcome, until=until
    )


def note(office: Office, rule: int, outcome: RecallOutcome, until: date | None = None) -> int:
    return noted(office, rule, outcome, until).result


@pytest.fixture
def yearly(office: Office) -> int:
    doctor(office)
    return office.do(recall.add_rule, visit_type_id=visit_type(office), months=12)


def test_a_patient_is_due_by_type_and_interval(office: Office, yearly: int) -> None:
    seen(office)
    assert due(office) == ()
    a_year_later(office, -30)
    (line,) = due(office)
    assert (line.patient, line.last_on, line.due_on, line.is_overdue) == (
        "Foster, Danielle",
        TODAY,
        date(2027, 3, 17),
        False,
    )
    a_year_later(office, -334)
    assert due(office)[0].is_overdue


def test_whoever_has_such_a_visit_ahead_is_not_due(office: Office, yearly: int) -> None:
    seen(office)
    a_year_later(office)
    book(office, datetime(2027, 3, 24, 9))
    assert due(office) == ()


def test_no_and_not_now_are_kept(office: Office, yearly: int) -> None:
    seen(office)
    a_year_later(office)
    note(office, yearly, RecallOutcome.MESSAGE_LEFT)
    assert [each.outcome for each in due(office)[0].contacts] == [RecallOutcome.MESSAGE_LEFT]

    until = date(2027, 4, 1)
    done = noted(office, yearly, RecallOutcome.NOT_NOW, until=until)
    assert due(office) == ()
    assert due(office, with_waiting=True)[0].waits_until == until
    office.database.undo(office.actor, done.entry_id)
    assert len(due(office)) == 1

    note(office, yearly, RecallOutcome.DECLINED)
    assert due(office) == ()
    assert due(office, with_waiting=True)[0].has_declined


def test_the_dead_are_not_called(office: Office, yearly: int) -> None:
    seen(office)
    a_year_later(office)
    with office.database.engines.write.begin() as connection:
        connection.execute(text("UPDATE patient SET status = 'deceased'"))
    assert due(office) == ()


def test_it_costs_the_same_however_many_are_due_of_however_many_recalls(file_office: Office) -> None:
    doctor(file_office)
    file_office.do(recall.add_rule, visit_type_id=visit_type(file_office), months=12)
    seen(file_office)

    def counted() -> int:
        count = 0

        def one_more(*_: object) -> None:
            nonlocal count
            count += 1

        engine = file_office.database.engines.read
        event.listen(engine, "before_cursor_execute", one_more)
        file_office.ask(recall.due)
        event.remove(engine, "before_cursor_execute", one_more)
        return count

    a_year_later(file_office)
    assert len(due(file_office)) == 1
    before = counted()
    file_office.clock.advance(minutes=-365 * 24 * 60)
    file_office.do(recall.add_rule, visit_type_id=visit_type(file_office, "Physical", 30), months=6)
    visit = book(file_office, at("11:00", TODAY), patient_id=walter(file_office))
    file_office.do(lifecycle.arrive, appointment_id=visit)
    file_office.do(lifecycle.complete, appointment_id=visit)
    a_year_later(file_office)
    assert len(due(file_office)) == 2
    assert counted() == before


def test_a_rule_is_one_per_type_and_has_a_length(office: Office, yearly: int) -> None:
    with pytest.raises(Refused, match=r"^This type of visit has a recall already\. Change that one\.$"):
        office.do(recall.add_rule, visit_type_id=visit_type(office), months=6)
    with pytest.raises(Refused, match=r"^A recall comes after 1 to 120 months\.$"):
        office.do(recall.set_rule, rule_id=yearly, months=0, is_active=True)
    with pytest.raises(Refused, match=r"^Say from which day on the patient may be called again\.$"):
        note(office, yearly, RecallOutcome.NOT_NOW)


def test_the_database_refuses_what_the_service_would(office: Office, yearly: int) -> None:
    contact = note(office, yearly, RecallOutcome.NO_ANSWER)
    for broken in (
        "UPDATE recall_contact SET note = 'never'",
        "DELETE FROM recall_contact",
        "UPDATE recall_rule SET months = 0",
    ):
        with office.database.engines.write.connect() as connection, pytest.raises(SQLAlchemyError):
            connection.execute(text(broken))
    office.do(recall.take_back, contact_id=contact)
    with pytest.raises(Refused, match=r"^This has been taken back already\.$"):
        office.do(recall.take_back, contact_id=contact)
