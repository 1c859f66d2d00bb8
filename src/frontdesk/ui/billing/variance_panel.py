"""A drawer that is over or short: what could explain it, and the explanation that is kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import drawer_differences, variance
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.tenders import TenderKind
from frontdesk.services.billing.variance import Variance
from frontdesk.services.billing.variance_facts import Cause, Lead
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_MOST_HEIGHT = 260
_LIKELY, _POSSIBLE = 80, 60
_NAMES = {
    Cause.OTHER_TENDER: "Entered as another kind of money",
    Cause.OTHER_DRAWER: "In the other drawer",
    Cause.FLOAT: "The float",
    Cause.NOT_RECORDED: "Paid, and not recorded",
    Cause.EARLIER_DAY: "An earlier day",
    Cause.DOUBLED: "Entered twice",
    Cause.VOIDED: "Voided, and not given back",
    Cause.NO_CHANGE: "Change not given",
    Cause.NOT_THERE: "A receipt of the same amount",
    Cause.DECIMAL: "A digit too many or too few",
    Cause.TRANSPOSED: "Digits in the wrong order",
    Cause.WRONG_NOTE: "The wrong bill as change",
    Cause.WRONG_LINE: "Counted on the wrong line",
    Cause.HALF: "In and out exchanged",
    Cause.TWO_TOGETHER: "Two receipts together",
    Cause.PAID_OUT: "Paid out of the drawer",
}
_KINDS = {TenderKind.CASH: "Cash", TenderKind.CHECK: "Checks", TenderKind.CARD: "Cards"}


class VariancePanel(Panel):
    """The causes, the likeliest first; Enter takes one as the reason, Ctrl+Enter records it."""

    explained = Signal()
    receipt_wanted = Signal(int)
    visit_wanted = Signal(object)
    """The Blamed of a visit whose payment was not recorded."""
    recount_wanted = Signal(object)
    """The Counted that is to be set aside."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._counted: Counted | None = None
        self._taken: Lead | None = None
        self._model: ListModel[Lead] = ListModel(
            _look, key=lambda lead: (lead.kind, lead.cause, lead.sentence)
        )
        self.leads: RowList[Lead] = RowList(self._model, says=tr("What could explain it"))
        self.leads.chosen.connect(self._show_lead)
        self.leads.opened.connect(self._take)
        self._sentence = Label("", "body", wrap=True)
        self.use_button = Button(tr("This was it"), icon="check", keys="Enter", height="small")
        self.use_button.clicked.connect(lambda: self._take(self.leads.current()))
        self.open_button = Button(tr("Open receipt"), icon="receipt", height="small")
        self.open_button.clicked.connect(self._open)
        self.again_button = Button(tr("Correct, then count again…"), icon="rotate-ccw", height="small")
        self.again_button.clicked.connect(lambda: self.recount_wanted.emit(self._counted))
        self.reason = TextEdit(hint=tr("Choose a line above, or write what happened"))
        self.form = Form()
        self.form.add("reason", tr("Why it is over or short"), self.reason)
        self.record_button = Button(tr("Record reason"), "primary", icon="check", keys="Ctrl+Enter")
        self.record_button.clicked.connect(self.record)
        self._card = Card(tr("What could explain it"), "circle-question-mark")
        self._none = Label(tr("No entry of the day explains it by itself."), "secondary", "text-2", wrap=True)
        for piece in (self.banner, self._none, self.leads, self._sentence):
            self._card.body.addWidget(piece)
        self._card.body.addLayout(row(self.use_button, self.open_button, None))
        self._card.body.addWidget(self.form)
        self._card.body.addLayout(row(self.again_button, None, self.record_button))
        self.setLayout(column(self._card, None, margins=(0, 0, 0, 0)))

    def show_count(self, counted: Counted, *, is_closed: bool) -> None:
        """Search for a cause where a difference waits for one; else there is nothing to see here."""
        is_open = counted.is_open and not is_closed
        set_shown(self, is_open)
        if not is_open:
            self._counted = None
            return
        if self._counted is None or self._counted.drawer_count_id != counted.drawer_count_id:
            self.reason.set_value("")
            self._taken = None
            self.clear_complaints()
        self._counted = counted
        self._card.show_title(tr("{amount}. What could explain it", amount=_off(counted)))
        self.desk.ask(self, self._show, variance.of_count, drawer_count_id=counted.drawer_count_id)

    @property
    def counted(self) -> Counted | None:
        """The count that waits for its reason."""
        return self._counted

    @property
    def is_open(self) -> bool:
        """Whether a difference waits here for its reason."""
        return self._counted is not None

    def record(self) -> None:
        """Keep the reason with the count."""
        if self._counted is None:
            return
        self.clear_complaints()
        lead = self._taken
        one = lead.blamed[0] if lead is not None and lead.entries_are_one else None
        self.desk.do(
            self,
            self._recorded,
            drawer_differences.explain,
            drawer_count_id=self._counted.drawer_count_id,
            reason=self.reason.value(),
            cause=lead.cause.value if lead is not None else "",
            receipt_id=one.receipt_id if one is not None else None,
        )

    def _recorded(self, _: int) -> None:
        self._counted = None
        self.told.emit(tr("Recorded why the drawer differs"))
        self.explained.emit()

    def _show(self, found: Variance) -> None:
        if self._counted is None or found.counted.drawer_count_id != self._counted.drawer_count_id:
            return
        self._model.show(found.leads)
        set_shown(self._none, not found.leads)
        for widget in (self.leads, self.use_button):
            set_shown(widget, bool(found.leads))
        self.leads.setFixedHeight(min(theme().px(_MOST_HEIGHT), self.leads.height_of_all() + 2))
        if found.leads:
            first = found.leads[0]
            self.leads.choose((first.kind, first.cause, first.sentence))
        self._show_lead(self.leads.current())
        self.leads.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_lead(self, lead: Lead | None) -> None:
        sentence = lead.sentence if lead is not None else ""
        self._sentence.setText(sentence)
        set_shown(
            self._sentence, draw.text_width(sentence, theme().font("secondary")) > self.leads.width() - 30
        )
        first = lead.blamed[0] if lead is not None and lead.blamed else None
        set_shown(self.open_button, first is not None)
        if first is not None:
            is_receipt = first.receipt_id is not None
            words = tr("Open {number}", number=first.number) if is_receipt else tr("Open the visit")
            self.open_button.setText(words)
            self.patient_chosen.emit(first.patient_id)

    def _take(self, lead: Lead | None) -> None:
        if lead is not None:
            self._taken = lead
            self.reason.set_value(lead.sentence)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        lead = self.leads.current()
        if lead is None or not lead.blamed:
            return
        first = lead.blamed[0]
        if first.receipt_id is not None:
            self.receipt_wanted.emit(first.receipt_id)
        else:
            self.visit_wanted.emit(first)


def _off(counted: Counted) -> str:
    """ "27.00 over"; with several kinds "Cash 27.00 over, cards 27.00 short"."""
    parts = [
        (
            tr("{amount} over", amount=ledger(cents))
            if cents > 0
            else tr("{amount} short", amount=ledger(-cents)),
            kind,
        )
        for kind, cents in counted.differences
    ]
    if len(parts) == 1 and parts[0][1] is TenderKind.CASH:
        return parts[0][0]
    return ", ".join(f"{tr(_KINDS[kind])} {words}" for words, kind in parts)


def _look(lead: Lead) -> Item:
    if lead.score >= _LIKELY:
        chip, tone = tr("Likely"), "ok"
    elif lead.score >= _POSSIBLE:
        chip, tone = tr("Possible"), "neutral"
    else:
        chip, tone = tr("Perhaps"), "outline"
    return Item(tr(_NAMES[lead.cause]), ((Words(lead.sentence),),), chip=chip, chip_tone=tone, strong=True)
