"""The field that finds a claim in whatever state it is, by number or patient."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import claim_views
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.ui.billing.claim_choice import claim_suggestion
from frontdesk.ui.desk import Asker, Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class ClaimSearch(SearchBox):
    """Says which claim is wanted, as an errand."""

    wanted = Signal(object)
    refused_with = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Claim or patient"), says=tr("Find a claim"), keys="/", parent=parent)
        self._desk = desk
        self._asker = Asker(self, lambda error: self.refused_with.emit(str(error)))
        self._take_room()
        theme().changed.connect(self._take_room)
        self.searched.connect(self._find)
        self.picked.connect(self._want)

    def take_keys(self) -> None:
        """/: the field takes the keys."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_room(self) -> None:
        self.setFixedWidth(theme().px(164))

    def _find(self, typed: str) -> None:
        def show(found: tuple[ClaimRow, ...]) -> None:
            self.show_found(typed, [claim_suggestion(claim) for claim in found])

        self._desk.ask(self._asker, show, claim_views.find, typed=typed)

    def _want(self, claim_id: object) -> None:
        if isinstance(claim_id, int):
            self.clear()
            self.wanted.emit(Errand("claim", about_id=claim_id))
