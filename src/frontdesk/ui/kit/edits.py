"""Where people type: text, numbers, dates, times, phones, amounts. Each gives a value or says why not."""

import re
from datetime import date, time
from typing import Generic, TypeVar

from PySide6.QtCore import QMetaMethod, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from frontdesk.kernel.money import dollars, parse_dollars
from frontdesk.kernel.text import digits, us_date, us_phone
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

V = TypeVar("V")

_DATE_PARTS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})(?::?(\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_FIRST_OFFICE_HOUR = 7  # "2:30" without AM or PM is in the afternoon


class Line(QLineEdit):
    """Keeps Enter to itself where it means something here: a dialog's default button is not pressed too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answers = self.isSignalConnected(QMetaMethod.fromSignal(self.returnPressed))
        super().keyPressEvent(event)
        if answers and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class TextEdit(Line):
    """One line of text, trimmed."""

    def __init__(self, text: str = "", *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(hint)

    def value(self) -> str:
        return self.text().strip()

    def set_value(self, value: str) -> None:
        self.setText(value)
        self.setCursorPosition(0)

    def problem(self) -> str:
        """Why what stands here is no value; empty when it is one, or nothing stands here."""
        return ""


class NoteEdit(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    changed = Signal()

    def __init__(
        self, text: str = "", *, hint: str = "", lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._lines = lines
        self._fit()
        theme().changed.connect(self._fit)
        self.textChanged.connect(self.changed)

    def value(self) -> str:
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        self.setPlainText(value)

    def problem(self) -> str:
        return ""

    def _fit(self) -> None:
        self.setFixedHeight(theme().px(18 * self._lines + 12))


class ParsedEdit(Line, Generic[V]):
    """Reads what is typed in any usual form and writes it back in the office's."""

    value_changed = Signal()

    def __init__(self, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._edited)

    def value(self) -> V | None:
        """None while it is empty or cannot be read; `problem` tells the two apart."""
        typed = self.text().strip()
        if not typed:
            return None
        try:
            return self._read(typed)
        except ValueError:
            return None

    def set_value(self, value: V | None) -> None:
        self.setText("" if value is None else self._written(value))
        self.setCursorPosition(0)

    def problem(self) -> str:
        """The sentence to show under the field; empty when it can be read or is empty."""
        typed = self.text().strip()
        if not typed:
            return ""
        try:
            self._read(typed)
        except ValueError as why:
            return str(why)
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        value = self.value()
        if value is not None and not self.isReadOnly():
            self.set_value(value)
        super().focusOutEvent(event)

    def _edited(self) -> None:
        self.value_changed.emit()

    def _read(self, typed: str) -> V:
        raise NotImplementedError

    def _written(self, value: V) -> str:
        raise NotImplementedError


class NumberEdit(ParsedEdit[int]):
    """A whole number between two bounds; up and down change it by one."""

    def __init__(self, *, least: int = 0, most: int = 999_999, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._least, self._most = least, most

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        value = self.value()
        if step and value is not None and not self.isReadOnly():
            self.set_value(min(self._most, max(self._least, value + step)))
            self.value_changed.emit()
        else:
            super().keyPressEvent(event)

    def _read(self, typed: str) -> int:
        plain = typed.replace(",", "")
        if not plain.lstrip("-").isdecimal() or not self._least <= int(plain) <= self._most:
            span = {"least": f"{self._least:,}", "most": f"{self._most:,}"}
            raise ValueError(tr("A whole number from {least} to {most} is expected.", **span))
        return int(plain)

    def _written(self, value: int) -> str:
        return str(value)


class DateEdit(ParsedEdit[date]):
    """03/17/2026, 3/17/26, 3-17-2026, 03172026 or 2026-03-17. Two-digit years lie within `century_ends`."""

    def __init__(self, *, century_ends: int = 2050, parent: QWidget | None = None) -> None:
        super().__init__(hint=tr("MM/DD/YYYY"), parent=parent)
        self._century_ends = century_ends

    def _read(self, typed: str) -> date:
        try:
            if found := _ISO_DATE.fullmatch(typed):
                return date(int(found[1]), int(found[2]), int(found[3]))
            bare = digits(typed)
            if typed == bare and len(bare) in (6, 8):
                typed = f"{bare[:2]}/{bare[2:4]}/{bare[4:]}"
            if found := _DATE_PARTS.fullmatch(typed):
                return date(self._year(found[3]), int(found[1]), int(found[2]))
        except ValueError:
            raise ValueError(tr("There is no such day in the calendar.")) from None
        raise ValueError(tr("A date is expected as month, day, year: 03/17/2026."))

    def _year(self, typed: str) -> int:
        if len(typed) == 4:
            return int(typed)
        year = self._century_ends // 100 * 100 + int(typed)
        return year if year <= self._century_ends else year - 100

    def _written(self, value: date) -> str:
        return us_date(value)


class TimeEdit(ParsedEdit[time]):
    """9:30, 930, 9:30 AM, 2p. Without AM or PM it is the one within office hours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hint=tr("9:30 AM"), parent=parent)

    def _read(self, typed: str) -> time:
        found = _TIME.fullmatch(typed)
        if not found:
            raise ValueError(tr("A time is expected: 9:30 AM."))
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").lower()
        if half:
            hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
        elif 1 <= hour < _FIRST_OFFICE_HOUR:
            hour += 12
        if hour > 23 or minute > 59:
            raise ValueError(tr("A time is expected: 9:30 AM."))
        return time(hour, minute)

    def _written(self, value: time) -> str:
        return f"{value.hour % 12 or 12}:{value.minute:02d} {'AM' if value.hour < 12 else 'PM'}"


class PhoneEdit(ParsedEdit[str]):
    """Ten digits in any writing; the value is the digits alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hint="(503) 555-0148", parent=parent)

    def _read(self, typed: str) -> str:
        number = digits(typed)
        number = number[1:] if len(number) == 11 and number.startswith("1") else number
        if len(number) != 10:
            raise ValueError(tr("Ten digits with the area code are expected."))
        return number

    def _written(self, value: str) -> str:
        return us_phone(value)


class AmountEdit(ParsedEdit[int]):
    """Dollars as people type them; the value is cents."""

    def __init__(self, *, negative: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(hint="$0.00", parent=parent)
        self._negative = negative

    def _read(self, typed: str) -> int:
        try:
            cents = parse_dollars(typed)
        except ValueError:
            raise ValueError(tr("An amount in dollars and cents is expected: 30.00.")) from None
        if cents < 0 and not self._negative:
            raise ValueError(tr("The amount cannot be less than zero."))
        return cents

    def _written(self, value: int) -> str:
        return dollars(value)
