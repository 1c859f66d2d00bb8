"""One superbill: what was found and done is typed in, looked over, and let go to the claim."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import codes, entering, service_lines, superbills
from frontdesk.services.billing.codes import Diagnosis
from frontdesk.services.billing.entering import Priced
from frontdesk.services.billing.other_providers import Named
from frontdesk.services.billing.service_lines import ServiceLine
from frontdesk.services.billing.sheet import Sheet
from frontdesk.services.billing.superbills import SuperbillSheet, SuperbillState
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.diagnosis_rows import DiagnosisRows
from frontdesk.ui.billing.frame import ask_why
from frontdesk.ui.billing.outlook_banner import OutlookBanner
from frontdesk.ui.billing.service_rows import ServiceRows
from frontdesk.ui.billing.usual_codes import UsualCodes
from frontdesk.ui.billing.visit_providers import NamedHere, ProvidersDialog, ProvidersRow
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.explained import Amount, Offer
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel, Label, Rule
from frontdesk.ui.kit.page import Errand, Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LOOK: dict[SuperbillState, tuple[str, str, str]] = {
    SuperbillState.ISSUED: ("With the patient", "outline", "file-text"),
    SuperbillState.RETURNED: ("To enter", "warn", "file-input"),
    SuperbillState.ENTERED: ("To check", "info", "file-check"),
    SuperbillState.CHECKED: ("To release", "info", "file-check-corner"),
    SuperbillState.RELEASED: ("Released", "ok", "circle-check"),
}
_ROOM_FOR_USUAL = 860
_OPEN = (SuperbillState.ISSUED, SuperbillState.RETURNED)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What is typed in but not entered yet; kept while other superbills are looked at."""

    diagnoses: tuple[Diagnosis, ...]
    lines: tuple[ServiceLine, ...]
    place_of_service: str
    named: tuple[Named, ...] = ()
    """Whom the whole visit names; those of a line stand with it."""


class SuperbillEntry(Panel):
    """The form with its verbs; the next step is always the primary button."""

    stepped = Signal(object, object)
    """The superbill's id, and the state it has just reached."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sheet: SuperbillSheet | None = None
        self._drafts: dict[int, EntryDraft] = {}
        self._usual: tuple[Priced, ...] = ()
        self.diagnoses = DiagnosisRows(desk)
        self.services = ServiceRows(desk)
        self.usual = UsualCodes()
        self.claim = OutlookBanner()
        self.place: Combo[str] = Combo((("11", "11"),))
        self.providers = ProvidersRow()
        self._named: tuple[Named, ...] = ()
        self._office: dict[int, str] = {}
        self.form = Form()
        self.form.add("diagnoses", tr("&Diagnoses"), self.diagnoses)
        self.form.add_wide(Rule())
        self.form.add("lines", tr("&Services"), self.services)
        self.form.add_wide(Rule())
        self.form.add("place_of_service", tr("&Place of service"), self.place, span=5)
        self.form.add("providers", tr("&Who else"), self.providers, span=7)
        self._build()
        self.diagnoses.changed.connect(self._changed)
        self.diagnoses.finished.connect(self.services.setFocus)
        self.diagnoses.complained.connect(self.refused)
        self.services.changed.connect(self._changed)
        self.services.finished.connect(self.next_button.setFocus)
        self.services.complained.connect(self.refused)
        self.usual.ticked.connect(self.services.add)
        self.usual.unticked.connect(self.services.remove_code)
        self.place.chosen.connect(self._changed)
        self.next_button.clicked.connect(self.next_step)
        self.reopen_button.clicked.connect(self.reopen)
        self.back_button.clicked.connect(self.take_back)
        self.providers.asked.connect(self.ask_providers)
        desk.ask(self, self._show_places, codes.places_of_service)
        desk.ask(self, self._show_office, entering.who_may_do)

    @property
    def sheet(self) -> SuperbillSheet | None:
        return self._sheet

    # -- what is shown ------------------------------------------------------------

    def show_sheet(self, sheet: SuperbillSheet) -> None:
        """Another superbill, or the same one after a step; what was typed for it is there again."""
        bill = sheet.row
        is_other = self._sheet is None or self._sheet.row.id != bill.id
        moved_on = self._sheet is None or self._sheet.row.state is not bill.state
        self._sheet = sheet
        self._show_head(sheet)
        self._show_verbs(bill.state)
        if is_other:
            self.clear_complaints()
            self.usual.show_codes(())
            self.desk.ask(self, self._show_usual, entering.usual, superbill_id=bill.id)
        if is_other or moved_on:
            self._fill(sheet)
        self._show_total()
        self._ask_outlook()

    def draft(self) -> EntryDraft:
        """What stands in the form."""
        place = self.place.value() or "11"
        return EntryDraft(self.diagnoses.diagnoses(), self.services.lines(), place, self._named)

    def keep(self, superbill_id: int, draft: EntryDraft) -> None:
        """Let a superbill be shown with this draft from now on."""
        self._drafts[superbill_id] = draft
        if self._sheet is not None and self._sheet.row.id == superbill_id:
            self._fill(self._sheet)

    def has_draft(self) -> bool:
        """Whether something is typed in that is not entered yet."""
        return self._sheet is not None and self._sheet.row.id in self._drafts

    def begin(self) -> None:
        """The focus goes where the next thing is typed."""
        if self._sheet is not None and self._sheet.row.state in _OPEN:
            self.diagnoses.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is done -------------------------------------------------------------

    def next_step(self) -> None:
        """Enter, check or release: whatever comes next."""
        if self._sheet is None:
            return
        self.clear_complaints()
        bill = self._sheet.row
        if bill.state in _OPEN:
            self._enter()
        elif bill.state is not SuperbillState.RELEASED:
            act, reached = superbills.check, SuperbillState.CHECKED
            if bill.state is SuperbillState.CHECKED:
                act, reached = superbills.release, SuperbillState.RELEASED
            self.desk.do(
                self,
                lambda _: self._stepped(bill.id, reached),
                act,
                superbill_id=bill.id,
                version=bill.version,
            )

    def take_back(self) -> None:
        """The sheet came back from the room."""
        if self._sheet is not None and self._sheet.row.state is SuperbillState.ISSUED:
            bill = self._sheet.row
            self.desk.do(
                self,
                lambda _: self._stepped(bill.id, SuperbillState.RETURNED),
                superbills.take_back,
                superbill_id=bill.id,
                version=bill.version,
            )

    def reopen(self) -> None:
        """Ask why, then void the lines and start again."""
        if self._sheet is None or self._sheet.row.state in _OPEN:
            return
        bill = self._sheet.row
        ask_why(
            self,
            tr("Reopen superbill {number}?", number=bill.number),
            tr("Its charges are voided and entered again. What the patient paid stays to their credit."),
            verb=tr("Reopen"),
            hint=tr("Wrong code, a service was missing, …"),
            then=lambda dialog, reason: self.desk.do(
                dialog, dialog.close_done, superbills.reopen, superbill_id=bill.id, reason=reason
            ),
        )

    def ask_providers(self) -> None:
        """Who did a line, who referred, ordered or supervised."""
        if self._sheet is None or self._sheet.row.state not in _OPEN:
            return
        ProvidersDialog(
            self, self.services.lines(), self._named, self._office, self._sheet.row.provider, self._name
        ).open()

    def _name(self, here: NamedHere) -> None:
        self._named = here.of_visit
        lines = zip(self.services.lines(), here.of_lines, strict=True)
        self.services.give_lines(
            tuple(replace(line, provider_id=did, named=named) for line, (did, named) in lines)
        )

    def explain_balance(self) -> None:
        """Why the patient's balance is what it is."""
        if self._sheet is not None:
            self.go.emit("statements", Errand("explain_balance", self._sheet.row.patient_id))

    def _enter(self) -> None:
        assert self._sheet is not None
        problems = self.services.problems()
        if problems:
            self.refused(Refused(*(Finding(problem, "lines") for problem in problems)))
            return
        bill = self._sheet.row
        self.desk.do(
            self,
            lambda _: self._stepped(bill.id, SuperbillState.ENTERED),
            superbills.enter,
            superbill_id=bill.id,
            sheet=self._entered(),
            version=bill.version,
        )

    def _stepped(self, superbill_id: int, state: SuperbillState) -> None:
        if state is SuperbillState.ENTERED:
            self._drafts.pop(superbill_id, None)
        if self._sheet is not None:
            words = {
                SuperbillState.RETURNED: tr("Took superbill {number} back in", number=self._sheet.row.number),
                SuperbillState.ENTERED: tr("Entered superbill {number}", number=self._sheet.row.number),
                SuperbillState.CHECKED: tr("Checked superbill {number}", number=self._sheet.row.number),
                SuperbillState.RELEASED: tr("Released superbill {number}", number=self._sheet.row.number),
            }
            self.told.emit(words[state])
        self.stepped.emit(superbill_id, state)

    def refused(self, error: FrontdeskError) -> None:
        self.clear_complaints()
        super().refused(error)

    # -- inside -------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the fields keep their room; the usual codes are found by their words."""
        super().resizeEvent(event)
        set_shown(self.usual, self.width() >= theme().px(_ROOM_FOR_USUAL))

    def _fill(self, sheet: SuperbillSheet) -> None:
        bill = sheet.row
        is_open = bill.state in _OPEN
        draft = self._drafts.get(bill.id) if is_open else None
        diagnoses = draft.diagnoses if draft else sheet.diagnoses
        entered = tuple(map(service_lines.of_entered, sheet.lines))
        lines, self._named = (
            (draft.lines, draft.named) if draft else service_lines.with_named(entered, sheet.providers)
        )
        self.diagnoses.show_diagnoses(bill.id, diagnoses, read_only=not is_open)
        self.services.show_lines(bill.id, lines, read_only=not is_open)
        self.place.set_value(draft.place_of_service if draft else sheet.place_of_service)
        self.place.setEnabled(is_open)
        self._show_total()

    def _changed(self) -> None:
        if self._sheet is not None and self._sheet.row.state in _OPEN:
            self._drafts[self._sheet.row.id] = self.draft()
            self.clear_complaints()
        self._show_total()
        self._ask_outlook()

    def _ask_outlook(self) -> None:
        """What the claim would be stopped for, as it stands in the form; afterwards the claim says so."""
        bill = self._sheet.row if self._sheet is not None else None
        if bill is None or bill.state not in _OPEN or not self.services.lines() or self.services.problems():
            self.claim.nothing()
            return
        self.claim.at_entry(self.desk, bill.id, self._entered())

    def _entered(self) -> Sheet:
        draft = self.draft()
        return Sheet(
            tuple(diagnosis.code for diagnosis in draft.diagnoses),
            tuple(line.ticked() for line in draft.lines),
            draft.place_of_service,
            service_lines.all_named(draft.lines, draft.named),
        )

    def _show_office(self, found: tuple[tuple[int, str], ...]) -> None:
        self._office = dict(found)
        self.services.know(self._office)

    def _show_usual(self, found: tuple[Priced, ...]) -> None:
        self._usual = found
        self.usual.show_codes(found)
        self._show_total()

    def _show_places(self, places: tuple[tuple[str, str], ...]) -> None:
        self.place.set_options(tuple((code, f"{code}  {label}") for code, label in places))
        if self._sheet is not None:
            self.place.set_value(self.draft_place())

    def draft_place(self) -> str:
        """The place of service of the draft, else as the superbill has it."""
        assert self._sheet is not None
        draft = self._drafts.get(self._sheet.row.id)
        return draft.place_of_service if draft else self._sheet.place_of_service

    def _amounts(self) -> Sequence[Amount]:
        """What the ledger knows: nothing before the superbill is entered."""
        if self._sheet is None or self._sheet.row.state in _OPEN:
            return ()
        bill = self._sheet.row
        return amounts.of_visit(bill.appointment_id, bill.patient, bill.total_cents)

    def _show_total(self) -> None:
        self._total.setText(dollars(self.services.total_cents()))
        is_open = self._sheet is not None and self._sheet.row.state in _OPEN
        self.providers.show_named(self._named, read_only=not is_open)
        self.usual.show_ticks({line.code for line in self.services.lines()}, read_only=not is_open)

    def _show_head(self, sheet: SuperbillSheet) -> None:
        bill = sheet.row
        self._title.setText(bill.patient)
        words, tone, icon = _LOOK[bill.state]
        self._state.show_state(tr(words), tone, icon)
        self._number.setText(tr("Superbill {number}", number=bill.number))
        copay = tr(", copay {amount}", amount=dollars(sheet.copay_cents)) if sheet.copay_cents else ""
        self._facts.setText(
            tr("Born {born}", born=us_date(sheet.born_on))
            + "  ·  "
            + tr("visit {day} with {provider}", day=us_date(bill.service_on), provider=bill.provider)
            + f"  ·  {sheet.payer}{copay}"
        )

    def _show_verbs(self, state: SuperbillState) -> None:
        verbs = {
            SuperbillState.ENTERED: (tr("Check"), "check"),
            SuperbillState.CHECKED: (tr("Release"), "send"),
        }
        words, icon = verbs.get(state, (tr("Enter charges"), "check"))
        self.next_button.setText(words)
        self.next_button.show_icon(icon)
        self.next_button.updateGeometry()
        set_shown(self.next_button, state is not SuperbillState.RELEASED)
        set_shown(self.back_button, state is SuperbillState.ISSUED)
        set_shown(self.reopen_button, state not in _OPEN and self.desk.may("billing.void"))

    def _build(self) -> None:
        self._title = Label("", "section")
        self._state = Chip()
        self._number = Label("", "secondary", "text-2")
        self._facts = EndingLabel("", "secondary", "text-2")
        self._total = Label("", "figure")
        Offer(self._total, self._amounts)
        self.explain_button = IconButton("receipt-text", tr("Why the patient's balance?"))
        self.explain_button.clicked.connect(self.explain_balance)
        self.next_button = Button(tr("Enter charges"), "primary", icon="check", keys="Ctrl+Enter")
        self.back_button = Button(tr("Back from the room"), icon="file-input")
        self.reopen_button = Button(tr("Reopen…"), icon="rotate-ccw")
        head = column(
            row(self._title, self._state, None, self._number, gap=10),
            self._facts,
            gap=2,
            margins=(16, 12, 16, 10),
        )
        inner = QWidget()
        inner.setLayout(column(self.form, None, margins=(16, 12, 16, 12)))
        middle = row(column(scrolled(inner)), self.usual, gap=0)
        foot = Frame(
            "foot",
            wrapped(
                Label(tr("Total"), "secondary", "text-2"),
                self._total,
                self.explain_button,
                None,
                self.back_button,
                self.reopen_button,
                self.next_button,
                margins=(16, 10, 16, 10),
            ),
        )
        said = column(self.banner, self.claim, gap=4, margins=(8, 0, 8, 0))
        whole = column(head, Rule(), said, middle, foot, gap=0)
        whole.setStretchFactor(middle, 1)
        self.setLayout(whole)
