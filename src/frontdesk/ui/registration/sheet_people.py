"""The people around the patient, in the order in which they are called; and who pays."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.text import us_date, us_phone
from frontdesk.services.registration import accounts, addresses, contacts, reviews
from frontdesk.services.registration.contacts import Contact
from frontdesk.services.registration.drafts import ContactDraft, GuarantorDraft
from frontdesk.services.registration.reviews import Section
from frontdesk.services.visit.patient_sheet import PatientSheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.registration.fields import PhoneText
from frontdesk.ui.registration.patient_search import PatientSearch
from frontdesk.ui.registration.words import AUTHORITIES, with_known
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ROWS_HEIGHT = 120
_FIRST_TO_GO = ("Authority", "Is the patient's")


class ContactsCard(Panel):
    """Emergency contacts ranked, guardians with what their right rests on, who may be told things."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.patient_id: int | None = None
        self.appointment_id: int | None = None
        self.card = Card(tr("Contacts and guardians"), "users")
        self.model = TableModel[Contact](
            [
                Column(tr("Name"), lambda each: Cell(each.draft.name, role="strong")),
                Column(tr("Is the patient's"), lambda each: each.draft.relationship, width=120),
                Column(tr("Phone"), lambda each: us_phone(each.draft.phone), width=120),
                Column(tr("For"), _for_what, width=210),
                Column(tr("Authority"), _authority, width=220),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("People around the patient"))
        self.table.setMinimumHeight(theme().px(_ROWS_HEIGHT))
        self.add_button = Button(tr("Add a contact"), height="small", icon="plus")
        self.edit_button = Button(tr("Change"), height="small", icon="pencil")
        self.up_button = Button(tr("Call earlier"), height="small", icon="arrow-up")
        self.end_button = Button(tr("End"), height="small", icon="ban")
        self.review_button = Button(tr("Mark reviewed"), height="small", icon="user-check")
        self.card.add_to_head(self.add_button, self.review_button)
        self.add_button.clicked.connect(self.add)
        self.edit_button.clicked.connect(self.edit)
        self.up_button.clicked.connect(self.call_earlier)
        self.end_button.clicked.connect(self.end)
        self.review_button.clicked.connect(self.mark_reviewed)
        self.table.opened.connect(lambda _: self.edit())
        self.table.chosen.connect(self._chose)
        self.stamp = Label("", "secondary", "text-3")
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.table)
        self.card.body.addLayout(row(self.edit_button, self.up_button, self.end_button, None, self.stamp))
        ColumnFit(self.table, self.model.columns, least=140, first_to_go=_FIRST_TO_GO)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self._chose(None)

    def show_sheet(self, sheet: PatientSheet) -> None:
        self.model.show(sheet.contacts)
        stamp = next((each for each in sheet.reviews if each.section is Section.CONTACTS), None)
        self.stamp.setText(
            tr("Reviewed {on}, {by}", on=us_date(stamp.at.date()), by=stamp.by)
            if stamp is not None and stamp.at is not None
            else tr("Never reviewed")
        )
        self._chose(self.table.current())

    def add(self) -> None:
        """Somebody more, called last."""
        last = max((each.draft.rank for each in self.model.rows()), default=0)
        blank = ContactDraft("", "", is_emergency=True, rank=last + 1)
        ContactDialog(self, self.desk, tr("Who is it?"), tr("Add the contact"), blank, self._add).open()

    def edit(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            ContactDialog(
                self,
                self.desk,
                tr("What has changed?"),
                tr("Save the contact"),
                chosen.draft,
                lambda dialog: self._change(dialog, chosen),
            ).open()

    def end(self) -> None:
        """The person no longer speaks for the patient; Ctrl+Z takes it back."""
        chosen = self.table.current()
        if chosen is not None:
            self.desk.do(self, self._done, contacts.end, contact_id=chosen.id)

    def call_earlier(self) -> None:
        """One place up in the order."""
        chosen, rows = self.table.current(), self.model.rows()
        place = next((n for n, each in enumerate(rows) if chosen and each.id == chosen.id), 0)
        if chosen is not None and place > 0:
            above = rows[place - 1].draft.rank
            rank = above if above < chosen.draft.rank else max(1, above - 1)
            if above == rank and rank == chosen.draft.rank:
                return
            self._send_rank(rows[place - 1], max(chosen.draft.rank, rank + 1))
            self._send_rank(chosen, rank)

    def mark_reviewed(self) -> None:
        if self.patient_id is not None:
            self.desk.do(
                self,
                self._done,
                reviews.mark_reviewed,
                patient_id=self.patient_id,
                sections=(Section.CONTACTS,),
                appointment_id=self.appointment_id,
            )

    def _send_rank(self, contact: Contact, rank: int) -> None:
        self.desk.do(
            self,
            self._done,
            contacts.change,
            contact_id=contact.id,
            before=contact.draft,
            after=replace(contact.draft, rank=rank),
        )

    def _add(self, dialog: "ContactDialog") -> None:
        assert self.patient_id is not None
        self.desk.do(
            dialog,
            lambda _: dialog.finish(),
            contacts.add,
            patient_id=self.patient_id,
            draft=dialog.draft(),
        )

    def _change(self, dialog: "ContactDialog", before: Contact) -> None:
        self.desk.do(
            dialog,
            lambda _: dialog.finish(),
            contacts.change,
            contact_id=before.id,
            before=before.draft,
            after=dialog.draft(),
        )

    def _done(self, _: object) -> None:
        self.clear_complaints()

    def _chose(self, chosen: Contact | None) -> None:
        for button in (self.edit_button, self.end_button, self.up_button):
            button.setEnabled(chosen is not None)


class ContactDialog(Dialog):
    """Name, phone, what for; a guardian needs what the right rests on."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        question: str,
        verb: str,
        before: ContactDraft,
        then: Callable[["ContactDialog"], object],
    ) -> None:
        super().__init__(parent, question, width=600)
        self._before, self._then = before, then
        self.name, self.relationship = TextEdit(before.name), TextEdit(before.relationship)
        self.phone = PhoneText()
        self.phone.set_value(before.phone or None)
        self.emergency = CheckBox(tr("Emergency contact"), checked=before.is_emergency)
        self.may_discuss = CheckBox(tr("May be told things"), checked=before.may_discuss)
        self.guardian = CheckBox(tr("Guardian: decides and signs"), checked=before.is_guardian)
        self.authority: Combo[str] = Combo(
            with_known(AUTHORITIES, before.authority or AUTHORITIES[0]), hint=tr("Choose")
        )
        self.authority.setCurrentIndex(-1)
        if before.authority:
            self.authority.set_value(before.authority)
        self.until = DateEdit(century_ends=desk.today.year + 50)
        self.until.set_value(before.authority_until)
        form = Form()
        form.add("name", tr("Name"), self.name, span=5)
        form.add("relationship", tr("Is the patient's"), self.relationship, span=3)
        form.add("phone", tr("Phone"), self.phone, span=4)
        boxes = QWidget()
        boxes.setLayout(row(self.emergency, self.may_discuss, self.guardian, None, gap=16))
        form.add_wide(boxes)
        form.add("authority", tr("The guardian's right rests on"), self.authority, span=8)
        form.add("authority_until", tr("Last day, if it ends"), self.until, span=4)
        self.form = form
        self.body.addWidget(form)
        self.guardian.toggled.connect(self._show_authority)
        self._show_authority(before.is_guardian)
        self.add_verb(verb, self._try, kind="primary", closes=False)
        self.add_verb(tr("Keep it as it is"), keys="Esc")
        self.name.setFocus()

    def draft(self) -> ContactDraft:
        """The contact as typed."""
        guards = self.guardian.isChecked()
        return replace(
            self._before,
            name=self.name.value(),
            relationship=self.relationship.value(),
            phone=self.phone.value() or self.phone.text().strip(),
            is_emergency=self.emergency.isChecked(),
            is_guardian=guards,
            may_discuss=self.may_discuss.isChecked(),
            authority=(self.authority.value() or "") if guards else "",
            authority_until=self.until.value() if guards else None,
        )

    def finish(self) -> None:
        self.accept()

    def _show_authority(self, guards: bool) -> None:
        for name in ("authority", "authority_until"):
            self.form.row(name).setVisible(guards)
        self.adjustSize()

    def _try(self) -> None:
        if self.form.check():
            self._then(self)


class PayerCard(Panel):
    """Whose account the balance goes to, and where its statements are mailed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.patient_id: int | None = None
        self.card = Card(tr("Who pays"), "wallet")
        self.says = Label("", wrap=True)
        self.change_button = Button(tr("Change who pays"), height="small", icon="pencil")
        self.change_button.clicked.connect(self.change)
        self.card.add_to_head(self.change_button)
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.says)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)

    def show_sheet(self, sheet: PatientSheet) -> None:
        account = sheet.account
        if account is None:
            self.says.setText(tr("No account. Choose who pays."))
            return
        is_self = account.holder_patient_id == sheet.who.patient_id
        holder = tr("The patient") if is_self else account.holder
        mailed = addresses.one_line(account.address) if account.address else tr("no address on file")
        if is_self and sheet.confidential is not None:
            mailed = tr("the confidential address")
        said = tr(
            "{holder}, account {number}. Statements go to {where}.",
            holder=holder,
            number=account.number,
            where=mailed,
        )
        self.says.setText(said)

    def change(self) -> None:
        """From today on; what is owed already stays where it is."""
        if self.patient_id is not None:
            PayerDialog(self, self.desk, self._change).open()

    def _change(self, dialog: "PayerDialog") -> None:
        assert self.patient_id is not None
        self.desk.do(
            dialog,
            lambda _: dialog.finish(),
            accounts.change_guarantor,
            patient_id=self.patient_id,
            guarantor=dialog.guarantor(),
        )


class PayerDialog(Dialog):
    """The patient, another patient, or a named person."""

    def __init__(self, parent: QWidget, desk: Desk, then: Callable[["PayerDialog"], object]) -> None:
        super().__init__(
            parent,
            tr("Who pays from today on?"),
            tr("New balances go to that account. What is owed already stays where it is."),
            width=560,
        )
        self._then = then
        self.themselves = CheckBox(tr("The patient pays"))
        self.who = PatientSearch(desk, tr("Name, birth date or phone"))
        self.first, self.last, self.phone = TextEdit(), TextEdit(), PhoneText()
        self.form = Form()
        self.form.add_wide(self.themselves)
        self.form.add("patient_id", tr("Or another patient of this office"), self.who)
        self.form.add("first", tr("Or first name"), self.first, span=4)
        self.form.add("last", tr("Last name"), self.last, span=4)
        self.form.add("phone", tr("Phone"), self.phone, span=4)
        self.body.addWidget(self.form)
        self.add_verb(tr("Change who pays"), self._try, kind="primary", closes=False)
        self.add_verb(tr("Keep it as it is"), keys="Esc")
        self.who.setFocus()

    def guarantor(self) -> GuarantorDraft | None:
        """None: the patient."""
        if self.themselves.isChecked():
            return None
        chosen = self.who.value()
        if chosen is not None:
            return GuarantorDraft(patient_id=chosen.patient_id)
        return GuarantorDraft(
            first=self.first.value(), last=self.last.value(), phone=self.phone.text().strip()
        )

    def finish(self) -> None:
        self.accept()

    def _try(self) -> None:
        if self.form.check():
            self._then(self)


def _for_what(contact: Contact) -> str:
    draft = contact.draft
    parts = (
        tr("emergency") if draft.is_emergency else "",
        tr("guardian") if draft.is_guardian else "",
        tr("may be told") if draft.may_discuss else "",
    )
    return ", ".join(filter(None, parts))


def _authority(contact: Contact) -> str:
    draft = contact.draft
    if draft.authority_until is None:
        return draft.authority
    return tr("{authority}, until {on}", authority=draft.authority, on=us_date(draft.authority_until))
