"""Beside the drawers: how the receivables went, which visits are not charged, and the seal."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import day_sheets
from frontdesk.services.billing.day_close import DayState
from frontdesk.services.billing.roll_forward import ByParty
from frontdesk.services.billing.superbills import Missing
from frontdesk.ui.billing.amounts import of_day
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.explained import explains
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import Role, theme

_WIDTH = 390
_MOST_NAMES = 5


class CloseSide(QWidget):
    """Three cards below each other; the page acts on its signals."""

    seal_wanted = Signal()
    sign_wanted = Signal()
    sheet_wanted = Signal()
    missing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roll = RollForwardCard()
        self._uncharged = Card(tr("Visits not charged"), "file-x")
        self._names = Label("", "secondary", "text-2", wrap=True)
        show = Button(tr("Show them"), icon="list", height="small")
        show.clicked.connect(self.missing_wanted)
        self._uncharged.body.addWidget(self._names)
        self._uncharged.body.addLayout(row(None, show))
        self.why = Label("", "secondary", "warn-tx", wrap=True)
        self._signed = Label("", "secondary", "text-2", wrap=True)
        self.sign_button = Button(tr("Sign the day"), icon="signature")
        self.sign_button.clicked.connect(self.sign_wanted)
        self.seal_button = Button(tr("Seal the day"), icon="lock")
        self.seal_button.clicked.connect(self.seal_wanted)
        self.sheet_button = Button(tr("Day sheet…"), icon="printer")
        self.sheet_button.clicked.connect(self.sheet_wanted)
        verbs = row(None, self.sheet_button, self.sign_button, self.seal_button)
        self.setLayout(column(self._roll, self._uncharged, self.why, self._signed, verbs, None, gap=10))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Wider than usual only where the amounts are longer."""
        least = super().minimumSizeHint()
        return QSize(max(theme().px(_WIDTH), least.width()), least.height())

    def show_state(self, state: DayState) -> None:
        """Everything of one day."""
        self._roll.show_rolled(state.by_party)
        self._show_uncharged(state.missing)
        still = [] if state.is_closed else _still(state)
        self.why.setText(" ".join(still))
        set_shown(self.why, bool(still))
        signed = tr("Signed by {name}. Somebody else seals it.", name=state.signed_by)
        if state.is_closed or not state.signed_by:
            signed = ""
        elif not state.needs_two:
            signed = tr("Signed by {name}.", name=state.signed_by)
        self._signed.setText(signed)
        set_shown(self._signed, bool(signed))
        set_shown(self.sheet_button, state.is_closed)
        set_shown(self.sign_button, state.needs_two and not state.is_closed and not state.signed_by)
        set_shown(self.seal_button, not state.is_closed)
        self.seal_button.restyle("default" if still else "primary")

    def _show_uncharged(self, missing: tuple[Missing, ...]) -> None:
        set_shown(self._uncharged, bool(missing))
        self._uncharged.show_title(
            counted(len(missing), "{count} visit is not charged", "{count} visits are not charged")
        )
        names = [f"{each.patient} ({tr(each.why)})" for each in missing[:_MOST_NAMES]]
        if len(missing) > _MOST_NAMES:
            names.append(tr("and {count} more", count=len(missing) - _MOST_NAMES))
        self._names.setText("\n".join(names))


class RollForwardCard(Card):
    """Opening to closing, for patients, insurers and both; and whether the aged debts say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Receivables"), "scale", parent)
        self._agrees = Chip()
        self.add_to_head(self._agrees)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(14))
        self._grid.setVerticalSpacing(theme().px(5))
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)

    def show_rolled(self, rolled: ByParty) -> None:
        """The amounts of a day."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        right = Qt.AlignmentFlag.AlignRight
        for place, head in enumerate(("", tr("Patients"), tr("Insurers"), tr("Together"))):
            self._grid.addWidget(Label(head, "caption", "text-2"), 0, place, right)
        rows = day_sheets.roll_rows(rolled)
        for line, (name, *amounts) in enumerate(rows, 1):
            is_closing = line == len(rows)
            if is_closing:
                self._grid.addWidget(Rule(), line, 0, 1, 4)
            is_total = is_closing or line == 1
            at = line + 1 if is_closing else line
            self._grid.addWidget(Label(tr(name), "strong" if is_total else "body", "text-2"), at, 0)
            for place, cents in enumerate(amounts, 1):
                words = ledger(cents) if cents or is_total else "–"
                role: Role = "strong" if is_total or (place == len(amounts) and cents) else "body"
                label = Label(words, role, "text" if cents else "text-3")
                if cents or is_total:
                    explains(label, of_day(rolled.on, tr(name), line - 1, place - 1, cents))
                self._grid.addWidget(label, at, place, right)
        if rolled.agrees:
            self._agrees.show_state(tr("Aging agrees"), "ok", "circle-check")
        else:
            self._agrees.show_state(tr("Aging differs"), "block", "triangle-alert")


def _still(state: DayState) -> list[str]:
    """What stands between the day and its seal."""
    waiting = sum(1 for each in state.drawers if each.receipts and each.counted is None)
    unsaid = sum(1 for each in state.drawers if each.counted is not None and each.counted.is_open)
    said = (
        (waiting, "{count} drawer is not counted yet.", "{count} drawers are not counted yet."),
        (unsaid, "{count} difference has no reason yet.", "{count} differences have no reason yet."),
    )
    still = [counted(count, one, many) for count, one, many in said if count]
    if state.needs_two and not state.signed_by:
        still.append(tr("The office wants two people under a day: one signs, another seals."))
    return still
