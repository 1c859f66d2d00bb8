"""What is told while a superbill is typed in: a code's label and price, or why it cannot be taken."""

import re
from dataclasses import dataclass, replace

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.charges import Superbill
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import (
    charges,
    code_search,
    codes,
    drugs,
    expected_codes,
    modifiers,
    parties,
    superbill_templates,
)
from frontdesk.services.billing.charges import NewCharge
from frontdesk.services.billing.drugs import Package
from frontdesk.services.command import query
from frontdesk.services.office import providers
from frontdesk.services.work import Work

_CODE_AND_MODIFIERS = re.compile(r"([A-Z]?\d{4}[A-Z0-9]?)[- ]+([A-Z0-9]{2}(?:[-, ]+[A-Z0-9]{2}){0,3})")


@dataclass(frozen=True, slots=True)
class Priced:
    """One of the office's codes on the day of a visit; without a fee its price is typed in."""

    code: str
    label: str
    unit_cents: int | None
    packages: tuple[Package, ...] = ()
    """Of the drug that the code stands for."""
    modifiers: str = ""


@query(permission="billing.view")
def usual(work: Work, *, superbill_id: int) -> tuple[Priced, ...]:
    """The codes to tick off, priced for its payer: first those that its kind of visit usually comes to."""
    bill = work.get(Superbill, superbill_id)
    sections = superbill_templates.sections_for(work, bill.provider_id, bill.service_on)
    found = [code for section in sections for code in section.choices]
    first = _expected(work, bill)
    found = [*first, *(code for code in found if code.code not in {each.code for each in first})]
    return tuple(Priced(code.code, code.label, _unit(work, bill, code)) for code in found)


@query(permission="billing.view")
def who_may_do(work: Work) -> tuple[tuple[int, str], ...]:
    """The office's providers, for a line that another one did; also those who left, for a late superbill."""
    return tuple((who.id, who.short_name) for who in providers.providers(work, with_inactive=True))


@query(permission="billing.view")
def find_diagnoses(work: Work, *, superbill_id: int, typed: str) -> tuple[codes.Diagnosis, ...]:
    """What was meant, on the day of the visit; what its provider uses comes first."""
    bill = work.get(Superbill, superbill_id)
    return code_search.find_diagnoses(work, typed=typed, on=bill.service_on, provider_id=bill.provider_id)


@query(permission="billing.view")
def find_services(work: Work, *, superbill_id: int, typed: str) -> tuple[codes.Procedure, ...]:
    """What was meant, on the day of the visit; what its provider uses comes first.

    Behind a whole code its modifiers may be typed, "99213-25": they come back with it.
    """
    bill = work.get(Superbill, superbill_id)
    code, given = _parted(typed)
    found = code_search.find_procedures(work, typed=code, on=bill.service_on, provider_id=bill.provider_id)
    return tuple(replace(each, modifiers=given) for each in found if not given or each.code == code)


@query(permission="billing.view")
def find_modifiers(work: Work, *, superbill_id: int, code: str, typed: str) -> tuple[modifiers.Modifier, ...]:
    """What was meant, of those that may be on a code on the day of the visit."""
    bill = work.get(Superbill, superbill_id)
    return modifiers.find(work, typed=typed, on=bill.service_on, code=code, provider_id=bill.provider_id)


@query(permission="billing.view")
def service(work: Work, *, superbill_id: int, code: str) -> Priced:
    """A typed code, also with modifiers; raises Refused with the reason where it cannot be charged."""
    bill = work.get(Superbill, superbill_id)
    plain, given = _parted(code)
    found = codes.procedure_on(work, plain, bill.service_on)
    wrong = modifiers.problems(work, given, found.code, bill.service_on)
    refuse_if_any([Finding(why, "lines") for why in wrong])
    packages = drugs.packages(work, found.code)
    return Priced(found.code, found.label, _unit(work, bill, found), packages, " ".join(given))


@query(permission="billing.view")
def diagnosis(work: Work, *, superbill_id: int, code: str) -> codes.Diagnosis:
    """A typed diagnosis; raises Refused with the reason where it cannot be billed on that day."""
    return codes.diagnosis_on(work, code, work.get(Superbill, superbill_id).service_on)


def _parted(typed: str) -> tuple[str, tuple[str, ...]]:
    """ "99213-25" as the code and its modifiers; anything else is as it was typed."""
    found = _CODE_AND_MODIFIERS.fullmatch(typed.strip().upper())
    return (found[1], tuple(re.split(r"[-, ]+", found[2]))) if found else (typed, ())


def _expected(work: Work, bill: Superbill) -> list[codes.Procedure]:
    """Those that were valid on the day of the visit."""
    visit = work.get(Appointment, bill.appointment_id)
    found = []
    for code in expected_codes.expected(work, visit_type_id=visit.visit_type_id):
        try:
            found.append(codes.procedure_on(work, code, bill.service_on))
        except Refused:
            continue
    return found


def _unit(work: Work, bill: Superbill, code: codes.Procedure) -> int | None:
    payer_id = parties.payer_of(work, bill.coverage_id)
    try:
        return charges.price(work, NewCharge(code.code, code.label), bill.service_on, payer_id)
    except Refused:
        return None
