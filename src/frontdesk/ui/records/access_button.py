"""The way from a chart to the log of who used it."""

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.page import Errand, Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr


class AccessButton(IconButton):
    """There while a chart is open, for who may see the log."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__("history", tr("Who used this record"), keys="Ctrl+Shift+H", parent=page)
        self._desk = desk
        self._page = page
        self._patient_id: int | None = None
        self.clicked.connect(self.lead)
        self.show_patient(None)

    def show_patient(self, patient_id: int | None) -> None:
        """The chart that is open, or none."""
        self._patient_id = patient_id
        set_shown(self, patient_id is not None and self._desk.may("records.access_log"))

    def lead(self) -> None:
        """To the log of this chart."""
        if self._patient_id is not None and self._desk.may("records.access_log"):
            self._page.go.emit("access_log", Errand("access_log", patient_id=self._patient_id))
