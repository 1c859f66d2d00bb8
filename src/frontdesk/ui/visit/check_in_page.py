"""The check-in of one visit: five steps on one page, in any order, by keyboard."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.services.billing.payments import TenderKind
from frontdesk.services.visit import check_in, demographics
from frontdesk.services.visit.check_in import CheckIn, Stage
from frontdesk.services.visit.demographics import OnFile
from frontdesk.services.visit.steps import StepKind
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, Frame, column, row, scrolled
from frontdesk.ui.kit.page import Errand, Key, Page, Parked
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.consent_card import ConsentCard
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.demographics_card import DemographicsCard
from frontdesk.ui.visit.insurance_card import InsuranceCard
from frontdesk.ui.visit.payment_card import HalfPaid, PaymentCard
from frontdesk.ui.visit.reason_asked import ReasonAsked
from frontdesk.ui.visit.step_rail import FINISH, StepRail
from frontdesk.ui.visit.typed import Typed
from frontdesk.ui.visit.visit_head import VisitHead

_LEFT_OPEN = (
    "Patient will sign in the room",
    "Patient pays at check-out",
    "Provider asked for the patient now",
    "Payer cannot be reached",
)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was entered of a check-in and not saved."""

    patient_id: int
    appointment_id: int
    demographics: Typed
    insurance: Typed
    payment: HalfPaid | None

    @property
    def is_empty(self) -> bool:
        return not (self.demographics or self.insurance or self.payment)


class CheckInPage(Page):
    """Opened for one visit; what is left half-way is there again when it is opened next."""

    title = "Check-in"
    permission = "visit.check_in"
    shows_patient = True
    topics = frozenset(
        {
            "appointment",
            "patient",
            "patient_phone",
            "patient_address",
            "patient_contact",
            "demographics_review",
            "coverage",
            "policy",
            "coverage_verification",
            "self_pay",
            "consent",
            "visit_type_form",
            "journal_entry",
            "readiness",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._appointment_id: int | None = None
        self._visit: CheckIn | None = None
        self._left: dict[int, Unfinished] = {}
        self._to_put: Unfinished | None = None
        self._sheet_to_put: Typed = {}
        self._to_start = ""
        self.head = VisitHead()
        park = Button(tr("Park"), icon="circle-pause", keys="F12")
        park.clicked.connect(self.park_wanted)
        self.begin_button = Button(tr("Start check-in"), "tonal", icon="clipboard-pen")
        self.begin_button.clicked.connect(self.begin)
        self.ready_button = Button(tr("Mark ready"), icon="armchair", keys="Ctrl+Enter")
        self.ready_button.clicked.connect(self.mark_ready)
        self.head.add(park, self.begin_button, self.ready_button)
        self.rail = StepRail()
        self.rail.back_wanted.connect(self.back)
        self.rail.looked_at.connect(self._look_at)
        self.rail.opened.connect(self.start_step)
        self.demographics = DemographicsCard(desk)
        self.demographics.stale.connect(self.reload_soon)
        self.insurance = InsuranceCard(desk)
        self.consents = ConsentCard(desk)
        self.consents.open_count_changed.connect(self._mark_again)
        self.payment = PaymentCard(desk)
        for panel in (self.demographics, self.insurance, self.consents, self.payment):
            panel.told.connect(self.told)
        self._area = self._make_area()
        self._look = StepKind.IDENTITY.value
        self.set_content(Frame("canvas", row(self.rail, column(self.head, self._area, gap=0), gap=0)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        steps = (*(kind.value for kind in StepKind), FINISH)
        return (
            Key("Alt+1–6", tr("Step")),
            Key("Ctrl+Return", tr("Mark ready"), self.mark_ready),
            Key("F12", tr("Park")),
            Key("Esc", tr("Back to board"), self.back),
            Key("F5", tr("Verify coverage"), self.insurance.verify),
            Key("Alt+C", tr("Pay by card"), partial(self._pay_by, TenderKind.CARD)),
            Key("Alt+A", tr("Pay in cash"), partial(self._pay_by, TenderKind.CASH)),
            Key("Alt+K", tr("Pay by check"), partial(self._pay_by, TenderKind.CHECK)),
            *(
                Key(f"Alt+{place}", tr("Step {place}", place=place), partial(self.go_to_step, name))
                for place, name in enumerate(steps, 1)
            ),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.rail.steps, self.demographics, self.insurance, self.consents, self.payment)

    def home(self) -> QWidget | None:
        return self.rail.steps

    # -- which visit ----------------------------------------------------------

    def open_with(self, errand: Errand) -> None:
        if errand.appointment_id is None or errand.patient_id is None:
            return
        self._open(errand.patient_id, errand.appointment_id)
        self._to_start = StepKind.PAYMENT.value if errand.act == "pay" else ""

    def reload(self) -> None:
        if self._appointment_id is not None and self._patient_id is not None:
            self.desk.ask(self, self._show, check_in.check_in, appointment_id=self._appointment_id)
            self.desk.ask(self, self._show_file, demographics.on_file, patient_id=self._patient_id)

    def park(self) -> Parked | None:
        if self._visit is None:
            return None
        parked = Parked(tr("Check-in: {name}", name=_short(self._visit.patient.name)), self._unfinished())
        self._left.pop(self._visit.appointment_id, None)
        self._clear()
        QTimer.singleShot(0, self._go_back)  # once the window has put the work aside
        return parked

    def take_up(self, state: object) -> None:
        assert isinstance(state, Unfinished)
        self._left[state.appointment_id] = state
        self._clear()
        self._open(state.patient_id, state.appointment_id)

    def back(self) -> None:
        """To the board; what was typed waits until the visit is opened again."""
        self._keep()
        self._clear()
        self._go_back()

    def _open(self, patient_id: int, appointment_id: int) -> None:
        if appointment_id != self._appointment_id:
            self._keep()
            self._clear()
        self._patient_id, self._appointment_id = patient_id, appointment_id
        self._to_put = self._left.pop(appointment_id, None)
        self._sheet_to_put = self._to_put.demographics if self._to_put is not None else {}
        self.patient_chosen.emit(patient_id)
        self.consents.show_patient(patient_id)
        self.reload()

    def _keep(self) -> None:
        if self._visit is not None and not (left := self._unfinished()).is_empty:
            self._left[left.appointment_id] = left

    def _unfinished(self) -> Unfinished:
        assert self._visit is not None
        return Unfinished(
            self._visit.patient.patient_id,
            self._visit.appointment_id,
            self.demographics.typed,
            self.insurance.typed,
            self.payment.half_paid,
        )

    def _clear(self) -> None:
        self._visit, self._appointment_id, self._patient_id = None, None, None
        self.demographics.drop()
        self.insurance.drop()
        self.consents.show_patient(None)
        self.clear_complaints()

    def _go_back(self) -> None:
        self.go.emit("check_in", None)

    # -- what is shown --------------------------------------------------------

    def _show(self, visit: CheckIn) -> None:
        if visit.appointment_id != self._appointment_id:
            return
        is_first = self._visit is None
        self._visit = visit
        self.head.show_visit(visit)
        self.head.ready.show_steps(visit)
        self.rail.show_visit(visit, self.desk.local_now)
        self.demographics.show_visit(visit)
        self.insurance.show_visit(visit)
        self.payment.show_ask(visit.patient.patient_id, visit.appointment_id, visit.ask_for, visit.not_today)
        set_shown(self.begin_button, visit.stage in (Stage.EXPECTED, Stage.ARRIVED))
        set_shown(self.ready_button, visit.stage is Stage.CHECKING_IN)
        if self._to_put is not None:
            self.insurance.put(self._to_put.insurance)
            if self._to_put.payment is not None:
                self.payment.put(self._to_put.payment)
            self._to_put = None
        if is_first:
            first_open = visit.open_steps[0].kind.value if visit.open_steps else FINISH
            self.go_to_step(self._to_start or first_open)

    def _show_file(self, on_file: OnFile) -> None:
        if self._patient_id is None:
            return
        self.demographics.show_file(self._patient_id, on_file)
        self.demographics.put(self._sheet_to_put)
        self._sheet_to_put = {}

    # -- the steps ------------------------------------------------------------

    def go_to_step(self, name: str) -> None:
        """Marks the step in the rail, and takes the focus to its work."""
        self.rail.go_to(name)
        self.start_step(name)

    def start_step(self, name: str) -> None:
        """The focus to where the step is done."""
        self._look_at(name)
        starts = {
            StepKind.IDENTITY.value: self.demographics.start,
            StepKind.DEMOGRAPHICS.value: self.demographics.start_reading,
            StepKind.INSURANCE.value: self.insurance.start,
            StepKind.CONSENTS.value: self.consents.start,
            StepKind.PAYMENT.value: self.payment.start,
            FINISH: self.ready_button.setFocus,
        }
        starts[name]()

    def _look_at(self, name: str) -> None:
        self._look = name
        for each, card in self._cards().items():
            if each == name:
                self._area.ensureWidgetVisible(card, 0, theme().px(12))
        self._mark_again()

    def _mark_again(self, _count: int = 0) -> None:
        marked = self._cards().get(self._look)
        for card in self._cards().values():
            card.mark_current(card is marked)

    def _cards(self) -> dict[str, Card]:
        return {
            StepKind.IDENTITY.value: self.demographics.card,
            StepKind.DEMOGRAPHICS.value: self.demographics.card,
            StepKind.INSURANCE.value: self.insurance.card,
            StepKind.CONSENTS.value: self.consents.card,
            StepKind.PAYMENT.value: self.payment.card,
        }

    def _pay_by(self, kind: TenderKind) -> None:
        self.payment.pay_by(kind)
        self.go_to_step(StepKind.PAYMENT.value)

    # -- what is done ---------------------------------------------------------

    def begin(self) -> None:
        """The patient stands at the desk."""
        if self._appointment_id is not None:
            self.desk.do(self, self._begun, check_in.begin, appointment_id=self._appointment_id)

    def mark_ready(self) -> None:
        """What was typed is saved first; then the patient waits for a room."""
        if self._visit is None:
            return
        self.clear_complaints()
        if self.demographics.typed:
            self.complain(tr("Some changes are not saved yet. Save them, then mark ready."))
            self.go_to_step(StepKind.DEMOGRAPHICS.value)
            return
        self._finish("")

    def refused(self, error: FrontdeskError) -> None:
        findings = error.findings if isinstance(error, Refused) else ()
        if findings and all(finding.overridable for finding in findings):
            self._ask_why(findings)
            return
        super().refused(error)
        if any(finding.field == "coverage" for finding in findings):
            self.go_to_step(StepKind.INSURANCE.value)

    def _finish(self, reason: str) -> None:
        if self._visit is not None:
            self.desk.do(
                self,
                self._finished,
                check_in.finish,
                appointment_id=self._visit.appointment_id,
                reason=reason,
                version=self._visit.version,
            )

    def _ask_why(self, findings: tuple[Finding, ...]) -> None:
        provider = self._visit.provider if self._visit is not None else ""
        said = " ".join(finding.message for finding in findings)
        ReasonAsked(
            self,
            counted(
                len(findings), "Mark ready with {count} item open?", "Mark ready with {count} items open?"
            ),
            tr("{items} {provider}’s team will see why.", items=said, provider=provider),
            tuple(tr(reason) for reason in _LEFT_OPEN),
            self._finish,
            verb=tr("Mark ready anyway"),
            keep=tr("Keep working"),
        ).open()

    def _begun(self, _: object) -> None:
        """The page hears of it as of every change."""

    def _finished(self, _: int) -> None:
        if self._visit is not None:
            self.told.emit(tr("Marked {name} ready", name=self._visit.patient.name))
        self._clear()
        self._go_back()

    # -- building -------------------------------------------------------------

    def _make_area(self) -> QScrollArea:
        grid = QWidget()
        cards = QGridLayout(grid)
        px = theme().px
        cards.setContentsMargins(px(12), px(8), px(12), px(6))
        cards.setSpacing(px(8))
        for place, panel in enumerate((self.demographics, self.insurance, self.consents, self.payment)):
            cards.addWidget(panel, place // 2, place % 2)
        for part in (0, 1):
            cards.setColumnStretch(part, 1)
        cards.setRowStretch(1, 1)
        return scrolled(grid)


def _short(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first[:1]}. {rest}" if rest else name
