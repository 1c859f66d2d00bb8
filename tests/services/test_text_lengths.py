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


@pytest.mark.parametrize("year", [1, 9999])
def test_a_year_that_slipped(office: Office, year: int) -> None:
    visit = book(office, "9:30")
    day = datetime(year, 1, 1, 9) if year == 1 else datetime(year, 12, 31, 9)
    with pytest.raises(Refused) as error:
        office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), day))
    assert [finding.message for finding in error.value.findings] == [
        "A date or number here is too large to be right. Nothing was saved. Check it, then try again."
    ]


@pytest.mark.parametrize(
    ("phase", "sentence"),
    [
        (PhaseDraft(Role.ROOM, -1, 30, "exam"), "A phase begins 0 to 720 minutes into the visit."),
        (PhaseDraft(Role.ROOM, 0, 0, "exam"), "A phase lasts 1 to 720 minutes."),
        (PhaseDraft(Role.ROOM, 0, -5, "exam"), "A phase lasts 1 to 720 minutes."),
    ],
)
def test_a_phase_of_no_minutes_or_before_the_visit(office: Office, phase: PhaseDraft, sentence: str) -> None:
    assert refused(office, VisitTypeDraft("Scan", 30, phases=(phase,)))[1] == sentence
