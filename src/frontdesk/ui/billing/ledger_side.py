"""Beside the ledger: why the chosen charge or credit stands so, and what the office may do with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import explain, explain_amount
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.household_ledger import LedgerCredit, LedgerLine
from frontdesk.ui.billing.explain import ExplainedBalance
from frontdesk.ui.desk import Desk, Owner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Section, SidePanel
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import tr

_VERBS = (
    ("void", "Void…", "ban", "V"),
    ("correct", "Correct…", "pencil", "C"),
    ("write_off", "Write off…", "coins", "W"),
    ("transfer", "Who owes it…", "arrow-right", "T"),
    ("use", "Use credit…", "wallet", "U"),
    ("move", "To other household…", "users", "H"),
    ("back", "Move back…", "undo-2", "B"),
)


class LedgerSide(SidePanel):
    """Offers the verbs that the chosen row names, and nothing while none is chosen."""

    wanted = Signal(str)
    """A verb of the chosen row: "write_off"."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.chosen: LedgerLine | LedgerCredit | None = None
        self.why = ExplainedBalance()
        self._title = EndingLabel("", "section")
        self.buttons: dict[str, Button] = {}
        for verb, words, icon, keys in _VERBS:
            button = self.buttons[verb] = Button(tr(words), icon=icon, keys=keys)
            button.clicked.connect(lambda _checked=False, verb=verb: self.wanted.emit(verb))
        head = QWidget()
        head.setLayout(column(self._title, gap=2, margins=(14, 11, 14, 10)))
        self.set_head(head)
        section = Section(tr("Why this amount"))
        section.add(self.why)
        self.add(section)
        self.set_foot(Frame("foot", wrapped(*self.buttons.values(), margins=(14, 10, 14, 10))))

    def show_chosen(self, what: LedgerLine | LedgerCredit | None, owner: Owner) -> None:
        """A row of the charges or of the credits; `owner` hears why it can't be explained."""
        self.chosen = what
        for verb, button in self.buttons.items():
            set_shown(button, self.offers(verb))
        set_shown(self, what is not None)
        if isinstance(what, LedgerLine):
            self._title.setText(what.line.label)
            line_id = what.line.charge_line_id
            self._desk.ask(owner, self.why.show_explanation, explain.line, charge_line_id=line_id)
        elif isinstance(what, LedgerCredit):
            self._title.setText(tr("Receipt {number}", number=what.number))
            subject = Subject(About.ACCOUNT, what.credit.account_id, Part.CREDIT)
            self._desk.ask(owner, self.why.show_explanation, explain_amount.amount, subject=subject)

    def offers(self, verb: str) -> bool:
        return self.chosen is not None and verb in self.chosen.verbs

    def line(self, verb: str) -> LedgerLine | None:
        """The chosen line where the verb is offered."""
        return self.chosen if isinstance(self.chosen, LedgerLine) and self.offers(verb) else None
