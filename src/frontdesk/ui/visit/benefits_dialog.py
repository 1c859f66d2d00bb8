"""All that a payer said of a coverage: by service, in and out of network, with its own words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date, us_date_time
from frontdesk.services.registration import benefit_sheet
from frontdesk.services.registration.benefit_sheet import BenefitRow, BenefitSheet
from frontdesk.services.registration.eligibility_failures import failures_said
from frontdesk.services.registration.verifications import VerificationResult, VerificationWay
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.withdraw_dialog import WithdrawDialog

STATES = {
    VerificationResult.ACTIVE: ("Active", "ok", "check"),
    VerificationResult.INACTIVE: ("Not active", "block", "shield-x"),
    VerificationResult.NOT_FOUND: ("Member not found", "block", "shield-x"),
    VerificationResult.NO_ANSWER: ("No answer", "warn", "shield-question-mark"),
    VerificationResult.REJECTED: ("The payer would not answer", "warn", "shield-alert"),
}
WAYS = {
    VerificationWay.ELECTRONIC: "in a file",
    VerificationWay.PHONE: "by phone",
    VerificationWay.PORTAL: "on the payer's website",
}


_TABLE, _LINE, _AROUND = 320, 30, 310
"""Design pixels: the most that the table takes, one line of it, and what stands around it."""


class BenefitsDialog(Dialog):
    """Shows one answer; its table is read with the arrow keys, the row's notes stand below."""

    def __init__(self, parent: QWidget, desk: Desk, verification_id: int, patient: str, plan: str) -> None:
        super().__init__(
            parent,
            tr("What {plan} pays for {patient}", plan=plan, patient=patient),
            icon="shield-check",
            icon_color="accent",
            width=940,
        )
        self.chip = Chip("")
        self._asked = Label("", "secondary", "text-2")
        self.body.addLayout(row(self.chip, self._asked, None))
        self.failure, self.doubt = Banner("warn"), Banner("warn")
        self.body.addWidget(self.failure)
        self.body.addWidget(self.doubt)
        self.facts = Facts()
        self.body.addWidget(self.facts)
        self.model = TableModel[BenefitRow](
            [
                Column(tr("Benefit"), _what),
                Column(tr("In network"), lambda each: each.inside, width=192),
                Column(tr("Used"), lambda each: each.used, width=84, align="right"),
                Column(tr("Left"), lambda each: each.left, width=84, align="right"),
                Column(tr("Out of network"), lambda each: each.outside, width=192),
                Column(tr("Authorization"), _authorization, width=104),
            ],
            key=id,
        )
        self.table = Table(self.model, says=tr("Benefits"))
        self._fit_table(2)
        self.table.chosen.connect(self._show_notes)
        self.body.addWidget(self.table)
        self.notes = Label("", "secondary", "text-2", wrap=True)
        self.notes.setMinimumHeight(theme().px(48))
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.notes)
        self.missing = Label("", "secondary", "text-3", wrap=True)
        self.body.addWidget(self.missing)
        self._desk = desk
        self._sheet: BenefitSheet | None = None
        self.withdraw_button = self.add_verb(tr("Not this patient's…"), self.withdraw, closes=False)
        set_shown(self.withdraw_button, desk.may("registration.verify"))
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        desk.ask(self, self._show, benefit_sheet.sheet, verification_id=verification_id)

    def withdraw(self) -> None:
        """The answer is on the wrong coverage: it no longer counts; one from a file waits for its own."""
        if self._sheet is not None:
            WithdrawDialog(self, self._desk, self._sheet.answer, self.accept).open()

    def _show(self, sheet: BenefitSheet) -> None:
        self._sheet = sheet
        answer = sheet.answer
        words, tone, icon = STATES[answer.result]
        self.chip.show_state(tr(words), tone, icon)
        self._asked.setText(asked_words(sheet))
        failures = failures_said(answer.reject_codes)
        self.failure.say(
            "warn", " ".join(f"{what}. {advice}" for what, advice in failures), icon="shield-alert"
        )
        self.doubt.say("warn", " ".join(sheet.short.doubts))
        self.facts.show_facts(_facts(sheet))
        self.model.show_groups([(Group(group.service), group.rows) for group in sheet.groups])
        lines = 1 + sum(1 + len(group.rows) for group in sheet.groups)
        self._fit_table(lines)
        self.table.choose_first()
        self.table.setVisible(bool(sheet.groups))
        self.missing.setText(
            tr("The payer did not say: {what}.", what="; ".join(sheet.missing)) if sheet.missing else ""
        )
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def _fit_table(self, lines: int) -> None:
        """As high as its lines, as far as the window has room for the rest of the dialog."""
        px = theme().px
        window = self.parentWidget()
        assert window is not None
        room = max(px(4 * _LINE), window.height() - px(_AROUND))
        self.table.setFixedHeight(min(px(_TABLE), px(_LINE * lines), room))

    def _show_notes(self, chosen: BenefitRow | None) -> None:
        self.notes.setText("  ·  ".join(chosen.notes) if chosen is not None else "")


def asked_words(sheet: BenefitSheet) -> str:
    """ "03/17/2026 10:42 AM in a file, by Theo Lind; reference 000000001"."""
    answer = sheet.answer
    said = f"{us_date_time(answer.at)} {tr(WAYS[answer.way])}, {answer.by}"
    if answer.said_by:
        said += "; " + tr("said by {name}", name=answer.said_by)
    return said + ("; " + tr("reference {number}", number=answer.reference) if answer.reference else "")


def _facts(sheet: BenefitSheet) -> tuple[tuple[str, str], ...]:
    answer, facts = sheet.answer, []
    if answer.plan_said:
        facts.append((tr("Plan"), answer.plan_said))
    if answer.plan_begins_on is not None or answer.plan_ends_on is not None:
        begins = tr("from {date}", date=us_date(answer.plan_begins_on)) if answer.plan_begins_on else ""
        ends = tr("until {date}", date=us_date(answer.plan_ends_on)) if answer.plan_ends_on else ""
        facts.append((tr("Valid"), f"{begins} {ends}".strip()))
    visit = []
    if answer.copay_cents is not None:
        visit.append(tr("{copay} copay", copay=dollars(answer.copay_cents)))
    if answer.coinsurance_percent is not None:
        visit.append(tr("{percent}% coinsurance", percent=answer.coinsurance_percent))
    facts.append((tr("Office visit"), ", ".join(visit) or tr("not said")))
    if answer.note:
        facts.append((tr("Note"), answer.note))
    return tuple(facts)


def _what(each: BenefitRow) -> Cell:
    if not each.is_known:
        return Cell(each.what, icon="circle-question-mark", icon_color="warn", spoken=each.what)
    return Cell(each.what, icon="message-square-text" if each.notes else "", icon_color="text-3")


def _authorization(each: BenefitRow) -> Cell:
    if each.needs_authorization is None:
        return Cell("")
    return Cell(tr("Needed"), tone="warn", icon="file-lock") if each.needs_authorization else Cell(tr("No"))
