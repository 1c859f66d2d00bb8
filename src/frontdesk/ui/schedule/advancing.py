"""The next step of the chosen visit, on one key; what a step still needs is asked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.services.schedule.status import Status
from frontdesk.ui.kit.page import Errand, Page
from frontdesk.ui.schedule.room_dialog import ask_for_room
from frontdesk.ui.schedule.visit_grid import VisitGrid

if TYPE_CHECKING:
    from frontdesk.services.visit.flow import Stepped

KEY = "Space"


class Advancing:
    """Takes the steps for a page on its grid's chosen visit."""

    def __init__(self, page: Page, grid: VisitGrid) -> None:
        self._page, self._grid = page, grid
        bound = QShortcut(QKeySequence(KEY), grid)
        bound.setContext(Qt.ShortcutContext.WidgetShortcut)  # elsewhere Space presses buttons
        bound.activated.connect(self.advance)

    def advance(self) -> None:
        visit = self._grid.current
        if visit is not None:
            self._page.clear_complaints()
            self._step(visit.id)

    def mends(self, error: FrontdeskError) -> bool:
        """A step that needs a room asks for it, one that check-in can mend goes there."""
        visit = self._grid.current
        findings = error.findings if isinstance(error, Refused) else ()
        needs_room = {finding.field for finding in findings} == {"room_id"}
        if visit is not None and needs_room and visit.status is Status.READY:
            ask_for_room(self._page, self._page.desk, visit.patient, self._step_with)
            return True
        if visit is not None and visit.status is Status.CHECKING_IN and _can_be_overridden(findings):
            self._page.go.emit("check_in", Errand("check_in", visit.patient_id, visit.id))
            return True
        return False

    def _step_with(self, room_id: int) -> None:
        visit = self._grid.current
        if visit is not None:
            self._step(visit.id, room_id)

    def _step(self, appointment_id: int, room_id: int | None = None) -> None:
        # Loaded here: a step may need all of check-in and check-out.
        from frontdesk.services.visit import flow

        self._page.desk.do(
            self._page, self._stepped, flow.advance, appointment_id=appointment_id, room_id=room_id
        )

    def _stepped(self, step: "Stepped") -> None:
        self._page.told.emit(step.said)


def _can_be_overridden(findings: tuple[Finding, ...]) -> bool:
    return bool(findings) and all(finding.overridable for finding in findings)
