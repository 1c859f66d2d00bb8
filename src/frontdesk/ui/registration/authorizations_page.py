"""Authorizations: missing for coming visits, asked for, denied, running low; one letter for each act."""

from functools import partial

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time, us_date, us_date_time, us_phone, us_time
from frontdesk.services.schedule import authorization_list, authorization_steps
from frontdesk.services.schedule.authorization_list import Standing, WorkLine
from frontdesk.services.schedule.authorization_steps import StepKind, StepLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import DetailWidth, ListOrNothing, in_groups
from frontdesk.ui.registration.authorization_dialogs import (
    About,
    AlertsDialog,
    ExtendDialog,
    GrantDialog,
    StepDialog,
)
from frontdesk.ui.registration.worklists import FrontWorklistPage
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

ACTS = {
    StepKind.ASKED: (tr("Asked the payer"), "A", "send"),
    StepKind.CHASED: (tr("Asked again"), "C", "phone-outgoing"),
    StepKind.DENIED: (tr("Denied"), "D", "x"),
    StepKind.NOT_NEEDED: (tr("Not needed"), "N", "minus"),
}
_GROUPS = {
    Standing.DENIED: ("Denied", "x", "block"),
    Standing.MISSING: ("Needed for a coming visit, not asked for", "file-lock", "block"),
    Standing.CHASE: ("Asked for, no answer: ask again", "phone-outgoing", "warn"),
    Standing.ASKED: ("Asked for, the payer has time to answer", "hourglass", "text-2"),
    Standing.LOW: ("Running low", "gauge", "warn"),
    Standing.ENDS: ("Ending soon", "calendar-clock", "warn"),
}
_KIND_SAID = {
    StepKind.ASKED: ("Asked", "send"),
    StepKind.CHASED: ("Asked again", "phone-outgoing"),
    StepKind.GRANTED: ("Granted", "file-check"),
    StepKind.DENIED: ("Denied", "x"),
    StepKind.NOT_NEEDED: ("Not needed", "minus"),
}
_MAY = "registration.authorize"


class AuthorizationsPage(FrontWorklistPage):
    """Enter records what was granted, or extends what runs out; the other acts have a letter each."""

    title = "Authorizations"
    part = "authorizations"
    topics = frozenset(
        {
            "authorization_step",
            "authorization_use",
            "authorization_grant",
            "authorization_alert",
            "appointment",
            "coverage",
            "readiness",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rules = Button(tr("When they are listed"), icon="sliders-horizontal")
        self.rules.clicked.connect(lambda: AlertsDialog(self, desk, self.told.emit).open())
        set_shown(self.rules, desk.may("registration.payers"))
        self.toolbar.add(self.rules)
        self.model = TableModel[WorkLine](
            [
                Column("Patient", lambda each: Cell(each.patient, role="strong")),
                Column("What for", _what, width=210),
                Column("When", self._when, width=140),
                Column("State", _state, width=190),
                Column("Payer", lambda each: each.payer or tr("no coverage"), width=170),
            ],
            key=lambda each: each.key,
        )
        self.table = Table(self.model, says=tr("Authorizations to see to, the most pressing first"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self.grant)
        self.detail = AuthorizationDetail(self)
        ColumnFit(
            self.table, self.model.columns, least=150, first_to_go=(tr("Payer"), tr("When"), tr("What for"))
        )
        self.nothing = EmptyState(
            "file-check",
            tr("Nothing is to be authorized"),
            tr("Coming visits that need an authorization come here, and authorizations that run out."),
        )
        self.body = ListOrNothing(self.table, self.nothing, self.detail)
        self.set_content(self.body)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        acts = (Key(letter, words, partial(self._key, kind)) for kind, (words, letter, _) in ACTS.items())
        return (
            Key("↑↓", tr("Line")),
            Key("Return", tr("Granted, extend")),
            *acts,
            Key("B", tr("Open the visit"), self._open_visit),
            Key("Esc", tr("Flow board"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.detail.steps, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, authorization_list.work_list)

    def _show(self, found: tuple[WorkLine, ...]) -> None:
        self.model.show_groups(in_groups(_GROUPS, found, lambda line: line.standing))
        self.body.show_filled(bool(found))
        if not found:
            self._chose(None)

    def _chose(self, chosen: WorkLine | None) -> None:
        self.detail.show_line(chosen)
        self.patient_chosen.emit(chosen.patient_id if chosen else None)
        if chosen is not None and chosen.appointment_id is not None:
            self.desk.ask(
                self, self.detail.show_steps, authorization_steps.steps, appointment_id=chosen.appointment_id
            )

    # -- what is done ---------------------------------------------------------

    def grant(self, _: object = None) -> None:
        """What the payer authorized, or by how much it extends what runs out."""
        chosen = self.table.current()
        if chosen is None or not self.desk.may(_MAY):
            return
        self.clear_complaints()
        if chosen.grant is not None:
            ExtendDialog(self, self.desk, chosen.grant, chosen.patient, self.told.emit).open()
        elif chosen.coverage_id is None:
            self.complain(tr("No coverage is on file for {name}. Enter the card first.", name=chosen.patient))
        else:
            GrantDialog(self, self.desk, _about(chosen, chosen.coverage_id), self.told.emit).open()

    def note(self, kind: StepKind) -> None:
        """Asked, asked again, denied, not needed."""
        chosen = self.table.current()
        if chosen is None or chosen.appointment_id is None or not self.desk.may(_MAY):
            return
        self.clear_complaints()
        StepDialog(self, self.desk, kind, _about(chosen, chosen.coverage_id or 0), self.told.emit).open()

    def _key(self, kind: StepKind) -> None:
        if self.table.hasFocus():
            self.note(kind)

    def _open_visit(self) -> None:
        chosen = self.table.current()
        if chosen is not None and chosen.appointment_id is not None and self.table.hasFocus():
            self.go.emit("check_in_visit", Errand("check_in", chosen.patient_id, chosen.appointment_id))

    def _when(self, each: WorkLine) -> str:
        if each.starts is None:
            until = each.grant.valid_until if each.grant else None
            return tr("until {date}", date=us_date(until)) if until else tr("no end")
        if each.starts.date() == self.desk.today:
            return tr("Today {time}", time=us_time(each.starts))
        return f"{each.starts:%a} {each.starts.month}/{each.starts.day}, {clock_time(each.starts)}"


class AuthorizationDetail(SidePanel):
    """Whom to call, the acts, and what was said before."""

    def __init__(self, page: AuthorizationsPage) -> None:
        super().__init__()
        DetailWidth(self)
        may = page.desk.may(_MAY)
        self._name = Label("", "section", wrap=True)
        self._what = Label("", "body", "text-2", wrap=True)
        self._facts = Facts()
        self.granted = Button("", "primary", icon="file-check", keys="Enter")
        self.granted.clicked.connect(lambda: page.grant())
        buttons = []
        for kind, (words, letter, icon) in ACTS.items():
            button = Button(words, icon=icon, keys=letter)
            button.clicked.connect(lambda _checked=False, kind=kind: page.note(kind))
            buttons.append(button)
        self._acts = QWidget()
        pairs = [row(*buttons[start : start + 2], gap=6) for start in range(0, len(buttons), 2)]
        self._acts.setLayout(column(*pairs, gap=6))
        self._model: ListModel[StepLine] = ListModel(_step_item, key=lambda line: line.id)
        self.steps = RowList(self._model, says=tr("Calls and answers"))
        self._none = Label(tr("Nobody has asked the payer yet."), "secondary", "text-3")
        head = QWidget()
        head.setLayout(column(self._name, self._what, gap=2, margins=(14, 12, 14, 12)))
        self.set_head(head)
        facts = Section(tr("Authorization"))
        facts.add(self._facts)
        self._log = Section(tr("Calls and answers"))
        self._log.add(self._none)
        self._log.add(self.steps)
        self.add(facts)
        self.add(self._log)
        foot = Frame("foot", column(self.granted, self._acts, gap=6, margins=(12, 8, 12, 8)))
        set_shown(foot, may)
        self.set_foot(foot)

    def show_line(self, line: WorkLine | None) -> None:
        """What is known of the chosen line; its calls come after."""
        if line is None:
            return
        self._name.setText(line.patient)
        self._what.setText(
            tr(
                "{visit} with {provider}, {date} {time}",
                visit=line.visit,
                provider=line.provider,
                date=us_date(line.starts.date()),
                time=us_time(line.starts),
            )
            if line.starts
            else line.visit or tr("Authorization {number}", number=line.reference)
        )
        self._facts.show_facts(_facts(line))
        self.granted.setText(tr("Extend…") if line.grant else tr("Granted…"))
        set_shown(self._acts, line.grant is None)
        set_shown(self._log, line.grant is None)
        self.show_steps(())

    def show_steps(self, steps: tuple[StepLine, ...]) -> None:
        """The calls about the chosen visit."""
        self._model.show(steps)
        height = self.steps.height_of_all() + 2 * self.steps.frameWidth() + theme().px(2)
        self.steps.setFixedHeight(height)
        set_shown(self.steps, bool(steps))
        set_shown(self._none, not steps)


def _about(line: WorkLine, coverage_id: int) -> About:
    return About(
        patient=line.patient,
        payer=line.payer,
        appointment_id=line.appointment_id,
        coverage_id=coverage_id,
        provider=line.provider,
        provider_id=line.provider_id,
        what_for=line.visit,
        from_day=line.starts.date() if line.starts else None,
        units=max(1, line.missing),
    )


def _facts(line: WorkLine) -> tuple[tuple[str, str], ...]:
    facts = [(tr("Payer"), line.payer or tr("No coverage on file"))]
    if line.payer_phone:
        facts.append((tr("Call"), us_phone(line.payer_phone)))
    if line.grant is not None:
        grant = line.grant
        until = us_date(grant.valid_until) if grant.valid_until else tr("no end")
        facts += [
            (tr("Number"), grant.number),
            (tr("Left"), tr("{left} of {units}", left=grant.remaining, units=grant.units)),
            (tr("Used, booked"), f"{grant.used}, {grant.booked}"),
            (tr("Valid"), tr("{start} to {until}", start=us_date(grant.valid_from), until=until)),
        ]
        if grant.codes:
            facts.append((tr("Codes"), " ".join(grant.codes)))
        return tuple(facts)
    facts.append((tr("Lacks"), counted(line.missing, "{count} unit", "{count} units")))
    if line.answer_days:
        days = counted(line.answer_days, "{count} working day", "{count} working days")
        facts.append((tr("Answer takes"), days))
    if line.chase_on is not None:
        facts.append((tr("Ask again"), us_date(line.chase_on)))
    if line.reference:
        facts.append((tr("Reference"), line.reference))
    return tuple(facts)


def _what(each: WorkLine) -> str:
    return each.visit or tr("Authorization {number}", number=each.reference)


def _state(each: WorkLine) -> Cell:
    if each.grant is not None:
        left = tr("{left} of {units} left", left=each.grant.remaining, units=each.grant.units)
        return Cell(left, tone="warn", icon="gauge" if each.standing is Standing.LOW else "calendar-clock")
    if each.standing is Standing.DENIED:
        return Cell(tr("Denied"), tone="block", icon="x")
    if each.chase_on is not None:
        words = tr("ask again {date}", date=us_date(each.chase_on))
        return Cell(words, tone="warn" if each.standing is Standing.CHASE else "outline")
    return Cell(counted(each.missing, "{count} unit missing", "{count} units missing"), tone="block")


def _step_item(line: StepLine) -> Item:
    words, icon = _KIND_SAID[line.kind]
    title = tr("{what}, taken back", what=tr(words)) if line.is_taken_back else tr(words)
    who = tr("by {name}", name=line.by)
    spoke = (Words(tr("with {name}", name=line.spoke_to)),) if line.spoke_to else ()
    reference = (Words(line.reference),) if line.reference else ()
    note = ((Words(line.note),),) if line.note else ()
    again = (
        ((Words(tr("ask again {date}", date=us_date(line.chase_on)), "text-3"),),) if line.chase_on else ()
    )
    return Item(
        title=title,
        lines=((Words(who, "text-3"), *spoke, *reference), *note, *again),
        icon=icon,
        trailing=Words(us_date_time(line.at), "text-3"),
    )
