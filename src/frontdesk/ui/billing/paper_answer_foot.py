"""The foot of a paper remittance: whether the claims come to the check, and the verbs."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing.paper_answer_sums import Sums
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class PaperFoot(Frame):
    """The sums on the left, the verbs on the right; in a narrow window below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("foot", parent=parent)
        self.sums = CheckSums()
        self.drop_button = IconButton("trash-2", tr("Drop this paper"))
        self.scan_button = Button(tr("Scan…"), icon="scan-line")
        self.aside_button = Button(tr("Put aside"), keys="Esc")
        self.enter_button = Button(tr("Enter remittance"), "primary", icon="check", keys="Ctrl+Enter")
        self._row = row(self.sums, margins=(14, 8, 14, 8))
        verbs = row(None, self.drop_button, self.scan_button, self.aside_button, self.enter_button)
        self._row.addLayout(verbs, 1)
        self.setLayout(self._row)

    def set_narrow(self, narrow: bool) -> None:
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def show_scan(self, title: str, *, has_scan: bool) -> None:
        """Whether the paper was scanned, and what the scan is called."""
        self.scan_button.setText(tr("Scan") if has_scan else tr("Scan…"))
        self.scan_button.setToolTip(title or tr("Choose the scan of the paper"))
        self.scan_button.show_icon("file-check" if has_scan else "scan-line")


class CheckSums(QWidget):
    """check = claims - taken back; what is off stands at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = {name: Label("", "figure") for name in ("check", "claims", "taken", "off")}
        self._claims = EndingLabel(tr("Claims"), "secondary", "text-2")
        self._off = Label("", "secondary", "text-2")
        parts = row(gap=12)
        for sign, name, words in (
            ("", "check", Label(tr("Check"), "secondary", "text-2")),
            ("=", "claims", self._claims),
            ("−", "taken", Label(tr("Taken back"), "secondary", "text-2")),
            ("", "off", self._off),
        ):
            if sign:
                parts.addWidget(Label(sign, "figure", "text-2"))
            if name == "off":
                parts.addSpacing(theme().px(16))
            parts.addLayout(column(words, self._figures[name], gap=0))
        self.setLayout(parts)

    def show_sums(self, sums: Sums) -> None:
        self._claims.setText(counted(len(sums.claims), "{count} claim", "{count} claims"))
        for name, cents in (
            ("check", sums.check_cents),
            ("claims", sums.claims_paid_cents),
            ("taken", sums.taken_back_cents),
            ("off", abs(sums.off_cents)),
        ):
            self._figures[name].setText(ledger(cents))
        words = tr("Missing") if sums.off_cents > 0 else tr("Too much") if sums.off_cents else tr("Balanced")
        self._off.setText(words)
        self._figures["off"].recolor("block-tx" if sums.off_cents else "ok-tx")
        self.setAccessibleName(f"{words} {ledger(abs(sums.off_cents))}")
