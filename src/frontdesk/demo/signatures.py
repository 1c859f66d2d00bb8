"""Consents that patients signed, sealed as `records.consents` seals them."""

from datetime import date, datetime, time, timedelta
from typing import Final

from frontdesk.demo.bulk import Rows
from frontdesk.demo.people import ADULT, Person
from frontdesk.demo.setting import Setting
from frontdesk.demo.week import instant
from frontdesk.models.records.consent import Answer, Consent, ConsentForm, Medium, Needed
from frontdesk.services.records import seal

TREATMENT: Final = "consent_to_treat"


class Signatures:
    """Writes signed forms."""

    def __init__(self, rows: Rows, setting: Setting) -> None:
        self.rows = rows
        self.setting = setting
        self.forms = {form.key: form for form in setting.forms}
        self.since = max(form.effective_on for form in setting.forms)
        """The day from which all of them are in force."""
        self._words = {form.key: form.text.replace("{practice}", setting.practice) for form in setting.forms}

    def sign_all(self, person: Person, on: date, *, but: frozenset[str] = frozenset()) -> None:
        """Every form of the office but some, signed on one day."""
        for key in self.forms:
            if key not in but:
                self.sign(person, key, on)

    def sign(self, person: Person, key: str, on: date) -> None:
        """One form, signed in ink by the patient or a parent."""
        form = self.forms[key]
        values: dict[str, object] = {
            "patient_id": person.id,
            "sealed_patient_id": person.id,
            "form_id": form.id,
            "answer": Answer.SIGNED,
            "medium": Medium.PAPER,
            "title": form.title,
            "text_frozen": self._words[key],
            "answered_on": on,
            "recorded_at": instant(datetime.combine(on, time(9, 20))),
            "expires_on": _expires(form, person, on),
            "signer_name": person.guardian or f"{person.first} {person.last}",
            "relation": "parent" if person.guardian else "",
            "authority": "parent" if person.guardian else "",
            "note": "",
            "strokes": "",
            "taken_by_id": self.setting.users["theo"],
        }
        sealed = Consent(**values)
        seal.put_on(sealed)
        self.rows.add(Consent, **values, parts=sealed.parts, sha256=sealed.sha256)


def _expires(form: ConsentForm, person: Person, on: date) -> date | None:
    ends = []
    if form.needed is Needed.YEARLY:
        ends.append(_years_on(on, 1))
    if person.guardian:
        ends.append(_years_on(person.born_on, ADULT) - timedelta(days=1))
    return min(ends, default=None)


def _years_on(on: date, years: int) -> date:
    if (on.month, on.day) == (2, 29):
        return date(on.year + years, 2, 28)
    return on.replace(year=on.year + years)
