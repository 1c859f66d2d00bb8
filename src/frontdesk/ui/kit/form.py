"""Form rows: label above, control, message below; and the form that puts each refusal beside its field."""

from collections.abc import Iterable
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.theme import theme


class _Edit(Protocol):
    def problem(self) -> str: ...


class FieldRow(QWidget):
    """A labelled control. The message takes no room until there is one."""

    def __init__(
        self, label: str, control: QWidget, *, message: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._hint = message
        self._label = Label(label, "secondary", "text-2")
        self._label.setTextFormat(Qt.TextFormat.AutoText)
        self._label.setBuddy(control)
        self._label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        control.setAccessibleName(label.replace("&", ""))
        self._icon = IconLabel("circle-alert", "block", 14)
        self._message = Label(message, "secondary", "text-3", wrap=True)
        self._message.setObjectName("message")
        below = QHBoxLayout()
        below.setContentsMargins(0, theme().px(2), 0, 0)
        below.setSpacing(theme().px(6))
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._message, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        column.addWidget(self._label)
        column.addWidget(control)
        column.addLayout(below)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clear_error()

    @property
    def error(self) -> str:
        return self._message.text() if self._icon.isVisibleTo(self) else ""

    def label(self) -> QLabel:
        return self._label

    def set_error(self, message: str) -> None:
        """The frame, the icon and the sentence; an empty message clears all three."""
        if not message:
            self.clear_error()
            return
        self._dress(wrong=True, text=message)

    def clear_error(self) -> None:
        self._dress(wrong=False, text=self._hint)

    def _dress(self, *, wrong: bool, text: str) -> None:
        self._icon.setVisible(wrong)
        self._message.setVisible(bool(text))
        self._message.setText(text)
        self._message.recolor("block-tx" if wrong else "text-3")
        self.control.setAccessibleDescription(text)
        if bool(self.control.property("wrong")) != wrong:
            self.control.setProperty("wrong", wrong)
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)


class Form(QWidget):
    """Rows by field name on a grid of twelve columns, as services name their fields in findings.

    Below `widens_below` design pixels each row takes twice its twelfths: half as many stand on a line.
    """

    def __init__(self, parent: QWidget | None = None, *, widens_below: int = 0) -> None:
        super().__init__(parent)
        self._rows: dict[str, FieldRow] = {}
        self._placed: list[tuple[QWidget, int]] = []
        self._widens_below, self._times = widens_below, 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(10))
        self._grid.setVerticalSpacing(theme().px(8))
        for column in range(12):
            self._grid.setColumnStretch(column, 1)
        self._line, self._used = 0, 0

    def add(self, name: str, label: str, control: QWidget, *, span: int = 12, message: str = "") -> FieldRow:
        """Adds a row of `span` twelfths, on this line while there is room, else on the next."""
        row = FieldRow(label, control, message=message)
        self._rows[name] = row
        self._placed.append((row, span))
        self._place(row, span)
        return row

    def add_wide(self, widget: QWidget) -> None:
        """Something else over the whole width, on a line of its own."""
        self._placed.append((widget, 0))
        self._place(widget, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        times = 2 if self.width() < theme().px(self._widens_below) else 1
        if times != self._times:
            self._times, self._line, self._used = times, 0, 0
            for widget, span in self._placed:
                self._place(widget, span)

    def _place(self, widget: QWidget, span: int) -> None:
        if not span:
            self._line += 1 if self._used else 0
            self._grid.addWidget(widget, self._line, 0, 1, 12)
            self._line, self._used = self._line + 1, 0
            return
        span = min(12, span * self._times)
        if self._used + span > 12:
            self._line, self._used = self._line + 1, 0
        self._grid.addWidget(widget, self._line, self._used, 1, span, Qt.AlignmentFlag.AlignTop)
        self._used += span

    def row(self, name: str) -> FieldRow:
        return self._rows[name]

    def fields(self) -> dict[str, FieldRow]:
        return dict(self._rows)

    def clear_errors(self) -> None:
        for row in self._rows.values():
            row.clear_error()

    def check(self) -> bool:
        """Shows what cannot be read, focuses the first such field, and says whether all can be sent."""
        self.clear_errors()
        problems = [
            Finding(problem, name)
            for name, row in self._rows.items()
            if hasattr(row.control, "problem") and (problem := cast("_Edit", row.control).problem())
        ]
        self.show_findings(problems)
        return not problems

    def show_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Puts each finding under its field, focuses the first, and gives back those without a field here."""
        homeless: list[Finding] = []
        texts: dict[str, list[str]] = {}
        for finding in findings:
            if finding.field in self._rows:
                texts.setdefault(finding.field, []).append(finding.message)
            else:
                homeless.append(finding)
        for name, messages in texts.items():
            self._rows[name].set_error(" ".join(messages))
        first = next((row for name, row in self._rows.items() if name in texts), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return tuple(homeless)
