"""The top of a remittance: who paid, how its claims stand, the equation, and Post with what it waits for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing.remittance_views import RemittanceSheet, RemittanceState
from frontdesk.ui.billing.deposit_equation import DepositEquation
from frontdesk.ui.billing.paper_answer_verbs import PaperVerbs
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_NAMES, _ROOM = 318, 1000
_LEAST_NAMES, _LEAST_VERBS = 220, 200


class RemittanceHead(Frame):
    """Post is off until the deposit balances; the reason stands below it."""

    def __init__(self, *, may_void: bool, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self._may_void = may_void
        self._heading = EndingLabel("", "strong")
        self._detail = EndingLabel("", "secondary", "text-2")
        self._matched, self._review, self._no_match = Chip(), Chip(), Chip()
        self.equation = DepositEquation()
        self.discard_button = Button(tr("Discard"))
        self.check_button = Button(tr("Check again"), icon="refresh-cw", keys="K")
        self.void_button = Button(tr("Void…"), "danger", icon="undo-2", keys="V")
        self.post_button = Button(tr("Post to ledger"), "primary", icon="check", keys="Ctrl+Enter")
        self.why_not = Label("", "secondary", "block-tx", wrap=True)
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._posted = Chip("", "ok", tall=True)
        self.paper = PaperVerbs()
        self._line = Frame("detail")  # its left border is the line
        self._line.setFixedWidth(1)
        self._names, self._verbs = QWidget(), QWidget()
        chips = row(self._matched, self._review, self._no_match, None, gap=6)
        self._names.setLayout(column(self._heading, self._detail, chips, None, gap=3))
        verbs = (
            self._posted,
            self.paper,
            self.void_button,
            self.check_button,
            self.discard_button,
            self.post_button,
        )
        self._verbs.setLayout(column(wrapped(None, *verbs), self.why_not, None, gap=4))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*(theme().px(each) for each in (14, 10, 14, 10)))
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(6))
        self._is_narrow: bool | None = None
        self._arrange(is_narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The equation stands below where one line has no room for all of it."""
        px = theme().px
        wanted = px(_NAMES + _LEAST_VERBS + 3 * 16 + 28) + self.equation.sizeHint().width()
        self._arrange(is_narrow=self.width() < max(px(_ROOM), wanted))

    def minimumSizeHint(self) -> QSize:
        """As if it were narrow."""
        px = theme().px
        width = max(self.equation.minimumSizeHint().width(), px(_LEAST_NAMES + _LEAST_VERBS + 16))
        return QSize(width + px(28), super().minimumSizeHint().height())

    def _arrange(self, *, is_narrow: bool) -> None:
        """In one line; where it is narrow the equation stands below the rest."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for part in (self._names, self._line, self.equation, self._verbs):
            self._grid.removeWidget(part)
        px = theme().px
        self._names.setMinimumWidth(px(_LEAST_NAMES if is_narrow else _NAMES))
        self._names.setMaximumWidth(px(_NAMES))
        self._grid.addWidget(self._names, 0, 0)
        self._grid.addWidget(self._line, 0, 1)
        if is_narrow:
            self._grid.addWidget(self._verbs, 0, 2)
            self._grid.addWidget(self.equation, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self.equation, 0, 2)
            self._grid.addWidget(self._verbs, 0, 3)
        self._grid.setColumnStretch(2, 1 if is_narrow else 0)
        self._grid.setColumnStretch(3, 0 if is_narrow else 1)
        set_shown(self._line, not is_narrow)

    def show_sheet(self, sheet: RemittanceSheet) -> None:
        bill = sheet.row
        self._heading.setText(sheet.heading)
        claims = counted(bill.claims, "{count:,} claim", "{count:,} claims")
        said = (
            tr("Typed in {day}, paper {name}, {claims}")
            if bill.is_paper
            else tr("Received {day}, file {name}, {claims}")
        )
        self._detail.setText(said.format(day=us_date(bill.received_at.date()), name=bill.name, claims=claims))
        loose = sheet.deposit.no_match_claims
        self._show_chip(self._matched, sheet.matched, tr("matched"), "ok", "circle-check")
        self._show_chip(self._review, sheet.to_review, tr("to review"), "warn", "triangle-alert")
        self._show_chip(self._no_match, loose, tr("no match"), "block", "circle-question-mark")
        self.equation.show_deposit(sheet.deposit, f"{bill.banked_on:%m/%d}")
        is_done = bill.state in (RemittanceState.POSTED, RemittanceState.DISCARDED)
        words = tr("Posted") if bill.state is RemittanceState.POSTED else tr("Discarded")
        tone, icon = (
            ("ok", "circle-check") if bill.state is RemittanceState.POSTED else ("neutral", "archive")
        )
        self._posted.show_state(words if is_done else "", tone, icon)
        set_shown(self.void_button, self._may_void and bill.state is RemittanceState.POSTED)
        set_shown(self.check_button, bill.state is RemittanceState.HELD)
        set_shown(self.post_button, not is_done)
        set_shown(self.discard_button, not is_done)
        self.paper.show_row(bill)
        self.post_button.setEnabled(not sheet.why_not)
        self.why_not.setText("" if is_done else sheet.why_not)
        self._fit()

    def _show_chip(self, chip: Chip, count: int, words: str, tone: str, icon: str) -> None:
        chip.show_state(f"{count} {words}" if count else "", tone, icon)
