"""An office outside: chosen from the directory, or added to it on the spot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.records import outside
from frontdesk.services.records.outside import OfficeDraft, OfficeView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import NoteEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class OfficeChoice(QWidget):
    """The directory as one list, those named first on top; Alt+O adds an office to it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._first: tuple[int, ...] = ()
        self._wanted: int | None = None
        self.combo: Combo[int] = Combo(hint=tr("Choose the office"))
        self.add_button = Button(tr("New office"), icon="plus", keys="Alt+O")
        self.add_button.setShortcut("Alt+O")
        self.add_button.clicked.connect(self.add)
        whole = row(self.combo, self.add_button)
        whole.setStretchFactor(self.combo, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.combo)
        self.reload()

    def value(self) -> int | None:
        return self.combo.value()

    def set_value(self, office_id: int | None) -> None:
        """Chosen as soon as the directory is there."""
        self._wanted = office_id
        self.combo.set_value(office_id)

    def show_first(self, office_ids: Sequence[int]) -> None:
        """The patient's own offices stand on top, and the first of them is chosen."""
        self._first = tuple(office_ids)
        if self._wanted is None and self.value() is None and office_ids:
            self._wanted = office_ids[0]
        self.reload()

    def problem(self) -> str:
        return ""

    def reload(self) -> None:
        self._desk.ask(self, self._show, outside.offices)

    def refused(self, error: Exception) -> None:
        """The list stays as it is; saving says what is missing."""

    def add(self) -> None:
        """A new entry of the directory, chosen at once."""
        OfficeDialog(self, self._desk, self._added).open()

    def _added(self, office_id: int) -> None:
        self._wanted = office_id
        self.reload()

    def _show(self, offices: tuple[OfficeView, ...]) -> None:
        order = {office_id: place for place, office_id in enumerate(self._first)}
        ordered = sorted(offices, key=lambda each: order.get(each.id, len(order)))
        self.combo.set_options(tuple((each.id, each.title) for each in ordered))
        if self._wanted is not None:
            self.combo.set_value(self._wanted)
            self.combo.setFocus(Qt.FocusReason.OtherFocusReason)


class OfficeDialog(Dialog):
    """Adds an office to the directory, or changes it for everybody."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        then: Callable[[int], object],
        *,
        office: OfficeView | None = None,
    ) -> None:
        super().__init__(
            parent,
            tr("Which office is it?") if office is None else tr("What has changed?"),
            tr("It stands in the directory for all patients. Letters that went out keep what they said."),
            icon="building-2",
            icon_color="text-2",
            width=640,
        )
        self._desk, self._office, self._done_then = desk, office, then
        self.name, self.department, self.attention = TextEdit(), TextEdit(), TextEdit()
        self.department.setPlaceholderText(tr("Health information"))
        self.phone, self.fax, self.email = PhoneEdit(), PhoneEdit(), TextEdit()
        self.street, self.city, self.state, self.zip = TextEdit(), TextEdit(), TextEdit(), TextEdit()
        self.note = NoteEdit(lines=2)
        form = self.form = Form()
        form.add("name", tr("Name"), self.name, span=6)
        form.add("department", tr("Department"), self.department, span=6)
        form.add("attention", tr("Who answers there"), self.attention, span=6)
        form.add("fax", tr("Fax"), self.fax, span=3)
        form.add("phone", tr("Phone"), self.phone, span=3)
        form.add("email", tr("Secure e-mail"), self.email, span=6)
        form.add("street", tr("Street"), self.street, span=6)
        form.add("city", tr("City"), self.city, span=6)
        form.add("state", tr("State"), self.state, span=2)
        form.add("zip", tr("ZIP"), self.zip, span=4)
        form.add("note", tr("Note"), self.note)
        self.body.addWidget(form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        words = tr("Add to the directory") if office is None else tr("Save the office")
        self.save = self.add_verb(words, self._save, kind="primary", keys="Ctrl+Return", closes=False)
        self.save.setShortcut("Ctrl+Return")
        if office is not None:
            self._fill(office.draft)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> OfficeDraft:
        """The office as typed."""
        return OfficeDraft(
            name=self.name.value(),
            department=self.department.value(),
            attention=self.attention.value(),
            phone=self.phone.value() or "",
            fax=self.fax.value() or "",
            email=self.email.value(),
            street=self.street.value(),
            city=self.city.value(),
            state=self.state.value(),
            zip=self.zip.value(),
            note=self.note.value(),
        )

    def _fill(self, draft: OfficeDraft) -> None:
        for edit, text in (
            (self.name, draft.name),
            (self.department, draft.department),
            (self.attention, draft.attention),
            (self.email, draft.email),
            (self.street, draft.street),
            (self.city, draft.city),
            (self.state, draft.state),
            (self.zip, draft.zip),
        ):
            edit.set_value(text)
        self.phone.set_value(draft.phone or None)
        self.fax.set_value(draft.fax or None)
        self.note.set_value(draft.note)

    def _save(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            return
        if self._office is None:
            self._desk.do(self, self._added, outside.add, draft=self.draft())
        else:
            self._desk.do(
                self,
                self._changed,
                outside.change,
                office_id=self._office.id,
                draft=self.draft(),
                version=self._office.version,
            )

    def _added(self, office_id: int) -> None:
        self.accept()
        self._done_then(office_id)

    def _changed(self, _: OfficeDraft) -> None:
        assert self._office is not None
        self.accept()
        self._done_then(self._office.id)
