"""A section of the patient sheet: its fields, its Save, its review, and what another desk changed."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from frontdesk.kernel.errors import Conflict, FrontdeskError
from frontdesk.kernel.text import us_date
from frontdesk.services.registration import reviews
from frontdesk.services.registration.reviews import Section
from frontdesk.services.visit.patient_sheet import PatientSheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.registration.entered import Clash, Entered, Typed, read
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

D = TypeVar("D")
_NARROW = 520
_THEIRS = 2
"""The column of the other desk's words."""


class SheetSection(Panel, Generic[D]):
    """Subclasses say which part of the sheet it is, how it stands in the fields, and what saves it."""

    stale = Signal()
    """Another desk was first: the sheet should be asked anew."""
    dirty_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        title: str,
        icon: str,
        section: Section | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.section = section
        self.patient_id: int | None = None
        self.appointment_id: int | None = None
        self.before: D | None = None
        self._clashed = False
        self._reviewed = ("", "neutral", "")
        self.card = Card(title, icon)
        self.chip = Chip("")
        self.save_button = Button(tr("Save"), "tonal", height="small", icon="check")
        self.save_button.clicked.connect(self.save)
        self.review_button = Button(tr("Mark reviewed"), height="small", icon="user-check")
        self.review_button.setToolTip(tr("The patient confirmed this section"))
        self.review_button.clicked.connect(self.mark_reviewed)
        self.card.add_to_head(self.chip, self.review_button, self.save_button)
        self.form = Form(widens_below=_NARROW)
        self.clash = ClashBox()
        self.clash.keep.clicked.connect(self.save)
        self.clash.take.clicked.connect(self.take_theirs)
        self.fill_form()
        self.entered = Entered(self.form)
        self.entered.watch(self._heard_typing)
        for piece in (self.banner, self.clash, self.form):
            self.card.body.addWidget(piece)
        self.add_below()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        set_shown(self.clash, False)
        self._show_state()

    # -- what a section is ----------------------------------------------------

    def fill_form(self) -> None:
        """Adds the fields, named as findings name them."""
        raise NotImplementedError

    def add_below(self) -> None:
        """What stands under the fields."""

    def part(self, sheet: PatientSheet) -> D | None:
        """What of the sheet this section edits."""
        raise NotImplementedError

    def values(self, part: D | None) -> Mapping[str, object]:
        """The part as it stands in the fields."""
        raise NotImplementedError

    def drafted(self, before: D | None) -> D | None:
        """The part as it is typed."""
        raise NotImplementedError

    def send(self, before: D | None, after: D | None) -> None:
        """The command of the section; `saved` takes its answer."""
        raise NotImplementedError

    # -- what is shown --------------------------------------------------------

    @property
    def typed(self) -> Typed:
        """What is typed and not saved."""
        return self.entered.typed

    @property
    def title(self) -> str:
        return self.card.accessibleName()

    def open_for(self, patient_id: int, appointment_id: int | None) -> None:
        """Another patient: nothing of the one before is left."""
        self.patient_id, self.appointment_id = patient_id, appointment_id
        self.entered.forget()
        self.before, self._clashed = None, False
        set_shown(self.clash, False)
        self.clear_complaints()

    def show_sheet(self, sheet: PatientSheet) -> None:
        """New answers; what was typed stays, and beside it what another desk made of the rest."""
        part = self.part(sheet)
        clashes = self.entered.show(self.values(part))
        if self.typed and clashes:
            self.clash.show_clashes(clashes)
            set_shown(self.clash, True)
        self.before = part
        self._clashed = False
        self._show_reviewed(sheet)
        self._show_state()

    def text(self, name: str) -> str:
        """What stands in a line."""
        return str(read(self.form.row(name).control))

    def start(self) -> None:
        """The focus to the first field."""
        first = next(iter(self.form.fields().values()), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what people do -------------------------------------------------------

    def save(self) -> None:
        """This section alone; without changes nothing is sent."""
        self.clear_complaints()
        if self.patient_id is None or not self.form.check() or not self.typed:
            return
        self.send(self.before, self.drafted(self.before))

    def saved(self, _: object) -> None:
        """What stands in the fields is on file now; the page hears of the change as of any."""
        set_shown(self.clash, False)
        self.entered.keep()
        self.told.emit(tr("Saved: {section}", section=self.title))
        self._show_state()
        self.stale.emit()

    def take_theirs(self) -> None:
        """Another desk's words stand; what was typed here is dropped."""
        self.entered.drop()
        set_shown(self.clash, False)
        self.clear_complaints()
        self._show_state()

    def mark_reviewed(self) -> None:
        """The patient confirmed the section as it is."""
        if self.patient_id is not None and self.section is not None:
            self.desk.do(
                self,
                self._marked,
                reviews.mark_reviewed,
                patient_id=self.patient_id,
                sections=(self.section,),
                appointment_id=self.appointment_id,
            )

    def refused(self, error: FrontdeskError) -> None:
        if isinstance(error, Conflict):
            self.stale.emit()
        super().refused(error)

    def _marked(self, _: None) -> None:
        self.told.emit(tr("Reviewed: {section}", section=self.title))

    def _heard_typing(self) -> None:
        self._show_state()
        self.dirty_changed.emit()

    def _show_reviewed(self, sheet: PatientSheet) -> None:
        stamp = next((each for each in sheet.reviews if each.section is self.section), None)
        if stamp is None:
            self._reviewed = ("", "neutral", "")
        elif stamp.at is None:
            self._reviewed = (tr("Never reviewed"), "neutral", "")
        else:
            words = tr("Reviewed {on}, {by}", on=us_date(stamp.at.date()), by=stamp.by)
            is_now = stamp.at.date() == self.desk.today
            self._reviewed = (words, "ok" if is_now else "neutral", "check" if is_now else "")

    def _show_state(self) -> None:
        is_dirty = bool(self.typed)
        set_shown(self.save_button, is_dirty)
        set_shown(self.review_button, self.section is not None and not is_dirty)
        if is_dirty:
            self.chip.show_state(tr("Not saved yet"), "warn", "pencil")
        else:
            self.chip.show_state(*self._reviewed)


class ClashBox(QWidget):
    """What another desk made of these fields, beside what stands here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QWidget()
        self.keep = Button(tr("Save mine over it"), height="small")
        self.take = Button(tr("Take theirs"), height="small", icon="undo-2")
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            Label(tr("Another desk changed this while you had it open. Side by side:"), "strong", "warn-tx")
        )
        whole.addWidget(self._lines)
        whole.addLayout(row(self.take, self.keep, None))

    def show_clashes(self, clashes: tuple[Clash, ...]) -> None:
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(16))
        heads = ("", tr("Was"), tr("Other desk"), tr("Yours"))
        for place, head in enumerate(heads):
            grid.addWidget(Label(head, "caption", "text-3"), 0, place)
        for number, clash in enumerate(clashes, 1):
            mine = tr("not touched") if clash.mine is None else clash.mine
            for place, words in enumerate((clash.label, clash.was, clash.theirs, mine)):
                shown = Label(words, "strong" if place == _THEIRS else "secondary", wrap=True)
                grid.addWidget(shown, number, place)
        for place in (1, 2, 3):
            grid.setColumnStretch(place, 1)
        self._whole.replaceWidget(self._lines, lines)
        self._lines.deleteLater()
        self._lines = lines

    def words(self) -> list[str]:
        """What it says, for who cannot see the columns."""
        return [label.text() for label in self._lines.findChildren(Label)]
