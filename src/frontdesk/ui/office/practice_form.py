"""What stands on the practice's claims and letters, as a form: in the first set-up, and later."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from frontdesk.services.office.identifiers import US_ZONES
from frontdesk.services.office.practice import LOCKS_AFTER_MINUTES, PracticeDraft
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import NumberEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

_NARROW = 720


def zone_words(zone: str) -> str:
    """Named by their largest city: what people know, whatever the law calls the zone."""
    return {
        "America/New_York": tr("Eastern (New York)"),
        "America/Chicago": tr("Central (Chicago)"),
        "America/Denver": tr("Mountain (Denver)"),
        "America/Phoenix": tr("Mountain, no daylight saving (Phoenix)"),
        "America/Los_Angeles": tr("Pacific (Los Angeles)"),
        "America/Anchorage": tr("Alaska (Anchorage)"),
        "Pacific/Honolulu": tr("Hawaii (Honolulu)"),
        "America/Puerto_Rico": tr("Atlantic (San Juan)"),
        "Pacific/Guam": tr("Chamorro (Guam)"),
    }.get(zone, zone)


def zone_choices(zones: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Time zones for a list, by their largest city."""
    return tuple((zone, zone_words(zone)) for zone in zones)


def written_zip(number: str) -> str:
    """97204 or 97204-1234, as on an envelope."""
    return f"{number[:5]}-{number[5:]}" if len(number) > len("97204") else number


class PracticeForm(Form):
    """With `is_first` only what an office must have before it opens."""

    def __init__(self, parent: QWidget | None = None, *, is_first: bool) -> None:
        super().__init__(parent, widens_below=_NARROW)
        self._texts: dict[str, TextEdit] = {}
        self.phone, self.fax = PhoneEdit(), PhoneEdit()
        self.lock_after = NumberEdit(least=1, most=60)
        self.lock_after.set_value(LOCKS_AFTER_MINUTES)
        self.zone = Combo[str](zone_choices(US_ZONES), hint=tr("Choose"))
        self.is_ssn = CheckBox(tr("The tax ID is a Social Security number"))
        self._add_texts(
            ("name", tr("Name of the practice"), 8),
            ("npi", tr("NPI of the practice"), 4),
            ("tax_id", tr("Tax ID"), 4),
            ("taxonomy", tr("Taxonomy code (may be empty)"), 4),
        )
        self.add("phone", tr("Phone"), self.phone, span=4)
        self.add_wide(self.is_ssn)
        self._add_texts(
            ("address1", tr("Street address"), 8),
            ("address2", tr("Suite (may be empty)"), 4),
            ("city", tr("City"), 5),
            ("state", tr("State"), 2),
            ("zip", tr("ZIP+4"), 2),
        )
        self._texts["state"].setMaxLength(2)
        self.add("zone", tr("Time zone"), self.zone, span=3)
        if not is_first:
            self.add("fax", tr("Fax (may be empty)"), self.fax, span=4)
            self._add_texts(("email", tr("E-mail (may be empty)"), 5))
            self.add("lock_after_minutes", tr("Lock after, minutes"), self.lock_after, span=3)

    def text(self, name: str) -> TextEdit:
        return self._texts[name]

    def draft(self) -> PracticeDraft:
        """What stands in the form."""
        return PracticeDraft(
            **{name: edit.value() for name, edit in self._texts.items()},
            phone=self.phone.text().strip(),
            fax=self.fax.text().strip(),
            zone=self.zone.value() or "",
            lock_after_minutes=self.lock_after.value() or 0,
            tax_id_is_ssn=self.is_ssn.isChecked(),
        )

    def show_draft(self, draft: PracticeDraft) -> None:
        """Fill the form; numbers as they are written on paper."""
        written = {"tax_id": _tax_id(draft), "zip": written_zip(draft.zip)}
        for name, edit in self._texts.items():
            edit.set_value(written.get(name, getattr(draft, name)))
        self.phone.set_value(draft.phone)
        self.fax.set_value(draft.fax or None)
        self.zone.set_options(zone_choices(dict.fromkeys((*US_ZONES, draft.zone))))
        self.zone.set_value(draft.zone)
        self.lock_after.set_value(draft.lock_after_minutes)
        self.is_ssn.setChecked(draft.tax_id_is_ssn)

    def _add_texts(self, *fields: tuple[str, str, int]) -> None:
        """Rows for plain text, by name, label and twelfths."""
        for name, label, span in fields:
            self._texts[name] = TextEdit()
            self.add(name, label, self._texts[name], span=span)


def _tax_id(draft: PracticeDraft) -> str:
    """93-1234567, or 123-45-6789 where it is a Social Security number."""
    number = draft.tax_id
    if draft.tax_id_is_ssn:
        return f"{number[:3]}-{number[3:5]}-{number[5:]}"
    return f"{number[:2]}-{number[2:]}"
