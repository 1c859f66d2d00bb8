"""Counting a drawer blind: pieces of each bill and coin, the checks, the terminal's batch."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import counting
from frontdesk.services.billing.counting import DENOMINATIONS, Count, Counted, Pieces
from frontdesk.services.billing.day_close import DrawerToday
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.edits import AmountEdit, NumberEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_BILLS = tuple(value for value in DENOMINATIONS if value >= 100)
_COINS = tuple(value for value in DENOMINATIONS if value < 100)


class DrawerCount(Panel):
    """The form of one drawer; it never shows what should be there."""

    counted = Signal(object)
    """The Counted, once it is recorded."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._drawer: DrawerToday | None = None
        self._on = date.min
        self._kept: Counted | None = None
        self.pieces: dict[int, NumberEdit] = {}
        self._sums: dict[int, Label] = {}
        self._order: list[QWidget] = []
        self.checks = AmountEdit()
        self.cards = AmountEdit(negative=True)
        self.form = Form()
        self.form.add("cash", tr("Cash, by pieces"), self._cash_grid())
        self.form.add_wide(Rule())
        self.form.add("check_cents", tr("Checks, total"), self.checks, span=6)
        self.form.add("card_cents", tr("Card terminal batch, total"), self.cards, span=6)
        self._order += [self.checks, self.cards]
        for edit in self._order:
            edit.installEventFilter(self)
        self._total = Label("", "figure")
        self.record_button = Button(tr("Record count"), "primary", icon="check", keys="Ctrl+Enter")
        self.record_button.clicked.connect(self.record)
        self._card = Card(tr("Count the drawer"), "calculator")
        self._card.body.addWidget(
            Label(tr("Count first. What should be there is shown afterwards."), "secondary", "text-2")
        )
        self._card.body.addWidget(self.banner)
        self._card.body.addWidget(self.form)
        self._card.body.addLayout(
            row(Label(tr("Cash counted"), "secondary", "text-2"), self._total, None, self.record_button)
        )
        self.setLayout(column(self._card, None, margins=(0, 0, 0, 0)))

    def show_drawer(self, drawer: DrawerToday, on: date) -> None:
        """Another drawer, or another day: the form is empty again."""
        if (self._drawer and self._drawer.drawer_id) == drawer.drawer_id and self._on == on:
            return
        self._drawer, self._on = drawer, on
        self._card.show_title(tr("Count: {drawer}", drawer=drawer.name))
        for edit in self.pieces.values():
            edit.set_value(None)
        self.checks.set_value(None)
        self.cards.set_value(None)
        self.clear_complaints()
        if self._kept is not None and (self._kept.drawer, self._kept.on) == (drawer.name, on):
            for pieces in self._kept.pieces:
                self.pieces[pieces.value_cents].set_value(pieces.count)
            self.checks.set_value(self._kept.counted_check_cents)
            self.cards.set_value(self._kept.batch_card_cents)
            self._kept = None
        self._add_up()

    def keep(self, counted: Counted) -> None:
        """A count that is set aside: its pieces are filled in when the drawer is shown next."""
        self._kept = counted

    def begin(self) -> None:
        """The focus goes to the largest bill."""
        self._order[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def record(self) -> None:
        """Lock the count; only then is said what should have been there."""
        self.clear_complaints()
        unreadable = [value for value, edit in self.pieces.items() if edit.problem()]
        if unreadable:
            self.form.row("cash").set_error(self.pieces[unreadable[0]].problem())
            self.pieces[unreadable[0]].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._drawer is None or not self.form.check():
            return
        self.desk.do(
            self,
            self._recorded,
            counting.count,
            count=Count(
                drawer_id=self._drawer.drawer_id,
                on=self._on,
                cash=tuple(each for each in self._cash() if each.count),
                check_cents=self.checks.value() or 0,
                card_cents=self.cards.value() or 0,
            ),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and down go on to the next field, up to the one before: one hand stays on the number pad."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._order:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            step = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(
                Qt.Key(event.key()), 0
            )
            if plain and step:
                there = next(n for n, edit in enumerate(self._order) if edit is watched) + step
                target = self._order[there] if 0 <= there < len(self._order) else self.record_button
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _recorded(self, counted: Counted) -> None:
        self._drawer = None
        self.told.emit(tr("Counted {drawer}", drawer=counted.drawer))
        self.counted.emit(counted)

    def _cash_grid(self) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(4))
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(3, theme().px(24))
        grid.setColumnStretch(6, 1)
        for side, values in enumerate((_BILLS, _COINS)):
            for line, value in enumerate(values):
                self._add_piece(grid, line, side * 4, value)
        holder = QWidget()
        holder.setLayout(grid)
        holder.setFocusProxy(self.pieces[DENOMINATIONS[0]])
        return holder

    def _add_piece(self, grid: QGridLayout, line: int, at: int, value: int) -> None:
        words = dollars(value).removesuffix(".00") if value >= 100 else tr("{cents}¢", cents=value)
        edit = NumberEdit(least=0, most=100_000)
        edit.setFixedWidth(theme().px(72))
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setAccessibleName(tr("How many of {piece}", piece=words))
        edit.value_changed.connect(self._add_up)
        name = Label(words, "body", "text-2")
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name.setMinimumWidth(theme().px(44))
        total = Label("", "secondary", "text-3")
        self.pieces[value], self._sums[value] = edit, total
        self._order.append(edit)
        grid.addWidget(name, line, at)
        grid.addWidget(edit, line, at + 1)
        grid.addWidget(total, line, at + 2)

    def _add_up(self) -> None:
        cash = self._cash()
        for each in cash:
            self._sums[each.value_cents].setText(dollars(each.cents) if each.count else "")
        self._total.setText(dollars(counting.total(cash)))

    def _cash(self) -> tuple[Pieces, ...]:
        return tuple(Pieces(value, edit.value() or 0) for value, edit in self.pieces.items())
