"""The check-in of one visit: five steps on one page, in any order, by keyboard."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing.payments import TenderKind
from frontdesk.services.visit import check_in, demographics
from frontdesk.services.visit.check_in import CheckIn, Stage
from frontdesk.services.visit.demographics import OnFile
from frontdesk.services.visit.steps import StepKind
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, Frame, column, row
from frontdesk.ui.kit.page import Errand, Key, Page, Parked
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.consent_card import ConsentCard
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.cards_area import CardsArea
from frontdesk.ui.visit.delay_acts import DelayActs
from frontdesk.ui.visit.demographics_card import DemographicsCard
from frontdesk.ui.visit.finishing import Finishing
from frontdesk.ui.visit.half_way import HalfWay
from frontdesk.ui.visit.holding_open import HoldingOpen
from frontdesk.ui.visit.identity_strip import IdentityStrip
from frontdesk.ui.visit.insurance_card import InsuranceCard
from frontdesk.ui.visit.keeping import Keeping
from frontdesk.ui.visit.open_elsewhere import OpenElsewhere
from frontdesk.ui.visit.payment_card import PaymentCard
from frontdesk.ui.visit.step_rail import FINISH, StepRail
from frontdesk.ui.visit.visit_head import VisitHead

_TICK_MS = 5000


@dataclass(frozen=True, slots=True)
class PutAside:
    """A parked check-in: what was typed in it is kept with the visit."""

    patient_id: int
    appointment_id: int
    half_way: HalfWay


class CheckInPage(Page):
    """Opened for one visit; what is left half-way is there again when it is opened next."""

    title = "Check-in"
    permission = "visit.check_in"
    shows_patient = True
    parks = PutAside
    topics = frozenset(
        (
            "appointment patient patient_phone patient_address patient_contact demographics_review "
            "coverage policy visit_coverage card_scan id_scan authorization_use coverage_verification "
            "self_pay consent visit_type_form journal_entry payment_plan visit_waiver deposit_rule "
            "estimate_version readiness identity_check visit_notice visit_opening unfinished_check_in "
            "required_field release_request"
        ).split()
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._appointment_id: int | None = None
        self._visit: CheckIn | None = None
        self._to_start = ""
        self.holding = HoldingOpen(desk, self)
        self.holding.lost.connect(self.reload_soon)
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
        self.rail.told_wanted.connect(self.tell_delay)
        self.rail.rebook_wanted.connect(self.offer_rebook)
        self.elsewhere = OpenElsewhere()
        self.elsewhere.take_over_wanted.connect(self.take_over)
        self.identity = IdentityStrip(desk)
        self.demographics = DemographicsCard(desk)
        self.demographics.stale.connect(self.reload_soon)
        self.demographics.go.connect(self.go)
        self.insurance = InsuranceCard(desk)
        self.consents = ConsentCard(desk)
        self.consents.open_count_changed.connect(self._mark_again)
        self.payment = PaymentCard(desk)
        self.keeping = Keeping(desk, self.demographics, self.insurance, self.payment)
        self.delay = DelayActs(self, self._left_office)
        self.finishing = Finishing(self, done=self._finished, lead=lambda kind: self.go_to_step(kind.value))
        cards = (self.demographics, self.insurance, self.consents, self.payment)
        for panel in (self.identity, *cards):
            panel.told.connect(self.told)
        self._area = CardsArea((self.identity,), cards)
        self._look = StepKind.IDENTITY.value
        right = column(self.head, self.elsewhere, self._area, gap=0)
        self.set_content(Frame("canvas", row(self.rail, right, gap=0)))
        self._ticker = QTimer(self)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start(_TICK_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        steps = (*(kind.value for kind in StepKind), FINISH)
        return (
            Key("Alt+1–6", tr("Step")),
            Key("Ctrl+Return", tr("Mark ready"), self.mark_ready),
            Key("F12", tr("Park")),
            Key("Esc", tr("Back to board"), self.back),
            Key("F5", tr("Verify coverage"), self.insurance.verify),
            Key("Alt+T", tr("Take over from another desk"), self.take_over),
            Key("Ctrl+P", tr("Routing slip"), self.show_slip),
            Key("Alt+7", tr("What changed since the last visit"), self.rail.since.compare),
            Key("Alt+8", tr("Edit all of the patient"), self.demographics.edit_all),
            Key("Alt+C", tr("Pay by card"), partial(self._pay_by, TenderKind.CARD)),
            Key("Alt+A", tr("Pay in cash"), partial(self._pay_by, TenderKind.CASH)),
            Key("Alt+K", tr("Pay by check"), partial(self._pay_by, TenderKind.CHECK)),
            *(
                Key(f"Alt+{place}", tr("Step {place}", place=place), partial(self.go_to_step, name))
                for place, name in enumerate(steps, 1)
            ),
        )

    def panes(self) -> tuple[QWidget, ...]:
        cards = (self.identity, self.demographics, self.insurance, self.consents, self.payment)
        return (self.rail.steps, *cards)

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
        name = tr("Check-in: {name}", name=_short(self._visit.patient.name))
        visit = self._visit
        state = PutAside(visit.patient.patient_id, visit.appointment_id, self.keeping.half_way())
        self._leave()
        QTimer.singleShot(0, self._go_back)  # once the window has put the work aside
        return Parked(name, state)

    def take_up(self, state: object) -> None:
        assert isinstance(state, PutAside)
        self.keeping.remember(state.appointment_id, state.half_way)
        self._clear()
        self._open(state.patient_id, state.appointment_id)

    def back(self) -> None:
        """To the board; what was typed waits until the visit is opened again."""
        self._leave()
        self._go_back()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, the lock, the end of the programme: what was typed is put by."""
        super().hideEvent(event)
        self._keep()

    def _open(self, patient_id: int, appointment_id: int) -> None:
        if appointment_id != self._appointment_id:
            self._leave()
        self._patient_id, self._appointment_id = patient_id, appointment_id
        self.patient_chosen.emit(patient_id)
        self.consents.show_patient(patient_id)
        self.reload()

    def _leave(self) -> None:
        """It is open here no longer; what was typed is put by."""
        self._keep()
        self.holding.let_go()
        self._clear()

    def _keep(self) -> None:
        if self._visit is not None:
            self.keeping.keep(self._visit, is_here=self.is_here)

    def _clear(self) -> None:
        self._visit, self._appointment_id, self._patient_id = None, None, None
        self.keeping.clear()
        self.identity.drop()
        self.demographics.drop()
        self.insurance.drop()
        self.consents.show_patient(None)
        self.clear_complaints()

    def _go_back(self) -> None:
        self.go.emit("check_in", None)

    # -- two desks --------------------------------------------------------------

    @property
    def is_here(self) -> bool:
        """Whether the visit is open at this desk, not only looked on."""
        at = self._visit.open_at if self._visit is not None else None
        return at is None or at.is_here

    def take_over(self) -> None:
        """The check-in goes on here; the other desk sees it."""
        if self._visit is not None and self._visit.open_at is not None and not self.is_here:
            opening_id = self._visit.open_at.opening_id
            self.holding.take(self._visit.appointment_id, instead_of=opening_id)

    def _show_opening(self, visit: CheckIn) -> None:
        self.elsewhere.show_opening(visit.open_at, visit.left)
        is_here = visit.open_at is None or visit.open_at.is_here
        self._area.content.setEnabled(is_here)
        for button in (self.begin_button, self.ready_button):
            button.setEnabled(is_here)
        held = self.holding.opening_id
        if not is_here:
            if held is not None and visit.open_at is not None and visit.open_at.opening_id != held:
                self.holding.forget()
        elif self.holding.appointment_id != visit.appointment_id or (
            held is not None and visit.open_at is None  # it ran out while nobody was signed in
        ):
            self.holding.take(visit.appointment_id)

    def _tick(self) -> None:
        """The minutes go on; what was typed is put by; who only looks on sees when it is free again."""
        if self._visit is None or not self.isVisible():
            return
        self.rail.tick(self.desk.local_now)
        self._keep()
        if not self.is_here:
            self.reload_soon()

    # -- what is shown --------------------------------------------------------

    def _show(self, visit: CheckIn) -> None:
        if visit.appointment_id != self._appointment_id:
            return
        is_first = self._visit is None
        if not is_first and visit.open_at is not None and not visit.open_at.is_here:
            self._keep()  # another desk takes over: what is typed here is named there
        self._visit = visit
        self.head.show_visit(visit)
        self.head.ready.show_steps(visit)
        self.rail.show_visit(visit, self.desk.local_now)
        self.identity.show_visit(visit)
        self.demographics.show_visit(visit)
        self.insurance.show_visit(visit)
        self.payment.show_ask(visit.patient.patient_id, visit.appointment_id, visit.ask_for, visit.not_today)
        set_shown(self.begin_button, visit.stage in (Stage.EXPECTED, Stage.ARRIVED))
        set_shown(self.ready_button, visit.stage is Stage.CHECKING_IN)
        self._show_opening(visit)
        self._show_identity()
        if is_first:
            self.keeping.find(visit)
            first_open = visit.open_steps[0].kind.value if visit.open_steps else FINISH
            self.go_to_step(self._to_start or first_open)
        self.keeping.put_back()

    def _show_file(self, on_file: OnFile) -> None:
        if self._patient_id is None:
            return
        self.demographics.show_file(self._patient_id, on_file)
        self.keeping.file_is_shown()
        if self._visit is not None:
            self.keeping.put_back()

    def _show_identity(self) -> None:
        done = {step.kind for step in self._visit.steps if step.is_done} if self._visit else set()
        set_shown(self.identity, StepKind.IDENTITY not in done or self._look == StepKind.IDENTITY.value)

    # -- the steps ------------------------------------------------------------

    def go_to_step(self, name: str) -> None:
        """Marks the step in the rail, and takes the focus to its work."""
        self.rail.go_to(name)
        self.start_step(name)

    def start_step(self, name: str) -> None:
        """The focus to where the step is done."""
        self._look_at(name)
        starts = {
            StepKind.IDENTITY.value: self.identity.start,
            StepKind.DEMOGRAPHICS.value: self.demographics.start_reading,
            StepKind.INSURANCE.value: self.insurance.start,
            StepKind.CONSENTS.value: self.consents.start,
            StepKind.PAYMENT.value: self.payment.start,
            FINISH: self.ready_button.setFocus,
        }
        starts[name]()

    def _look_at(self, name: str) -> None:
        self._look = name
        self._show_identity()
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
            StepKind.IDENTITY.value: self.identity.card,
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
        if self._visit is not None and self.is_here:
            self.clear_complaints()
            self.finishing.mark_ready(self._visit, self.keeping.half_way())

    def show_slip(self) -> None:
        """The routing slip of this visit."""
        if self._visit is not None:
            self.finishing.show_slip(self._visit)

    def tell_delay(self) -> None:
        """The patient was told at the desk how late it will be."""
        if self._visit is not None:
            self.delay.tell(self._visit, self.rail.words)

    def offer_rebook(self) -> None:
        """The patient cannot wait."""
        if self._visit is not None:
            self.delay.offer_rebook(self._visit)

    def _begun(self, _: object) -> None:
        """The page hears of it as of every change."""

    def _left_office(self, errand: Errand) -> None:
        self._leave()
        self.go.emit("find_slot", errand)

    def _finished(self, visit: CheckIn) -> None:
        self.told.emit(tr("Marked {name} ready", name=visit.patient.name))
        self.keeping.forget(visit.appointment_id)
        self.holding.forget()
        if self.rail.label_box.isChecked():
            self.finishing.show_label(visit)
        if self.rail.slip_box.isChecked():
            self.finishing.show_slip(visit)
        self._clear()
        self._go_back()


def _short(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first[:1]}. {rest}" if rest else name
