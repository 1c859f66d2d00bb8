"""A provider who is out: noted by whoever answers the telephone, ended when they are back."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import NotAllowed
from frontdesk.services.schedule import absences, booking, overview
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Actor
from tests.builders.office import provider
from tests.builders.schedule import TODAY, at, book, doctor, walter
from tests.office import Office
from tests.refusal import refusal

RECEPTIONIST = Actor(None, "Theo Banks", "TB", frozenset({"schedule.view", "schedule.book"}))


def out(
    office: Office,
    starts: str | datetime = "10:40",
    ends: str | datetime = "5:00",
    *,
    on: date = TODAY,
    last_name: str = "Lee",
    reason: str = "",
) -> int:
    """Dr. Lee is out, by default from 10:40 today until the evening."""
    return office.do(
        absences.mark_out,
        provider_id=doctor(office, last_name),
        starts=at(starts, on) if isinstance(starts, str) else starts,
        ends=at(ends, on) if isinstance(ends, str) else ends,
        reason=reason,
    )


def listed(office: Office) -> list[tuple[str, datetime, datetime, int]]:
    return [(a.provider, a.starts, a.ends, a.waiting) for a in office.ask(absences.absences)]


def test_a_receptionist_notes_that_a_provider_is_out(office: Office) -> None:
    doctor(office)
    office.actor = RECEPTIONIST
    out(office, reason=" ill ")
    (absence,) = office.ask(absences.absences)
    assert (absence.provider, absence.reason, absence.waiting) == ("Dr. Lee", "ill", 0)
    assert (absence.starts, absence.ends) == (at("10:40", TODAY), at("5:00", TODAY))


def test_nobody_without_the_right_to_book_does(office: Office) -> None:
    doctor(office)
    office.actor = Actor(None, "Bill Ode", "BO", frozenset({"schedule.view"}))
    with pytest.raises(NotAllowed):
        out(office)


def test_visits_stay_and_nothing_is_booked_beside_them(office: Office) -> None:
    book(office, at("2:00", TODAY))
    out(office, reason="ill")
    assert listed(office)[0][3] == 1
    with refusal(
        "Dr. Lee is away from 10:40 to 5:00 (ill). The next opening is Wednesday, March 18 at 8:00 AM."
    ):
        book(office, at("3:00", TODAY), patient_id=walter(office))


def test_undo_takes_the_absence_away(office: Office) -> None:
    done = office.done(
        absences.mark_out, provider_id=doctor(office), starts=at("10:40", TODAY), ends=at("5:00", TODAY)
    )
    office.database.undo(office.actor, done.entry_id)
    assert listed(office) == []
    with refusal("This absence was withdrawn already."):
        office.do(absences.come_back, absence_id=done.result)


def test_who_is_back_is_out_until_now(office: Office) -> None:
    absence = out(office, "10:00")
    done = office.done(absences.come_back, absence_id=absence)
    assert listed(office) == [("Dr. Lee", at("10:00", TODAY), at("10:42", TODAY), 0)]
    with refusal("This absence is over already."):
        office.do(absences.come_back, absence_id=absence)
    office.database.undo(office.actor, done.entry_id)
    assert listed(office) == [("Dr. Lee", at("10:00", TODAY), at("5:00", TODAY), 0)]


def test_an_absence_that_has_not_begun_is_withdrawn(office: Office) -> None:
    absence = out(office, "2:00")
    office.do(absences.come_back, absence_id=absence)
    assert listed(office) == []


def test_the_count_is_of_who_still_waits(office: Office) -> None:
    lee, okafor = doctor(office), doctor(office, "Okafor")
    book(office, at("10:45", TODAY))
    moved = book(office, at("2:00", TODAY), patient_id=walter(office))
    book(office, at("3:00", TODAY), provider_id=okafor)
    out(office)
    assert office.ask(overview.waiting)["replan"] == 2
    office.do(booking.move, appointment_id=moved, to=Slot(okafor, at("2:00", TODAY)))
    assert office.ask(overview.waiting)["replan"] == 1
    assert lee != okafor


def test_an_absence_that_ended_before_today_is_not_listed(office: Office) -> None:
    out(office)
    office.clock.advance(days=1)
    assert listed(office) == []


@pytest.mark.parametrize(
    ("starts", "ends", "reason", "sentence"),
    [
        ("2:00", "1:00", "", "The end comes after the start."),
        ("8:00", "10:00", "", "This time has passed. Choose a later end."),
        (
            "2:00",
            datetime(2062, 3, 17, 17),
            "",
            "An absence lasts a year at most. Look at the dates again.",
        ),
        ("2:00", "5:00", "x" * 121, "Say why in 120 characters at most."),
    ],
)
def test_what_cannot_be_is_refused(
    office: Office, starts: str, ends: str | datetime, reason: str, sentence: str
) -> None:
    with refusal(sentence):
        out(office, starts, ends, reason=reason)


def test_two_absences_of_one_provider_do_not_overlap(office: Office) -> None:
    out(office)
    with refusal(
        "Dr. Lee is out already from Tuesday, March 17 at 10:40 AM to 5:00 PM. "
        "Open that absence, or choose other times."
    ):
        out(office, at("4:00", TODAY), at("4:00", TODAY + timedelta(1)))
    out(office, last_name="Okafor")


def test_the_engine_refuses_an_end_before_the_start(office: Office) -> None:
    absence = out(office)
    with pytest.raises(SQLAlchemyError), office.database.engines.write.begin() as connection:
        connection.execute(
            text("UPDATE schedule_exception SET ends = starts WHERE id = :id"), {"id": absence}
        )


def test_who_could_be_out_and_until_when(office: Office) -> None:
    doctor(office)
    provider(office, "Okafor")
    assert [(each.name, each.until) for each in office.ask(absences.providers_today)] == [
        ("Dr. Lee", at("5:00", TODAY)),
        ("Dr. Okafor", None),
    ]
