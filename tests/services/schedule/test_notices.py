"""What patients were told stays as it was said."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import Refused
from frontdesk.services.schedule import notices
from frontdesk.services.schedule.words import Channel, NoticeKind
from tests.builders.schedule import TODAY, at, book
from tests.office import Office

LATE = "Dr. Lee is running 18 minutes late."


def tell(office: Office, visit: int, said: str = LATE) -> int:
    return office.do(
        notices.tell,
        appointment_id=visit,
        kind=NoticeKind.DELAY,
        channel=Channel.PHONE,
        said=said,
        promised=at("2:18", TODAY),
    )


def test_what_was_told_is_listed_with_its_promise(office: Office) -> None:
    visit = book(office, at("2:00", TODAY))

    tell(office, visit)

    (told,) = office.ask(notices.notices, appointment_ids=(visit,))
    assert (told.said, told.promised) == (LATE, at("2:18", TODAY))


def test_undo_leaves_both_rows_and_lists_neither(office: Office) -> None:
    visit = book(office, at("2:00", TODAY))
    tell(office, visit)

    office.database.undo(office.actor, office.database.log_after(0)[-1].intent.id)

    assert office.ask(notices.notices, appointment_ids=(visit,)) == ()
    with office.database.engines.read.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM visit_notice")).scalar_one() == 2


def test_nothing_is_not_told(office: Office) -> None:
    with pytest.raises(Refused, match=r"^Write down what the patient was told\.$"):
        tell(office, book(office, at("2:00", TODAY)), " ")


def test_a_lecture_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match=r"^This is longer than 300 characters\. Say it shorter; nothing"):
        tell(office, book(office, at("2:00", TODAY)), "x" * 301)


def test_a_notice_is_taken_back_once(office: Office) -> None:
    told = tell(office, book(office, at("2:00", TODAY)))
    office.do(notices.take_back, notice_id=told)

    with pytest.raises(Refused, match=r"^This has been taken back already\.$"):
        office.do(notices.take_back, notice_id=told)


def test_the_database_keeps_the_words(office: Office) -> None:
    tell(office, book(office, at("2:00", TODAY)))

    with office.database.engines.write.connect() as connection, pytest.raises(SQLAlchemyError):
        connection.execute(text("UPDATE visit_notice SET said = 'nothing'"))
