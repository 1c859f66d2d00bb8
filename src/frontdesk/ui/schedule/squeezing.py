"""Squeeze-ins of a page: asked for with its openings, picked by a letter, booked through the dialog."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from frontdesk.services.schedule import squeeze
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.schedule.squeeze import SqueezeIn
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.schedule.squeeze_dialog import Squeezed, squeeze_in
from frontdesk.ui.schedule.squeeze_list import LETTERS, SqueezeSection


class Squeezing(QObject):
    """`who` says for whom, or complains and gives None; `then` gets the visit's id and its place."""

    def __init__(
        self,
        page: Panel,
        section: SqueezeSection,
        *,
        limit: int,
        may_press: Callable[[], bool],
        who: Callable[[], Squeezed | None],
        then: Callable[[int, SqueezeIn], object],
    ) -> None:
        super().__init__(page)
        self._page, self._section, self._limit = page, section, limit
        self._may_press, self._who, self._then = may_press, who, then
        section.picked.connect(self.squeeze_in)
        for place, letter in enumerate(LETTERS[:limit]):
            key = QShortcut(QKeySequence(letter), page)
            key.activated.connect(lambda place=place: self._pressed(place))

    def search(self, request: OpeningRequest | None) -> None:
        """The cheapest places for a request; None: nothing can be asked yet."""
        desk = self._page.desk
        if request is None or not desk.may("schedule.overbook"):
            self._section.show_found((), date.min)
        else:
            wanted = replace(request, limit=self._limit)
            desk.ask(self._page, self._show, squeeze.squeeze_ins, request=wanted)

    def squeeze_in(self, found: SqueezeIn) -> None:
        """Book into a place that costs others something, for a reason that is asked once."""
        self._page.clear_complaints()
        who = self._who()
        if who is not None:
            squeeze_in(self._page, self._page.desk, found, who, lambda id: self._then(id, found))

    def _pressed(self, place: int) -> None:
        """Letters act only where nothing is typed."""
        if self._may_press():
            self._section.pick(place)

    def _show(self, found: tuple[SqueezeIn, ...]) -> None:
        self._section.show_found(found, self._page.desk.today)
