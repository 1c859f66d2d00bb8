"""What the office wants to know of a patient: its own rules, and what of them is missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding
from frontdesk.kernel.text import age_on
from frontdesk.models.registration.required_field import Needed as Needed
from frontdesk.models.registration.required_field import Occasion as Occasion
from frontdesk.models.registration.required_field import RequiredField
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.prepared import Prepared
from frontdesk.services.registration.drafts import PatientDraft, Sex
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "uq_required_field_field",
    "There is a rule for this already. Change that one.",
    field="field",
)

ADULT_AGE: Final = 18
WORDS: Final[Mapping[Needed, str]] = {
    Needed.SEX: "sex on the card",
    Needed.PHONE: "phone",
    Needed.TEXT_PERMISSION: "permission to text",
    Needed.EMAIL: "e-mail",
    Needed.ADDRESS: "home address",
    Needed.LANGUAGE: "language",
    Needed.RACE: "race and ethnicity",
    Needed.MARITAL_STATUS: "marital status",
    Needed.EMERGENCY_CONTACT: "emergency contact",
    Needed.GUARDIAN: "guardian with authority",
    Needed.EMPLOYER: "employer",
    Needed.PRIMARY_CARE: "primary care physician",
    Needed.PHARMACY: "pharmacy",
    Needed.PHOTO_ID: "photo ID",
}
_FIELDS: Final[Mapping[Needed, str]] = {
    Needed.PHONE: "phones.0.number",
    Needed.TEXT_PERMISSION: "phones.0.text_ok",
    Needed.ADDRESS: "address.street",
    Needed.EMERGENCY_CONTACT: "contacts.0.name",
    Needed.GUARDIAN: "guarantor",
    Needed.PRIMARY_CARE: "primary_care",
}
STARTING: Final = (
    (Needed.PHONE, Occasion.NEW_PATIENT, True),
    (Needed.SEX, Occasion.NEW_PATIENT, False),
    (Needed.ADDRESS, Occasion.NEW_PATIENT, False),
    (Needed.PHONE, Occasion.CHECK_IN, True),
    (Needed.ADDRESS, Occasion.CHECK_IN, True),
    (Needed.EMERGENCY_CONTACT, Occasion.CHECK_IN, False),
    (Needed.EMAIL, Occasion.CHECK_IN, False),
    (Needed.RACE, Occasion.CHECK_IN, False),
    (Needed.GUARDIAN, Occasion.MINOR, True),
    (Needed.SEX, Occasion.INSURED, True),
    (Needed.PHOTO_ID, Occasion.INSURED, False),
)
"""What a new office starts with; a claim is refused without sex and address (005010X222A1 2010BA)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the office; the version says which state of it was seen."""

    id: int
    version: int
    field: Needed
    occasion: Occasion
    is_must: bool
    is_active: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not there, and whether the work stops for it."""

    field: Needed
    is_must: bool

    @property
    def words(self) -> str:
        """ "home address"."""
        return WORDS[self.field]


@query(permission="registration.view")
def rules(work: Work) -> tuple[Rule, ...]:
    """Every rule, by occasion and field."""
    found = [_view(row) for row in work.session.scalars(select(RequiredField))]
    occasions, fields = list(Occasion), list(Needed)
    return tuple(sorted(found, key=lambda rule: (occasions.index(rule.occasion), fields.index(rule.field))))


def _set_undone(done: Performed) -> Undo:
    before: Rule | None = done.result
    return Undo(
        set_rule,
        field=done.arguments["field"],
        occasion=done.arguments["occasion"],
        is_must=before.is_must if before else done.arguments["is_must"],
        is_active=before.is_active if before else False,
        version=None,
    )


@command("Change required field", permission="registration.set_rules", undo=_set_undone)
def set_rule(
    work: Work,
    *,
    field: Needed,
    occasion: Occasion,
    is_must: bool,
    is_active: bool,
    version: int | None,
) -> Rule | None:
    """Make or change the rule for a field and an occasion; gives back what it was, None where it is new."""
    row = work.session.scalars(
        select(RequiredField).where(RequiredField.field == field, RequiredField.occasion == occasion)
    ).first()
    if row is None:
        work.add(RequiredField(field=field, occasion=occasion, is_must=is_must, is_active=is_active))
        return None
    if version is not None and row.version != version:
        raise Conflict("Another desk changed this rule. Look at it again, then change it.")
    before = _view(row)
    row.is_must, row.is_active = is_must, is_active
    return before


def add_starting_rules(work: Work) -> None:
    """The rules of a new office."""
    for field, occasion, is_must in STARTING:
        work.add(RequiredField(field=field, occasion=occasion, is_must=is_must))


def missing_of_new(work: Work, draft: PatientDraft) -> list[Finding]:
    """What must be known of a new patient and was not typed; a reason lets it pass."""
    return [
        Finding(
            f"The office asks for the {WORDS[field]} of each new patient. Enter it, or say why not.",
            _FIELDS.get(field, field.value),
            overridable=True,
        )
        for (field,) in _OF_NEW.rows(work.session, {})
        if not _TYPED[field](draft)
    ]


_OF_NEW: Final = Prepared(
    select(RequiredField.field)
    .where(RequiredField.occasion == Occasion.NEW_PATIENT, RequiredField.is_must, RequiredField.is_active)
    .order_by(RequiredField.id)
)


def asked_of(work: Work, born_on: date, *, is_insured: bool) -> tuple[Missing, ...]:
    """What this office asks for at a check-in today, each field once; a must outweighs a should."""
    occasions = [Occasion.CHECK_IN]
    if age_on(born_on, work.today) < ADULT_AGE:
        occasions.append(Occasion.MINOR)
    if is_insured:
        occasions.append(Occasion.INSURED)
    found: dict[Needed, bool] = {}
    for field, is_must in work.session.execute(
        select(RequiredField.field, RequiredField.is_must).where(
            RequiredField.occasion.in_(occasions), RequiredField.is_active
        )
    ):
        found[field] = found.get(field, False) or is_must
    return tuple(Missing(field, found[field]) for field in Needed if field in found)


def _view(row: RequiredField) -> Rule:
    return Rule(row.id, row.version, row.field, row.occasion, row.is_must, row.is_active)


_TYPED: Final[Mapping[Needed, Callable[[PatientDraft], bool]]] = {
    Needed.SEX: lambda draft: draft.identity.sex is not Sex.UNKNOWN,
    Needed.PHONE: lambda draft: bool(draft.phones),
    Needed.TEXT_PERMISSION: lambda draft: any(phone.permission_source for phone in draft.phones),
    Needed.EMAIL: lambda draft: bool(draft.details.email.strip()),
    Needed.ADDRESS: lambda draft: draft.address is not None,
    Needed.LANGUAGE: lambda draft: bool(draft.details.language.strip()),
    Needed.RACE: lambda draft: bool(draft.details.race),
    Needed.MARITAL_STATUS: lambda draft: bool(draft.details.marital_status.strip()),
    Needed.EMERGENCY_CONTACT: lambda draft: any(contact.is_emergency for contact in draft.contacts),
    Needed.GUARDIAN: lambda draft: (
        draft.guarantor is not None or any(contact.is_guardian for contact in draft.contacts)
    ),
    Needed.EMPLOYER: lambda draft: bool(draft.details.employer.strip()),
    Needed.PRIMARY_CARE: lambda draft: bool(draft.details.primary_care.strip()),
    Needed.PHARMACY: lambda draft: bool(draft.details.pharmacy.strip()),
    Needed.PHOTO_ID: lambda draft: True,
}
