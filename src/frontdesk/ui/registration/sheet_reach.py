"""How the patient is reached: phones in their order with what may be done, and addresses by kind."""

from collections.abc import Mapping
from dataclasses import replace

from frontdesk.kernel.text import us_date, us_phone
from frontdesk.services.registration import addresses, phones
from frontdesk.services.registration.drafts import (
    AddressDraft,
    AddressKind,
    PermissionSource,
    PhoneDraft,
    PhoneKind,
)
from frontdesk.services.registration.reviews import Section
from frontdesk.services.visit.patient_sheet import PatientSheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import FieldRow
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.registration.entered import read, write
from frontdesk.ui.registration.fields import PhoneText, ZipEdit
from frontdesk.ui.registration.sheet_section import SheetSection
from frontdesk.ui.registration.words import PHONES, SOURCES
from frontdesk.ui.text import tr

_MOST = 5
_PARTS = ("kind", "number", "text_ok", "voicemail_ok", "source", "note")


class PhonesSection(SheetSection[tuple[PhoneDraft, ...]]):
    """Up to five, the first is called first; one empty line more than there are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Phones"), "phone", Section.PHONES)

    def fill_form(self) -> None:
        self._rows: list[tuple[FieldRow, ...]] = []
        add = self.form.add
        for place in range(_MOST):
            at = f"phones.{place}"
            kind: Combo[PhoneKind] = Combo(tuple((kind, tr(words)) for kind, words in PHONES))
            source: Combo[PermissionSource] = Combo(tuple((each, tr(words)) for each, words in SOURCES))
            source.setPlaceholderText(tr("Not asked"))
            source.setCurrentIndex(-1)
            self._rows.append(
                (
                    add(f"{at}.kind", tr("Kind"), kind, span=2),
                    add(f"{at}.number", tr("Phone {place}", place=place + 1), PhoneText(), span=3),
                    add(f"{at}.text_ok", tr("Texts"), CheckBox(tr("OK")), span=1),
                    add(f"{at}.voicemail_ok", tr("Voicemail"), CheckBox(tr("OK")), span=1),
                    add(f"{at}.source", tr("Permission"), source, span=3),
                    add(f"{at}.note", tr("Note"), TextEdit(), span=2),
                )
            )

    def add_below(self) -> None:
        self.first_button = Button(tr("Call the second one first"), height="small", icon="arrow-up-down")
        self.first_button.clicked.connect(self.swap_first)
        self._given = Label("", "secondary", "text-3", wrap=True)
        line = row(self.first_button, self._given)
        line.setStretch(1, 1)
        self.card.body.addLayout(line)

    def swap_first(self) -> None:
        """The second phone takes the first place, with everything that stands beside it."""
        first, second = self._row_values(0), self._row_values(1)
        for place, values in ((0, second), (1, first)):
            for part, value in values.items():
                write(self.form.row(f"phones.{place}.{part}").control, value)

    def part(self, sheet: PatientSheet) -> tuple[PhoneDraft, ...]:
        return sheet.phones

    def values(self, part: tuple[PhoneDraft, ...] | None) -> Mapping[str, object]:
        found: dict[str, object] = {}
        known = part or ()
        for place in range(_MOST):
            draft = known[place] if place < len(known) else PhoneDraft("", PhoneKind.MOBILE)
            found |= {
                f"phones.{place}.kind": draft.kind,
                f"phones.{place}.number": us_phone(draft.number),
                f"phones.{place}.text_ok": draft.text_ok,
                f"phones.{place}.voicemail_ok": draft.voicemail_ok,
                f"phones.{place}.source": draft.permission_source,
                f"phones.{place}.note": draft.note,
            }
        self._show_given(known)
        return found

    def drafted(self, before: tuple[PhoneDraft, ...] | None) -> tuple[PhoneDraft, ...]:
        known = {draft.number: draft for draft in before or ()}
        shown = []
        for place in range(_MOST):
            values = self._row_values(place)
            number = self._number(place)
            if not number:
                continue
            kind, source = values["kind"], values["source"]
            assert isinstance(kind, PhoneKind)
            assert source is None or isinstance(source, PermissionSource)
            was = known.get(number)
            shown.append(
                PhoneDraft(
                    number,
                    kind,
                    text_ok=bool(values["text_ok"]),
                    voicemail_ok=bool(values["voicemail_ok"]),
                    note=str(values["note"]),
                    permission_source=source,
                    permission_on=was.permission_on if was else None,
                )
            )
        return (*shown, *(before or ())[_MOST:])

    def send(self, before: tuple[PhoneDraft, ...] | None, after: tuple[PhoneDraft, ...] | None) -> None:
        assert self.patient_id is not None
        self.desk.do(
            self,
            self.saved,
            phones.change,
            patient_id=self.patient_id,
            before=before or (),
            after=after or (),
        )

    def _number(self, place: int) -> str:
        control = self.form.row(f"phones.{place}.number").control
        assert isinstance(control, PhoneText)
        return control.value() or control.text().strip()

    def _row_values(self, place: int) -> dict[str, object]:
        return {part: read(self.form.row(f"phones.{place}.{part}").control) for part in _PARTS}

    def _show_given(self, known: tuple[PhoneDraft, ...]) -> None:
        words = {source: tr(said) for source, said in SOURCES}
        said = [
            tr(
                "{number}: {source}, {on}",
                number=us_phone(draft.number),
                source=words[draft.permission_source].lower(),
                on=us_date(draft.permission_on),
            )
            for draft in known
            if draft.permission_source is not None and draft.permission_on is not None
        ]
        self._given.setText(tr("Permission given. {each}", each="; ".join(said)) if said else "")

    def _show_state(self) -> None:
        super()._show_state()
        used = max((place for place in range(_MOST) if self._number(place)), default=-1)
        for place, rows in enumerate(self._rows):
            for each in rows:
                set_shown(each, place <= used + 1)
        set_shown(self.first_button, used >= 1)


class AddressSection(SheetSection[AddressDraft]):
    """One kind of address; emptied, it ends yesterday and is kept in the history."""

    def __init__(self, desk: Desk, kind: AddressKind, title: str, icon: str) -> None:
        self._kind = kind
        section = Section.ADDRESS if kind is AddressKind.HOME else None
        super().__init__(desk, title, icon, section)

    def fill_form(self) -> None:
        add = self.form.add
        city, state = TextEdit(), TextEdit()
        self.zip = ZipEdit(self.desk, city, state)
        add("street", tr("Street"), TextEdit(), span=5)
        add("unit", tr("Unit"), TextEdit(), span=2)
        add("postal_code", tr("ZIP"), self.zip, span=2)
        add("city", tr("City"), city, span=2)
        add("state", tr("State"), state, span=1)

    def add_below(self) -> None:
        if self._kind is AddressKind.CONFIDENTIAL:
            self.card.body.addWidget(
                Label(
                    tr("All mail goes here. Never read it out, and never print it beside the home address."),
                    "secondary",
                    "warn-tx",
                    wrap=True,
                )
            )

    def part(self, sheet: PatientSheet) -> AddressDraft | None:
        held = {
            AddressKind.HOME: sheet.home,
            AddressKind.MAILING: sheet.mailing,
            AddressKind.CONFIDENTIAL: sheet.confidential,
        }
        return held[self._kind]

    def values(self, part: AddressDraft | None) -> Mapping[str, object]:
        return {
            "street": part.street if part else "",
            "unit": part.unit if part else "",
            "postal_code": part.postal_code if part else "",
            "city": part.city if part else "",
            "state": part.state if part else "",
        }

    def drafted(self, before: AddressDraft | None) -> AddressDraft | None:
        text = {name: str(read(each.control)) for name, each in self.form.fields().items()}
        if not any(text.values()):
            return None
        blank = AddressDraft("", "", "", "", kind=self._kind)
        return replace(
            before or blank,
            street=text["street"],
            unit=text["unit"],
            city=text["city"],
            state=text["state"],
            postal_code=text["postal_code"],
        )

    def send(self, before: AddressDraft | None, after: AddressDraft | None) -> None:
        assert self.patient_id is not None
        self.desk.do(
            self,
            self.saved,
            addresses.change,
            patient_id=self.patient_id,
            before=before,
            after=after,
            kind=self._kind,
        )
