"""Two patients of one name, side by side, so that the right chart is opened."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.registration import duplicate_pairs
from frontdesk.services.registration.panel import Panel, member_id_shown, panel
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.side_panel import Facts
from frontdesk.ui.text import tr


class CompareDialog(Dialog):
    """Shows this patient and the other; the other's chart is one key away."""

    def __init__(
        self, parent: QWidget, desk: Desk, shown: Panel, other_id: int, open_other: Callable[[int], object]
    ) -> None:
        super().__init__(
            parent,
            tr("Which {name} is it?", name=shown.identity.name),
            tr("Ask for the birth date before anything else."),
            icon="users",
            width=600,
        )
        self._open_other, self._other_id = open_other, other_id
        self._desk, self._patient_id = desk, shown.identity.patient_id
        self._cards = row(_card(shown))
        self.body.addLayout(self._cards)
        self._other = Button(tr("Open the other chart"))
        self._other.clicked.connect(self._switch)
        self.add_verb(tr("Keep this chart"), kind="primary", keys="Esc")
        if desk.may("registration.edit"):
            self.add_verb(tr("These may be one person"), self._suspect)
        desk.ask(self, self._show_other, panel, patient_id=other_id)

    def _show_other(self, other: Panel) -> None:
        card = _card(other)
        card.add_to_head(self._other)
        self._cards.addWidget(card)
        self.adjustSize()

    def _suspect(self) -> None:
        self._desk.do(
            self,
            lambda _: None,
            duplicate_pairs.suspect,
            one_id=self._patient_id,
            other_id=self._other_id,
        )

    def _switch(self) -> None:
        self.accept()
        self._open_other(self._other_id)


def _card(shown: Panel) -> Card:
    who = shown.identity
    card = Card(tr("Born {born}", born=us_date(who.born_on)))
    covered = shown.coverages[0].line if shown.coverages else None
    facts = [
        (tr("Age"), str(who.age)),
        (tr("Chart"), who.chart_number),
        (tr("Phone"), shown.phones[0].number if shown.phones else tr("none on file")),
        (tr("Coverage"), covered.plan if covered else tr("none on file")),
    ]
    if covered:
        facts.append((tr("Member"), member_id_shown(covered.member_id)))
    card.body.addWidget(Facts(tuple(facts)))
    return card
