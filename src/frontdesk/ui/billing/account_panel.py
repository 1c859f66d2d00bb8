"""One household: what it owes by age, why, and the statements it was sent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import explain, statements
from frontdesk.services.billing.explain_subject import About, Subject
from frontdesk.services.billing.statement_run import Candidate
from frontdesk.services.billing.statements import StatementPaper, StatementRow
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.explain import ExplainedBalance
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.explained import Amount, Offer, explains
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.side_panel import Section, SidePanel
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class AccountPanel(Panel):
    """Asks for the household that it is told to show."""

    topics = frozenset({"journal_entry", "statement"})
    preview_wanted = Signal()
    issue_wanted = Signal()
    hold_wanted = Signal()
    paper_wanted = Signal(object)
    """The id of a statement in the archive."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._account: Candidate | None = None
        self._name = EndingLabel("", "section")
        self._address = EndingLabel("", "secondary", "text-2")
        self._due = Label("", "figure")
        self._ages = QGridLayout()
        self._ages.setHorizontalSpacing(theme().px(12))
        self._ages.setContentsMargins(0, 0, 0, 0)
        self.explained = ExplainedBalance()
        self._archive = QVBoxLayout()
        self._archive.setSpacing(theme().px(4))
        self._archive.setContentsMargins(0, 0, 0, 0)
        self.preview_button = Button(tr("Preview…"), icon="eye")
        self.issue_button = Button(tr("Make statement"), "primary", icon="file-text", keys="Ctrl+Enter")
        self.hold_button = Button("", icon="circle-pause", keys="H")
        self.left_out = Banner("warn")
        self.preview_button.clicked.connect(self.preview_wanted)
        self.hold_button.clicked.connect(self.hold_wanted)
        self.issue_button.clicked.connect(self.issue_wanted)
        Offer(self._due, lambda: amounts.of_household(self._account))
        self._build()

    def show_account(self, account: Candidate) -> None:
        """Another household."""
        self._account = account
        self._name.setText(account.name)
        self._due.setText(dollars(account.due_cents))
        why = tr("Left out of runs: {why}.", why=account.left_out) if account.left_out else ""
        self.left_out.say("warn", why)
        self.hold_button.setText(tr("Release") if account.hold_id else tr("Hold…"))
        self.hold_button.updateGeometry()
        self.reload()

    def reload(self) -> None:
        if self._account is not None:
            account_id = self._account.account_id
            self.desk.ask(self, self._show_paper, statements.preview, account_id=account_id)
            self.desk.ask(self, self.explained.show_explanation, explain.account, account_id=account_id)
            self.desk.ask(self, self._show_archive, statements.of_account, account_id=account_id)

    def _show_paper(self, paper: StatementPaper) -> None:
        to = paper.guarantor
        where = ", ".join(part for part in (to.street, to.city_line) if part) or tr("no address")
        self._address.setText(tr("Account {number}  ·  {address}", number=to.account_number, address=where))
        while (item := self._ages.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        ages = (
            (tr("Up to 30 days"), paper.aged.to_30),
            (tr("31 to 60"), paper.aged.to_60),
            (tr("61 to 90"), paper.aged.to_90),
            (tr("Over 90"), paper.aged.over_90),
            (tr("Credit"), paper.aged.credit),
        )
        for place, (name, cents) in enumerate(ages):
            color = "block-tx" if place == 3 and cents else "text" if cents else "text-3"
            self._ages.addWidget(Label(name, "secondary", "text-3"), 0, place)
            label = Label(ledger(cents) if cents else "–", "strong", color)
            if cents:
                explains(label, amounts.of_age(to.account_id, name, cents, place, self.desk.today))
            self._ages.addWidget(label, 1, place)
            self._ages.setColumnStretch(place, 1)

    def _show_archive(self, found: tuple[StatementRow, ...]) -> None:
        while (item := self._archive.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not found:
            self._archive.addWidget(Label(tr("None was sent yet."), "secondary", "text-2"))
        for statement in found:
            button = Button(tr("Open"), height="small")
            button.setAccessibleName(tr("Open statement {number}", number=statement.number))
            button.clicked.connect(lambda _=False, id=statement.id: self.paper_wanted.emit(id))
            words = tr("{number} of {day}", number=statement.number, day=us_date(statement.issued_on))
            line = QWidget()
            asked = Label(dollars(statement.balance_cents), "strong")
            subject = Subject(About.STATEMENT, statement.id)
            explains(asked, Amount(words, statement.balance_cents, subject))
            line.setLayout(row(Label(words), None, asked, button))
            self._archive.addWidget(line)

    def _build(self) -> None:
        side = SidePanel()
        name = row(self._name)
        name.addWidget(self._due, 0, Qt.AlignmentFlag.AlignRight)
        head = QWidget()
        head.setLayout(column(name, self._address, self.left_out, gap=2, margins=(14, 11, 14, 10)))
        side.set_head(head)
        ages = Section(tr("By age"))
        holder = QWidget()
        holder.setLayout(self._ages)
        ages.add(holder)
        why = Section(tr("Why this balance"))
        why.add(self.explained)
        archive = Section(tr("Statements sent"))
        held = QWidget()
        held.setLayout(self._archive)
        archive.add(held)
        for section in (ages, why, archive):
            side.add(section)
        verbs = (self.preview_button, self.hold_button, None, self.issue_button)
        side.set_foot(Frame("foot", wrapped(*verbs, margins=(14, 10, 14, 10))))
        self.setLayout(column(side, gap=0))
