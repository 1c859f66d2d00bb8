"""The locked screen: the clock and counts for all to see, one person's way back in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.office import practice
from frontdesk.services.security import sign_in
from frontdesk.services.security.sign_in import AT_THE_DOOR, Person
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import Avatar, IconLabel, Label
from frontdesk.ui.security.gate import Gate
from frontdesk.ui.security.side import Count, Side, side_by_side
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_CARD_WIDTH = 400


class LockScreen(QWidget):
    """Covers the window. `lock` it for a person; their secret ends it, or another person's sign-in."""

    signed_in = Signal(object)
    """Actor: the person is back, with what they may do now."""
    switch_wanted = Signal()
    """Somebody else wants to sign in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actor: Actor | None = None
        self._side = Side(desk.database)
        self._avatar = Avatar(size=48)
        self._name = Label("", "page")
        self._place = Label("", "secondary", "text-2")
        self._banner = Banner("block")
        self._gate = Gate(desk, tr("Unlock"))
        self._gate.signed_in.connect(self.signed_in)
        self._switch = Button(tr("&Switch user"), "ghost", icon="users")
        self._switch.clicked.connect(self.switch_wanted)
        self._helper = Label("", "body", "text-2")
        self._why = Label("", "secondary", "text-3")
        self._by_itself = QWidget()
        self._by_itself.setLayout(row(IconLabel("timer", "text-3"), self._why, None, margins=(12, 0, 0, 0)))
        card = QFrame()
        card.setProperty("look", "card")
        who = row(self._avatar, column(None, self._name, self._place, None, gap=1), None, gap=12)
        card.setLayout(column(who, self._banner, self._gate, gap=20, margins=(32, 28, 32, 28)))
        middle = QWidget()
        middle.setFixedWidth(theme().px(_CARD_WIDTH))
        middle.setLayout(column(card, row(self._switch, None, self._helper), self._by_itself, gap=6))
        self.setLayout(side_by_side(self._side, middle))

    def lock(self, actor: Actor, *, idle_minutes: int = 0) -> None:
        """Lock for this person; `idle_minutes` tells that nobody did it by hand."""
        self._actor = actor
        self._avatar.show_initials(actor.initials)
        self._name.setText(actor.name)
        self._why.setText(
            counted(
                idle_minutes,
                "Locked by itself after {count} minute without a key or the mouse",
                "Locked by itself after {count} minutes without a key or the mouse",
            )
        )
        self._by_itself.setVisible(idle_minutes > 0)
        self._banner.say("block", "")
        self._gate.shut()
        database = self._desk.database
        self._desk.run(self, self._show_people, lambda: database.ask(AT_THE_DOOR, sign_in.people))
        self._desk.run(self, self._show_practice, lambda: database.ask(AT_THE_DOOR, practice.practice_name))

    def show_counts(self, counts: Sequence[Count]) -> None:
        """What waits, in numbers."""
        self._side.show_counts(counts)

    def refused(self, error: FrontdeskError) -> None:
        self._banner.say("block", str(error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._gate.take_focus()

    def _show_people(self, people: tuple[Person, ...]) -> None:
        assert self._actor is not None, "asked when locked for somebody"
        others = [
            person.name for person in people if person.resets_passwords and person.id != self._actor.user_id
        ]
        self._helper.setText(tr("Forgot it? Ask {name}", name=others[0]) if others else "")
        me = next((person for person in people if person.id == self._actor.user_id), None)
        if me is None:
            self._banner.say("block", tr("This account is switched off. Switch user to go on."))
        else:
            self._gate.ask_for(me)

    def _show_practice(self, name: str) -> None:
        self._place.setText(", ".join(part for part in (self._desk.database.station.name, name) if part))
