"""Asks for which day reminder cards are printed, shows them, and notes that they were mailed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.schedule import calls, reminder_cards
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import counted, tr


class CardsDialog(Dialog):
    """The day, and whether only those who want letters."""

    def __init__(self, parent: QWidget, desk: Desk, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            tr("Print reminder cards?"),
            tr(
                "Three on a sheet, each with the day, the time and the provider, never why the patient comes."
            ),
            icon="printer",
            icon_color="accent",
        )
        self._parent, self._desk, self._told = parent, desk, told
        self.day = DateEdit()
        self.day.set_value(calls.last_day(desk.today))
        self.which: Segmented[bool] = Segmented(
            ((False, tr("All visits")), (True, tr("Who wants letters"))), says=tr("For whom")
        )
        form = Form()
        form.add("day", tr("Visits on"), self.day)
        form.add("which", tr("For"), self.which)
        self.body.addWidget(form)
        self._form = form
        self.add_verb(tr("Mark as mailed"), self.mark_mailed, closes=False)
        self.add_verb(tr("Close"), keys="Esc")
        self.add_verb(tr("Show cards"), self.show_cards, kind="primary", closes=False)

    def show_cards(self) -> None:
        """The sheets, to be printed."""
        day = self.day.value()
        if self._form.check() and day is not None:
            self.accept()
            title = tr("Cards for {day}", day=us_date(day))
            paper = PaperDialog(self._parent, self._desk, title, f"cards-{day}.pdf")
            paper.open()
            self._desk.ask(
                paper, paper.show_pdf, reminder_cards.cards_pdf, day=day, only_mailed=self.which.value()
            )

    def mark_mailed(self) -> None:
        """What the rules wanted by mail for this day is done."""
        day = self.day.value()
        if self._form.check() and day is not None:
            self._desk.do(self, self._mailed, reminder_cards.mark_mailed, day=day)

    def _mailed(self, job_ids: tuple[int, ...]) -> None:
        self.accept()
        self._told(counted(len(job_ids), "Marked {count} card as mailed", "Marked {count} cards as mailed"))
