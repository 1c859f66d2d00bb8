"""A visit says which records of other offices have not come."""

from datetime import date, datetime

from frontdesk.services.records import outbound, outbound_views
from frontdesk.services.records.outbound import Way
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.visit import flags, outside_records
from frontdesk.services.visit.flags import FlagKind
from tests.builders.asking import asked
from tests.builders.records import filed
from tests.builders.schedule import book, doctor, walter
from tests.office import Office


def words(office: Office, appointment_id: int) -> list[str]:
    (visit,) = office.ask(flags.of_visits, appointment_ids=(appointment_id,))
    return [flag.words for flag in visit.flags if flag.kind is FlagKind.RECORDS]


def test_a_visit_waits_for_what_it_needs_until_it_is_here(office: Office) -> None:
    who = walter(office)
    soon = book(office, "9:30", patient_id=who)
    later = book(office, datetime(2026, 3, 25, 10, 0), patient_id=who)
    first, second = office.ask(outside_records.visits_to_come, patient_id=who)
    assert (first.appointment_id, second.needed_on) == (soon, date(2026, 3, 24))
    request = asked(office, who, "Sputum culture", needed_on=second.needed_on).request_id
    assert words(office, soon) == []
    assert words(office, later) == ["To be sent, Cascade General"]
    office.do(outbound.note_sent, request_id=request, way=Way.FAX)
    assert words(office, later) == ["Waiting: sputum culture, Cascade General"]
    (without,) = office.ask(outside_records.visits_without, first=date(2026, 3, 17), last=date(2026, 3, 31))
    assert (without.appointment_id, without.needed_on, without.is_late) == (later, date(2026, 3, 24), False)
    (part,) = office.ask(outbound_views.request, request_id=request).parts
    office.do(outbound.note_came, item_id=part.item_id, document_id=filed(office, who))
    assert words(office, later) == []


def test_what_was_asked_for_a_visit_follows_it(office: Office) -> None:
    who = walter(office)
    visit = book(office, datetime(2026, 3, 25, 10, 0), patient_id=who)
    asked(office, who, "Sputum culture", needed_on=date(2026, 3, 24), visit_id=visit)
    (to_come,) = office.ask(outside_records.visits_to_come, patient_id=who)
    assert to_come.appointment_id == visit
    office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), datetime(2026, 3, 18, 9, 30)))
    assert words(office, visit) == ["To be sent, Cascade General"]
    (without,) = office.ask(outside_records.visits_without, first=date(2026, 3, 17), last=date(2026, 3, 20))
    assert without.is_late, "the visit comes before the day by which they were wanted"
    found = office.ask(outside_records.of_visit, appointment_id=visit)
    assert found is not None
    assert found.words == "To be sent, Cascade General"
