"""The head of the patient panel: who it is, what is likely next, four other actions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.registration.panel import Identity, PatientStatus
from frontdesk.services.visit.patient_panel import Stage, VisitLine
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import Avatar, Label
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.registration.lines import NextAction, Said, Tile, breakable
from frontdesk.ui.shell.actions import Action
from frontdesk.ui.text import tr

_TILES = (("book", "Book"), ("pay", "Payment"), ("message", "Message"), ("chart", "Records"))
_AT_THE_DESK = {
    Stage.EXPECTED: "Check in",
    Stage.ARRIVED: "Start check-in",
    Stage.CHECKING_IN: "Continue check-in",
    Stage.READY: "Show check-in",
    Stage.SEEN: "Check out",
    Stage.CHECKING_OUT: "Continue check-out",
}


class PanelHead(QWidget):
    """Emits `go` with a page and an errand, as the panel does."""

    go = Signal(str, object)

    def __init__(
        self,
        who: Identity,
        visit: VisitLine | None,
        actions: Sequence[Action],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._patient_id = who.patient_id
        known = {action.name: action for action in actions}
        whole = column(gap=8, margins=(14, 12, 14, 14))
        head = row(_initials(who), column(*_lines(who), gap=1), gap=10)
        head.setStretch(1, 1)
        if "edit_patient" in known:
            head.addWidget(self._edit(known["edit_patient"]), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(head)
        following = known.get("check_in") if visit is not None else None
        if following is not None and visit is not None and visit.stage in _AT_THE_DESK:
            whole.addWidget(self._next(following, tr(_AT_THE_DESK[visit.stage]), visit.appointment_id))
        elif "book" in known:
            whole.addWidget(self._next(known["book"], tr("Book a visit")))
        tiles = [self._tile(known[name], tr(word)) for name, word in _TILES if name in known]
        if tiles:
            whole.addLayout(row(*tiles, gap=6))
        self.setLayout(whole)

    def _next(self, action: Action, words: str, appointment_id: int | None = None) -> NextAction:
        button = NextAction(action.icon, words, action.keys)
        errand = Errand(action.name, self._patient_id, appointment_id)
        button.clicked.connect(lambda: self.go.emit(action.page, errand))
        return button

    def _edit(self, action: Action) -> IconButton:
        button = IconButton(action.icon, tr(action.title), keys=action.keys)
        errand = Errand(action.name, self._patient_id)
        button.clicked.connect(lambda: self.go.emit(action.page, errand))
        return button

    def _tile(self, action: Action, word: str) -> Tile:
        tile = Tile(action.icon, word, action.keys, tr(action.title))
        errand = Errand(action.name, self._patient_id)
        tile.clicked.connect(lambda: self.go.emit(action.page, errand))
        return tile


def _initials(who: Identity) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(Avatar(who.initials), None))
    return holder


def _lines(who: Identity) -> list[QWidget]:
    name = Label(breakable(who.name), "section", wrap=True)
    name.setAccessibleName(who.name)
    age = tr("{age} y", age=who.age)
    born = " · ".join(filter(None, (us_date(who.born_on), age, who.pronouns)))
    language = who.language
    if who.interpreter_needed:
        language = tr("{language}, interpreter", language=language)
    lines: list[QWidget] = [
        name,
        Said(born, color="text-2"),
        Said(tr("Chart {number} · {language}", number=who.chart_number, language=language), color="text-3"),
    ]
    words = {
        PatientStatus.INACTIVE: ("Inactive", "neutral"),
        PatientStatus.DECEASED: ("Deceased", "neutral"),
        PatientStatus.MERGED: ("Merged into another chart", "warn"),
        PatientStatus.PROSPECTIVE: ("Not seen yet", "info"),
    }
    if who.status in words:
        word, tone = words[who.status]
        lines.append(Chip(tr(word), tone))
    return lines
