"""The fields of a new patient, and the draft that they make."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QLineEdit, QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import age_on, us_date
from frontdesk.services.registration.begun import Begun
from frontdesk.services.registration.drafts import (
    AddressDraft,
    ContactDraft,
    DetailsDraft,
    GuarantorDraft,
    IdentityDraft,
    PatientDraft,
    PhoneDraft,
    PhoneKind,
    ReminderWay,
    Sex,
)
from frontdesk.services.registration.person import Person
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.registration.fields import ZipEdit
from frontdesk.ui.registration.patient_search import PatientSearch
from frontdesk.ui.registration.register_more import MoreFields
from frontdesk.ui.registration.words import AUTHORITIES, LANGUAGES
from frontdesk.ui.text import tr

_ADULT = 18
_GUARDIANS = ("parent", "mother", "father", "grandparent", "legal guardian", "foster parent")


class RegisterForm(QWidget):
    """Cards of fields; `changed` tells that who it may be has changed."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._make_fields(desk)
        self.who, self.reach, self.home = Form(), Form(), Form()
        self.payer, self.contact = Form(), Form()
        self.more = MoreFields()
        self._place_fields()
        self._payer_card = self._card(tr("Who pays"), "wallet", self.payer)
        left = column(
            self._card(tr("Patient"), "user-round", self.who),
            self._card(tr("Address"), "house", self.home),
            self.more,
            None,
            gap=12,
        )
        right = column(
            self._card(tr("Phones and e-mail"), "smartphone", self.reach),
            self._payer_card,
            self._card(tr("Emergency contact"), "users", self.contact),
            None,
            gap=12,
        )
        self._columns = row(left, right, gap=12)
        self._columns.setStretch(0, 1)
        self._columns.setStretch(1, 1)
        self.setLayout(self._columns)
        for edit in (
            self.first,
            self.last,
            self.preferred,
            self.more.former,
            self.mobile,
            self.email,
            self.street,
        ):
            edit.textChanged.connect(self.changed)
        self.born_on.textChanged.connect(self._born_changed)
        self._born_changed()

    # -- what is typed ----------------------------------------------------------

    def check(self) -> bool:
        """Shows what cannot be read; whether the rest can be sent."""
        forms = [form for form in self.forms() if form.isVisibleTo(self)]
        fit = [form.check() for form in forms]
        if self.born_on.value() is None and not self.born_on.problem():
            self.who.show_findings([Finding(tr("Enter the birth date."), "born_on")])
            return False
        return all(fit)

    def draft(self) -> PatientDraft:
        """The patient as typed; ask `check` first."""
        born_on = self.born_on.value()
        assert born_on is not None
        return PatientDraft(
            identity=IdentityDraft(
                legal_first=self.first.value(),
                legal_middle=self.middle.value(),
                legal_last=self.last.value(),
                suffix=self.more.suffix.value(),
                preferred_name=self.preferred.value(),
                former_last_name=self.more.former.value(),
                born_on=born_on,
                sex=self.sex.value() or Sex.UNKNOWN,
            ),
            details=self.more.details(
                DetailsDraft(
                    pronouns=self.pronouns.value(),
                    language=self.language.value() or "English",
                    email=self.email.value(),
                    reminder_way=self.reminders.value() or ReminderWay.TEXT,
                )
            ),
            phones=tuple(phone for _, phone in self._phones()),
            address=self._address(),
            contacts=self._contacts(),
            guarantor=self._guarantor(),
        )

    def person(self) -> Person | None:
        """What is typed so far, for the look-alikes; None while it is too little."""
        first, last, born_on = self.first.value(), self.last.value(), self.born_on.value()
        digits = "".join(letter for letter in self.mobile.value() if letter.isdigit())
        if not ((first and last) or (born_on and (first or last)) or len(digits) >= 10):
            return None
        return Person(
            first=first,
            last=last,
            born_on=born_on,
            preferred=self.preferred.value(),
            former_last=self.more.former.value(),
            phones=(digits[-10:],) if len(digits) >= 10 else (),
            email=self.email.value(),
            street=self.street.value(),
            postal_code=self.postal_code.value(),
        )

    def show_findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Each beside its field; those that have none here are given back."""
        names = {f"phones.{place}": name for place, (name, _) in enumerate(self._phones())}
        left = tuple(
            Finding(finding.message, self._own(finding.field, names), overridable=finding.overridable)
            for finding in findings
        )
        fields = self.more.form.fields()
        if any(finding.field in fields for finding in left):
            self.more.unfold(True)
        for form in reversed(self.forms()):
            left = form.show_findings(left)
        return left

    def clear_errors(self) -> None:
        for form in self.forms():
            form.clear_errors()

    # -- parked and taken up ------------------------------------------------------

    def typed(self) -> dict[str, object]:
        """Everything in the fields, to be put back by `put_back`."""
        found: dict[str, object] = {}
        for name, widget in self._named():
            if isinstance(widget, QLineEdit):
                found[name] = widget.text()
            elif isinstance(widget, QComboBox):
                found[name] = widget.currentIndex()
            elif isinstance(widget, QCheckBox):
                found[name] = widget.isChecked()
        return found

    def put_back(self, typed: dict[str, object]) -> None:
        """The fields as `typed` gave them."""
        for name, widget in self._named():
            value = typed.get(name, self._empty.get(name))
            if isinstance(widget, QLineEdit):
                widget.setText(str(value))
            elif isinstance(widget, QComboBox):
                widget.setCurrentIndex(int(str(value)))
            elif isinstance(widget, QCheckBox):
                widget.setChecked(bool(value))

    def clear(self) -> None:
        """As it was at first."""
        self.put_back(self._empty)
        self.guarantor.clear()
        self.clear_errors()

    def begin_with(self, begun: Begun) -> None:
        """What was typed into a search field that found nobody."""
        self.first.setText(begun.first)
        self.last.setText(begun.last)
        self.mobile.setText(begun.phone)
        if begun.born_on is not None:
            self.born_on.setText(us_date(begun.born_on))

    def stand_in_one_column(self, one: bool) -> None:
        """In a narrow window the cards stand one under another."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if one else across)

    @property
    def is_touched(self) -> bool:
        return self.typed() != self._empty

    def forms(self) -> tuple[Form, ...]:
        """In reading order."""
        return (self.who, self.home, self.reach, self.payer, self.contact, self.more.form)

    # -- inside -------------------------------------------------------------------

    def _make_fields(self, desk: Desk) -> None:
        self.first, self.middle, self.last = TextEdit(), TextEdit(), TextEdit()
        self.preferred = TextEdit()
        self.born_on = DateEdit(century_ends=desk.today.year)
        self.sex = Combo(
            ((Sex.FEMALE, tr("Female")), (Sex.MALE, tr("Male")), (Sex.UNKNOWN, tr("Not stated"))), hint=" "
        )
        self.pronouns = TextEdit()
        self.language = Combo(tuple((name, tr(name)) for name in LANGUAGES))
        self.street, self.unit, self.city, self.state = TextEdit(), TextEdit(), TextEdit(), TextEdit()
        self.postal_code = ZipEdit(desk, self.city, self.state)
        self.mobile, self.other = TextEdit(hint="(503) 555-0148"), TextEdit(hint="(503) 555-0172")
        self.other_kind = Combo(((PhoneKind.HOME, tr("Home")), (PhoneKind.WORK, tr("Work"))))
        self.text_ok, self.voicemail_ok = CheckBox(tr("Text OK")), CheckBox(tr("Voicemail OK"))
        self.email = TextEdit(hint="name@example.com")
        self.reminders = Combo(
            (
                (ReminderWay.TEXT, tr("Text")),
                (ReminderWay.CALL, tr("Call")),
                (ReminderWay.EMAIL, tr("E-mail")),
                (ReminderWay.LETTER, tr("Letter")),
                (ReminderWay.NONE, tr("None")),
            )
        )
        self.guarantor = PatientSearch(desk, tr("Name, birth date or phone"))
        self.payer_first, self.payer_last, self.payer_phone = TextEdit(), TextEdit(), TextEdit()
        self.guards = CheckBox(tr("Decides and signs for the child"), checked=True)
        self.guard_is: Combo[str] = Combo(tuple((word, tr(word)) for word in _GUARDIANS))
        self.authority: Combo[str] = Combo(tuple((word, tr(word)) for word in AUTHORITIES))
        self.contact_name, self.contact_phone = TextEdit(), TextEdit()
        self.relationship = TextEdit(hint=tr("spouse"))

    def _place_fields(self) -> None:
        self.who.add("legal_first", tr("Legal first name"), self.first, span=5)
        self.who.add("legal_middle", tr("Middle"), self.middle, span=2)
        self.who.add("legal_last", tr("Legal last name"), self.last, span=5)
        self.who.add("born_on", tr("Birth date"), self.born_on, span=4)
        self.who.add("sex", tr("Sex on the card"), self.sex, span=4)
        self.who.add("pronouns", tr("Pronouns"), self.pronouns, span=4)
        self.who.add("preferred_name", tr("Name used"), self.preferred, span=6)
        self.who.add("language", tr("Language"), self.language, span=6)
        self.home.add("address.street", tr("Street"), self.street, span=9)
        self.home.add("address.unit", tr("Unit"), self.unit, span=3)
        self.home.add("address.postal_code", tr("ZIP"), self.postal_code, span=3)
        self.home.add("address.city", tr("City"), self.city, span=6)
        self.home.add("address.state", tr("State"), self.state, span=3)
        self.reach.add("mobile", tr("Mobile"), self.mobile, span=6)
        self.reach.add("other", tr("Other phone"), self.other, span=4)
        self.reach.add("other_kind", tr("Kind"), self.other_kind, span=2)
        marks = QWidget()
        marks.setLayout(row(self.text_ok, self.voicemail_ok, None, gap=16))
        self.reach.add_wide(marks)
        self.reach.add("email", tr("E-mail"), self.email, span=8)
        self.reach.add("reminder_way", tr("Reminders by"), self.reminders, span=4)
        self.payer.add("guarantor", tr("Parent or guardian who is a patient here"), self.guarantor)
        self.payer.add("guarantor.first", tr("Or first name"), self.payer_first, span=4)
        self.payer.add("guarantor.last", tr("Last name"), self.payer_last, span=4)
        self.payer.add("guarantor.phone", tr("Phone"), self.payer_phone, span=4)
        self.payer.add("guardian.relationship", tr("Is the child's"), self.guard_is, span=6)
        self.payer.add("guardian.authority", tr("The right rests on"), self.authority, span=6)
        self.payer.add_wide(self.guards)
        self.contact.add("contacts.0.name", tr("Name"), self.contact_name, span=5)
        self.contact.add("contacts.0.relationship", tr("Is the patient's"), self.relationship, span=3)
        self.contact.add("contacts.0.phone", tr("Phone"), self.contact_phone, span=4)
        self._empty = self.typed()

    def _card(self, title: str, icon: str, form: Form) -> Card:
        card = Card(title, icon)
        card.body.addWidget(form)
        return card

    def _named(self) -> list[tuple[str, QWidget]]:
        fields = [
            (name, widget)
            for name, widget in vars(self).items()
            if isinstance(widget, QLineEdit | QComboBox | QCheckBox)
        ]
        return [*fields, ("guarantor", self.guarantor.box), *self.more.named()]

    def _born_changed(self) -> None:
        born_on = self.born_on.value()
        is_minor = born_on is not None and 0 <= age_on(born_on, self._desk.today) < _ADULT
        set_shown(self._payer_card, is_minor)
        self.changed.emit()

    def _own(self, field: str, phones: dict[str, str]) -> str:
        if field.startswith("phones."):
            return phones.get(field.rsplit(".", 1)[0], "mobile")
        return "guarantor" if field == "guarantor.patient_id" else field

    def _phones(self) -> list[tuple[str, PhoneDraft]]:
        found: list[tuple[str, PhoneDraft]] = []
        if self.mobile.value():
            mobile = PhoneDraft(
                self.mobile.value(),
                PhoneKind.MOBILE,
                text_ok=self.text_ok.isChecked(),
                voicemail_ok=self.voicemail_ok.isChecked(),
            )
            found.append(("mobile", mobile))
        if self.other.value():
            kind = self.other_kind.value() or PhoneKind.HOME
            found.append(("other", PhoneDraft(self.other.value(), kind)))
        return found

    def _address(self) -> AddressDraft | None:
        typed = AddressDraft(
            street=self.street.value(),
            unit=self.unit.value(),
            city=self.city.value(),
            state=self.state.value(),
            postal_code=self.postal_code.value(),
        )
        return None if typed == AddressDraft("", "", "", "") else typed

    def _contacts(self) -> tuple[ContactDraft, ...]:
        name, phone = self.contact_name.value(), self.contact_phone.value()
        called = (
            [ContactDraft(name, self.relationship.value(), phone, is_emergency=True)] if name or phone else []
        )
        guardian = self._guardian()
        if guardian is not None:
            called.append(replace(guardian, is_emergency=not called and bool(guardian.phone)))
        return tuple(called)

    def _guardian(self) -> ContactDraft | None:
        """Who pays for a child decides for it too, unless the box says otherwise."""
        if not (self._payer_card.isVisibleTo(self) and self.guards.isChecked()):
            return None
        chosen = self.guarantor.value()
        if chosen is not None:
            last, _, first = chosen.name.partition(", ")
            name, phone = f"{first} {last}".strip(), chosen.phone
        else:
            name, phone = f"{self.payer_first.value()} {self.payer_last.value()}".strip(), ""
            phone = self.payer_phone.value()
        if not name:
            return None
        return ContactDraft(
            name,
            self.guard_is.value() or _GUARDIANS[0],
            phone,
            is_guardian=True,
            may_discuss=True,
            authority=self.authority.value() or AUTHORITIES[0],
            contact_patient_id=chosen.patient_id if chosen is not None else None,
        )

    def _guarantor(self) -> GuarantorDraft | None:
        if not self._payer_card.isVisibleTo(self):
            return None
        chosen = self.guarantor.value()
        if chosen is not None:
            return GuarantorDraft(patient_id=chosen.patient_id)
        if not (self.payer_first.value() or self.payer_last.value()):
            return None
        return GuarantorDraft(
            first=self.payer_first.value(),
            last=self.payer_last.value(),
            phone=self.payer_phone.value(),
            address=self._address(),
        )
