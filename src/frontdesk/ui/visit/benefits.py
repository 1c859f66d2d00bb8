"""What the payer said of the plan: copay, deductible, and what is left of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.registration.panel import PanelCoverage
from frontdesk.ui.billing import amounts
from frontdesk.ui.kit.button import LinkButton
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

Line = tuple[str, str, str, str]


class Benefits(QWidget):
    """A small table; only what is known stands in it."""

    add_wanted = Signal()
    """A secondary payer is to be added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Benefits"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(4))
        self._coverages: tuple[PanelCoverage, ...] = ()
        Offer(self, lambda: amounts.of_coverage(self._coverages[0] if self._coverages else None))
        for part, stretch in enumerate((4, 3, 2, 2)):
            self._grid.setColumnStretch(part, stretch)

    def show_coverages(self, coverages: tuple[PanelCoverage, ...]) -> None:
        self._coverages = coverages
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        head: Line = (tr("Benefit"), tr("In network"), tr("Used"), tr("Left"))
        self._write(0, head, is_head=True)
        for number, line in enumerate(benefit_lines(coverages), 1):
            self._grid.addWidget(Rule(), 2 * number - 1, 0, 1, 4)
            self._write(2 * number, line)
        if len(coverages) == 1 and not coverages[0].line.case_number:
            add = LinkButton(tr("Add"))
            add.setAccessibleName(tr("Add a secondary payer"))
            add.clicked.connect(self.add_wanted)
            self._grid.addWidget(add, 2, 3, Qt.AlignmentFlag.AlignRight)

    def _write(self, at: int, line: Line, *, is_head: bool = False) -> None:
        for part, text in enumerate(line):
            label = Label(text, "caption" if is_head else "body", "text-2" if is_head else "text")
            if part > 1:
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, at, part)


def benefit_lines(coverages: tuple[PanelCoverage, ...]) -> tuple[Line, ...]:
    """The lines under the head: secondary payer, visit, deductible, out-of-pocket limit."""
    second = coverages[1].line.plan if len(coverages) > 1 else tr("None on file")
    lines: list[Line] = [(tr("Secondary payer"), second, "", "")]
    if not coverages:
        return tuple(lines)
    first = coverages[0]
    if first.copay_cents is not None:
        lines.append((tr("Office visit"), tr("{copay} copay", copay=dollars(first.copay_cents)), "", ""))
    answer = first.verification
    if answer is None:
        return tuple(lines)
    if answer.coinsurance_percent is not None:
        lines.append((tr("Coinsurance"), f"{answer.coinsurance_percent}%", "", ""))
    whole, left = answer.deductible_cents, answer.deductible_left_cents
    if whole is not None:
        used = dollars(whole - left) if left is not None else ""
        lines.append((tr("Deductible"), dollars(whole), used, dollars(left) if left is not None else ""))
    if answer.out_of_pocket_left_cents is not None:
        lines.append((tr("Out-of-pocket limit"), "", "", dollars(answer.out_of_pocket_left_cents)))
    return tuple(lines)
