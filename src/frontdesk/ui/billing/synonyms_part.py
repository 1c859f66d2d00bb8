"""Billing set-up: the office's own words for what the lists of codes call otherwise."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import code_synonyms
from frontdesk.services.billing.code_synonyms import Synonym
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr


class SynonymsPart(SetupPart):
    """A line for each word; Delete takes it away, undo puts it back."""

    new_words = "Add word"
    topics = frozenset({"code_synonym"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[Synonym](
            [
                Column(tr("The office says"), lambda each: Cell(each.said, role="strong"), width=280),
                Column(tr("The lists say"), lambda each: each.means),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Words of the office"))
        self.nothing = EmptyState(
            "languages",
            tr("No words yet"),
            tr("Say what your office calls otherwise than the lists: sugar means diabetes."),
            action=tr("Add word"),
        )
        self.nothing.acted.connect(self.new)
        new = Button(tr("Add word"), "primary", icon="plus", keys="Ctrl+N")
        new.clicked.connect(self.new)
        away = Button(tr("Remove"), icon="trash-2", keys="Delete")
        away.clicked.connect(self.remove)
        bar = Toolbar()
        bar.add_left(
            Label(tr("Typed in a code search, these words find what they mean too."), "secondary", "text-2")
        )
        bar.add(away, new)
        self.setLayout(column(bar, self.banner, self.nothing, self.table, gap=0))
        set_shown(self.nothing, False)

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Delete", tr("Remove"), self.on_list(self.remove)),)

    def reload(self) -> None:
        self.desk.ask(self, self._show, code_synonyms.synonyms)

    def new(self) -> None:
        SynonymDialog(self, self.desk, self.told.emit).open()

    def remove(self) -> None:
        """The chosen word finds only itself again."""
        if (line := self.table.current()) is not None:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Removed the word {said}", said=line.said)),
                code_synonyms.remove,
                said=line.said,
            )

    def _show(self, found: tuple[Synonym, ...]) -> None:
        self.model.show(found)
        show_instead(*((self.table, self.nothing) if found else (self.nothing, self.table)))
        self.table.choose_one()


class SynonymDialog(ActDialog):
    """What is said, and what it means."""

    def __init__(self, parent: QWidget, desk: Desk, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            desk,
            tr("Which word should find more?"),
            tr("Write the words as the lists have them; all of them must occur in a code's words."),
            verb=tr("Add word"),
            keep=tr("Leave it"),
            told=told,
        )
        self.said, self.means = TextEdit(hint=tr("Such as sugar")), TextEdit(hint=tr("Such as diabetes"))
        self.form.add("said", tr("The office says"), self.said, span=6)
        self.form.add("means", tr("The lists say"), self.means, span=6)
        self.said.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        self.desk.do(self, self._saved, code_synonyms.add, said=self.said.value(), means=self.means.value())

    def _saved(self, _: int) -> None:
        self.close_with(tr("Added the word {said}", said=self.said.value()))
