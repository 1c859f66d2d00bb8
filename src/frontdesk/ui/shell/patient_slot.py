"""Where the patient panel stands: a panel, a rail, or nothing (F9)."""

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame
from frontdesk.ui.kit.label import IconLabel, KeyHint, Label
from frontdesk.ui.kit.page import PatientView
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

Width = Literal["panel", "rail", "hidden"]
_ORDER: tuple[Width, ...] = ("panel", "rail", "hidden")
_PIXELS = {"panel": 280, "rail": 44}


class PatientSlot(Frame):
    """Shows the patient in focus; the pin holds one."""

    turned = Signal()

    def __init__(self, content: PatientView, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent=parent)
        self.setAccessibleName(tr("Patient in focus"))
        self._content = content
        self._patient_id: int | None = None
        self._wanted: Width = "panel"
        self._pressed_to_rail = False
        self._pin = IconButton("pin", tr("Hold this patient"))
        self._pin.setCheckable(True)
        self._pin.toggled.connect(self._pinned)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 0, 0, 0)
        self._stack.addWidget(self._make_panel(content))
        self._stack.addWidget(self._make_rail())
        self._fit()
        theme().changed.connect(self._fit)

    @property
    def patient_id(self) -> int | None:
        return self._patient_id

    @property
    def shown(self) -> Width:
        """How wide it stands now."""
        return "rail" if self._wanted == "panel" and self._pressed_to_rail else self._wanted

    def show_patient(self, patient_id: int | None) -> None:
        if patient_id == self._patient_id or self._pin.isChecked():
            return
        self._patient_id = patient_id
        self._content.show_patient(patient_id)

    def rest_as_rail(self, rest: bool) -> None:
        """While a page shows the patient itself, or the window is narrow."""
        self._pressed_to_rail = rest
        self._fit()

    def turn(self) -> None:
        """F9: panel, rail, hidden."""
        self._pressed_to_rail, here = False, self.shown
        self._wanted = _ORDER[(_ORDER.index(here) + 1) % len(_ORDER)]
        self._fit()
        self.turned.emit()

    def _open(self) -> None:
        self._pressed_to_rail = False
        self._wanted = "panel"
        self._fit()
        self.turned.emit()

    def _pinned(self, on: bool) -> None:
        self._pin.show_icon("pin-off" if on else "pin", "accent" if on else "text-2")

    def _fit(self) -> None:
        shown = self.shown
        set_shown(self, shown != "hidden")
        if shown != "hidden":
            self.setFixedWidth(theme().px(_PIXELS[shown]))
            self._stack.setCurrentIndex(0 if shown == "panel" else 1)

    def _make_panel(self, content: QWidget) -> QWidget:
        px = theme().px
        panel = QWidget()
        head = Frame("bar")
        head.setFixedHeight(px(32))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(14), 0, px(8), 0)
        row.addWidget(IconLabel("user-round", "text-3", 14))
        row.addWidget(Label(tr("Patient in focus"), "caption", "text-3"))
        row.addStretch()
        row.addWidget(KeyHint("F9"))
        row.addWidget(self._pin)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(content, 1)
        return panel

    def _make_rail(self) -> QWidget:
        px = theme().px
        rail = QWidget()
        column = QVBoxLayout(rail)
        column.setContentsMargins(px(7), px(8), px(7), px(8))
        opener = IconButton("panel-right-open", tr("Open the patient panel"), keys="F9")
        opener.clicked.connect(self._open)
        column.addWidget(opener)
        column.addStretch()
        column.addWidget(KeyHint("F9"))
        return rail
