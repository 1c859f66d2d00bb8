"""Whether a document is filed, whose chart it may belong to, and whether it fits the one it is in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.records import candidates
from frontdesk.services.records.candidates import SURE, Candidate, Weight
from frontdesk.services.records.viewing import OpenedDocument
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.card import column
from frontdesk.ui.records.candidate_list import CandidateList
from frontdesk.ui.text import tr


class WhoseChart(QWidget):
    """The line of state, and below it the charts that may be meant. It files nothing."""

    taken = Signal(object)
    """The Candidate that somebody took."""
    withdraw_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opened: OpenedDocument | None = None
        self.state = Banner("warn")
        self.state.acted.connect(self.withdraw_wanted)
        self.list = CandidateList()
        self.list.taken.connect(self.taken)
        self.setLayout(column(self.state, self.list, gap=6))

    def show_document(self, opened: OpenedDocument | None) -> None:
        """What is known at once; the rest follows when it has been read."""
        self._opened = opened
        self.list.show_candidates(())
        self._say(())
        if opened is not None and not opened.is_filed:
            self._look(opened, with_codes=False)

    def look_at_codes(self, document_id: int) -> None:
        """The codes on it are known now: they may point at a chart too."""
        opened = self._opened
        if opened is not None and opened.document_id == document_id and not opened.is_filed:
            self._look(opened, with_codes=True)

    def refused(self, error: FrontdeskError) -> None:
        """No guess can be made; the document can be filed all the same."""

    def _look(self, opened: OpenedDocument, *, with_codes: bool) -> None:
        self._desk.ask(
            self,
            lambda found: self._show(opened, found),
            candidates.candidates,
            document_id=opened.document_id,
            with_codes=with_codes,
        )

    def _show(self, opened: OpenedDocument, found: tuple[Candidate, ...]) -> None:
        if opened is self._opened:
            self._say(found)
            self.list.show_candidates(found if opened.patient_id is None else ())

    def _say(self, found: tuple[Candidate, ...]) -> None:
        opened = self._opened
        if opened is None or opened.is_filed:
            is_away = opened is not None and opened.is_archived
            self.state.say("info", tr("Archived: out of the daily view.") if is_away else "", icon="archive")
            return
        tone, icon, said = "warn", "inbox", ""
        own = next((each for each in found if each.patient_id == opened.patient_id), None)
        other = next((each for each in found if each.weight >= SURE and each is not own), None)
        if opened.patient_id is not None and own is not None and own.weight >= SURE:
            said = _own_words(own)
        elif opened.patient_id is not None and other is not None:
            tone, icon = "block", "triangle-alert"
            who = {"name": other.name, "born": us_date(other.born_on)}
            said = tr("It names another patient: {name}, {born}.", **who)
        if not said:
            on, at = us_date(opened.received_at.date()), us_time(opened.received_at)
            said = tr("Received {on} {at}.", on=on, at=at)
        self.state.say(tone, f"{tr('Not filed yet.')} {said}", icon=icon, action=tr("Take out…"))


def _own_words(own: Candidate) -> str:
    if own.weight is Weight.NAME_AND_BORN:
        return tr("Name and birth date match this chart.")
    return own.reason
