"""Asks what to do with more money than is asked for: change, other balances, or a payment ahead."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.visit.taking import Surplus, Taking
from frontdesk.ui.kit.choice import RadioButton
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.text import tr


class Overpaid(Dialog):
    """`then` gets the choice; Escape leaves the amount to be corrected."""

    def __init__(self, parent: QWidget, taking: Taking, then: Callable[[Surplus], object]) -> None:
        super().__init__(
            parent,
            tr("{amount} more than is asked for", amount=dollars(taking.surplus_cents)),
            tr("What becomes of it?"),
            icon="circle-question-mark",
            icon_color="accent",
        )
        self._then = then
        self._group = QButtonGroup(self)
        self._choices: list[Surplus] = []
        if taking.can_be_change:
            self._offer(Surplus.CHANGE, tr("Give it back as change"))
        if part := taking.on_others_cents:
            words = tr("Put {amount} on what is not ticked", amount=dollars(part))
            if part < taking.surplus_cents:
                words += tr(", the rest as a payment ahead")
            self._offer(Surplus.OTHERS, words)
        self._offer(Surplus.AHEAD, tr("Keep it to the household's credit, as a payment ahead"))
        self._group.button(0).setChecked(True)
        self.add_verb(tr("Correct the amount"), keys="Esc")
        self.add_verb(tr("Record"), self._go_on, kind="primary", keys="Enter", closes=False)
        self._group.button(0).setFocus()

    def choose(self, surplus: Surplus) -> None:
        """As a click on it does."""
        self._group.button(self._choices.index(surplus)).setChecked(True)

    def _offer(self, surplus: Surplus, words: str) -> None:
        button = RadioButton(words)
        self._group.addButton(button, len(self._choices))
        self._choices.append(surplus)
        self.body.addWidget(button)

    def _go_on(self) -> None:
        chosen = self._choices[self._group.checkedId()]
        self.accept()
        self._then(chosen)
