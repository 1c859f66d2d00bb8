"""Who am I: the people of the office, one chosen, then the password or PIN."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.office import practice
from frontdesk.services.security import sign_in
from frontdesk.services.security.sign_in import AT_THE_DOOR, Person
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.security.gate import Gate
from frontdesk.ui.security.side import Side, side_by_side
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_CARD_WIDTH = 400
_ROW_HEIGHT = 28
_FEWEST_ROWS, _MOST_ROWS = 4, 8


class SignIn(QWidget):
    """Fills the window until somebody has signed in."""

    signed_in = Signal(object)
    """Actor."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._last_here: int | None = None
        self._practice = Label("", "page")
        self._banner = Banner("block")
        self._people = ListModel[Person](_look, key=lambda person: person.id)
        self._list = RowList(self._people, says=tr("Who are you?"), lined=False)
        self._list.setSizeAdjustPolicy(RowList.SizeAdjustPolicy.AdjustToContents)
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(self._go_on)
        self._gate = Gate(desk, tr("Sign in"))
        self._gate.signed_in.connect(self._let_in)
        self._card = QFrame()
        self._card.setProperty("look", "card")
        self._card.setFixedWidth(theme().px(_CARD_WIDTH))
        self._card.setLayout(
            column(
                column(self._practice, Label(desk.database.station.name, "secondary", "text-2"), gap=2),
                self._banner,
                column(Label(tr("Who are you?"), "secondary", "text-2"), self._list, gap=2),
                Rule(),
                self._gate,
                gap=14,
                margins=(32, 28, 32, 28),
            )
        )
        self.setLayout(side_by_side(Side(desk.database), self._card))

    def refused(self, error: FrontdeskError) -> None:
        self._banner.say("block", str(error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Look again who can sign in, and for whom a PIN is enough."""
        database = self._desk.database
        self._banner.say("block", "")
        self._desk.run(self, self._show_people, lambda: database.ask(AT_THE_DOOR, sign_in.people))
        self._desk.run(
            self, self._practice.setText, lambda: database.ask(AT_THE_DOOR, practice.practice_name)
        )

    def _show_people(self, people: tuple[Person, ...]) -> None:
        self._people.show(people)
        shown = max(1, min(len(people), _MOST_ROWS))
        self._list.setMinimumHeight(theme().px(_ROW_HEIGHT * min(shown, _FEWEST_ROWS)))
        self._list.setMaximumHeight(theme().px(_ROW_HEIGHT * shown))
        if self._last_here is not None and self._list.choose(self._last_here):
            self._gate.take_focus()
        elif people:
            self._list.choose(people[0].id)
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, person: Person | None) -> None:
        if person is not None:
            self._gate.ask_for(person)

    def _go_on(self, person: Person | None) -> None:
        self._gate.take_focus()

    def _let_in(self, actor: Actor) -> None:
        self._last_here = actor.user_id
        self.signed_in.emit(actor)


def _look(person: Person) -> Item:
    return Item(person.name, icon="user", trailing=Words(person.login, "text-3"))
