"""How far this computer's printer is off on the CMS-1500, in hundredths of an inch."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing.paper_payers import MOST_HUNDREDTHS
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import NumberEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

_RIGHT, _DOWN = "cms1500/right", "cms1500/down"


class PrinterOffset:
    """Kept at the computer: it belongs to its printer, not to the office."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("Frontdesk", "Frontdesk")

    @property
    def right(self) -> int:
        return self._read(_RIGHT)

    @property
    def down(self) -> int:
        return self._read(_DOWN)

    def use(self, right: int, down: int) -> None:
        self._settings.setValue(_RIGHT, right)
        self._settings.setValue(_DOWN, down)

    def said(self) -> str:
        """ "12 right, 0 down"; empty where the printer is not off."""
        if not (self.right or self.down):
            return ""
        return tr("{right} right, {down} down", right=self.right, down=self.down)

    def _read(self, key: str) -> int:
        kept = str(self._settings.value(key, "0"))
        return int(kept) if kept.lstrip("-").isdecimal() else 0


def offset_edits(form: Form, right: int, down: int) -> tuple[NumberEdit, NumberEdit]:
    """Two fields side by side, in hundredths of an inch."""
    edits = (
        NumberEdit(least=-MOST_HUNDREDTHS, most=MOST_HUNDREDTHS),
        NumberEdit(least=-MOST_HUNDREDTHS, most=MOST_HUNDREDTHS),
    )
    for edit, name, words, value in zip(
        edits,
        ("right", "down"),
        (tr("Hundredths of an inch to the right"), tr("Hundredths of an inch down")),
        (right, down),
        strict=True,
    ):
        edit.set_value(value)
        form.add(name, words, edit, span=6)
    return edits


class PrinterDialog(Dialog):
    """The offset of this computer's printer."""

    def __init__(self, parent: QWidget, offset: PrinterOffset) -> None:
        super().__init__(
            parent,
            tr("How far is this computer's printer off?"),
            tr("Print the test page first. What is entered here moves each form that this computer prints."),
            icon="printer",
            icon_color="accent",
            width=480,
        )
        self._offset = offset
        self.form = Form()
        self.right, self.down = offset_edits(self.form, offset.right, offset.down)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("Save"), self.save, kind="primary", keys="Enter", closes=False)
        self.right.setFocus()

    def save(self) -> None:
        if self.form.check():
            self._offset.use(self.right.value() or 0, self.down.value() or 0)
            self.accept()
