"""The sections of the patient panel, each made from rows; what is empty gives no section."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import clock_time, us_date, us_time
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.records.standing import FormStanding, Standing
from frontdesk.services.registration.alerts import AlertKind
from frontdesk.services.registration.panel import Panel, PanelCoverage, PhoneKind, PhoneLine, member_id_shown
from frontdesk.services.registration.verifications import (
    UNANSWERED,
    Verification,
    VerificationResult,
    VerificationWay,
)
from frontdesk.services.visit.patient_panel import Owed, PatientPanel, VisitLine
from frontdesk.ui.kit.button import Button, LinkButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.explained import Amount, explains
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.side_panel import Section
from frontdesk.ui.registration.lines import Named, Said, breakable
from frontdesk.ui.text import tr
from frontdesk.ui.theme import Role

_PHONE_WORDS = {
    PhoneKind.MOBILE: ("smartphone", "mobile"),
    PhoneKind.HOME: ("phone", "home"),
    PhoneKind.WORK: ("phone", "work"),
    PhoneKind.OTHER: ("phone", "other"),
}
_ALERTS = {
    AlertKind.NOTE: ("info", "info"),
    AlertKind.CODE_WORD: ("key-round", "info"),
    AlertKind.ACCESS: ("accessibility", "info"),
    AlertKind.PRIVACY: ("eye-off", "warn"),
    AlertKind.SAFETY: ("triangle-alert", "block"),
    AlertKind.MONEY: ("wallet", "warn"),
}
_WAYS = {
    VerificationWay.ELECTRONIC: "electronic",
    VerificationWay.PHONE: "phone",
    VerificationWay.PORTAL: "portal",
}


def phones(shown: Panel) -> Section | None:
    """Each number with what may be done with it."""
    if not shown.phones:
        return None
    section = Section()
    for line in shown.phones:
        icon, words = _phone_words(line)
        section.add(_line(icon, line.number, words, whole=True))
    return section


def alerts(shown: Panel, compare: Callable[[int], object]) -> Section | None:
    """Namesakes, what the desk must know, and who may be told."""
    if not (shown.namesakes or shown.alerts or shown.may_discuss):
        return None
    section = Section(tr("Desk alerts"))
    for other in shown.namesakes:
        link = LinkButton(tr("Compare"))
        link.setAccessibleName(tr("Compare with the patient born {born}", born=us_date(other.born_on)))
        link.clicked.connect(lambda _=False, other_id=other.patient_id: compare(other_id))
        words = tr("Same name: born {year}", year=other.born_on.year)
        section.add(_line("users", words, icon_color="warn", last=link))
    for alert in shown.alerts:
        icon, color = _ALERTS[alert.kind]
        section.add(_line(icon, alert.sentence, icon_color=color, wrap=True))
    if shown.may_discuss:
        names = ", ".join(shown.may_discuss)
        section.add(
            _line("user-check", tr("May discuss with: {names}", names=names), icon_color="info", wrap=True)
        )
    return section


def coverage(shown: Panel, today: date) -> Section:
    """Each coverage with the payer's last answer; self-pay, or that nothing is on file."""
    section = Section(tr("Coverage"))
    for place, covered in enumerate(shown.coverages):
        section.add(_covered(covered))
        if place == 0:
            section.add(_facts(covered, today))
    if shown.is_self_pay:
        section.add(_line("circle-dollar-sign", tr("Self-pay chosen")))
    elif not shown.coverages:
        section.add(_line("triangle-alert", tr("No coverage on file"), icon_color="warn"))
    return section


def consents(forms: tuple[FormStanding, ...]) -> Section | None:
    """What is signed, and in bold what the desk must still ask for."""
    if not forms:
        return None
    section = Section(tr("Consents"))
    for form in sorted(forms, key=lambda form: not form.is_open):
        words = _form_words(form)
        if form.is_open:
            section.add(
                _line("file-pen", form.title, words, icon_color="warn", role="medium", end_color="warn-tx")
            )
        elif form.standing is Standing.SIGNED:
            section.add(_line("circle-check", form.title, words, icon_color="ok"))
        else:
            section.add(_line("ban", form.title, words))
    return section


def balance(shown: PatientPanel, collect: Callable[[], object] | None) -> Section:
    """What the patient owes, since when, and the way to take it."""
    section, owed = Section(tr("Balance")), shown.owed
    amount = Label(dollars(owed.cents), "section")
    subject = Subject(About.PATIENT, shown.patient.identity.patient_id, Part.PATIENT)
    explains(amount, Amount(tr("Balance"), owed.cents, subject))
    since = Label(_owed_words(owed), "secondary", "text-3", wrap=True)
    pieces: list[QWidget] = [amount, since]
    line = QWidget()
    layout = row(*pieces, gap=10)
    layout.setStretch(1, 1)
    if owed.cents > 0 and collect is not None:
        button = Button(tr("Collect"), icon="credit-card")
        button.clicked.connect(lambda: collect())
        layout.addWidget(button)
    line.setLayout(layout)
    section.add(line)
    return section


def visits(shown: PatientPanel) -> Section | None:
    """Today's visit, the ones around it, and how visits were kept."""
    lines = [
        (tr("Today"), shown.today, ""),
        (tr("Last"), shown.last, "%m/%d/%y"),
        (tr("Next"), shown.next, "%m/%d"),
    ]
    kept = shown.record.kept + shown.record.cancelled + shown.record.missed
    if not kept and all(visit is None for _, visit, _ in lines):
        return None
    section = Section(tr("Visits"))
    named = Named(57)
    for name, visit, form in lines:
        if visit is not None:
            named.add(name, _visit(visit, form))
    if kept:
        record = shown.record
        words = tr("{kept} kept, {cancelled} canceled", kept=record.kept, cancelled=record.cancelled)
        missed = tr("1 no-show") if record.missed == 1 else tr("{count} no-shows", count=record.missed)
        named.add(tr("Record"), Said(f"{words}, {missed}"))
    section.add(named)
    return section


def _line(
    icon: str,
    words: str,
    end: str = "",
    *,
    icon_color: str = "text-2",
    end_color: str = "text-3",
    role: Role = "secondary",
    wrap: bool = False,
    whole: bool = False,
    last: QWidget | None = None,
) -> QWidget:
    """With `wrap` the words go on in a second line; with `whole` what stands at the end gives way."""
    line = QWidget()
    said: QWidget = Said(words, role=role)
    if wrap or whole:
        said = Label(breakable(words) if wrap else words, role, wrap=wrap)
    layout = row(IconLabel(icon, icon_color), said, gap=7)
    if whole:
        layout.addWidget(Said(end, color=end_color, at_end=True), 1)
    elif end:
        layout.addWidget(Label(end, "secondary", end_color))
    if not whole:
        layout.setStretch(1, 1)
    if last is not None:
        layout.addWidget(last)
    line.setLayout(layout)
    line.setAccessibleName(f"{words}, {end}" if end else words)
    return line


def _phone_words(line: PhoneLine) -> tuple[str, str]:
    if line.whose:
        return "users", line.whose
    icon, kind = _PHONE_WORDS[line.kind]
    may = tr("text OK") if line.text_ok else tr("calls only") if line.voicemail_ok else tr("no voicemail")
    return icon, line.note or f"{tr(kind)}, {may}"


def _covered(covered: PanelCoverage) -> QWidget:
    line = QWidget()
    name = Said(covered.line.plan, role="strong")
    chip = Chip(*_state(covered.verification))
    layout = row(name, chip)
    layout.setStretch(0, 1)
    line.setLayout(layout)
    return line


def _state(answer: Verification | None) -> tuple[str, str, str]:
    if answer is None or answer.result in UNANSWERED:
        return tr("Not verified"), "block", "shield-question-mark"
    if answer.result is not VerificationResult.ACTIVE:
        words = {VerificationResult.INACTIVE: tr("Not active"), VerificationResult.NOT_FOUND: tr("Not found")}
        return words[answer.result], "block", "shield-x"
    if answer.is_stale:
        return tr("Active {when}", when=f"{answer.at:%m/%d}"), "warn", "shield-question-mark"
    return tr("Active"), "ok", "shield-check"


def _facts(covered: PanelCoverage, today: date) -> QWidget:
    named = Named(100)
    answer = covered.verification
    if answer is not None:
        named.add(tr("Verified"), Said(f"{_when(answer.at, today)}, {tr(_WAYS[answer.way])}"))
    named.add(tr("Member"), Said(member_id_shown(covered.line.member_id)))
    if covered.copay_cents is not None:
        named.add(tr("Copay"), Said(tr("each visit"), strong=dollars(covered.copay_cents), color="text-2"))
    if (
        answer is not None
        and answer.deductible_cents is not None
        and answer.deductible_left_cents is not None
    ):
        named.add(tr("Deductible"), Said(_deductible(answer.deductible_left_cents, answer.deductible_cents)))
    return named


def _deductible(left: int, whole: int) -> str:
    if left == 0:
        return tr("met")
    return tr("{left} of {whole} left", left=dollars(left), whole=dollars(whole).removesuffix(".00"))


def _when(at: datetime, today: date) -> str:
    return tr("Today {time}", time=us_time(at)) if at.date() == today else us_date(at.date())


def _form_words(form: FormStanding) -> str:
    match form.standing:
        case Standing.EXPIRED if form.expires_on is not None:
            return tr("expired {when}", when=f"{form.expires_on:%m/%d}")
        case Standing.EXPIRED:
            return tr("new wording")
        case Standing.MISSING:
            return tr("not signed")
        case Standing.SIGNED:
            return f"{form.answered_on:%m/%Y}" if form.answered_on else ""
        case Standing.REFUSED:
            return tr("refused")
        case Standing.REVOKED:
            return tr("revoked")


def _owed_words(owed: Owed) -> str:
    if owed.cents < 0:
        return tr("credit")
    if owed.cents == 0:
        return tr("nothing due")
    since = tr("since {when}", when=f"{owed.since:%m/%d}") if owed.since else ""
    asked = tr("statement {number}", number=owed.statements) if owed.statements else ""
    return ", ".join(filter(None, (since, asked)))


def _visit(visit: VisitLine, form: str) -> QWidget:
    words = f"{visit.provider}, {visit.what}"
    if not form:
        return Said(words, strong=clock_time(visit.starts))
    day = f"{visit.starts:{form}}"
    return Said(f"{day} {words}" if "y" in form else f"{day} {clock_time(visit.starts)} {words}")
