"""Provider out: everybody who is affected, a new time for all of them at once, and who knows of it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import (
    absences,
    affected,
    new_times,
)
from frontdesk.services.schedule.absence_book import Wish
from frontdesk.services.schedule.absences import Absence
from frontdesk.services.schedule.affected import Affected, AffectedVisit
from frontdesk.services.schedule.new_times import Proposals
from frontdesk.services.schedule.openings import Opening
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.words import Stage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table, TableModel
from frontdesk.ui.schedule.out_dialog import OutDialog
from frontdesk.ui.schedule.replan_acts import ReplanActs
from frontdesk.ui.schedule.replan_head import ReplanHead
from frontdesk.ui.schedule.replan_panel import ReplanPanel
from frontdesk.ui.schedule.replan_rows import FIRST_TO_GO, STANDS, Line, columns, groups, short
from frontdesk.ui.schedule.week_times import Cell
from frontdesk.ui.schedule.wish_dialog import WishDialog
from frontdesk.ui.schedule.worklists import WorklistPage
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_BOOK = frozenset({"appointment", "resource_booking", "schedule_exception", "template_session", "slot_hold"})
_PANEL, _PANEL_NARROW, _NARROW = 360, 300, 1000
"""Design pixels: the panel's width, in a narrow window, and what is narrow."""


class ReplanPage(WorklistPage):
    """The affected on the left, the chosen one on the right."""

    title = "Provider out"
    part = "replan"
    topics = _BOOK | {"visit_notice", "patient_phone", "patient"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._absences: tuple[Absence, ...] = ()
        self._wanted: int | None = None
        self._asked_of: int | None = None
        self._affected: Affected | None = None
        self._proposals: Proposals | None = None
        self._chosen: dict[int, Opening] = {}
        self._wishes: dict[int, Wish] = {}
        self._ticked: dict[int, frozenset[Cell]] = {}
        self.which: Combo[int] = Combo(hint=tr("Who is out"))
        self.which.setAccessibleName(tr("Absence"))
        self.which.setMinimumWidth(theme().px(220))
        set_shown(self.which, False)
        self.which.chosen.connect(self.show_absence)
        self.out_button = Button(tr("Note who is out"), icon="user-x", keys="Ctrl+N")
        self.out_button.clicked.connect(self.note_absence)
        self.toolbar.add(self.which, self.out_button)
        self.head = ReplanHead()
        self.head.back_button.clicked.connect(self.come_back)
        self.head.again_button.clicked.connect(self.look_again)
        self.panel = ReplanPanel(desk)
        self._model = TableModel[Line](columns(), key=lambda line: line.visit.id)
        self.table = Table(self._model, says=tr("Patients whose provider is out"))
        ColumnFit(self.table, self._model.columns, least=120, first_to_go=FIRST_TO_GO)
        self.table.chosen.connect(self._choose)
        self.acts = ReplanActs(self, self.table, self.panel)
        for keys, act in (
            ("T", self.acts.tell),
            ("M", self.acts.leave_message),
            ("N", self.acts.no_answer),
            ("Del", self.acts.cancel),
            ("W", self.ask_wish),
            *((str(number), lambda number=number: self.panel.pick(number - 1)) for number in range(1, 7)),
        ):
            bound = QShortcut(QKeySequence(keys), self.table)
            bound.setContext(Qt.ShortcutContext.WidgetShortcut)
            bound.activated.connect(act)
        self.panel.picked.connect(self.offer)
        self.panel.wish_button.clicked.connect(self.ask_wish)
        self.table.opened.connect(self.acts.move_one)
        self.panel.move_button.clicked.connect(self.acts.move_chosen)
        self.panel.told_button.clicked.connect(self.acts.tell)
        self.panel.message_button.clicked.connect(self.acts.leave_message)
        self.panel.no_answer_button.clicked.connect(self.acts.no_answer)
        self.panel.cancel_button.clicked.connect(self.acts.cancel)
        self.head.all_button.clicked.connect(self.acts.move_all)
        self.head.text_button.clicked.connect(self.acts.text_all)
        self._nothing = EmptyState("user-check", "")
        self._nothing.acted.connect(self.note_absence)
        lists = row(gap=0)
        lists.addWidget(self.table, 1)
        lists.addWidget(self.panel)
        both = QWidget()
        both.setLayout(lists)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self._nothing)
        self._lists = both
        content = column(self.head, gap=0)
        content.addWidget(self._stack, 1)
        self.set_content(Frame("surface", content))
        set_shown(self.head, False)
        self.bind_keys()

    # -- the page's contract --------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Patient")),
            Key("Return", tr("Move to the new time")),
            Key("Ctrl+Return", tr("Move all"), self.acts.move_all),
            Key("T", tr("Told")),
            Key("M", tr("Message left")),
            Key("N", tr("No answer")),
            Key("W", tr("When can they come?")),
            Key("1-6", tr("Offer another time")),
            Key("Del", tr("Cancel visit")),
            Key("Ctrl+T", tr("Text their new times"), self.acts.text_all),
            Key("F5", tr("Look for times again"), self.look_again),
            Key("Ctrl+N", tr("Provider out"), self.note_absence),
            Key("Esc", tr("Day view"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        choice = (self.which,) if len(self._absences) > 1 else ()
        return (*choice, self.panel.list, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_absences, absences.absences)

    def open_with(self, errand: Errand) -> None:
        """Shows a provider's absence; notes one where there is none."""
        if errand.about_id is not None:
            self.show_absence(errand.about_id)
        elif errand.act == "provider_out" and errand.provider_id is not None:
            self._asked_of = errand.provider_id
            self.reload_soon()
        elif errand.act == "provider_out":
            self.note_absence()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self.panel.setFixedWidth(theme().px(_PANEL_NARROW if is_narrow else _PANEL))

    def _heard(self, changes: object) -> None:
        if _BOOK & getattr(changes, "topics", frozenset()):
            self._proposals = None
        super()._heard(changes)

    # -- which absence ---------------------------------------------------------------

    def note_absence(self, provider_id: int | None = None) -> Dialog:
        """Ask who is out, then show whom that affects."""
        dialog = OutDialog(self, self.desk, self._noted, provider_id=provider_id or None)
        dialog.open()
        return dialog

    def show_absence(self, absence_id: int) -> None:
        """Another absence; what was chosen for its patients is forgotten."""
        if absence_id != self._wanted:
            self._wanted, self._affected, self._proposals, self._chosen = absence_id, None, None, {}
        self.clear_complaints()
        self.reload()

    def come_back(self) -> None:
        absence = self._absence()
        if absence is not None:
            self.clear_complaints()
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("{provider} is back", provider=absence.provider)),
                absences.come_back,
                absence_id=absence.id,
                version=absence.version,
            )

    def _noted(self, absence_id: int) -> None:
        self._wanted, self._affected, self._proposals, self._chosen = absence_id, None, None, {}
        self.told.emit(tr("Noted who is out"))
        self.reload_soon()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _absence(self) -> Absence | None:
        return next((each for each in self._absences if each.id == self._wanted), None)

    # -- what is done ----------------------------------------------------------------

    def look_again(self) -> None:
        """New proposals for everybody, the chosen ones forgotten."""
        self._proposals, self._chosen = None, {}
        self.clear_complaints()
        self.reload()

    def offer(self, opening: Opening) -> None:
        """Another time for the chosen patient; the others' proposals make room for it."""
        line = self.table.current()
        if line is None or line.opening == opening or line.visit.stage is Stage.WITH_PROVIDER:
            return
        self._chosen[line.visit.id] = opening
        if line.visit.state in STANDS:
            self._proposals = None
            self._propose()
        self._show_lines()

    def ask_wish(self) -> None:
        """How urgent it is for the chosen patient, and when they can come."""
        line = self.table.current()
        if line is not None and self.panel.wish_button.isVisibleTo(self.panel):
            id = line.visit.id
            WishDialog(
                self,
                line.visit.spoken,
                line.urgency,
                self._ticked.get(id, frozenset()),
                lambda dialog: self._wished(id, dialog),
            ).open()

    def _wished(self, visit_id: int, dialog: WishDialog) -> None:
        self._wishes[visit_id] = Wish(visit_id, dialog.urgency.value(), dialog.times.windows())
        self._ticked[visit_id] = dialog.times.ticked
        self._chosen.pop(visit_id, None)
        self._proposals = None
        self._propose()
        self._show_lines()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, error: FrontdeskError) -> None:
        """What another desk took is said; for the rest there are new proposals."""
        super().refused(error)
        self._proposals, self._chosen = None, {}
        self.acts.next_id = None
        self._propose()

    # -- what is shown ----------------------------------------------------------------

    def _show_absences(self, found: tuple[Absence, ...]) -> None:
        self._absences = found
        self._answer_errand()
        if self._absence() is None:
            first = next((each for each in found if each.waiting), found[0] if found else None)
            self._wanted = first.id if first else None
            self._affected, self._proposals, self._chosen = None, None, {}
        self.which.set_options(
            tuple((each.id, f"{each.provider}, {short(each.starts)} – {_until(each)}") for each in found)
        )
        self.which.set_value(self._wanted)
        set_shown(self.which, len(found) > 1)  # of one, the head says it
        absence = self._absence()
        if absence is None:
            self._say_nothing(
                tr("Every provider is in"),
                tr("When one has to leave or is ill, note it: all their patients get a new time at once."),
                action=tr("Note who is out"),
            )
            set_shown(self.head, False)
            return
        self.desk.ask(self, self._show_affected, affected.affected, absence_id=absence.id)

    def _answer_errand(self) -> None:
        """A provider who is out now is shown; of another it is asked from when."""
        provider_id, self._asked_of = self._asked_of, None
        if provider_id is None:
            return
        now = self.desk.local_now
        here = (each for each in self._absences if each.provider_id == provider_id)
        absence = next((each for each in here if each.starts <= now < each.ends), None)
        if absence is None:
            self.note_absence(provider_id)
        elif absence.id != self._wanted:
            self._wanted, self._affected, self._proposals, self._chosen = absence.id, None, None, {}

    def _say_nothing(self, title: str, text: str, *, action: str = "") -> None:
        self._nothing.say("user-check", title, text, action=action)
        self._stack.setCurrentWidget(self._nothing)

    def _show_affected(self, found: Affected) -> None:
        self._affected = found
        absence = self._absence()
        if absence is None:
            return
        where = {visit.id: (visit.starts, visit.provider_id) for visit in found.visits}
        self._chosen = {
            id: opening
            for id, opening in self._chosen.items()
            if id in where and where[id] != (opening.starts, opening.slot.provider_id)
        }
        self.head.show_absence(absence, found, self.desk.local_now)
        set_shown(self.head, True)
        if not found.visits:
            self._say_nothing(
                tr("No visit is affected"),
                tr(
                    "{provider} has no visits in this time. Nothing more is booked in it.",
                    provider=found.provider,
                ),
            )
            return
        self._stack.setCurrentWidget(self._lists)
        self._show_lines()
        if self._proposals is None:
            self._propose()

    def _propose(self) -> None:
        if self._wanted is None or self._affected is None:
            return
        self.desk.ask(
            self,
            self._show_proposals,
            new_times.propose,
            absence_id=self._wanted,
            chosen=tuple(
                Placement(visit.id, self._chosen[visit.id].slot, visit.version)
                for visit in self._affected.visits
                if visit.id in self._chosen and visit.state in STANDS
            ),
            wishes=tuple(wish for _, wish in sorted(self._wishes.items())),
        )

    def _show_proposals(self, found: Proposals) -> None:
        self._proposals = found
        self._show_lines()

    def _show_lines(self) -> None:
        if self._affected is None:
            return
        lines = tuple(self._line(visit) for visit in self._affected.visits)
        self.acts.lines, self.acts.provider = lines, self._affected.provider
        self._model.show_groups(groups(lines))
        self.head.show_count(
            sum(line.can_move for line in lines),
            sum(line.can_text for line in lines),
            is_searched=self._proposals is not None,
        )
        if self.acts.next_id is not None:
            self.table.choose(self.acts.next_id)
            self.acts.next_id = None
        if self.table.current() is None:
            self.table.choose_first()
        self._choose(self.table.current())

    def _line(self, visit: AffectedVisit) -> Line:
        return replace(self._offered(visit), wish=self._wishes.get(visit.id))

    def _offered(self, visit: AffectedVisit) -> Line:
        chosen = self._chosen.get(visit.id)
        if chosen is not None:
            say = new_times.offer(
                self._affected.provider if self._affected else "",
                visit.was,
                chosen.starts,
                chosen.provider,
                self.desk.today,
            )
            return Line(visit, chosen, is_chosen=True, say=say)
        if self._proposals is None or visit.state not in STANDS:
            return Line(visit, is_searched=self._proposals is not None)
        for each in self._proposals.found:
            if each.appointment_id == visit.id:
                return Line(visit, each.opening, say=each.say)
        why = next((each.why for each in self._proposals.unplaced if each.appointment_id == visit.id), "")
        return Line(visit, why_not=why)

    def _choose(self, line: Line | None) -> None:
        self.panel.show_line(line)
        self.patient_chosen.emit(line.visit.patient_id if line else None)


def _until(absence: Absence) -> str:
    same = absence.starts.date() == absence.ends.date()
    return us_time(absence.ends) if same else short(absence.ends)
