"""Weeks: the hours, the kept time and the other days of each provider, and the hours of staff."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.services.office import providers, rooms, staff
from frontdesk.services.office.providers import ProviderView
from frontdesk.services.office.rooms import RoomView
from frontdesk.services.office.staff import StaffView
from frontdesk.services.schedule import staff_hours, stranded, templates, week_changes
from frontdesk.services.schedule.stranded import Stranded
from frontdesk.services.schedule.templates import (
    RuleKind,
)
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.schedule import setup_rules
from frontdesk.ui.schedule.setup_dialogs import (
    BlockDialog,
    EndDialog,
    ExceptionDialog,
    RuleDialog,
    SessionDialog,
)
from frontdesk.ui.schedule.setup_rules import Rule, What
from frontdesk.ui.schedule.setup_week import WeekStrip
from frontdesk.ui.schedule.stranded_dialog import StrandedDialog
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_GROUPS = (
    (What.HOURS, "Weekly hours"),
    (What.STAFF, "Weekly hours"),
    (What.KEPT, "Kept time"),
    (What.EXCEPTION, "Other days"),
)
_LOW = 430
_KINDS = {
    What.HOURS: RuleKind.SESSION,
    What.KEPT: RuleKind.BLOCK,
    What.EXCEPTION: RuleKind.EXCEPTION,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose week is set up."""

    id: int
    name: str
    detail: str
    is_provider: bool


class WeeksPane(Panel):
    """People on the left; the chosen one's week, painted and in words, on the right."""

    topics = frozenset(
        {
            "template_session",
            "template_block",
            "schedule_exception",
            "staff_session",
            "provider",
            "staff_member",
            "appointment",
            "holiday",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._providers: tuple[ProviderView, ...] = ()
        self._rooms: tuple[RoomView, ...] = ()
        self._stranded: tuple[Stranded, ...] = ()
        self._person: Person | None = None
        self.people_model = TableModel[Person](
            [Column(tr("Whose week"), lambda each: Cell(each.name, "strong", detail=each.detail))],
            key=lambda each: each.id,
        )
        self.people = Table(self.people_model, says=tr("Whose week"))
        self.people.chosen.connect(self._show_person)
        side = Frame("column", column(self.people, gap=0))
        self._side = side
        self.model = TableModel[Rule](
            [
                Column(tr("Rule"), lambda rule: Cell(rule.title, "strong"), width=130),
                Column(tr("When"), lambda rule: rule.when, width=230),
                Column(tr("Holds"), lambda rule: rule.holds, width=240),
                Column("", lambda rule: Cell(rule.detail, color="text-2")),
            ],
            key=lambda rule: (rule.what, rule.id),
        )
        self.rules = Table(self.model, says=tr("Rules of the week"))
        self.strip = WeekStrip()
        self.rules.chosen.connect(self._mark)
        self.rules.opened.connect(self.change)
        self.strip.chosen.connect(lambda rule: self.rules.choose((rule.what, rule.id)))
        self.warning = Banner("warn")
        self.warning.acted.connect(self.show_stranded)
        self._name = EndingLabel("", "section")
        self.add_hours = Button(tr("Add hours"), icon="plus")
        self.keep_time = Button(tr("Keep time"), icon="lock")
        self.other_day = Button(tr("Other days"), icon="calendar-x")
        self.alter = Button(tr("Change"), icon="pencil")
        self.end = Button(tr("End"), icon="calendar-off")
        self.withdraw = Button(tr("Withdraw"), icon="trash-2")
        for button, act in (
            (self.add_hours, self.new_hours),
            (self.keep_time, self.new_kept),
            (self.other_day, self.new_exception),
            (self.alter, lambda: self.change(self.rules.current())),
            (self.end, self.ask_end),
            (self.withdraw, self.withdraw_rule),
        ):
            button.clicked.connect(lambda _=False, act=act: act())
        head = row(self._name, self.add_hours, self.keep_time, self.other_day, margins=(12, 8, 12, 8))
        head.setStretchFactor(self._name, 1)
        foot = row(None, self.alter, self.end, self.withdraw, margins=(12, 6, 12, 6))
        right = column(self.banner, self.warning, head, self.strip, self.rules, Frame("foot", foot), gap=0)
        whole = row(side, gap=0)
        whole.addLayout(right, 1)
        self.setLayout(whole)
        self._offer(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, the words alone tell the week."""
        super().resizeEvent(event)
        self.strip.setVisible(self.height() >= theme().px(_LOW))
        self._side.setFixedWidth(min(theme().px(228), round(self.width() * 0.28)))

    # -- what is shown --------------------------------------------------------

    def reload(self) -> None:
        self.desk.ask(self, self._take_rooms, rooms.rooms)
        self.desk.ask(self, self._take_stranded, stranded.stranded)
        self.desk.ask(self, self._take_providers, providers.providers)

    def _take_rooms(self, found: tuple[RoomView, ...]) -> None:
        self._rooms = found

    def _take_providers(self, found: tuple[ProviderView, ...]) -> None:
        self._providers = found
        self.desk.ask(self, self._show_people, staff.staff)

    def _show_people(self, found: tuple[StaffView, ...]) -> None:
        doctors = [Person(each.id, each.short_name, "", is_provider=True) for each in self._providers]
        others = [Person(each.id, each.name, each.draft.skill, is_provider=False) for each in found]
        groups = [(Group(tr("Providers")), doctors), (Group(tr("Staff")), others)]
        self.people_model.show_groups([(group, people) for group, people in groups if people])
        if self.people.current() is None:
            self.people.choose_first()
        else:
            self._show_person(self.people.current())

    def _show_person(self, person: Person | None) -> None:
        self._person = person
        self._name.setText(tr("{name}'s week", name=person.name) if person else "")
        self.keep_time.setVisible(person is not None and person.is_provider)
        self.other_day.setVisible(person is not None and person.is_provider)
        if person is None:
            self._show_rules(())
        elif person.is_provider:
            self.desk.ask(
                self,
                lambda found: self._show_rules_of(person, setup_rules.of_provider(found)),
                templates.provider_template,
                provider_id=person.id,
            )
        else:
            self.desk.ask(
                self,
                lambda found: self._show_rules_of(person, setup_rules.of_staff(found)),
                staff_hours.staff_hours,
                staff_id=person.id,
            )
        self._warn()

    def _show_rules_of(self, person: Person, rules: tuple[Rule, ...]) -> None:
        if person is self._person:
            self._show_rules(rules)

    def _show_rules(self, rules: tuple[Rule, ...]) -> None:
        groups = [
            (Group(tr(words)), [rule for rule in rules if rule.what is what]) for what, words in _GROUPS
        ]
        self.model.show_groups([(group, found) for group, found in groups if found])
        self.strip.show_rules(rules, self.desk.today)
        self._mark(self.rules.current())

    def _mark(self, rule: Rule | None) -> None:
        self.strip.mark(rule)
        self._offer(rule)

    def _offer(self, rule: Rule | None) -> None:
        self.alter.setEnabled(rule is not None and rule.what in (What.HOURS, What.KEPT))
        self.end.setEnabled(rule is not None and rule.what is not What.EXCEPTION)
        self.withdraw.setEnabled(rule is not None)

    def _take_stranded(self, found: tuple[Stranded, ...]) -> None:
        self._stranded = found
        self._warn()

    def _warn(self) -> None:
        found = self._own_stranded()
        words = counted(
            len(found),
            "{count} visit stands outside these hours.",
            "{count} visits stand outside these hours.",
        )
        self.warning.say("warn", words if found else "", action=tr("Show them"))

    def _own_stranded(self) -> tuple[Stranded, ...]:
        person = self._person
        return tuple(each for each in self._stranded if person and each.resource_id == person.id)

    def show_stranded(self) -> None:
        """The visits that nobody has hours for; nothing moves them but a person."""
        StrandedDialog(self, self._own_stranded(), self.go.emit).open()

    # -- what is changed ------------------------------------------------------

    def new_hours(self) -> None:
        person = self._person
        if person is None:
            return
        question = tr("When can {name} be booked?", name=person.name)
        if person.is_provider:
            then = partial(self._add_sessions, person)
            SessionDialog(
                self, question, tr("Add these hours"), self.desk.today, then, rooms=self._rooms
            ).open()
        else:
            staffed = partial(self._add_staff_hours, person)
            RuleDialog(self, question, tr("Add these hours"), self.desk.today, staffed).open()

    def new_kept(self) -> None:
        if self._person is not None:
            question = tr("Which of {name}'s time is kept?", name=self._person.name)
            then = partial(self._add_blocks, self._person)
            BlockDialog(self, question, tr("Keep this time"), self.desk.today, then).open()

    def new_exception(self) -> None:
        if self._person is not None:
            then = partial(self._add_exception, self._person)
            ExceptionDialog(self, self._person.name, self.desk.today, then).open()

    def change(self, rule: Rule | None) -> None:
        """Other hours, or other kept time, from a day on."""
        person = self._person
        if rule is None or person is None or rule.what not in (What.HOURS, What.KEPT):
            return
        question = tr("What holds instead of {when}?", when=rule.when)
        verb = tr("Change it from that day on")
        today = self.desk.today
        if rule.what is What.HOURS:
            then = partial(self._change_session, person)
            SessionDialog(self, question, verb, today, then, rooms=self._rooms, before=rule).open()
        else:
            kept = partial(self._change_block, person)
            BlockDialog(self, question, verb, today, kept, before=rule).open()

    def ask_end(self) -> None:
        rule = self.rules.current()
        if rule is not None and rule.weekly is not None:
            EndDialog(self, rule, self.desk.today, self._end).open()

    def withdraw_rule(self) -> None:
        """As if it had not been; Undo brings it back."""
        rule = self.rules.current()
        if rule is None:
            return
        self.clear_complaints()
        words = tr("Withdrew {title}, {when}", title=rule.title.lower(), when=rule.when)
        if rule.what is What.STAFF:
            self.desk.do(
                self,
                lambda _: self.told.emit(words),
                staff_hours.set_staff_hours_active,
                staff_session_id=rule.id,
                is_active=False,
            )
        else:
            self.desk.do(
                self,
                lambda _: self.told.emit(words),
                templates.set_rule_active,
                kind=_KINDS[rule.what],
                rule_id=rule.id,
                is_active=False,
            )

    def _add_sessions(self, person: Person, dialog: RuleDialog) -> None:
        assert isinstance(dialog, SessionDialog), "hours of a provider"
        drafts = dialog.sessions(person.id)
        told = tr("Added hours of {name}", name=person.name)
        self.desk.do(dialog, self._closed(dialog, told), week_changes.add_sessions, drafts=drafts)

    def _add_blocks(self, person: Person, dialog: RuleDialog) -> None:
        assert isinstance(dialog, BlockDialog), "kept time"
        drafts = dialog.blocks(person.id)
        told = tr("Kept time of {name}", name=person.name)
        self.desk.do(dialog, self._closed(dialog, told), week_changes.add_blocks, drafts=drafts)

    def _add_staff_hours(self, person: Person, dialog: RuleDialog) -> None:
        hours = dialog.staff_hours(person.id)
        told = tr("Added hours of {name}", name=person.name)
        self.desk.do(dialog, self._closed(dialog, told), week_changes.add_staff_hours, hours=hours)

    def _change_session(self, person: Person, dialog: RuleDialog) -> None:
        assert isinstance(dialog, SessionDialog), "hours of a provider"
        assert dialog.before is not None, "a rule is changed"
        (draft,) = dialog.sessions(person.id)
        self.desk.do(
            dialog,
            self._closed(dialog, tr("Changed hours of {name}", name=person.name)),
            week_changes.change_session,
            rule_id=dialog.before.id,
            draft=draft,
        )

    def _change_block(self, person: Person, dialog: RuleDialog) -> None:
        assert isinstance(dialog, BlockDialog), "kept time"
        assert dialog.before is not None, "a rule is changed"
        (draft,) = dialog.blocks(person.id)
        self.desk.do(
            dialog,
            self._closed(dialog, tr("Changed kept time of {name}", name=person.name)),
            week_changes.change_block,
            rule_id=dialog.before.id,
            draft=draft,
        )

    def _add_exception(self, person: Person, dialog: ExceptionDialog) -> None:
        self.desk.do(
            dialog,
            self._closed(dialog, tr("Noted other days of {name}", name=person.name)),
            templates.add_exception,
            provider_id=person.id,
            kind=dialog.kind.value(),
            starts=dialog.starts(),
            ends=dialog.ends(),
            reason=dialog.reason.value(),
        )

    def _end(self, dialog: EndDialog) -> None:
        rule, last_day = dialog.rule, dialog.last_day.value()
        told = tr("Ended {title}, {when}", title=rule.title.lower(), when=rule.when)
        if rule.what is What.STAFF:
            self.desk.do(
                dialog,
                self._closed(dialog, told),
                staff_hours.end_staff_hours,
                staff_session_id=rule.id,
                last_day=last_day,
            )
        else:
            self.desk.do(
                dialog,
                self._closed(dialog, told),
                templates.end_rule,
                kind=_KINDS[rule.what],
                rule_id=rule.id,
                last_day=last_day,
            )

    def _closed(self, dialog: RuleDialog | ExceptionDialog | EndDialog, words: str) -> "_Close":
        return _Close(self, dialog, words)


@dataclass(frozen=True)
class _Close:
    """Closes the dialog that asked, and says what was done."""

    pane: WeeksPane
    dialog: RuleDialog | ExceptionDialog | EndDialog
    words: str

    def __call__(self, _: object) -> None:
        self.dialog.accept()
        self.pane.told.emit(self.words)
