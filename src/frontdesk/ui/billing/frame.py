"""What the pages of the Billing tab share: the sub-tabs with their counts, and the question why."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import overview
from frontdesk.services.billing.overview import Waiting
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.card import Toolbar
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.text import tr

PARTS = (
    ("superbills", "Superbills"),
    ("claims", "Claims"),
    ("remittances", "Remittances"),
    ("statements", "Statements"),
    ("collections", "Collections"),
    ("day_close", "Day close"),
    ("reports", "Reports"),
)


class BillingPage(Page):
    """A page of the Billing tab; `part` is its name in shell/pages.py."""

    part: ClassVar[str] = ""
    permission = "billing.view"
    shows_patient = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sub_tabs = SubTabs(tuple((name, tr(words)) for name, words in PARTS), says=tr("Billing"))
        self.sub_tabs.set_value(self.part)
        self.sub_tabs.chosen.connect(self._open_part)
        self.toolbar = Toolbar()
        self.toolbar.add_left(self.sub_tabs)
        self.turns_with(self.sub_tabs)
        self.set_toolbar(self.toolbar)

    def reload(self) -> None:
        self.desk.ask(self, self._show_waiting, overview.waiting)

    def _open_part(self, part: str) -> None:
        if part != self.part:
            self.sub_tabs.set_value(self.part)
            self.go.emit(part, None)

    def _show_waiting(self, waiting: Waiting) -> None:
        self.sub_tabs.show_count("superbills", waiting.superbills)
        self.sub_tabs.show_count("claims", waiting.claims, "warn" if waiting.claims else draw.NEUTRAL)
        self.sub_tabs.show_count("remittances", waiting.remittances)
        self.sub_tabs.show_count("collections", waiting.collections)


def ask_why(
    parent: QWidget,
    question: str,
    consequence: str,
    *,
    verb: str,
    then: Callable[["ReasonDialog", str], object],
    hint: str = "",
) -> "ReasonDialog":
    """Ask for a reason; `then` gets the dialog, which owns the act, and the words."""
    dialog = ReasonDialog(parent, question, consequence, verb=verb, then=then, hint=hint)
    dialog.open()
    dialog.reason.setFocus()
    return dialog


class ReasonDialog(Dialog):
    """A question that wants one line for an answer; it stays open with the refusal of the act."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        consequence: str,
        *,
        verb: str,
        then: Callable[["ReasonDialog", str], object],
        hint: str = "",
    ) -> None:
        super().__init__(parent, question, consequence, icon="message-square-text", icon_color="accent")
        self._then = then
        self.reason = TextEdit(hint=hint)
        form = Form()
        form.add("reason", tr("Why"), self.reason)
        self.body.addWidget(form)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(verb, self._go, kind="primary", keys="Enter", closes=False)

    def _go(self) -> None:
        self._then(self, self.reason.value())

    def close_done(self, _: object = None) -> None:
        """The act was carried out."""
        self.accept()
