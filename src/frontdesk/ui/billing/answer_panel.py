"""One claim of a remittance: which of ours is meant, what was paid line by line, what the codes mean."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import claim_views
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.services.billing.explain_subject import Part, Subject
from frontdesk.services.billing.remittance_views import (
    AnswerDetail,
    AnswerState,
    CandidateRow,
    LineRow,
    Treatment,
)
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.answer_list import LOOK
from frontdesk.ui.billing.claim_choice import claim_suggestion
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, Frame, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.explained import explains
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label, Rule
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_MOST_CANDIDATES = 2
_MOST_CODES = 2
_TONES = {Treatment.PATIENT: "info", Treatment.OPEN: "warn"}


class AnswerPanel(Panel):
    """Shows an answer; says what the person decided about it."""

    match_wanted = Signal(object)
    """The id of the claim that is meant."""
    unmatch_wanted = Signal()
    unapplied_wanted = Signal(bool)
    claim_wanted = Signal(object)
    policy_wanted = Signal(str)
    """A reason such as CO-97, which is to be treated so always."""
    eob_wanted = Signal()
    take_off_wanted = Signal()
    """It is posted, and belongs to another claim."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._detail: AnswerDetail | None = None
        self._title = EndingLabel("", "section")
        self._state = Chip()
        self._paid = Label("", "secondary", "text-2")
        self.match_button: Button | None = None
        self.another: SearchBox | None = None
        inner = QWidget()
        self._column = column(gap=0)
        inner.setLayout(self._column)
        head = row(gap=10, margins=(14, 10, 14, 10))
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        head.addWidget(self._paid)
        whole = column(head, Rule(), gap=0)
        whole.addWidget(scrolled(inner), 1)
        self._foot = QWidget()
        foot = row(IconLabel("info", "text-3", 14), gap=8, margins=(14, 8, 14, 8))
        words = tr("Nothing reaches the ledger until the whole deposit balances.")
        foot.addWidget(EndingLabel(words, "secondary", "text-2"), 1)
        self._foot.setLayout(column(Rule(), foot, gap=0))
        whole.addWidget(self._foot)
        frame = Frame("detail", whole)
        self.setLayout(column(frame, gap=0))

    def show_answer(self, detail: AnswerDetail, *, is_open: bool) -> None:
        """`is_open` while a match may still change: it is not posted."""
        self._detail = detail
        set_shown(self._foot, is_open)
        look = LOOK[detail.row.state]
        self._title.setText(detail.row.patient)
        self._state.show_state(tr(look.words), look.tone, look.icon)
        self._paid.setText(tr("paid {amount}", amount=ledger(detail.row.paid_cents)))
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.match_button = self.another = None
        self._column.addWidget(self._matching(detail, is_open=is_open))
        if detail.row.review:
            self._column.addWidget(_hint(detail.row.review))
        self._add_policy(detail, is_open=is_open)
        self._column.addWidget(Rule())
        self._column.addWidget(_lines(detail))
        if detail.meanings:
            self._column.addWidget(Rule())
            self._column.addWidget(_meanings(detail))
        if detail.amounts:
            self._column.addWidget(Rule())
            self._column.addWidget(_amounts(detail))
        self._column.addStretch(1)

    def first_candidate(self) -> int | None:
        """The likeliest claim of an answer without one."""
        candidates = self._detail.candidates if self._detail is not None else ()
        return candidates[0].claim_id if candidates else None

    def _add_policy(self, detail: AnswerDetail, *, is_open: bool) -> None:
        """A button for each reason that no rule settles, for who may set the policy."""
        codes = {
            reason.code
            for line in detail.lines
            for reason in line.reasons
            if reason.treatment is Treatment.OPEN and not reason.is_denial
        }
        if not codes or not is_open or not self.desk.may("billing.edit_policy"):
            return
        line = wrapped(gap=8, margins=(14, 0, 14, 12))
        for code in sorted(codes)[:_MOST_CODES]:
            button = Button(tr("Always treat {code} so…", code=code), icon="scale", height="small")
            button.clicked.connect(partial(self.policy_wanted.emit, code))
            line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        self._column.addWidget(holder)

    # -- inside -------------------------------------------------------------------

    def _matching(self, detail: AnswerDetail, *, is_open: bool) -> QWidget:
        pieces = column(gap=8, margins=(14, 10, 14, 12))
        if detail.row.claim_id is not None:
            self._add_matched(pieces, detail, is_open=is_open)
        else:
            self._add_unmatched(pieces, detail, is_open=is_open)
        holder = QWidget()
        holder.setLayout(pieces)
        return holder

    def _add_matched(self, pieces: QVBoxLayout, detail: AnswerDetail, *, is_open: bool) -> None:
        pieces.addWidget(Label(detail.match_note, "secondary", "text-2", wrap=True))
        open_claim = Button(tr("Open claim {number}", number=detail.row.claim_number), icon="file-text")
        open_claim.clicked.connect(lambda: self.claim_wanted.emit(detail.row.claim_id))
        print_it = Button(tr("Print EOB"), icon="printer", keys="P")
        print_it.clicked.connect(self.eob_wanted)
        buttons = row(open_claim, print_it)
        buttons.addStretch(1)
        pieces.addLayout(buttons)
        if is_open and detail.row.decided is None:
            back = Button(tr("Take match back"), icon="unlink", keys="U")
            back.clicked.connect(self.unmatch_wanted)
            pieces.addLayout(row(back, None))
        if not is_open and self.desk.may("billing.remittances"):
            off = Button(tr("Belongs to another claim…"), icon="unlink", keys="X")
            off.clicked.connect(self.take_off_wanted)
            pieces.addLayout(row(off, None))

    def _add_unmatched(self, pieces: QVBoxLayout, detail: AnswerDetail, *, is_open: bool) -> None:
        pieces.addWidget(Label(detail.match_note, "body", "text-2", wrap=True))
        is_unapplied = detail.row.state is AnswerState.UNAPPLIED
        if not is_open:
            return
        for place, candidate in enumerate(detail.candidates[:_MOST_CANDIDATES]):
            pieces.addWidget(self._candidate(candidate, is_first=place == 0))
        self.another = SearchBox(tr("Another claim by its number"), icon="search")
        self.another.searched.connect(self._find)
        self.another.picked.connect(self.match_wanted)
        pieces.addWidget(self.another)
        words = (
            tr("Kept on the payer's account until it is known whose it is.")
            if is_unapplied
            else tr("Or post {amount} to unapplied money.", amount=ledger(detail.row.paid_cents))
        )
        apart = Button(tr("Decide again") if is_unapplied else tr("Unapplied"), keys="U")
        apart.clicked.connect(lambda: self.unapplied_wanted.emit(not is_unapplied))
        line = row()
        line.addWidget(Label(words, "secondary", "text-2", wrap=True), 1)
        line.addWidget(apart)
        pieces.addLayout(line)

    def _candidate(self, candidate: CandidateRow, *, is_first: bool) -> QWidget:
        card = Card()
        card.mark_current(is_first)
        number = tr("Claim {number}, {patient}", number=candidate.number, patient=candidate.patient)
        fits = tr("{fits} of {all} details", fits=candidate.fits, all=len(candidate.details))
        head = row()
        head.addWidget(EndingLabel(number, "strong"), 1)
        head.addWidget(Label(fits, "medium", "accent-text"))
        card.body.addLayout(head)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme().px(2))
        grid.setHorizontalSpacing(theme().px(6))
        for place, found in enumerate(candidate.details):
            mark, color = ("check", "ok") if found.fits else ("x", "block")
            at = place % 2 * 2
            grid.addWidget(IconLabel(mark, color, 14), place // 2, at)
            grid.addWidget(EndingLabel(f"{found.name} {found.said}".strip(), "secondary"), place // 2, at + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        card.body.addLayout(grid)
        button = Button(
            tr("Match to {number}", number=candidate.number),
            "primary" if is_first else "default",
            icon="link",
            keys="M" if is_first else "",
        )
        button.clicked.connect(lambda: self.match_wanted.emit(candidate.claim_id))
        if is_first:
            self.match_button = button
        card.body.addLayout(row(button, None))
        return card

    def _find(self, typed: str) -> None:
        self.desk.ask(self, lambda found: self._show_found(typed, found), claim_views.find, typed=typed)

    def _show_found(self, typed: str, found: tuple[ClaimRow, ...]) -> None:
        if self.another is not None:
            self.another.show_found(typed, [claim_suggestion(claim) for claim in found])


def _hint(review: str) -> QWidget:
    line = row(gap=8, margins=(14, 0, 14, 12))
    line.addWidget(IconLabel("triangle-alert", "warn"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(review, "body", wrap=True), 1)
    holder = QWidget()
    holder.setLayout(line)
    return holder


def _lines(detail: AnswerDetail) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(12))
    grid.setVerticalSpacing(theme().px(6))
    grid.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(12))
    grid.setColumnStretch(1, 1)
    right = Qt.AlignmentFlag.AlignRight
    for place, head in enumerate((tr("Code"), tr("Adjustment"), tr("Billed"), tr("Adjusted"), tr("Paid"))):
        alignment = right if place > 1 else Qt.AlignmentFlag.AlignLeft
        grid.addWidget(Label(head, "caption", "text-2"), 0, place, alignment)
    at = 1
    for line in detail.lines:
        at = _add_line(grid, at, line)
    grid.addWidget(Rule(), at, 0, 1, 5)
    grid.addWidget(Label(tr("Total"), "strong"), at + 1, 0)
    offered = {
        each.subject.part: each for each in amounts.of_answer(detail.row) if isinstance(each.subject, Subject)
    }
    whole = [Label(ledger(detail.charge_cents), "strong"), Label(ledger(detail.row.paid_cents), "strong")]
    for label, part in zip(whole, (Part.CHARGED, Part.PAID), strict=True):
        explains(label, *([offered[part]] if part in offered else []))
    grid.addWidget(whole[0], at + 1, 2, right)
    grid.addWidget(Label(ledger(detail.adjusted_cents), "strong"), at + 1, 3, right)
    grid.addWidget(whole[1], at + 1, 4, right)
    holder = QWidget()
    holder.setLayout(grid)
    return holder


def _add_line(grid: QGridLayout, at: int, line: LineRow) -> int:
    right = Qt.AlignmentFlag.AlignRight
    code = f"{line.code} {line.modifiers}".strip()
    grid.addWidget(Label(code, "strong"), at, 0)
    billed = tr("billed as {code}", code=line.billed_code) if line.billed_code != line.code else ""
    grid.addWidget(EndingLabel(f"{billed} {line.remarks}".strip(), "secondary", "text-2"), at, 1)
    grid.addWidget(Label(ledger(line.charge_cents), "body", "text-2"), at, 2, right)
    grid.addWidget(Label(ledger(line.paid_cents), "strong"), at, 4, right)
    for reason in line.reasons:
        at += 1
        words = row(gap=8)
        words.addWidget(Chip(reason.code, _TONES.get(reason.treatment, "neutral")))
        words.addWidget(EndingLabel(reason.meaning or tr("not on our list"), "secondary"), 1)
        grid.addLayout(words, at, 0, 1, 3)
        grid.addWidget(Label(ledger(reason.amount_cents)), at, 3, right)
    return at + 1


def _meanings(detail: AnswerDetail) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(14))
    grid.setVerticalSpacing(theme().px(4))
    grid.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(12))
    grid.setColumnStretch(1, 1)
    grid.addWidget(Label(tr("What the codes mean"), "caption", "text-2"), 0, 0, 1, 2)
    for line, (code, meaning) in enumerate(detail.meanings, 1):
        grid.addWidget(Label(code, "strong"), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(meaning, "body", "text-2", wrap=True), line, 1)
    holder = QWidget()
    holder.setLayout(grid)
    return holder


def _amounts(detail: AnswerDetail) -> QWidget:
    """What the payer says of the claim as a whole and the ledger does not move."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(14))
    grid.setVerticalSpacing(theme().px(4))
    grid.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(12))
    grid.setColumnStretch(0, 1)
    grid.addWidget(Label(tr("Besides, of the whole claim"), "caption", "text-2"), 0, 0, 1, 2)
    top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
    for line, each in enumerate(detail.amounts, 1):
        words = f"{each.words}. {each.detail}".strip()
        grid.addWidget(Label(words, "body", "text-2", wrap=True), line, 0)
        grid.addWidget(Label(ledger(each.cents)), line, 1, top | right)
    holder = QWidget()
    holder.setLayout(grid)
    return holder
