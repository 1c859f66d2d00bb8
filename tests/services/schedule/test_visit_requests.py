"""The request queue: written down whole, worked on, booked or declined, its log never changed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import Refused
from frontdesk.services.schedule import request_queue, visit_requests, visits
from frontdesk.services.schedule.request_due import due_by
from frontdesk.services.schedule.request_queue import RequestLine
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_requests import RequestChannel, RequestDraft, RequestState
from frontdesk.services.schedule.words import Urgency
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at, doctor, visit_type, walter
from tests.office import Office


def draft(office: Office, **others: Any) -> RequestDraft:
    return replace(RequestDraft(RequestChannel.PHONE, "Knee pain", walter(office)), **others)


def queue(office: Office) -> tuple[RequestLine, ...]:
    return office.ask(request_queue.requests)


def log(office: Office, request_id: int) -> list[tuple[RequestState, str]]:
    return [(each.state, each.note) for each in office.ask(request_queue.log_of, request_id=request_id)]


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        (Urgency.TODAY, datetime(2026, 3, 20, 11, 42)),
        (Urgency.THIS_WEEK, datetime(2026, 3, 23, 12)),
        (Urgency.ROUTINE, datetime(2026, 3, 24, 17)),
    ],
)
def test_it_is_due_by_how_soon_the_patient_must_be_seen(urgency: Urgency, due: datetime) -> None:
    assert due_by(urgency, datetime(2026, 3, 20, 10, 42)) == due, "a Friday"


def test_what_is_due_first_stands_on_top_and_says_when_it_is_over(office: Office) -> None:
    later = office.do(visit_requests.take_down, draft=draft(office))
    soon = office.do(visit_requests.take_down, draft=draft(office, urgency=Urgency.TODAY))
    assert [(each.id, each.due) for each in queue(office)] == [
        (soon, at("11:42", TODAY)),
        (later, at("5:00", date(2026, 3, 19))),
    ]
    office.clock.advance(minutes=61)
    assert [each.is_overdue for each in queue(office)] == [True, False]


def test_every_state_stays_in_the_log(office: Office) -> None:
    taken = office.do(visit_requests.take_down, draft=draft(office))
    done = office.done(
        visit_requests.move_on, request_id=taken, state=RequestState.WAITING, owner_id=None, note="Calls back"
    )
    office.database.undo(office.actor, done.entry_id)
    assert log(office, taken) == [
        (RequestState.NEW, ""),
        (RequestState.WAITING, "Calls back"),
        (RequestState.NEW, "Taken back"),
    ]
    with office.database.engines.write.connect() as connection, pytest.raises(SQLAlchemyError):
        connection.execute(text("UPDATE visit_request_event SET note = ''"))


def test_a_booking_closes_it_with_one_undo(office: Office) -> None:
    taken = office.do(visit_requests.take_down, draft=draft(office))
    done = office.done(
        visit_requests.book,
        request_id=taken,
        patient_id=walter(office),
        slot=Slot(doctor(office), at("9:30")),
        visit_type_id=visit_type(office),
    )
    assert office.ask(visits.visit, appointment_id=done.result).reason == "Knee pain"
    assert queue(office) == ()
    (closed,) = office.ask(request_queue.requests, with_closed=True)
    assert (closed.state, closed.appointment_id, closed.visit_starts) == (
        RequestState.BOOKED,
        done.result,
        at("9:30"),
    )
    with pytest.raises(Refused, match=r"^This request has been booked\. Cancel or move the visit instead\.$"):
        office.do(visit_requests.move_on, request_id=taken, state=RequestState.DECLINED, owner_id=None)
    office.database.undo(office.actor, done.entry_id)
    assert [each.state for each in queue(office)] == [RequestState.WORKING]


def test_a_declined_one_is_taken_up_again(office: Office) -> None:
    taken = office.do(visit_requests.take_down, draft=draft(office))
    office.do(visit_requests.move_on, request_id=taken, state=RequestState.DECLINED, owner_id=None)
    with pytest.raises(Refused, match=r"^This request was declined\. Take it up again first\.$"):
        office.do(visit_requests.change, request_id=taken, draft=draft(office, reason="Hip"))
    office.do(visit_requests.move_on, request_id=taken, state=RequestState.WORKING, owner_id=None)
    assert len(queue(office)) == 1


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ({"patient_id": None}, "Choose the patient, or write down who asked."),
        (
            {"patient_id": None, "caller_name": "Neil Grant"},
            "Write down a phone: nobody is registered to be called back.",
        ),
        ({"reason": " "}, "Write down what is asked for."),
        ({"reason": "x" * 301}, "This is longer than 300 characters. Say it shorter; nothing was saved."),
        (
            {"wanted_from": date(2026, 4, 2), "wanted_until": date(2026, 4, 1)},
            "The last day that is wanted is before the first.",
        ),
    ],
)
def test_what_is_missing_is_said(file_office: Office, others: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        file_office.do(visit_requests.take_down, draft=draft(file_office, **others))
    assert [finding.message for finding in refused.value.findings] == [sentence]


def test_another_patients_request_is_not_booked(file_office: Office) -> None:
    taken = file_office.do(visit_requests.take_down, draft=draft(file_office))
    with pytest.raises(Refused, match=r"^This request is of another patient\. Book that one\.$"):
        file_office.do(
            visit_requests.book,
            request_id=taken,
            patient_id=danielle(file_office),
            slot=Slot(doctor(file_office), at("9:30")),
            visit_type_id=visit_type(file_office),
        )


def test_the_database_refuses_what_the_service_would(office: Office) -> None:
    office.do(visit_requests.take_down, draft=draft(office))
    for broken in (
        "UPDATE visit_request SET state = 'booked'",
        "UPDATE visit_request SET reason = ''",
        "UPDATE visit_request SET patient_id = NULL",
    ):
        with office.database.engines.write.connect() as connection, pytest.raises(SQLAlchemyError):
            connection.execute(text(broken))
