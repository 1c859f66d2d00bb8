"""Beside the list of coverages to verify: what the payer said last, what went wrong, what to do."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date, us_date_time, us_phone
from frontdesk.services.registration.eligibility_failures import failures_said
from frontdesk.services.registration.panel import member_id_shown
from frontdesk.services.registration.verifications import Verification, VerificationWay
from frontdesk.services.visit.eligibility_list import LastTry, ToVerify
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button, LinkButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.kit.worklist import DetailWidth
from frontdesk.ui.text import tr
from frontdesk.ui.visit.benefits_dialog import STATES, WAYS

_RANKS = ("Primary", "Secondary", "Third")


class Acts(Protocol):
    """What the page does about the chosen coverage."""

    def show_benefits(self) -> None: ...
    def verify(self) -> None: ...
    def ask_one(self) -> None: ...
    def note(self) -> None: ...
    def assign_to_me(self) -> None: ...
    def assign(self) -> None: ...
    def open_visit(self) -> None: ...


class EligibilityDetail(SidePanel):
    """One coverage, with the acts of the page as buttons."""

    def __init__(self, page: Acts, *, may_verify: bool) -> None:
        super().__init__()
        DetailWidth(self)
        self._name, self._visit = Label("", "section", wrap=True), Label("", "body", "text-2", wrap=True)
        self.failure = Banner("warn")
        self.chip = Chip("")
        self._card, self._said, self._tried = Facts(), Facts(), Facts()
        self.benefits = LinkButton(tr("All that the payer said…"))
        self.benefits.clicked.connect(lambda: page.show_benefits())
        head = QWidget()
        head.setLayout(column(self._name, self._visit, gap=2, margins=(14, 12, 14, 12)))
        self.set_head(head)
        whole = QWidget()
        whole.setLayout(column(self.failure, gap=0, margins=(14, 0, 14, 10)))
        self._failure_frame = whole
        self.add(whole)
        card = Section(tr("Coverage"))
        card.add(self._card)
        self.add(card)
        self._answer = Section(tr("Last answer"))
        self._answer.body.addLayout(row(self.chip, None))
        self._answer.add(self._said)
        self._answer.body.addLayout(row(self.benefits, None))
        self.add(self._answer)
        self._tries = Section(tr("Since then"))
        self._tries.add(self._tried)
        self.add(self._tries)
        self.phone = Button(tr("Phone or website…"), "primary", icon="phone", keys="P")
        self.phone.clicked.connect(lambda: page.verify())
        self.file = Button(tr("Write question"), icon="file-up", keys="W")
        self.file.clicked.connect(lambda: page.ask_one())
        self.note = Button(tr("Note…"), icon="phone-outgoing", keys="N")
        self.note.clicked.connect(lambda: page.note())
        self.mine = Button(tr("Mine"), icon="user-check", keys="A")
        self.mine.clicked.connect(lambda: page.assign_to_me())
        self.other = Button(tr("Assign…"), icon="users", keys="O")
        self.other.clicked.connect(lambda: page.assign())
        self.open = Button(tr("Open visit"), icon="arrow-right", keys="Enter")
        self.open.clicked.connect(lambda: page.open_visit())
        self._acts = QWidget()
        self._acts.setLayout(
            column(self.phone, row(self.file, self.note, gap=6), row(self.mine, self.other, gap=6), gap=6)
        )
        set_shown(self._acts, may_verify)
        self.set_foot(Frame("foot", column(self._acts, self.open, gap=6, margins=(12, 8, 12, 8))))

    def show_line(self, line: ToVerify | None) -> None:
        """What is known of the chosen coverage."""
        if line is None:
            return
        self._name.setText(line.patient)
        when = us_date_time(line.starts)
        self._visit.setText(tr("{when} with {provider}", when=when, provider=line.provider))
        has_cover = line.coverage_id is not None
        failures = failures_said(line.last_try.reject_codes) if line.last_try else ()
        words = " ".join(f"{what}. {advice}" for what, advice in failures)
        if not has_cover:
            words = tr("No coverage is on file. Call the patient, or ask for the card at the desk.")
        self.failure.say("block" if not has_cover else "warn", words, icon="shield-alert")
        set_shown(self._failure_frame, bool(words))
        self._card.show_facts(_card(line))
        set_shown(self._answer, has_cover)
        self._show_answer(line)
        self._tried.show_facts(_since(line))
        set_shown(self._tries, line.last_try is not None or line.asked_at is not None)
        for button in (self.phone, self.file, self.note, self.mine, self.other):
            button.setEnabled(has_cover)

    def _show_answer(self, line: ToVerify) -> None:
        answer = line.answer
        if answer is None:
            self.chip.show_state(tr("Never verified"), "block", "shield-question-mark")
            self._said.show_facts(())
            set_shown(self.benefits, False)
            return
        words, tone, icon = STATES[answer.result]
        self.chip.show_state(tr(words), tone, icon)
        self._said.show_facts(_said(answer))
        set_shown(self.benefits, answer.has_benefits or bool(answer.plan_said))


def _card(line: ToVerify) -> tuple[tuple[str, str], ...]:
    if line.coverage_id is None:
        return ()
    rank = tr(_RANKS[line.rank - 1]) if line.rank <= len(_RANKS) else tr("Rank {rank}", rank=line.rank)
    facts = [(rank, line.plan), (tr("Member ID"), member_id_shown(line.member_id))]
    if line.payer_phone:
        facts.append((tr("Call"), us_phone(line.payer_phone)))
    if line.assignee is not None:
        facts.append((tr("Assigned to"), line.assignee.name))
    return tuple(facts)


def _said(answer: Verification) -> tuple[tuple[str, str], ...]:
    at = f"{us_date_time(answer.at)}, {tr(WAYS[answer.way])}"
    facts = [(tr("Asked"), at)]
    if answer.said_by or answer.reference:
        facts.append((tr("Source"), ", ".join(part for part in (answer.said_by, answer.reference) if part)))
    if answer.plan_said:
        facts.append((tr("Plan"), answer.plan_said))
    if answer.plan_ends_on is not None:
        facts.append((tr("Ends"), us_date(answer.plan_ends_on)))
    if answer.copay_cents is not None:
        facts.append((tr("Copay"), dollars(answer.copay_cents)))
    if answer.coinsurance_percent is not None:
        facts.append((tr("Coinsurance"), f"{answer.coinsurance_percent}%"))
    for name, whole, left in (
        (tr("Deductible"), answer.deductible_cents, answer.deductible_left_cents),
        (tr("Out of pocket"), answer.out_of_pocket_cents, answer.out_of_pocket_left_cents),
    ):
        if whole is not None or left is not None:
            rest = tr("{left} left", left=dollars(left)) if left is not None else tr("rest not said")
            of = tr("of {whole}", whole=dollars(whole)) if whole is not None else ""
            facts.append((name, f"{rest} {of}".strip()))
    if answer.note:
        facts.append((tr("Note"), answer.note))
    return tuple(facts)


def _since(line: ToVerify) -> tuple[tuple[str, str], ...]:
    facts: list[tuple[str, str]] = []
    if line.last_try is not None:
        facts.append((tr("Tried"), tried_words(line.last_try)))
        if line.last_try.note:
            facts.append((tr("Note"), line.last_try.note))
    if line.asked_at is not None:
        at = us_date_time(line.asked_at)
        facts.append((tr("Question"), tr("written {at}, no answer read yet", at=at)))
    return tuple(facts)


def tried_words(tried: LastTry) -> str:
    """ "03/17/2026 10:42 AM by phone, Theo Lind; asked Kim"."""
    said = f"{us_date_time(tried.at)} {tr(WAYS[tried.way])}, {tried.by}"
    is_spoken = tried.said_by and tried.way is not VerificationWay.ELECTRONIC
    return said + ("; " + tr("asked {name}", name=tried.said_by) if is_spoken else "")
