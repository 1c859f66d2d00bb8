"""The preparation packet of a visit: which documents go in, then the paper; and that of a day at once."""

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date, us_time, weekday_date
from frontdesk.services.visit import preparation
from frontdesk.services.visit.preparation import Choice, Choices, Wanted
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class PacketDialog(Dialog):
    """Space and Enter turn a document's tick; what is new since the last visit is ticked already."""

    def __init__(self, page: Page, desk: Desk, appointment_id: int) -> None:
        super().__init__(
            page,
            tr("Preparation packet"),
            tr("A cover with what is open and what changed, then the ticked documents. Printing is logged."),
            icon="book-open-check",
            icon_color="accent",
            width=720,
        )
        self._page, self._desk, self._appointment_id = page, desk, appointment_id
        self._ticked: set[int] = set()
        self._shown: Choices | None = None
        self.visit = Label("", "strong", wrap=True)
        self.model = TableModel[Choice](
            (
                Column("", self._tick, width=36, align="center"),
                Column(tr("Document"), _title),
                Column(tr("From"), lambda each: Cell(each.source, color="text-2"), width=170),
                Column(tr("Date"), lambda each: us_date(each.on), width=100),
                Column(tr("Pages"), lambda each: str(each.pages or ""), width=60, align="right"),
            ),
            key=lambda each: each.document_id,
        )
        self.table = Table(self.model, says=tr("Documents of the chart"))
        self.table.setFixedHeight(theme().px(300))
        self.table.opened.connect(self.turn)
        self.table.clicked.connect(self._clicked)
        space = QShortcut(QKeySequence("Space"), self.table)
        space.activated.connect(self._turn_current)
        self.count = Label("", "secondary", "text-2", wrap=True)
        for each in (self.visit, self.table, self.count):
            self.body.addWidget(each)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.verb = self.add_verb(
            tr("Make packet"), self.make, kind="primary", keys="Ctrl+Return", closes=False
        )
        self.verb.setEnabled(False)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.make)
        self.table.setFocus()
        desk.ask(self, self._show, preparation.choices, appointment_id=appointment_id)

    @property
    def wanted(self) -> Wanted:
        """In the order of the chart, oldest last."""
        ids = [each.document_id for each in self.model.rows() if each.document_id in self._ticked]
        return Wanted(self._appointment_id, tuple(ids))

    def turn(self, choice: Choice) -> None:
        self._ticked ^= {choice.document_id}
        self._say_count()
        self.table.viewport().update()

    def make(self) -> None:
        """Logged first, then made."""
        if self._shown is not None:
            self.banner.say("block", "")
            then = partial(self._noted, (self.wanted,))
            self._desk.do(self, then, preparation.note_packet, wanted=(self.wanted,))

    def _noted(self, wanted: tuple[Wanted, ...], _: None) -> None:
        self.accept()
        _show_packet(self._page, self._desk, wanted, f"packet-{self._desk.today:%Y-%m-%d}.pdf")

    def _show(self, shown: Choices) -> None:
        self._shown = shown
        self._ticked = {each.document_id for each in shown.documents if each.is_proposed}
        when = f"{weekday_date(shown.when.date())}, {us_time(shown.when)}"
        self.visit.setText(f"{shown.patient}, {when}, {shown.provider}")
        self.model.show(shown.documents)
        self.table.choose_first()
        self.verb.setEnabled(True)
        self._say_count()

    def _say_count(self) -> None:
        words = counted(len(self._ticked), "1 document ticked.", "{count} documents ticked.")
        if self._shown is not None and not self._shown.documents:
            words = tr("Nothing is filed in this chart yet: the packet is its cover.")
        hidden = self._shown.hidden if self._shown else 0
        if hidden:
            left = counted(
                hidden,
                "1 restricted document is not shown: you do not have the right to see it.",
                "{count} restricted documents are not shown: you do not have the right to see them.",
            )
            words = f"{words} {left}"
        self.count.setText(words)

    def _tick(self, choice: Choice) -> Cell:
        is_in = choice.document_id in self._ticked
        icon, color = ("square-check", "accent") if is_in else ("square", "text-2")
        return Cell(icon=icon, icon_color=color, spoken=tr("in the packet") if is_in else tr("left out"))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._turn_current()

    def _turn_current(self) -> None:
        current = self.table.current()
        if current is not None:
            self.turn(current)


def open_day_packet(page: Page, desk: Desk, day: date, provider_id: int | None) -> None:
    """Every visit that is still to come on a day, each with what is proposed for it, as one PDF."""
    page.clear_complaints()
    then = partial(_note_day, page, desk, day)
    desk.ask(page, then, preparation.proposed, day=day, provider_id=provider_id)


def _note_day(page: Page, desk: Desk, day: date, wanted: tuple[Wanted, ...]) -> None:
    then = partial(_day_noted, page, desk, day, wanted)
    desk.do(page, then, preparation.note_packet, wanted=wanted)


def _day_noted(page: Page, desk: Desk, day: date, wanted: tuple[Wanted, ...], _: None) -> None:
    _show_packet(page, desk, wanted, f"packets-{day:%Y-%m-%d}.pdf")


def _show_packet(page: QWidget, desk: Desk, wanted: tuple[Wanted, ...], name: str) -> None:
    dialog = PaperDialog(page, desk, tr("Preparation packet"), name)
    dialog.open()
    desk.ask(dialog, dialog.show_pdf, preparation.packet_pdf, wanted=wanted)


def _title(choice: Choice) -> Cell:
    detail = tr("to be read") if choice.is_unread else ""
    if choice.is_sensitive:
        detail = f"{detail} {tr('restricted')}".strip()
    return Cell(choice.title, icon="lock" if choice.is_sensitive else "", detail=detail)
