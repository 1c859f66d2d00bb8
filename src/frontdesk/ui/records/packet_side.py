"""What stands beside the pages of a release: to whom, what it costs, what is in the way, what was sent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.records.packet_view import PacketView
from frontdesk.services.records.release_deliveries import Outcome, Sending
from frontdesk.services.records.release_fees import FeeMethod
from frontdesk.services.records.release_sending import WAYS
from frontdesk.services.records.release_words import DELIVERIES
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

WIDTH = 300


class PacketSide(SidePanel):
    """The verbs follow how far the request is; the page carries them out."""

    act = Signal(str)
    """A verb by its name: "fee", "pay", "invoice", "look", "prepare", "send", "arrived", "again", "file"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view: PacketView | None = None
        self.setFixedWidth(theme().px(WIDTH))
        self._facts = Facts()
        to = Section(tr("Goes to"), ruled=False)
        to.add(self._facts)
        self._fee_words = Label("", "body", wrap=True)
        self.fee_button = self._verb(tr("State fee…"), "fee", "circle-dollar-sign")
        self.pay_button = self._verb(tr("Enter payment…"), "pay", "wallet")
        self.invoice_button = self._verb(tr("Invoice"), "invoice", "file-text")
        fee = Section(tr("Fee"))
        fee.add(self._fee_words)
        fee.body.addLayout(row(self.fee_button, self.pay_button, self.invoice_button, None, gap=6))
        self.stands = Banner("warn")
        self._way = Section(tr("Before it leaves"))
        self._way.add(self.stands)
        self._sent = Section(tr("Sent"))
        self._model = ListModel[Sending](_sending_item, key=lambda each: each.sending_id)
        self.sendings = RowList(self._model, says=tr("Each time copies were sent"), lined=False)
        self.sendings.opened.connect(lambda _: self.act.emit("file"))
        self._sent.add(self.sendings)
        self.arrived_button = self._verb(tr("Note arrival…"), "arrived", "package-check")
        self.again_button = self._verb(tr("Send again…"), "again", "repeat")
        self.file_button = self._verb(tr("What was sent"), "file", "file-search")
        self._sent.body.addLayout(row(self.file_button, self.arrived_button, None, gap=6))
        self._sent.body.addLayout(row(self.again_button, None, gap=6))
        for section in (to, fee, self._way, self._sent):
            self.add(section)
        self.look_button = Button(tr("Look at packet"), icon="eye", keys="Ctrl+P")
        self.look_button.clicked.connect(lambda: self.act.emit("look"))
        self.main_button = Button("", "primary", keys="Ctrl+Enter")
        self.main_button.clicked.connect(lambda: self.act.emit(self.main_act()))
        foot = column(self.look_button, self.main_button, gap=8, margins=(14, 10, 14, 12))
        self._foot = Frame("foot", foot)
        self.set_foot(self._foot)

    def main_act(self) -> str:
        """What comes next; empty: nothing."""
        view = self.view
        if view is None or not view.is_open:
            return ""
        if view.is_ready:
            return "send"
        return "" if view.is_with_reader else "prepare"

    def current_sending(self) -> Sending | None:
        """The one that is chosen, else the newest."""
        return self.sendings.current() or (self._model.at(0))

    def show_view(self, view: PacketView, *, pages_chosen: int, may: bool) -> None:
        self.view = view
        to = f"{view.to}, attn. {view.attention}" if view.attention else view.to
        address = view.address_for(view.way)
        self._facts.show_facts(
            (
                (tr("Recipient"), to),
                (tr("Send by"), DELIVERIES[view.way] + (f", {_breaking(address)}" if address else "")),
                (tr("Authority"), view.authority),
                (tr("Purpose"), view.purpose or tr("Not said")),
                (tr("Pages"), counted(pages_chosen, "{count} page", "{count} pages")),
            )
        )
        self._show_fee(view, may=may)
        self._show_way(view)
        self._model.show(view.sendings)
        self.sendings.setFixedHeight(max(1, self.sendings.height_of_all()))
        set_shown(self._sent, bool(view.sendings))
        sent = self.current_sending()
        failed = sent is not None and sent.proof is not None and sent.proof.outcome is Outcome.FAILED
        set_shown(self.arrived_button, bool(view.sendings) and may)
        set_shown(self.again_button, failed and may and not view.is_open)
        set_shown(self.look_button, view.is_open and bool(pages_chosen))
        main = {"send": (tr("Send copies…"), "send"), "prepare": (tr("Finish preparing"), "check")}
        words, icon = main.get(self.main_act(), ("", ""))
        self.main_button.setText(words)
        self.main_button.show_icon(icon)
        set_shown(self.main_button, bool(words) and may)
        set_shown(self._foot, self.main_button.isVisibleTo(self) or self.look_button.isVisibleTo(self))

    def _show_fee(self, view: PacketView, *, may: bool) -> None:
        fee, quote = view.fee, view.quote
        if fee is not None:
            if fee.waived:
                words = tr("{number}: nothing is asked. {why}", number=fee.number, why=fee.waived)
            elif fee.is_paid and fee.total_cents:
                words = tr("{number}: {total}, paid.", number=fee.number, total=dollars(fee.total_cents))
            else:
                words = tr(
                    "{number}: {total}, {open} open.",
                    number=fee.number,
                    total=dollars(fee.total_cents),
                    open=dollars(fee.open_cents),
                )
                if fee.paid_first:
                    words = f"{words} {tr('Paid before it leaves.')}"
        elif quote.rule.method is FeeMethod.NONE:
            words = tr("No fee is asked for this.")
        elif quote.rule.method is FeeMethod.COST:
            words = tr("Not stated. What the copy costs.")
        else:
            words = tr("Not stated. By the office's rule {total}.", total=dollars(quote.total_cents))
        self._fee_words.setText(words)
        is_open = fee is not None and not fee.is_paid
        asks = fee is not None or quote.rule.method is not FeeMethod.NONE
        set_shown(
            self.fee_button, view.is_open and may and asks and not (fee is not None and fee.paid_cents > 0)
        )
        set_shown(self.pay_button, is_open and may)
        set_shown(self.invoice_button, fee is not None and bool(fee.total_cents))

    def _show_way(self, view: PacketView) -> None:
        set_shown(self._way, view.is_open)
        if not view.is_open:
            self.stands.say("info", "")
        elif view.stands_in_the_way:
            self.stands.say("warn", " ".join(each.message for each in view.stands_in_the_way))
        else:
            self.stands.say("ok", tr("Nothing stands in the way. The copies may leave."))

    def _verb(self, words: str, name: str, icon: str) -> Button:
        button = Button(words, icon=icon, height="small")
        button.clicked.connect(lambda: self.act.emit(name))
        return button


def _breaking(address: str) -> str:
    """With places where a long mailbox may go on below."""
    return address.replace("@", "\u200b@").replace(".", ".\u200b") if "@" in address else address


def _sending_item(each: Sending) -> Item:
    proof = each.proof
    if proof is None:
        chip, tone = tr("under way"), "info"
    elif proof.outcome is Outcome.DELIVERED:
        chip, tone = tr("arrived"), "ok"
    else:
        chip, tone = tr("failed"), "block"
    how = f"{WAYS[each.way]}, {tr('locked')}" if each.is_locked else WAYS[each.way]
    lines = [(Words(f"{how}, {each.to_name}"),)]
    if each.tracking:
        lines.append((Words(tr("Tracking {number}", number=each.tracking)),))
    if proof is not None:
        by = f", {proof.received_by}" if proof.received_by else ""
        lines.append((Words(f"{us_date(proof.happened_on)}{by}: {proof.words}"),))
    return Item(
        title=f"{us_date(each.sent_on)}, {counted(each.pages, '{count} page', '{count} pages')}",
        lines=tuple(lines),
        chip=chip,
        chip_tone=tone,
    )
