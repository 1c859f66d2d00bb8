"""The practice's name, numbers, address and clock, as a part of the set-up."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.office import practice
from frontdesk.services.office.practice import PracticeDraft, PracticeView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, form_pane
from frontdesk.ui.office.practice_form import PracticeForm
from frontdesk.ui.text import tr


class PracticePart(SetupPart):
    """What was typed stays when another desk changes the practice; saving it then says so first."""

    topics = frozenset({"practice"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._version: int | None = None
        self._shown: PracticeDraft | None = None
        self.form = PracticeForm(is_first=False)
        words = Label(
            tr(
                "As it stands on claims, letters and statements from now on. "
                "What was sent keeps what it said. A visit's place is the site's own address."
            ),
            "secondary",
            "text-2",
            wrap=True,
        )
        self.restore_button = Button(tr("Show what is saved"), icon="rotate-ccw")
        self.restore_button.clicked.connect(self.restore)
        self.save_button = Button(tr("Save practice"), "primary", icon="check", keys="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        foot = row(None, self.restore_button, self.save_button, margins=(14, 8, 14, 8))
        self.setLayout(column(self.banner, scrolled(form_pane(words, self.form)), Frame("foot", foot), gap=0))

    def home(self) -> QWidget:
        return self.form.text("name")

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+Return", tr("Save the practice"), self.save),)

    def reload(self) -> None:
        self.desk.ask(self, self._take, practice.practice)

    def save(self) -> None:
        """Each refusal beside its field; another desk's change is said, and nothing is lost."""
        self.clear_complaints()
        if self.form.check():
            draft = self.form.draft()
            self.desk.do(self, self._saved, practice.edit_practice, draft=draft, version=self._version)

    def restore(self) -> None:
        """Gives up what was typed for what is saved."""
        self._shown = None
        self.clear_complaints()
        self.reload()

    def _take(self, found: PracticeView) -> None:
        if self._shown is None or self.form.draft() == self._shown:
            self.form.show_draft(found.draft)
            self._shown, self._version = self.form.draft(), found.version

    def _saved(self, _: PracticeDraft) -> None:
        self._shown = self.form.draft()
        self.reload()  # what came before this answer found the form as touched
        self.told.emit(tr("Changed the practice"))
