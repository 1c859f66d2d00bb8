"""What no column can hold: the same plain sentence on both engines, and nothing half-written."""

from datetime import datetime

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import booking, visit_types
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import PhaseDraft, VisitTypeDraft
from tests.builders.schedule import book, doctor
from tests.office import Office

_WITHIN = "A phase starts with the visit or later and lasts a minute at least."


def refused(office: Office, draft: VisitTypeDraft) -> tuple[str, str]:
    known = [kind.name for kind in office.ask(visit_types.visit_types)]
    with pytest.raises(Refused) as error:
        office.do(visit_types.add_visit_type, draft=draft)
    assert [kind.name for kind in office.ask(visit_types.visit_types)] == known
    (finding,) = error.value.findings
    return finding.field, finding.message


def test_a_text_that_is_too_long(office: Office) -> None:
    assert refused(office, VisitTypeDraft("x" * 10_000, 30)) == (
        "name",
        "This text has 10000 characters, and 80 can be kept. Shorten it, then save again.",
    )


def test_a_character_that_a_server_cannot_keep(office: Office) -> None:
    assert refused(office, VisitTypeDraft("Sc\0an", 30)) == (
        "name",
        "This text holds a character that cannot be kept. Type it anew, then save again.",
    )


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (datetime(1, 1, 1, 9), "01/01/1 has passed."),
        (
            datetime(9999, 12, 31, 9),
            "A date or number here is too large to be right. Nothing was saved. Check it, then try again.",
        ),
    ],
)
def test_a_year_that_slipped(office: Office, day: datetime, sentence: str) -> None:
    visit = book(office, "9:30")
    with pytest.raises(Refused) as error:
        office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), day))
    assert error.value.findings[0].message.startswith(sentence)


@pytest.mark.parametrize(
    ("phase", "sentence"),
    [
        (PhaseDraft(Role.ROOM, -1, 30, "exam"), _WITHIN),
        (PhaseDraft(Role.ROOM, 0, 0, "exam"), _WITHIN),
        (PhaseDraft(Role.ROOM, 721, 30, "exam"), "A phase begins 0 to 720 minutes into the visit."),
        (PhaseDraft(Role.ROOM, 0, 721, "exam"), "A phase lasts 1 to 720 minutes."),
    ],
)
def test_a_phase_that_is_no_part_of_a_day(office: Office, phase: PhaseDraft, sentence: str) -> None:
    assert refused(office, VisitTypeDraft("Scan", 30, phases=(phase,)))[1] == sentence
