"""Whose records are asked for, and which documents by name: a button with the count, and a list to check."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records.filing import Reader, possible_readers
from frontdesk.services.records.release_people import Paper
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, scrolled
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class ScopePicker(Button):
    """Says how much is named; opens the list. Nothing named: everything that fits dates and parts."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", icon="list-checks", parent=parent)
        self._desk = desk
        self.provider_ids: tuple[int, ...] = ()
        self.document_ids: tuple[int, ...] = ()
        self._providers: tuple[Reader, ...] = ()
        self._papers: tuple[Paper, ...] = ()
        self.clicked.connect(self.open)
        self._say()
        desk.ask(self, self._show_providers, possible_readers)

    def refused(self, error: FrontdeskError) -> None:
        """Without the list of providers documents can still be named."""
        self.setToolTip(str(error))

    def show_papers(self, papers: tuple[Paper, ...]) -> None:
        """What can be named: the filed documents of the chart."""
        self._papers = tuple(each for each in papers if each.is_filed)

    def show_scope(self, provider_ids: tuple[int, ...], document_ids: tuple[int, ...]) -> None:
        """What is named."""
        self.provider_ids, self.document_ids = provider_ids, document_ids
        self._say()

    def open(self) -> None:
        """The list to check."""
        ScopeDialog(self, self._providers, self._papers, self.show_scope).open()

    def _show_providers(self, providers: tuple[Reader, ...]) -> None:
        self._providers = providers

    def _say(self) -> None:
        parts = []
        if self.provider_ids:
            parts.append(counted(len(self.provider_ids), "{count} provider", "{count} providers"))
        if self.document_ids:
            parts.append(counted(len(self.document_ids), "{count} document", "{count} documents"))
        self.setText(", ".join(parts) or tr("All providers…"))
        self.updateGeometry()


class ScopeDialog(Dialog):
    """Providers and documents, a box each."""

    def __init__(
        self,
        picker: ScopePicker,
        providers: Sequence[Reader],
        papers: Sequence[Paper],
        then: Callable[[tuple[int, ...], tuple[int, ...]], object],
    ) -> None:
        super().__init__(
            picker,
            tr("What is asked for by name?"),
            tr("Nothing checked: everything that fits the dates and parts."),
            icon="list-checks",
            icon_color="text-2",
            width=520,
        )
        self._then = then
        self.providers = {
            each.provider_id: CheckBox(each.name, checked=each.provider_id in picker.provider_ids)
            for each in providers
        }
        self.papers = {
            each.document_id: CheckBox(each.words, checked=each.document_id in picker.document_ids)
            for each in papers
        }
        inner = QWidget()
        inner.setLayout(
            column(
                Label(tr("Records of"), "caption", "text-2"),
                *self.providers.values(),
                Label(tr("Documents"), "caption", "text-2"),
                *self.papers.values(),
                None,
                gap=2,
            )
        )
        area = scrolled(inner)
        area.setFixedHeight(min(theme().px(340), picker.window().height() - theme().px(200)))
        self.body.addWidget(area)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("Name these"), self._name, kind="primary", keys="Return")

    def _name(self) -> None:
        self._then(
            tuple(id for id, box in self.providers.items() if box.isChecked()),
            tuple(id for id, box in self.papers.items() if box.isChecked()),
        )
