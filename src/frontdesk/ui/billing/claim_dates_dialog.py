"""Dates, work, hospital, the case and services bought outside, as a claim says them; entered at the claim."""

from dataclasses import replace

from frontdesk.services.billing.claim_circumstances import (
    Circumstances,
    Delay,
    LineMarks,
    NoteKind,
    OnsetKind,
    OtherDate,
    Outside,
    Screening,
)
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.ui.billing import circumstances_dialog
from frontdesk.ui.billing.circumstances_dialog import NOTE_KINDS, CircumstancesDialog
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.text import tr

_ONSET = ((OnsetKind.ILLNESS, "Illness"), (OnsetKind.LAST_PERIOD, "Last period"))
_OTHER: tuple[tuple[OtherDate | str, str], ...] = (
    ("", "None"),
    (OtherDate.INITIAL_TREATMENT, "Initial treatment"),
    (OtherDate.LAST_SEEN, "Last seen"),
    (OtherDate.ACUTE, "Acute again"),
    (OtherDate.XRAY, "Last X-ray"),
    (OtherDate.PRESCRIPTION, "Prescription"),
    (OtherDate.CARE_ASSUMED, "Care taken over"),
    (OtherDate.CARE_RELINQUISHED, "Care handed over"),
    (OtherDate.FIRST_CONTACT, "First contact"),
)
_DELAYS: tuple[tuple[Delay | str, str], ...] = (
    ("", "It is not late"),
    (Delay.ELIGIBILITY_UNKNOWN, "Proof of eligibility was unknown"),
    (Delay.LITIGATION, "Litigation"),
    (Delay.AUTHORIZATION, "Authorization took long"),
    (Delay.CERTIFYING_PROVIDER, "Certifying the provider took long"),
    (Delay.BILLING_FORMS, "Billing forms came late"),
    (Delay.APPLIANCES, "Custom-made appliances came late"),
    (Delay.THIRD_PARTY, "Another payer took long"),
    (Delay.ELIGIBILITY_DETERMINATION, "Eligibility was decided late"),
    (Delay.REJECTED_BEFORE, "First claim was rejected for other reasons"),
    (Delay.PRIOR_APPROVAL, "Prior approval took long"),
    (Delay.OTHER, "Another reason"),
    (Delay.DISASTER, "Natural disaster"),
)
_SCREENINGS: tuple[tuple[Screening | str, str], ...] = (
    ("", "No screening"),
    (Screening.NO_REFERRAL, "No referral was needed"),
    (Screening.REFERRED, "Referred for treatment"),
    (Screening.IN_TREATMENT, "In treatment already"),
    (Screening.REFUSED, "Patient refused the referral"),
)


class ClaimDatesDialog(CircumstancesDialog):
    """Dates, work, hospital, the case and what was bought outside."""

    TITLE = "Dates and circumstances of claim {number}"
    LEAD = "Only what applies. It goes into the file, and into the boxes of the paper form."
    WIDTH = 760

    def build(self) -> None:
        self.onset_kind: Combo[OnsetKind] = Combo(tuple((kind, tr(words)) for kind, words in _ONSET))
        self.onset_on = DateEdit()
        self.other_kind: Combo[OtherDate | str] = Combo(tuple((kind, tr(words)) for kind, words in _OTHER))
        self.other_on = DateEdit()
        self.unable_from, self.unable_until = DateEdit(), DateEdit()
        self.last_worked_on, self.returned_on = DateEdit(), DateEdit()
        self.admitted_on, self.discharged_on = DateEdit(), DateEdit()
        self.condition_codes, self.case_number = TextEdit(hint="W2"), TextEdit()
        self.delay: Combo[Delay | str] = Combo(tuple((why, tr(words)) for why, words in _DELAYS))
        self.screening: Combo[Screening | str] = Combo(tuple((to, tr(words)) for to, words in _SCREENINGS))
        self.note_kind: Combo[NoteKind] = Combo(tuple((kind, tr(words)) for kind, words in NOTE_KINDS))
        self.note = TextEdit()
        self.outside = {part: TextEdit() for part in ("name", "npi", "street", "city", "state", "zip")}
        self.emergency = CheckBox(tr("Emergency"))
        self.is_screening = CheckBox(tr("Screening (EPSDT)"))
        self.family_planning = CheckBox(tr("Family planning"))
        self.bought = AmountEdit()
        form = self.form
        form.add("onset_kind", tr("What &began"), self.onset_kind, span=3)
        form.add("onset_on", tr("&On"), self.onset_on, span=3)
        form.add("other_kind", tr("O&ther date"), self.other_kind, span=3)
        form.add("other_on", tr("O&n"), self.other_on, span=3)
        form.add("unable_from", tr("&Unable to work from"), self.unable_from, span=3)
        form.add("unable_until", tr("Until"), self.unable_until, span=3)
        form.add("last_worked_on", tr("Last &worked"), self.last_worked_on, span=3)
        form.add("returned_on", tr("May work a&gain"), self.returned_on, span=3)
        form.add("admitted_on", tr("In &hospital from"), self.admitted_on, span=4)
        form.add("discharged_on", tr("Discharged"), self.discharged_on, span=4)
        form.add("condition_codes", tr("&Condition codes"), self.condition_codes, span=4)
        form.add("case_number", tr("Number of the cas&e"), self.case_number, span=4)
        form.add("delay", tr("Why it is &late"), self.delay, span=4)
        form.add("screening", tr("Screening led to"), self.screening, span=4)
        form.add("note_kind", tr("The note is"), self.note_kind, span=4)
        form.add("note", tr("Note to the pa&yer"), self.note, span=8)
        form.add_wide(Label(tr("Lines"), "caption", "text-2"))
        form.add("line", tr("L&ine"), self.line, span=3)
        form.add("bought_cents", tr("Bou&ght outside for"), self.bought, span=3)
        form.add("is_emergency", "", self.emergency, span=2)
        form.add("is_screening", "", self.is_screening, span=2)
        form.add("is_family_planning", "", self.family_planning, span=2)
        form.add_wide(Label(tr("Who did what was bought outside"), "caption", "text-2"))
        form.add("outside_name", tr("Na&me"), self.outside["name"], span=8)
        form.add("outside_npi", tr("N&PI"), self.outside["npi"], span=4)
        form.add("outside_street", tr("St&reet"), self.outside["street"], span=5)
        form.add("outside_city", tr("Cit&y"), self.outside["city"], span=3)
        form.add("outside_state", tr("State"), self.outside["state"], span=2)
        form.add("outside_zip", tr("&ZIP"), self.outside["zip"], span=2)

    def show_said(self, said: Circumstances) -> None:
        self.onset_kind.set_value(said.onset_kind)
        self.other_kind.set_value(said.other_kind or "")
        self.delay.set_value(said.delay or "")
        self.screening.set_value(said.screening or "")
        for edit, on in (
            (self.onset_on, said.onset_on),
            (self.other_on, said.other_on),
            (self.unable_from, said.unable_from),
            (self.unable_until, said.unable_until),
            (self.last_worked_on, said.last_worked_on),
            (self.returned_on, said.returned_on),
            (self.admitted_on, said.admitted_on),
            (self.discharged_on, said.discharged_on),
        ):
            edit.set_value(on)
        self.condition_codes.set_value(said.condition_codes)
        self.case_number.set_value(said.case_number)
        self.note_kind.set_value(said.note_kind)
        self.note.set_value(said.note)
        for part, field in self.outside.items():
            field.set_value(getattr(said.outside, part))

    def entered(self, said: Circumstances) -> Circumstances:
        other, delay, screening = self.other_kind.value(), self.delay.value(), self.screening.value()
        return replace(
            said,
            onset_kind=self.onset_kind.value() or OnsetKind.ILLNESS,
            onset_on=self.onset_on.value(),
            other_kind=OtherDate(other) if other else None,
            other_on=self.other_on.value(),
            unable_from=self.unable_from.value(),
            unable_until=self.unable_until.value(),
            last_worked_on=self.last_worked_on.value(),
            returned_on=self.returned_on.value(),
            admitted_on=self.admitted_on.value(),
            discharged_on=self.discharged_on.value(),
            condition_codes=self.condition_codes.value(),
            case_number=self.case_number.value(),
            delay=Delay(delay) if delay else None,
            screening=Screening(screening) if screening else None,
            note_kind=self.note_kind.value() or NoteKind.ADDITIONAL,
            note=self.note.value(),
            outside=Outside(**{part: edit.value() for part, edit in self.outside.items()}),
        )

    def entered_marks(self, marks: LineMarks) -> LineMarks:
        return replace(
            marks,
            is_emergency=self.emergency.isChecked(),
            is_screening=self.is_screening.isChecked(),
            is_family_planning=self.family_planning.isChecked(),
            bought_cents=self.bought.value(),
        )

    def show_marks(self, marks: LineMarks) -> None:
        self.emergency.setChecked(marks.is_emergency)
        self.is_screening.setChecked(marks.is_screening)
        self.family_planning.setChecked(marks.is_family_planning)
        self.bought.set_value(marks.bought_cents)


def open_for(page: Page, claim: ClaimDetail, field: str, line: int) -> None:
    """The dialog over what the claim says already, at the field of a problem."""
    circumstances_dialog.open_for(ClaimDatesDialog, page, claim, field, line)
