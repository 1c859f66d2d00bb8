"""The Day close part of Billing: each drawer counted blind, then the day sealed."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import weekday_date
from frontdesk.services.billing import day_close, day_sheets, day_signatures, drawer_differences, papers
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.day_close import DayState, DrawerToday
from frontdesk.services.billing.variance_facts import Blamed
from frontdesk.ui.billing.bank_dialog import BankDialog
from frontdesk.ui.billing.card_batch_dialog import CardBatchDialog
from frontdesk.ui.billing.close_side import CloseSide
from frontdesk.ui.billing.count_result import CountResult
from frontdesk.ui.billing.drawer_count import DrawerCount
from frontdesk.ui.billing.frame import BillingPage, ReasonDialog, ask_why
from frontdesk.ui.billing.variance_panel import VariancePanel
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.dialog import confirm
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.list_detail import ListDetail
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_STACKED_BELOW = 1080
"""Narrower than this the receivables stand below the drawer."""
_WORK_WIDTH = 620


class DayClosePage(BillingPage):
    """The drawers on the left, the count in the middle, the receivables and the seal on the right."""

    title = "Day close"
    part = "day_close"
    topics = frozenset(
        {
            "drawer_count",
            "drawer_explanation",
            "day_close",
            "day_signature",
            "day_close_rule",
            "receipt",
            "journal_entry",
            "superbill",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._state: DayState | None = None
        self._on = desk.today
        self._build_toolbar()
        self._model: ListModel[DrawerToday] = ListModel(_look, key=lambda drawer: drawer.drawer_id)
        self.drawers: RowList[DrawerToday] = RowList(self._model, says=tr("Drawers"))
        self.drawers.chosen.connect(self._choose)
        self.count = DrawerCount(desk)
        self.drawers.opened.connect(self._begin)
        self.count.counted.connect(self._counted)
        self.count.told.connect(self.told)
        self.result = CountResult()
        self.result.slip_wanted.connect(self.show_slip)
        self.result.batch_wanted.connect(self.show_batch)
        self.variance = VariancePanel(desk)
        self.variance.told.connect(self.told)
        self.variance.explained.connect(self._to_drawers)
        self.variance.patient_chosen.connect(self.patient_chosen)
        self.variance.receipt_wanted.connect(self._show_receipt)
        self.variance.visit_wanted.connect(self._open_visit)
        self.variance.recount_wanted.connect(self._ask_recount)
        self.side = CloseSide()
        self.side.seal_wanted.connect(self.seal)
        self.side.sign_wanted.connect(self.sign)
        self.side.sheet_wanted.connect(self.show_sheet)
        self.side.missing_wanted.connect(self._open_missing)
        self._outcome = QWidget()
        self._outcome.setLayout(column(self.result, self.variance, None, gap=12))
        self._nothing = EmptyState(
            "inbox", tr("No drawer took money"), tr("A drawer shows up with its desk's first payment.")
        )
        self._middle = QStackedWidget()
        for widget in (self._nothing, self.count, self._outcome):
            self._middle.addWidget(widget)
        self._middle.setMaximumWidth(theme().px(_WORK_WIDTH))
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        following = self._next_words()
        return (
            Key("↑↓", tr("Drawer"), when=lambda: self.drawers.current() is not None),
            Key("Ctrl+Return", following or tr("Seal the day"), self.finish, lambda: bool(following)),
            Key("Ctrl+O", tr("Open the receipt it may be"), self._open_blamed, self.variance.open_button),
            Key("Ctrl+B", tr("Card batch beside the receipts"), self.show_batch, self.result),
            Key("Ctrl+Shift+B", tr("Deposits at the bank"), self.show_bank),
            Key("PgUp", tr("Day before"), partial(self._move, -1)),
            Key("PgDown", tr("Next day"), partial(self._move, 1), self._later),
            Key("Ctrl+Shift+S", tr("Sign the day"), self.sign, self.side.sign_button),
            Key("Ctrl+P", tr("Day sheet of a closed day"), self.show_sheet, self.side.sheet_button),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.drawers, self.side.seal_button, self.variance.leads, self.count.pieces[10000])

    def home(self) -> QWidget | None:
        return self.drawers

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_state, day_close.state, on=self._on)

    # -- what is done -------------------------------------------------------------

    def finish(self) -> None:
        """Record the count that is being typed in, then the reason of a difference; then seal the day."""
        if self._middle.currentWidget() is self.count:
            self.count.record()
        elif self._middle.currentWidget() is self._outcome and self.variance.is_open:
            self.variance.record()
        else:
            self.seal()

    def _next_words(self) -> str:
        """What Ctrl+Enter does now; nothing once the day is sealed."""
        if self._middle.currentWidget() is self.count:
            return tr("Record the count")
        if self._middle.currentWidget() is self._outcome and self.variance.is_open:
            return tr("Record the reason")
        return tr("Seal the day") if self._state is not None and not self._state.is_closed else ""

    def seal(self) -> None:
        """Ask, then close the day for good."""
        if self._state is None or self._state.is_closed:
            return
        self.clear_complaints()
        if not self._state.can_close:
            self._close()  # says what stands in the way
            return
        confirm(
            self,
            tr("Seal {day}?", day=weekday_date(self._on)),
            tr("Its ledger cannot be changed afterwards. What comes later belongs to the next day."),
            verb=tr("Seal the day"),
            keep=tr("Keep it open"),
            then=self._close,
            icon="lock",
        )

    def sign(self) -> None:
        """Ctrl+Shift+S: the first of two people looked at the day; another one seals it."""
        if self._state is not None and self._state.needs_two and not self._state.is_closed:
            self.clear_complaints()
            self.desk.do(self, self._signed, day_signatures.sign, on=self._on)

    def _signed(self, _: int) -> None:
        self.told.emit(tr("Signed {day}", day=weekday_date(self._on)))

    def show_sheet(self) -> None:
        """The day sheet of a closed day, as it was kept."""
        if self._state is None or not self._state.is_closed:
            return
        dialog = PaperDialog(self, self.desk, tr("Day sheet"), f"day-sheet-{self._on}.pdf")
        dialog.open()
        self.desk.ask(dialog, dialog.show_pdf, day_sheets.of_day, on=self._on)

    def _open_missing(self) -> None:
        self.go.emit("superbills", Errand("missing"))

    def show_bank(self) -> None:
        """What should have arrived at the bank, and what did."""
        BankDialog(self, self.desk).open()

    def show_batch(self) -> None:
        """The terminal's batch beside the card receipts of the chosen drawer."""
        drawer = self.drawers.current()
        if drawer is not None and drawer.counted is not None:
            CardBatchDialog(self, self.desk, drawer.counted).open()

    def show_slip(self) -> None:
        """The deposit slip of the chosen drawer."""
        drawer = self.drawers.current()
        if drawer is None:
            return
        dialog = PaperDialog(
            self, self.desk, tr("Deposit slip, {drawer}", drawer=drawer.name), f"deposit-{self._on}.pdf"
        )
        dialog.open()
        self.desk.ask(
            dialog, dialog.show_pdf, papers.deposit_slip_pdf, on=self._on, drawer_id=drawer.drawer_id
        )

    def _open_blamed(self) -> None:
        if self._middle.currentWidget() is self._outcome and self.variance.is_open:
            self.variance.open_button.click()

    def _show_receipt(self, receipt_id: int) -> None:
        dialog = PaperDialog(self, self.desk, tr("Receipt"), "receipt.pdf")
        dialog.open()
        self.desk.ask(dialog, dialog.show_pdf, papers.receipt_pdf, receipt_id=receipt_id)

    def _open_visit(self, blamed: Blamed) -> None:
        self.go.emit("check_out", Errand("check_out", blamed.patient_id, blamed.appointment_id))

    def _ask_recount(self, counted: Counted) -> None:
        ask_why(
            self,
            tr("Count {drawer} again?", drawer=counted.drawer),
            tr("This count stays on record. Correct the entry, then count again: the pieces are filled in."),
            verb=tr("Set the count aside"),
            then=lambda dialog, reason: self._set_aside(dialog, counted, reason),
            hint=tr("Which entry was wrong"),
        )

    def _set_aside(self, dialog: ReasonDialog, counted: Counted, reason: str) -> None:
        self.count.keep(counted)
        self.desk.do(
            dialog,
            dialog.close_done,
            drawer_differences.set_aside,
            drawer_count_id=counted.drawer_count_id,
            reason=reason,
        )

    def _close(self) -> None:
        self.desk.do(self, self._closed, day_close.close, on=self._on)

    def _closed(self, _: int) -> None:
        self.told.emit(tr("Sealed {day}", day=weekday_date(self._on)))

    def _counted(self, _: Counted) -> None:
        self._to_drawers()

    def _to_drawers(self) -> None:
        self.drawers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, days: int) -> None:
        self._on = min(self._on + timedelta(days=days), self.desk.today)
        self.clear_complaints()
        self.reload()

    # -- what is shown ------------------------------------------------------------

    def _show_state(self, state: DayState) -> None:
        self._state = state
        self._day.setText(weekday_date(state.on))
        self._later.setEnabled(state.on < self.desk.today)
        self._model.show(state.drawers)
        current = self.drawers.current()
        if current is None and state.drawers:
            waiting = next((d for d in state.drawers if d.receipts and d.counted is None), state.drawers[0])
            self.drawers.choose(waiting.drawer_id)
        else:
            self._choose(current)
        self.side.show_state(state)
        if state.is_closed:
            self._sealed.show_state(tr("Sealed by {name}", name=state.closed_by), "ok", "lock")
        else:
            self._sealed.show_state(tr("Not sealed"), "neutral", "lock-open")
        self.keys_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_STACKED_BELOW)
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._inner.setDirection(way)

    def _begin(self, _: DrawerToday) -> None:
        if self._middle.currentWidget() is self.count:
            self.count.begin()

    def _choose(self, drawer: DrawerToday | None) -> None:
        if drawer is None or self._state is None:
            self._middle.setCurrentWidget(self._nothing)
        elif drawer.counted is not None:
            self.result.show_count(drawer.counted)
            self.variance.show_count(drawer.counted, is_closed=self._state.is_closed)
            self._middle.setCurrentWidget(self._outcome)
        elif self._state.is_closed:
            self._nothing.say("inbox", tr("Nothing was counted"), tr("This drawer took no money that day."))
            self._middle.setCurrentWidget(self._nothing)
        else:
            self.count.show_drawer(drawer, self._state.on)
            self._middle.setCurrentWidget(self.count)
        self.keys_changed.emit()

    def _build_toolbar(self) -> None:
        self._day = Label("", "strong")
        self._sealed = Chip("", "outline", tall=True)
        earlier = IconButton("chevron-left", tr("Day before"), keys="PgUp")
        self._later = IconButton("chevron-right", tr("Next day"), keys="PgDown")
        earlier.clicked.connect(lambda: self._move(-1))
        self._later.clicked.connect(lambda: self._move(1))
        self.bank_button = Button(tr("Bank…"), icon="landmark")
        self.bank_button.setToolTip(tr("What should have arrived at the bank, and what did (Ctrl+Shift+B)"))
        self.bank_button.clicked.connect(self.show_bank)
        self.toolbar.add(self.bank_button, self._sealed, self._day, earlier, self._later)

    def _build(self) -> None:
        side = Frame(
            "column",
            column(
                row(Label(tr("Drawers"), "caption", "text-3"), margins=(12, 12, 12, 6)), self.drawers, gap=0
            ),
        )
        work = QWidget()
        inner = self._inner = row(gap=16, margins=(16, 16, 16, 16))
        inner.addWidget(self._middle, 1)
        inner.addWidget(self.side, 0)
        inner.addStretch(0)
        work.setLayout(inner)
        beside = ListDetail(
            side,
            scrolled(work),
            opens=(self.drawers,),
            back=tr("Drawers"),
            show=tr("Open the drawer and the day"),
            list_width=260,
            narrow_below=900,
        )
        self.set_content(Frame("canvas", column(beside, gap=0)))


def _look(drawer: DrawerToday) -> Item:
    receipts = counted(drawer.receipts, "{count} receipt", "{count} receipts")
    if drawer.counted is None:
        chip, tone, icon = (tr("To count"), "warn", "calculator") if drawer.receipts else ("", "neutral", "")
        return Item(
            drawer.name, ((Words(receipts),),), chip=chip, chip_tone=tone, chip_icon=icon, strong=True
        )
    off = drawer.counted.over_short_cents
    if off:
        words = (
            tr("over {amount}", amount=ledger(off)) if off > 0 else tr("short {amount}", amount=ledger(-off))
        )
        chip, tone, icon = words, "warn", "triangle-alert"
    else:
        chip, tone, icon = tr("Agrees"), "ok", "circle-check"
    return Item(drawer.name, ((Words(receipts),),), chip=chip, chip_tone=tone, chip_icon=icon, strong=True)
