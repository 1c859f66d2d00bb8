"""The Demographics card of the check-in: read back to the patient, changed in place, confirmed."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.errors import Conflict, FrontdeskError, Refused
from frontdesk.kernel.text import digits, us_date, us_phone
from frontdesk.services.registration import reviews
from frontdesk.services.registration.drafts import (
    AddressDraft,
    ContactDraft,
    PhoneDraft,
    PhoneKind,
    ReminderWay,
)
from frontdesk.services.registration.required import Missing
from frontdesk.services.visit import demographics
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.services.visit.demographics import OnFile, Sheet
from frontdesk.services.visit.steps import DEMOGRAPHICS, StepKind
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button, LinkButton
from frontdesk.ui.kit.card import Card, fill
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand, Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.registration.entered import Entered
from frontdesk.ui.registration.fields import ZipEdit
from frontdesk.ui.registration.sheet_section import ClashBox
from frontdesk.ui.registration.words import LANGUAGES, pair_of, pairs_for
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.typed import Typed

_PHONES = {
    PhoneKind.MOBILE: "Mobile",
    PhoneKind.HOME: "Home phone",
    PhoneKind.WORK: "Work",
    PhoneKind.OTHER: "Other phone",
}
_PHONE_WIDTH = 124
_SHOWN_UNDER = {"contact.relationship": "contact.name", "unit": "street", "suffix": "legal_last"}
"""Fields that have no control of their own, and the one that they are typed in."""


class DemographicsCard(Panel):
    """`show_file` what is on file; it saves what was typed over, all sections at once."""

    stale = Signal()
    """Another desk changed something: everything should be asked anew."""
    dirty_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._appointment_id: int | None = None
        self._before: Sheet | None = None
        self._take_latest = False
        self._and_confirm = False
        self._confirmed = ("", "neutral", "")
        self.card = Card(tr("Demographics"), "user")
        self.chip = Chip("")
        self.save_button = Button(tr("Save changes"), height="small")
        self.save_button.clicked.connect(self.save)
        self.confirm_button = Button(tr("Confirm with patient"), "tonal", height="small", icon="check")
        self.confirm_button.clicked.connect(self.confirm)
        self.all_button = LinkButton(tr("Edit all"))
        self.all_button.setToolTip(tr("The whole sheet of the patient (Alt+8)"))
        self.all_button.clicked.connect(self.edit_all)
        self.card.add_to_head(self.chip, self.save_button, self.confirm_button, self.all_button)
        self.form = Form(widens_below=440)
        self._fill_form()
        self._entered = Entered(self.form)
        self._entered.watch(self._heard_typing)
        self._moved = Banner("info", icon="pencil")
        self._missing = Banner("warn")
        self.clash = ClashBox()
        self.clash.keep.clicked.connect(self.save)
        self.clash.take.clicked.connect(self.take_theirs)
        set_shown(self.clash, False)
        fill(self.card.body, (), gap=6, margins=(12, 8, 12, 8))
        for piece in (self.banner, self.clash, self._missing, self.form, self._moved):
            self.card.body.addWidget(piece)
        self.card.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        set_shown(self.save_button, False)

    # -- what is shown --------------------------------------------------------

    @property
    def typed(self) -> Typed:
        """What is typed and not saved."""
        return self._entered.typed

    def put(self, typed: Typed) -> None:
        """What had been typed before the work was put aside."""
        self._entered.put(typed)
        self._show_state()

    def drop(self) -> None:
        """Another patient comes."""
        self._entered.drop()
        self._entered.forget()
        self._before, self._appointment_id = None, None
        set_shown(self.clash, False)
        self.clear_complaints()

    def show_visit(self, visit: CheckIn) -> None:
        done = {step.kind: step for step in visit.steps}
        step = done[StepKind.DEMOGRAPHICS]
        self._appointment_id = visit.appointment_id
        set_shown(self.confirm_button, not step.is_done)
        self._missing.say(*_missing_words(visit.missing))
        self._confirmed = (
            (tr("Confirmed with patient"), "ok", "check") if step.is_done else (step.result, "neutral", "")
        )
        self._show_state()

    def show_file(self, patient_id: int, on_file: OnFile) -> None:
        sheet = on_file.sheet
        if self._before is None or self._take_latest or not self.typed:
            self._before = sheet
            self._take_latest = False
        self._patient_id = patient_id
        self._name_phones(sheet)
        self._language.set_options(
            tuple((name, tr(name)) for name in dict.fromkeys((*LANGUAGES, sheet.details.language)))
        )
        self._reminders.set_options(pairs_for(sheet.details))
        clashes = self._entered.show(_shown(sheet))
        if clashes and self.typed:
            self.clash.show_clashes(clashes)
            set_shown(self.clash, True)
        self._moved.say(
            "info", _moved_words(on_file), icon="eye-off" if on_file.is_confidential else "pencil"
        )
        self._show_state()

    def start_reading(self) -> None:
        """The focus to the first field."""
        self.form.row("legal_first").control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what people do -------------------------------------------------------

    def confirm(self) -> None:
        """Save what was typed, then write that the patient confirmed it all."""
        self._and_confirm = True
        if self.typed:
            self.save()
        else:
            self._mark_confirmed()

    def edit_all(self) -> None:
        """The whole sheet; what is typed here is kept meanwhile."""
        if self._patient_id is not None:
            self.go.emit("patient_sheet", Errand("who", self._patient_id, self._appointment_id))

    def take_theirs(self) -> None:
        """Another desk's words stand; what was typed here is dropped."""
        self._entered.drop()
        set_shown(self.clash, False)
        self.clear_complaints()
        self._show_state()

    def save(self) -> None:
        """All sections that were typed over, in one act."""
        self.clear_complaints()
        if self._patient_id is None or self._before is None or not self.form.check():
            self._and_confirm = False
            return
        self.desk.do(
            self,
            self._saved,
            demographics.save,
            patient_id=self._patient_id,
            before=self._before,
            after=self._after(self._before),
        )

    def refused(self, error: FrontdeskError) -> None:
        self._and_confirm = False
        if isinstance(error, Conflict):
            self._take_latest = True
            self.stale.emit()
        if isinstance(error, Refused):
            error = Refused(
                *(replace(each, field=_SHOWN_UNDER.get(each.field, each.field)) for each in error.findings)
            )
        super().refused(error)

    def _saved(self, kept: Sheet) -> None:
        self._before = kept
        set_shown(self.clash, False)
        self._entered.keep()
        self._show_state()
        if self._and_confirm:
            self._mark_confirmed()

    def _mark_confirmed(self) -> None:
        self._and_confirm = False
        if self._patient_id is not None:
            self.desk.do(
                self,
                self._done,
                reviews.mark_reviewed,
                patient_id=self._patient_id,
                sections=DEMOGRAPHICS,
                appointment_id=self._appointment_id,
            )

    def _done(self, _: None) -> None:
        self.clear_complaints()

    # -- inside ---------------------------------------------------------------

    def _after(self, before: Sheet) -> Sheet:
        """The sheet as it is typed."""
        text = self._text
        born_on = self._born_on.value() or before.identity.born_on
        way, second = (self._reminders.value() or pair_of(before.details)).split(">")
        return Sheet(
            identity=replace(
                before.identity,
                legal_first=text("legal_first"),
                legal_middle=text("legal_middle"),
                legal_last=text("legal_last"),
                preferred_name=text("preferred_name"),
                born_on=born_on,
                former_last_name=before.identity.former_last_name
                if text("legal_last") in ("", before.identity.legal_last)
                else before.identity.legal_last,
            ),
            details=replace(
                before.details,
                email=text("email"),
                pharmacy=text("pharmacy"),
                language=self._language.value() or before.details.language,
                interpreter_needed=bool(self._interpreter.value()),
                reminder_way=ReminderWay(way),
                second_way=ReminderWay(second),
            ),
            phones=self._phones(before.phones),
            address=self._address(before.address),
            contact=self._contact(before.contact),
            contact_id=before.contact_id,
        )

    def _phones(self, before: tuple[PhoneDraft, ...]) -> tuple[PhoneDraft, ...]:
        shown = []
        for place, kind in enumerate((PhoneKind.MOBILE, PhoneKind.WORK)):
            number = digits(self._text(f"phones.{place}.number"))
            known = before[place] if place < len(before) else PhoneDraft("", kind)
            if number and number != known.number:
                # A permission belongs to a number: the one for the new number is of today.
                known = replace(known, number=number, permission_source=None, permission_on=None)
            if number:
                shown.append(known)
        return (*shown, *before[2:])

    def _address(self, before: AddressDraft | None) -> AddressDraft | None:
        street, _, unit = self._text("street").rpartition(", ")
        if not street:
            street, unit = unit, ""
        after = AddressDraft(
            street, self._text("city"), self._text("state"), self._text("postal_code"), unit=unit
        )
        return None if before is None and after == AddressDraft("", "", "", "") else after

    def _contact(self, before: ContactDraft | None) -> ContactDraft | None:
        name, _, relationship = self._text("contact.name").partition(",")
        phone = digits(self._text("contact.phone"))
        if not name.strip() and not phone:
            return None
        known = before or ContactDraft("", "", is_emergency=True)
        return replace(known, name=name.strip(), relationship=relationship.strip(), phone=phone)

    def _text(self, name: str) -> str:
        control = self.form.row(name).control
        assert isinstance(control, TextEdit | PhoneEdit)
        return control.text().strip()

    def _name_phones(self, sheet: Sheet) -> None:
        for place, kind in enumerate((PhoneKind.MOBILE, PhoneKind.WORK)):
            kind = sheet.phones[place].kind if place < len(sheet.phones) else kind
            self.form.row(f"phones.{place}.number").label().setText(tr(_PHONES[kind]))

    def _heard_typing(self) -> None:
        self._show_state()
        self.dirty_changed.emit()

    def _show_state(self) -> None:
        is_dirty = bool(self.typed)
        set_shown(self.save_button, is_dirty)
        if is_dirty:
            self.chip.show_state(tr("Not saved yet"), "warn", "pencil")
        else:
            self.chip.show_state(*self._confirmed)

    def _fill_form(self) -> None:
        add = self.form.add
        self._born_on = DateEdit(century_ends=2026)
        self._reminders: Combo[str] = Combo()
        self._language: Combo[str] = Combo()
        self._interpreter: Combo[bool] = Combo(((False, tr("No")), (True, tr("Needed"))))
        mobile, work = PhoneEdit(), PhoneEdit()
        for phone in (mobile, work):
            phone.setMinimumWidth(theme().px(_PHONE_WIDTH))
        add("legal_first", tr("Legal first name"), TextEdit(), span=3)
        add("legal_middle", tr("Middle"), TextEdit(), span=2)
        add("legal_last", tr("Last name"), TextEdit(), span=4)
        add("preferred_name", tr("Name used"), TextEdit(), span=3)
        add("born_on", tr("Birth date"), self._born_on, span=3)
        add("phones.0.number", tr("Mobile"), mobile, span=3)
        add("phones.1.number", tr("Work"), work, span=3)
        add("interpreter_needed", tr("Interpreter"), self._interpreter, span=3)
        add("street", tr("Street, unit"), TextEdit(), span=5)
        city, state = TextEdit(), TextEdit()
        add("city", tr("City"), city, span=3)
        add("state", tr("State"), state, span=2)
        add("postal_code", tr("ZIP"), ZipEdit(self.desk, city, state), span=2)
        add("contact.name", tr("Emergency contact"), TextEdit(hint=tr("Ray Foster, spouse")), span=5)
        add("contact.phone", tr("Their phone"), PhoneEdit(), span=3)
        add("reminder_way", tr("Reminders by"), self._reminders, span=4)
        add("language", tr("Language"), self._language, span=3)
        add("email", tr("E-mail"), TextEdit(), span=5)
        add("pharmacy", tr("Pharmacy"), TextEdit(), span=4)


def _missing_words(missing: tuple[Missing, ...]) -> tuple[str, str]:
    """What stops the check-in; what should only be asked is on the sheet."""
    musts = [each.words for each in missing if each.is_must]
    return "warn", tr("Missing: {what}.", what=", ".join(musts)) if musts else ""


def _moved_words(on_file: OnFile) -> str:
    if on_file.is_confidential:
        return tr("Mail goes to a confidential address. Read no address out.")
    if not on_file.moved_from:
        return ""
    return tr("Address changed today. Old: {old}", old=on_file.moved_from)


def _shown(sheet: Sheet) -> Typed:
    identity, details, home, contact = sheet.identity, sheet.details, sheet.address, sheet.contact
    numbers = [us_phone(phone.number) for phone in sheet.phones[:2]] + ["", ""]
    return {
        "legal_first": identity.legal_first,
        "legal_middle": identity.legal_middle,
        "legal_last": identity.legal_last,
        "preferred_name": identity.preferred_name,
        "born_on": us_date(identity.born_on),
        "phones.0.number": numbers[0],
        "phones.1.number": numbers[1],
        "reminder_way": pair_of(details),
        "street": ", ".join(filter(None, (home.street, home.unit))) if home else "",
        "city": home.city if home else "",
        "state": home.state if home else "",
        "postal_code": home.postal_code if home else "",
        "contact.name": ", ".join(filter(None, (contact.name, contact.relationship))) if contact else "",
        "contact.phone": us_phone(contact.phone) if contact else "",
        "email": details.email,
        "language": details.language,
        "interpreter_needed": details.interpreter_needed,
        "pharmacy": details.pharmacy,
    }
