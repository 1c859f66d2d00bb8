"""The three panels under the list of requests, the same for every kind: facts, checklist, history."""

from typing import ClassVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records.request_row import (
    CheckLine,
    HistoryLine,
    RequestDetail,
    RequestRow,
    number_words,
)
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.page import Key, Panel
from frontdesk.ui.kit.row_list import ListModel, RowList
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts
from frontdesk.ui.kit.timeline import Moment, State, Timeline
from frontdesk.ui.records import request_look
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_NARROW_ACTS, _NARROW, _VERY_NARROW = 900, 760, 560
"""Design pixels below which the verbs stand under each other, the history is away, and all is one column."""


class RequestPanels(Panel):
    """Of one kind: it asks for its detail in `ask_detail`, hands it to `show_panels`, and says its verbs."""

    new_words: ClassVar[str] = ""
    """What a new request of this kind is called in the menu of Ctrl+N; empty: none can be written here."""
    new_icon: ClassVar[str] = "file-plus"
    checks_words: ClassVar[str] = "Before it leaves the office"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.row: RequestRow | None = None
        self._title = EndingLabel("", "section")
        self._deadline = Chip("", "neutral")
        self._facts = Facts()
        self._stands = Banner("info")
        self.first = Button("", "primary")
        self.second = Button("")
        self.more = IconButton("ellipsis", tr("More"), keys="Alt+M")
        self.first.clicked.connect(self.act)
        self.second.clicked.connect(self.act_second)
        self.more.clicked.connect(self.open_more)
        self._checks: ListModel[CheckLine] = ListModel(request_look.check_item, key=lambda each: each.words)
        self.checks = RowList(self._checks, says=tr(self.checks_words))
        self.checks.opened.connect(self._check_opened)
        self._history = Timeline()
        self._build()

    # -- what a kind does ---------------------------------------------------------

    def ask_detail(self, row: RequestRow) -> None:
        """Ask for the three panels of this row; the answer goes to `show_panels`."""
        raise NotImplementedError

    def all_verbs(self) -> tuple[tuple[str, str, str], ...]:
        """Each act that the kind knows: a name, an icon and words."""
        return ()

    def named_acts(self) -> tuple[str, str]:
        """What comes next (Ctrl+Enter, the first button), and what may come besides; by their names."""
        return ("", "")

    def open_line(self, line: CheckLine) -> None:
        """Enter on a line of the checklist."""

    def new(self, patient_id: int | None) -> None:
        """Ctrl+N, for the patient in focus where there is one."""

    def verbs(self) -> tuple[tuple[str, str, str], ...]:
        """The further acts of the request as it stands, for the menu."""
        return ()

    def act_named(self, name: str) -> None:
        """An act was chosen; an empty name is none."""

    def panel_keys(self) -> tuple[Key, ...]:
        """Keys of this kind besides Enter, Ctrl+Enter, Alt+M and Ctrl+N."""
        return ()

    # -- what is shown --------------------------------------------------------------

    def show_row(self, shown: RequestRow | None) -> None:
        """Another row was chosen in the list, or it has another state."""
        self.row = shown
        self.clear_complaints()
        if shown is not None:
            self.ask_detail(shown)

    def reload(self) -> None:
        if self.row is not None:
            self.ask_detail(self.row)

    def show_panels(self, detail: RequestDetail) -> bool:
        """Fills the three panels; false where another row was chosen meanwhile."""
        if self.row is None or (detail.row.kind, detail.row.id) != (self.row.kind, self.row.id):
            return False
        self.row = shown = detail.row
        last, _, first = shown.patient.partition(", ")
        self._title.setText(f"{number_words(shown.number)}, {first} {last}".strip())
        words, tone, icon = request_look.deadline_words(shown, self.desk.today)
        self._deadline.show_state(words, tone or "neutral", icon)
        self._facts.show_facts(detail.facts)
        stands = detail.stands
        if stands is None:
            self._stands.say("info", "")
        else:
            self._stands.say(stands.tone.value, f"{stands.headline} {stands.words}".strip())
        self._checks.show(detail.checks)
        self._show_history(detail.history)
        set_shown(self.more, bool(self.verbs()))
        QTimer.singleShot(0, self._fit)  # new facts count only once they are shown
        return True

    def show_verbs(self, first: tuple[str, str], second: tuple[str, str] = ("", "")) -> None:
        """Words and icon of the two buttons; without words a button is away."""
        for button, (words, icon) in ((self.first, first), (self.second, second)):
            button.setText(words)
            button.show_icon(icon)
            set_shown(button, bool(words))

    def show_acts(self) -> None:
        """The two buttons and the menu, as the request stands now."""
        words = {name: (said, icon) for name, icon, said in self.all_verbs()}
        first, second = (words[name] if name else ("", "") for name in self.named_acts())
        self.show_verbs(first, second)
        set_shown(self.more, bool(self.verbs()))

    def besides(self, wanted: list[str]) -> tuple[tuple[str, str, str], ...]:
        """Those of the wanted acts that no button offers."""
        offered = self.named_acts()
        return tuple(each for each in self.all_verbs() if each[0] in wanted and each[0] not in offered)

    def act(self) -> None:
        self.act_named(self.named_acts()[0])

    def act_second(self) -> None:
        self.act_named(self.named_acts()[1])

    def open_more(self) -> None:
        """Alt+M: the further acts, under their button."""
        self.more_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def more_menu(self) -> QMenu:
        menu = QMenu(self)
        for name, icon, words in self.verbs():
            act = menu.addAction(theme().icon(icon, "text-2"), words)
            act.triggered.connect(lambda _=False, name=name: self.act_named(name))
        return menu

    def _show_history(self, history: tuple[HistoryLine, ...]) -> None:
        def state(place: int, line: HistoryLine) -> State:
            if place < len(history) - 1:
                return "past"
            return "now"

        self._history.show_moments(
            [
                Moment(line.words, us_date(line.on)[:5], state(place, line))
                for place, line in enumerate(history)
            ]
        )

    def _check_opened(self, line: CheckLine) -> None:
        if line.item:
            self.open_line(line)

    def _build(self) -> None:
        head = row(self._title, self._deadline, self.more, gap=6)
        head.setStretchFactor(self._title, 1)
        self._acts = row(self.second, self.first, None)
        self._about = QWidget()
        self._about.setLayout(column(head, self._facts, None, gap=8, margins=(14, 10, 14, 8)))
        self._left = scrolled(self._about)
        acts = QWidget()
        acts.setLayout(column(self._stands, self.banner, self._acts, margins=(14, 0, 14, 12)))
        left = column(self._left, acts, None, gap=0)
        left.setStretch(0, 100)  # as high as its content, while there is room
        checks = QWidget()
        checks.setLayout(
            column(
                Label(tr(self.checks_words), "caption", "text-2"),
                self.checks,
                gap=6,
                margins=(14, 14, 14, 8),
            )
        )
        past = QWidget()
        past.setLayout(
            column(
                Label(tr("History"), "caption", "text-2"),
                self._history,
                None,
                gap=6,
                margins=(14, 14, 10, 8),
            )
        )
        self._past = Frame("detail", column(scrolled(past), gap=0))
        self._beside = row(
            Frame("surface", left),
            Frame("detail", column(checks, gap=0)),
            self._past,
            gap=0,
        )
        for place, part in enumerate((39, 36, 25)):
            self._beside.setStretch(place, part)
        self.setLayout(self._beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the history is away, then the checklist stands under the facts."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width, px = self.width(), theme().px
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        is_very_narrow = width < px(_VERY_NARROW)
        set_shown(self._past, width >= px(_NARROW))
        self._acts.setDirection(down if width < px(_NARROW_ACTS) else beside)
        self._beside.setDirection(down if is_very_narrow else beside)
        lines = self._about.layout()
        assert lines is not None
        lines.invalidate()
        lines.activate()
        wide = max(self._left.width(), px(200))
        needed = max(lines.totalHeightForWidth(wide), px(60))
        self._about.setMinimumHeight(needed)  # else its lines count as wrapped at their narrowest
        self._left.setMaximumHeight(needed)
        checks = self.checks.height_of_all() + px(60) if is_very_narrow else 0
        self.setMinimumHeight(needed + self._acts.sizeHint().height() + px(20) + checks if checks else 0)
