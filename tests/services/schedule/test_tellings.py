"""Several patients told at once by a message."""

from sqlalchemy import text

from frontdesk.services.schedule import absence_moves, notices, tellings
from frontdesk.services.schedule.affected import AffectedVisit, State
from frontdesk.services.schedule.tellings import Telling
from frontdesk.services.schedule.words import Channel
from tests.builders.registration import danielle, patient
from tests.builders.reminders import sends
from tests.builders.schedule import TODAY, at, book, doctor
from tests.office import Office
from tests.refusal import refusal
from tests.services.schedule.test_absences import out
from tests.services.schedule.test_affected import lines
from tests.services.schedule.test_new_times import placements, proposed


def moved(office: Office) -> int:
    """Dr. Lee is out; Danielle, who takes texts, and Ada, who has no phone, have a new time."""
    doctor(office, "Okafor")
    book(office, at("2:00", TODAY), patient_id=danielle(office))
    book(office, at("3:00", TODAY), patient_id=patient(office, "Ada", "Young"))
    absence = out(office)
    office.do(absence_moves.move_all, placements=placements(proposed(office, absence)))
    return absence


def new_time(line: AffectedVisit) -> Telling:
    return Telling(line.id, line.notice_kind, line.say, line.starts)


def planned(office: Office) -> int:
    """How many messages are on their way."""
    asked = text("SELECT count(*) FROM reminder_job WHERE state = 'planned' AND notice_id IS NOT NULL")
    with office.database.engines.read.connect() as connection:
        return int(connection.execute(asked).scalar_one())


def test_who_takes_texts_is_known_once_the_office_has_a_gateway(office: Office) -> None:
    absence = moved(office)
    assert [line.takes_texts for line in lines(office, absence)] == [False, False]
    sends(office)
    assert {line.spoken: line.takes_texts for line in lines(office, absence)} == {
        "Danielle Foster": True,
        "Ada Young": False,
    }


def test_each_is_told_their_own_words_and_one_undo_holds_them_back(office: Office) -> None:
    sends(office)
    absence = moved(office)
    told = tuple(new_time(line) for line in lines(office, absence) if line.takes_texts)
    done = office.done(tellings.tell_all, tellings=told, channel=Channel.TEXT)
    assert planned(office) == 1
    (notice,) = office.ask(notices.notices, appointment_ids=(told[0].appointment_id,))
    assert notice.said == (
        "Dr. Lee is out and cannot see you today. Your visit is now today at 2:00 PM with Dr. Okafor."
    )
    assert [line.state for line in lines(office, absence)] == [State.MOVED, State.TOLD]
    office.database.undo(office.actor, done.entry_id)
    assert planned(office) == 0
    assert {line.state for line in lines(office, absence)} == {State.MOVED}


def test_who_cannot_be_texted_is_named_and_nobody_is(office: Office) -> None:
    sends(office)
    absence = moved(office)
    told = tuple(new_time(line) for line in lines(office, absence))
    with refusal("Ada Young: This patient cannot be reached by text. Call, and note the call instead."):
        office.do(tellings.tell_all, tellings=told, channel=Channel.TEXT)
    assert planned(office) == 0


def test_nobody_to_tell_is_said(office: Office) -> None:
    with refusal("There is nobody to tell this way. Call them instead."):
        office.do(tellings.tell_all, tellings=(), channel=Channel.TEXT)
