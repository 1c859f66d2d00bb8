"""The services of one claim as the paper has them: a row of amounts each, typed across like on the paper."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import paper_answer_sums, remittance_rules
from frontdesk.services.billing.paper_answer_sums import (
    COINSURANCE,
    CONTRACT,
    COPAY,
    DEDUCTIBLE,
    USUAL,
    PaperClaim,
    PaperLine,
    PaperReason,
)
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_COLUMNS = (
    ("allowed", ("Allowed", ""), None),
    ("paid", ("Paid", ""), None),
    ("deductible", ("Deduct.", "PR-1"), DEDUCTIBLE),
    ("coinsurance", ("Coins.", "PR-2"), COINSURANCE),
    ("copay", ("Copay", "PR-3"), COPAY),
    ("contract", ("Contract", "CO-45"), CONTRACT),
)
_JUMPS = {
    Qt.Key.Key_D: "deductible",
    Qt.Key.Key_C: "coinsurance",
    Qt.Key.Key_P: "copay",
}
_REST = (Qt.Key.Key_Equal, Qt.Key.Key_W)
_MORE = (Qt.Key.Key_Plus, Qt.Key.Key_A)
_FIELD, _CODE, _REMARK = 80, 80, 100
_SPOTS = tuple((0, place) for place in range(9))
_STACKED = ((0, 0), (0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3), (1, 4), (0, 4))
"""Row and column of service, billed, the six amounts and what is off: in one row, or in two."""


class PaperLines(QWidget):
    """Enter goes on to the next field, = puts the rest where it belongs, + adds a reason of another kind."""

    changed = Signal(object)
    """The lines with what was typed."""
    finished = Signal()
    """Enter in the last field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim: PaperClaim | None = None
        self._read_only = False
        self._spots = _SPOTS
        self._amounts: list[dict[str, AmountEdit]] = []
        self._off: list[Label] = []
        self._codes: dict[tuple[int, int], tuple[TextEdit, AmountEdit, TextEdit]] = {}
        self._order: list[QLineEdit] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(6))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnStretch(0, 1)
        self.setLayout(column(self._grid))

    def show_claim(self, claim: PaperClaim, *, read_only: bool) -> None:
        """The lines of another claim, or of the same one after it was decided otherwise."""
        self._claim, self._read_only = claim, read_only
        self._lay_out()

    def set_stacked(self, stacked: bool) -> None:
        """In a narrow window a line has two rows: the amounts, and below them the reasons."""
        if (self._spots is _STACKED) != stacked:
            self._spots = _STACKED if stacked else _SPOTS
            self._lay_out()

    def field(self, place: int, name: str) -> AmountEdit:
        """An amount of a line: "allowed", "paid", "deductible", "coinsurance", "copay" or "contract"."""
        return self._amounts[place][name]

    def reason(self, place: int, number: int) -> tuple[TextEdit, AmountEdit, TextEdit]:
        """Code, amount and remark of a reason that has a row of its own, from 0."""
        return self._codes[place, number]

    def begin(self) -> None:
        """The focus goes to the first code that is missing, or to the first amount."""
        missing = (code for code, _, _ in self._codes.values() if not code.value())
        first = next(missing, next(iter(self._order), None))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def problems(self) -> tuple[str, ...]:
        """What cannot be read, a sentence each."""
        fields = [*(edit for each in self._amounts for edit in each.values())]
        fields += [amount for _, amount, _ in self._codes.values()]
        return tuple(f"{edit.accessibleName()}: {why}" for edit in fields if (why := edit.problem()))

    def lines(self) -> tuple[PaperLine, ...]:
        """What stands in the fields now."""
        return self._claim.lines if self._claim is not None else ()

    # -- keys -----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on(watched)
            return True
        if not isinstance(watched, AmountEdit) or self._read_only:
            return False
        place = int(watched.property("line"))
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go_beside(watched, place + (1 if key == Qt.Key.Key_Down else -1))
        elif key in _REST:
            self._settle(place)
        elif key in _MORE:
            self.add_reason(place)
        elif key in _JUMPS:
            self._focus(self._amounts[place][_JUMPS[key]])
        else:
            return False
        return True

    def add_reason(self, place: int) -> None:
        """One more row under a line, for a reason that has no column."""
        line = self.lines()[place]
        self._put(place, replace(line, reasons=(*line.reasons, PaperReason("", "", None))))
        self._lay_out()
        self._focus(self._codes[place, len(self.lines()[place].others) - 1][0])

    def remove_reason(self, place: int, number: int) -> None:
        line = self.lines()[place]
        gone = line.others[number]
        at = next(n for n, each in enumerate(line.reasons) if each is gone)
        self._put(place, replace(line, reasons=(*line.reasons[:at], *line.reasons[at + 1 :])))
        self._lay_out()
        self._focus(self._amounts[place]["paid"])

    def _settle(self, place: int) -> None:
        """What nothing explains goes where it belongs; then to the patient's share, or to the line after."""
        self._put(place, paper_answer_sums.settled(self.lines()[place]))
        self._lay_out()
        if paper_answer_sums.line_sum(self.lines()[place]).off_cents > 0:
            self._focus(self._amounts[place]["deductible"])
        elif place + 1 < len(self._amounts):
            self._focus(self._amounts[place + 1]["allowed"])
        else:
            self.finished.emit()

    def _go_on(self, watched: QObject) -> None:
        at = next((n for n, each in enumerate(self._order) if each is watched), -1)
        if at + 1 < len(self._order):
            self._focus(self._order[at + 1])
        else:
            self.finished.emit()

    def _go_beside(self, watched: QObject, place: int) -> None:
        name = str(watched.property("amount"))
        if name and 0 <= place < len(self._amounts):
            self._focus(self._amounts[place][name])

    def _focus(self, field: QLineEdit) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()

    # -- what is typed --------------------------------------------------------------

    def _put(self, place: int, line: PaperLine) -> None:
        assert self._claim is not None
        lines = (*self._claim.lines[:place], line, *self._claim.lines[place + 1 :])
        self._claim = replace(self._claim, lines=lines)
        self.changed.emit(lines)
        self._show_sums()

    def _set(self, place: int, name: str, which: tuple[str, str] | None) -> None:
        line, cents = self.lines()[place], self._amounts[place][name].value()
        if which is not None:
            self._put(place, line.with_usual(which, cents))
        elif name == "allowed":
            self._put(place, replace(line, allowed_cents=cents))
        else:
            self._put(place, replace(line, paid_cents=cents))

    def _set_reason(self, place: int, number: int) -> None:
        code, amount, remark = self._codes[place, number]
        line = self.lines()[place]
        before = line.others[number]
        group, reason = paper_answer_sums.code_of(code.value())
        if (group, reason) in USUAL:
            reason = ""  # its column takes it once the field is left
        at = next(n for n, each in enumerate(line.reasons) if each is before)
        after = PaperReason(group, reason, amount.value(), remark.value())
        self._put(place, replace(line, reasons=(*line.reasons[:at], after, *line.reasons[at + 1 :])))

    def _leave_code(self, place: int, number: int) -> None:
        """A reason that has a column of its own goes there."""
        code, amount, _ = self._codes[place, number]
        which = paper_answer_sums.code_of(code.value())
        if which in USUAL:
            cents = amount.value()
            self.remove_reason(place, number)
            if cents is not None:
                self._put(place, self.lines()[place].with_usual(which, cents))
                self._lay_out()
            name = next(name for name, _, each in _COLUMNS if each == which)
            self._focus(self._amounts[place][name])

    # -- what is shown --------------------------------------------------------------

    def _show_sums(self) -> None:
        if self._claim is None:
            return
        for place, off in enumerate(paper_answer_sums.claim_sum(self._claim).lines):
            line = self._claim.lines[place]
            self._off[place].setText(ledger(off.off_cents) if off.off_cents else "✓")
            self._off[place].recolor("block-tx" if off.off_cents else "ok-tx")
            self._off[place].setAccessibleName(
                tr("{code}: {amount} not explained", code=line.code, amount=ledger(off.off_cents))
            )
            offered = ledger(off.contract_cents) if off.off_cents and off.contract_cents else ""
            self._amounts[place]["contract"].setPlaceholderText(f"= {offered}" if offered else "")

    def _lay_out(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._amounts, self._off, self._codes, self._order = [], [], {}, []
        self._heads()
        at = 2
        for place, line in enumerate(self.lines()):
            at = self._lay_out_line(place, line, at)
        for before, after in zip(self._order, self._order[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self._show_sums()

    def _heads(self) -> None:
        heads = (("Service", ""), ("Billed", ""), *(words for _, words, _ in _COLUMNS), ("Off", ""))
        for (down, across), (head, code) in zip(self._spots, heads, strict=True):
            side = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            is_below = self._spots is _STACKED and down == 1
            for line, words, color in (
                ((1, code or tr(head), "text-3"),)
                if is_below
                else ((0, tr(head), "text-2"), (1, code, "text-3"))
            ):
                if words:
                    label = Label(words, "caption", color)
                    label.setAlignment(side)
                    self._grid.addWidget(label, line, across)

    def _lay_out_line(self, place: int, line: PaperLine, at: int) -> int:
        spots = [(at + down, across) for down, across in self._spots]
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(EndingLabel(line.code, "strong"), *spots[0])
        billed = Label(ledger(line.charge_cents), "body")
        billed.setAlignment(right)
        self._grid.addWidget(billed, *spots[1])
        fields: dict[str, AmountEdit] = {}
        for (name, (words, code), which), spot in zip(_COLUMNS, spots[2:8], strict=True):
            edit = AmountEdit(negative=self._read_only)
            edit.setFixedWidth(theme().px(_FIELD))
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setPlaceholderText("")
            edit.setAccessibleName(f"{line.code} {tr(words)} {code}".strip())
            cents = {"allowed": line.allowed_cents, "paid": line.paid_cents}.get(name)
            edit.set_value(cents if which is None else line.usual(which))
            self._join(edit, place, name)
            edit.value_changed.connect(lambda name=name, which=which: self._set(place, name, which))
            self._grid.addWidget(edit, *spot, Qt.AlignmentFlag.AlignRight)
            fields[name] = edit
        self._amounts.append(fields)
        off = Label("", "strong")
        off.setAlignment(right)
        self._off.append(off)
        self._grid.addWidget(off, *spots[8])
        at = max(down for down, _ in spots)
        for number, reason in enumerate(line.others):
            at += 1
            self._grid.addWidget(self._reason_row(place, number, reason), at, 0, 1, 9)
        return at + 1

    def _reason_row(self, place: int, number: int, reason: PaperReason) -> QWidget:
        code, remark = TextEdit(hint=tr("CO-97")), TextEdit(hint=tr("Remark"))
        amount = AmountEdit(negative=True)
        code.set_value(reason.code if reason.reason else reason.group)
        remark.set_value(reason.remark)
        amount.set_value(reason.cents)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        says = EndingLabel(remittance_rules.meaning(reason.reason), "secondary", "text-2")
        of = self.lines()[place].code
        for edit, words, width in (
            (code, tr("Reason of {code}", code=of), _CODE),
            (amount, tr("Amount of the reason of {code}", code=of), _FIELD),
            (remark, tr("Remark on {code}", code=of), _REMARK),
        ):
            edit.setAccessibleName(words)
            edit.setFixedWidth(theme().px(width))
            self._join(edit, place, "")
        code.textEdited.connect(lambda _: self._set_reason(place, number))
        code.textEdited.connect(
            lambda text: says.setText(remittance_rules.meaning(paper_answer_sums.code_of(text)[1]))
        )
        code.editingFinished.connect(lambda: self._leave_code(place, number))
        remark.textEdited.connect(lambda _: self._set_reason(place, number))
        amount.value_changed.connect(lambda: self._set_reason(place, number))
        self._codes[place, number] = (code, amount, remark)
        away = IconButton("x", tr("Remove the reason of {code}", code=of))
        away.clicked.connect(lambda: self.remove_reason(place, number))
        away.setEnabled(not self._read_only)
        whole = QWidget()
        whole.setLayout(row(code, says, amount, remark, away, gap=6, margins=(24, 0, 0, 0)))
        return whole

    def _join(self, edit: QLineEdit, place: int, name: str) -> None:
        edit.setProperty("line", place)
        edit.setProperty("amount", name)
        edit.setReadOnly(self._read_only)
        edit.installEventFilter(self)
        self._order.append(edit)
