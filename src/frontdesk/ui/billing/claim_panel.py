"""One claim: how far it came, what stands in its way, its lines, diagnoses and history."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.billing.claim_detail import ClaimDetail, ClaimProblem, EventKind, Severity
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.claim_fixes import Fix, fixes, where_to
from frontdesk.ui.billing.claim_look import LOOK
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.explained import Amount, explains
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.timeline import Moment, State, Timeline
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_EVENT_ICONS = {
    EventKind.MADE: "file-plus",
    EventKind.CHECKED: "list-checks",
    EventKind.CHANGED: "pencil",
    EventKind.HELD: "circle-pause",
    EventKind.RELEASED: "circle-play",
    EventKind.BATCHED: "file-up",
    EventKind.SENT: "send",
    EventKind.UNBATCHED: "file-minus",
    EventKind.ANSWERED: "reply",
    EventKind.ACCEPTED: "check-check",
    EventKind.ASKED: "circle-question-mark",
    EventKind.REMITTED: "banknote",
    EventKind.APPEALED: "scale",
    EventKind.CORRECTED: "replace",
    EventKind.VOIDED: "ban",
    EventKind.CLOSED: "archive",
    EventKind.NOTE: "message-square",
}
_EVENT_WORDS = {
    EventKind.MADE: "Claim made",
    EventKind.CHECKED: "Checked",
    EventKind.CHANGED: "Changed",
    EventKind.HELD: "Held",
    EventKind.RELEASED: "Released",
    EventKind.BATCHED: "Put into a file",
    EventKind.SENT: "Sent",
    EventKind.UNBATCHED: "Taken out of its file",
    EventKind.ANSWERED: "Answered",
    EventKind.ACCEPTED: "Accepted",
    EventKind.ASKED: "Asked",
    EventKind.REMITTED: "Remittance posted",
    EventKind.APPEALED: "Appealed",
    EventKind.CORRECTED: "Replaced",
    EventKind.VOIDED: "Voided",
    EventKind.CLOSED: "Closed",
    EventKind.NOTE: "Note",
}
_CHANGEABLE = (
    ClaimState.DRAFT,
    ClaimState.FAILED,
    ClaimState.READY,
    ClaimState.HELD,
    ClaimState.REJECTED,
)
"""Nothing of it lies with the payer."""
_TONES = {Severity.BLOCK: "block", Severity.WARN: "warn", Severity.INFO: "info"}
_ICONS = {Severity.BLOCK: "circle-alert", Severity.WARN: "triangle-alert", Severity.INFO: "info"}


class ClaimPanel(Frame):
    """Shows a claim; says which fix was asked for."""

    fix_wanted = Signal(object)
    explain_wanted = Signal()
    print_wanted = Signal()
    parts_wanted = Signal()
    dates_wanted = Signal()
    more_wanted = Signal()
    attachments_wanted = Signal()
    note_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent=parent)
        self._title = Label("", "section")
        self._state = Chip()
        self._replaces = Label("", "secondary", "text-2", wrap=True)
        px = theme().px
        self._replaces.setContentsMargins(px(14), 0, px(14), px(7))
        self._timeline = Timeline(flat=True)
        self.may_change = False
        """Whether what it says can still be changed: nothing of it lies with the payer."""
        self.fix_buttons: list[Button] = []
        self._content = QWidget()
        self._column = column(gap=0)
        self._content.setLayout(self._column)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme().px(12))
        self._facts.setVerticalSpacing(theme().px(3))
        self._facts.setColumnStretch(1, 3)
        self._facts.setColumnStretch(3, 2)
        facts = QWidget()
        facts.setLayout(column(self._facts, margins=(14, 6, 14, 12)))
        self.explain_button = IconButton("receipt-text", tr("Why the patient's balance?"))
        self.explain_button.clicked.connect(self.explain_wanted)
        self.print_button = IconButton("printer", tr("Print CMS-1500"), keys="P")
        self.print_button.clicked.connect(self.print_wanted)
        self.parts_button = IconButton("pencil", tr("Accident, other providers, drugs"), keys="A")
        self.parts_button.clicked.connect(self.parts_wanted)
        self.dates_button = IconButton("calendar-days", tr("Dates and circumstances"), keys="D")
        self.dates_button.clicked.connect(self.dates_wanted)
        self.more_button = IconButton("list-plus", tr("What else the payer asks"), keys="O")
        self.more_button.clicked.connect(self.more_wanted)
        self.attachments_button = IconButton("paperclip", tr("Attachments"), keys="T")
        self.attachments_button.clicked.connect(self.attachments_wanted)
        self.note_button = IconButton("message-square-plus", tr("Add a note"), keys="N")
        self.note_button.clicked.connect(self.note_wanted)
        self.foot = wrapped(margins=(14, 10, 14, 10))
        whole = column(
            row(
                self._title,
                self._state,
                None,
                self.parts_button,
                self.dates_button,
                self.more_button,
                self.attachments_button,
                self.note_button,
                self.print_button,
                self.explain_button,
                gap=10,
                margins=(14, 7, 10, 7),
            ),
            self._replaces,
            Rule(),
            gap=0,
        )
        scrolling = QWidget()
        scrolling.setLayout(
            column(row(self._timeline, margins=(6, 6, 6, 2)), facts, self._content, None, gap=0)
        )
        whole.addWidget(scrolled(scrolling), 1)
        whole.addWidget(Frame("foot", self.foot))
        self.setLayout(whole)

    def show_claim(self, claim: ClaimDetail) -> None:
        look = LOOK[claim.row.state]
        self._title.setText(tr("Claim {number}", number=claim.row.number))
        self._state.show_state(tr(look.words), look.tone, look.icon)
        links = (
            (tr("Replaces {number}", number=claim.replaces), claim.replaces),
            (tr("After {number}", number=claim.follows), claim.follows),
        )
        can_print = claim.row.state is ClaimState.READY or claim.paper_batch_id is not None
        set_shown(self.print_button, can_print)
        self.may_change = claim.row.state in _CHANGEABLE
        set_shown(self.parts_button, self.may_change)
        set_shown(self.dates_button, self.may_change)
        self._replaces.setText(", ".join(words for words, is_linked in links if is_linked))
        set_shown(self._replaces, bool(self._replaces.text()))
        self._timeline.show_moments(
            [
                Moment(
                    tr(step.name),
                    step.detail or (f"{step.on:%m/%d}" if step.on else ""),
                    _moment_state(step.detail, step.on is not None),
                )
                for step in claim.milestones
            ]
        )
        self._show_facts(claim)
        _clear(self._column)
        self.fix_buttons = []
        self._show_problems(claim)
        self._column.addWidget(_lines(claim))
        self._column.addWidget(Rule())
        self._column.addWidget(_diagnoses(claim))
        self._column.addWidget(Rule())
        self._column.addWidget(_history(claim))
        self._column.addStretch(1)

    def _show_facts(self, claim: ClaimDetail) -> None:
        _clear(self._facts)
        payer = f"{claim.row.payer}, {claim.payer_number}" if claim.payer_number else claim.row.payer
        limit = us_date(claim.file_by_on)
        if claim.row.state in (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY, ClaimState.HELD):
            days = counted(claim.days_to_file, "{count} day", "{count} days")
            limit += ", " + (days if claim.days_to_file >= 0 else tr("over"))
        facts: tuple[tuple[str, str], ...] = (
            (tr("Patient"), f"{claim.row.patient}, {us_date(claim.born_on)}"),
            (tr("Provider"), claim.provider),
            (tr("Payer"), payer),
            (tr("Filing limit"), limit),
            (tr("Member ID"), claim.member_id),
            (tr("Place"), claim.place_of_service or tr("none")),
        )
        if claim.appeal_by_on is not None:
            left = counted(claim.days_to_appeal, "{count} day", "{count} days")
            left = left if claim.days_to_appeal >= 0 else tr("over")
            facts += ((tr("Appeal by"), f"{us_date(claim.appeal_by_on)}, {left}"),)
        if claim.payer_control_number:
            facts += ((tr("Payer's number"), claim.payer_control_number),)
        for place, (name, value) in enumerate(facts):
            self._facts.addWidget(Label(name, "secondary", "text-3"), place // 2, place % 2 * 2)
            # A name may end early, a date and what is left of it may not.
            shown = Label(value, "secondary") if place % 2 else EndingLabel(value, "secondary")
            self._facts.addWidget(shown, place // 2, place % 2 * 2 + 1)

    def _show_problems(self, claim: ClaimDetail) -> None:
        if claim.problems:
            many = counted(len(claim.problems), "{count} problem", "{count} problems")
            head = Frame(
                "bar", row(Label(tr("{many}, found before sending", many=many), "caption", "text-2"))
            )
            layout = head.layout()
            assert layout is not None
            layout.setContentsMargins(theme().px(14), theme().px(5), theme().px(14), theme().px(5))
            self._column.addWidget(head)
        elif claim.row.problem and claim.row.state is not ClaimState.HELD:
            self._column.addWidget(_answer(claim))
        for problem in claim.problems:
            self._column.addWidget(self._problem(claim, problem))
            self._column.addWidget(Rule())

    def _problem(self, claim: ClaimDetail, problem: ClaimProblem) -> QWidget:
        words = column(Label(problem.message, "strong", wrap=True), gap=2)
        advice = " ".join(part for part in (problem.advice, where_to(problem)) if part)
        if advice:
            words.addWidget(Label(advice, "secondary", "text-2", wrap=True))
        ways = fixes(claim, problem)
        if ways and claim.row.state in _CHANGEABLE:
            words.addSpacing(theme().px(4))
            words.addLayout(self._buttons(ways))
        icon = IconLabel(_ICONS[problem.severity], _TONES[problem.severity])
        shown = QWidget()
        line = row(gap=10, margins=(14, 10, 14, 10))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        shown.setLayout(line)
        return shown

    def _buttons(self, ways: tuple[Fix, ...]) -> QGridLayout:
        """Two in a line: a choice of diagnoses may be longer than the panel is wide."""
        grid = QGridLayout()
        grid.setSpacing(theme().px(6))
        grid.setColumnStretch(2, 1)
        for place, fix in enumerate(ways):
            button = Button(fix.words, "tonal" if fix.is_only else "default", icon=fix.icon)
            button.clicked.connect(lambda _=False, fix=fix: self.fix_wanted.emit(fix))
            self.fix_buttons.append(button)
            grid.addWidget(button, place // 2, place % 2)
        return grid


def _moment_state(detail: str, is_reached: bool) -> State:
    if detail:
        return "problem"
    return "done" if is_reached else "ahead"


def _answer(claim: ClaimDetail) -> QWidget:
    """What the clearinghouse or the payer said."""
    shown = QWidget()
    chip = Chip(claim.row.problem_code or tr("Answer"), "neutral")
    line = row(gap=10, margins=(14, 10, 14, 10))
    line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(claim.row.problem, "strong", wrap=True), 1)
    shown.setLayout(line)
    return shown


def _lines(claim: ClaimDetail) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(10))
    grid.setVerticalSpacing(theme().px(6))
    grid.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(10))
    grid.setColumnStretch(4, 1)
    right = Qt.AlignmentFlag.AlignRight
    for place, head in enumerate(
        (tr("#"), tr("Code"), tr("Modifier"), tr("Diagnosis"), "", tr("Units"), tr("Charge"))
    ):
        alignment = right if place > 4 else Qt.AlignmentFlag.AlignLeft
        grid.addWidget(Label(head, "caption", "text-2"), 0, place, alignment)
    for line, service in enumerate(claim.services, 1):
        grid.addWidget(Label(str(service.place), "body", "text-3"), line, 0)
        grid.addWidget(Label(service.code, "strong"), line, 1)
        grid.addWidget(Label(service.modifiers), line, 2)
        grid.addWidget(Label(service.pointers or tr("none")), line, 3)
        grid.addWidget(EndingLabel(service.label, "secondary", "text-2"), line, 4)
        grid.addWidget(Label(str(service.units)), line, 5, right)
        amount = Amount(
            service.label, service.charge_cents, Subject(About.LINE, service.charge_line_id, Part.CHARGED)
        )
        grid.addWidget(explains(Label(ledger(service.charge_cents)), amount), line, 6, right)
        mark, color = ("circle-alert", "block") if service.has_problem else ("circle-check", "ok")
        grid.addWidget(IconLabel(mark, color, 16), line, 7)
    total = explains(Label(ledger(claim.row.charge_cents), "strong"), *amounts.of_claim(claim.row))
    grid.addWidget(Label(tr("Total"), "body", "text-2"), len(claim.services) + 1, 1, 1, 4)
    grid.addWidget(total, len(claim.services) + 1, 6, right)
    shown = QWidget()
    shown.setLayout(grid)
    return shown


def _diagnoses(claim: ClaimDetail) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(14))
    grid.setVerticalSpacing(theme().px(4))
    grid.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(10))
    grid.setColumnStretch(2, 1)
    for line, diagnosis in enumerate(claim.diagnoses):
        grid.addWidget(Label(diagnosis.letter, "strong"), line, 0)
        grid.addWidget(Label(diagnosis.code), line, 1)
        grid.addWidget(EndingLabel(diagnosis.label, "body", "text-2"), line, 2)
    shown = QWidget()
    shown.setLayout(grid)
    return shown


def _history(claim: ClaimDetail) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(8))
    grid.setVerticalSpacing(theme().px(5))
    grid.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(12))
    grid.setColumnStretch(2, 1)
    top = Qt.AlignmentFlag.AlignTop
    for line, event in enumerate(claim.timeline):
        words = tr(_EVENT_WORDS[event.kind]) if not event.detail else event.detail
        if event.by:
            words += f", {event.by}"
        grid.addWidget(IconLabel(_EVENT_ICONS[event.kind], "text-2", 14), line, 0, top)
        grid.addWidget(Label(f"{event.at:%m/%d} {us_time(event.at)}", "secondary", "text-3"), line, 1, top)
        grid.addWidget(Label(words, "secondary", wrap=True), line, 2)
    shown = QWidget()
    shown.setLayout(grid)
    return shown


def _clear(layout: object) -> None:
    assert hasattr(layout, "takeAt")
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
