"""Asks for the reason that lets findings pass."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.text import tr


def ask_for_reason(
    parent: QWidget, findings: Sequence[Finding], then: Callable[[str], object], *, verb: str = ""
) -> Dialog:
    """All findings in one panel; `then` gets the reason. Escape keeps everything as it was."""
    dialog = Dialog(parent, tr("Do it all the same?"), icon="triangle-alert")
    for finding in findings:
        dialog.body.addLayout(
            row(
                IconLabel("circle-alert", "warn", 14),
                Label(finding.message, "body", "text", wrap=True),
                gap=6,
            )
        )
    form = Form()
    reason = TextEdit()
    form.add("override_reason", tr("Why"), reason)
    dialog.body.addWidget(form)

    def try_it() -> None:
        words = reason.text().strip()
        if not words:
            form.show_findings((Finding(tr("Say why, for whoever asks later."), "override_reason"),))
            return
        dialog.accept()
        then(words)

    dialog.add_verb(verb or tr("Do it with this reason"), try_it, closes=False)
    dialog.add_verb(tr("Keep as it was"), kind="primary", keys="Esc")
    reason.returnPressed.connect(try_it)
    dialog.open()
    reason.setFocus()
    return dialog
