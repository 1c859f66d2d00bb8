"""Asks why something is left open: a usual reason, or one in the desk's own words."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class ReasonAsked(Dialog):
    """`then` gets the reason; Escape takes the safe way out."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        consequence: str,
        reasons: tuple[str, ...],
        then: Callable[[str], object],
        *,
        verb: str,
        keep: str,
    ) -> None:
        super().__init__(parent, question, consequence, icon="triangle-alert")
        self._then = then
        self.why: Combo[str] = Combo(tuple((reason, reason) for reason in reasons))
        self.words = TextEdit(hint=tr("Or in your own words"))
        form = Form()
        form.add("reason", tr("Why"), self.why)
        form.add("words", tr("Another reason"), self.words)
        self.body.addWidget(form)
        self.words.returnPressed.connect(self._go_on)
        self.verb = self.add_verb(verb, self._go_on, closes=False)
        self.add_verb(keep, kind="primary", keys="Esc")
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        reason = self.words.value() or self.why.value() or ""
        self.accept()
        self._then(reason)
