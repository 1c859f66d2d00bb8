"""What the claim of a visit would be stopped for, before there is one: at booking, check-in, charge entry.

The same rules look at the same facts; only the claim is one that nobody keeps.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.charges import ChargeLine, Superbill
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, Frequency, Severity
from frontdesk.models.office.practice import Practice, Site
from frontdesk.models.office.resources import Resource
from frontdesk.models.registration.payer import Payer
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import claim_gather, claim_parts, codes, drugs, parties, rule_weights, scrub
from frontdesk.services.billing.claim_facts import AccidentFacts, DrugFacts, NamedProvider
from frontdesk.services.billing.other_providers import Named
from frontdesk.services.billing.scrub import ClaimFinding
from frontdesk.services.billing.scrub_table import Stage
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.command import query
from frontdesk.services.work import Work

_NEVER_KEPT = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the rules of a stage say of the claim that the visit would make."""

    findings: tuple[ClaimFinding, ...] = ()

    @property
    def stops(self) -> tuple[ClaimFinding, ...]:
        """What would keep the claim here."""
        return tuple(found for found in self.findings if found.severity is Severity.BLOCK)

    @property
    def words(self) -> str:
        """In a sentence each, what to do with it; empty where nothing speaks against the claim."""
        return " ".join(part for found in self.findings for part in (found.message, found.advice) if part)


@query(permission="registration.view")
def at_booking(work: Work, *, patient_id: int, provider_id: int, on: date) -> Outlook:
    """Of a visit that is about to be booked."""
    site_id = work.session.scalar(select(Resource.site_id).where(Resource.id == provider_id))
    coverage = parties.first_coverage(work, patient_id, on)
    if site_id is None or coverage is None:
        return Outlook()
    claim = _claim(work, patient_id, provider_id, coverage.coverage_id, on)
    return _outlook(work, claim, site_id, (), Stage.BOOKING)


@query(permission="registration.view")
def at_check_in(work: Work, *, appointment_id: int) -> Outlook:
    """Of a visit whose patient is here."""
    visit = work.get(Appointment, appointment_id)
    on = visit.starts.date()
    coverage = parties.first_coverage(work, visit.patient_id, on, visit)
    if coverage is None:
        return Outlook()
    claim = _claim(work, visit.patient_id, visit.provider_id, coverage.coverage_id, on)
    claim.appointment_id = appointment_id
    return _outlook(work, claim, visit.site_id, (), Stage.CHECK_IN)


@query(permission="billing.view")
def at_entry(work: Work, *, superbill_id: int, sheet: Sheet) -> Outlook:
    """Of a superbill as it is being typed in."""
    bill = work.get(Superbill, superbill_id)
    if bill.coverage_id is None or not sheet.lines:
        return Outlook()
    claim = _claim(work, bill.patient_id, bill.provider_id, bill.coverage_id, bill.service_on)
    claim.appointment_id, claim.place_of_service = bill.appointment_id, sheet.place_of_service
    claim.diagnoses = " ".join(codes.undotted(code) for code in sheet.diagnoses)
    claim.charge_cents = sum(line.amount_cents or 0 for line in sheet.lines)
    site_id = work.get(Appointment, bill.appointment_id).site_id
    return _outlook(work, claim, site_id, _lines(sheet, bill.service_on), Stage.CHARGE_ENTRY, sheet)


def _outlook(
    work: Work,
    claim: Claim,
    site_id: int,
    lines: Iterable[tuple[ClaimLine, ChargeLine]],
    stage: Stage,
    sheet: Sheet | None = None,
) -> Outlook:
    if work.session.scalar(select(Practice.id)) is None:
        return Outlook()
    facts = claim_gather.foreseen(work, claim, work.get(Site, site_id), list(lines))
    if sheet is not None:
        given = zip(facts.lines, sheet.lines, strict=True)
        lines_given = tuple(replace(line, drug=_drug(work, ticked)) for line, ticked in given)
        facts = replace(facts, lines=lines_given, providers=tuple(map(_named, sheet.providers)))
    accident = claim_parts.of_case(work, claim)
    if accident is not None:
        facts = replace(facts, accident=AccidentFacts(accident.kind, accident.happened_on, accident.state))
    weights = rule_weights.today(work).with_payer(claim.payer_id)
    return Outlook(scrub.check(facts, stage, weights))


def _named(each: Named) -> NamedProvider:
    who = each.provider
    return NamedProvider(
        each.role, who.last_name.strip(), who.first_name.strip(), who.npi.strip(), each.place
    )


def _drug(work: Work, ticked: Ticked) -> DrugFacts | None:
    """What the charge will have; where the package is still to be chosen, charge entry asks for it itself."""
    try:
        given = drugs.given(work, ticked.code, ticked.units, ticked.ndc)
    except Refused:
        return None
    return None if given is None else DrugFacts(given.ndc, given.thousandths, given.unit)


def _claim(work: Work, patient_id: int, provider_id: int, coverage_id: int, on: date) -> Claim:
    payer_id = parties.payer_of(work, coverage_id)
    assert payer_id is not None, "a coverage has its payer"
    days = work.get(Payer, payer_id).timely_filing_days
    return Claim(
        id=_NEVER_KEPT,
        number="",
        patient_id=patient_id,
        superbill_id=_NEVER_KEPT,
        appointment_id=_NEVER_KEPT,
        provider_id=provider_id,
        coverage_id=coverage_id,
        payer_id=payer_id,
        service_on=on,
        charge_cents=0,
        place_of_service="",
        diagnoses="",
        frequency=Frequency.ORIGINAL,
        payer_control_number="",
        state=ClaimState.DRAFT,
        file_by_on=on + timedelta(days=days),
    )


def _lines(sheet: Sheet, on: date) -> Iterable[tuple[ClaimLine, ChargeLine]]:
    for place, ticked in enumerate(sheet.lines, 1):
        line = ClaimLine(
            id=-place,
            claim_id=_NEVER_KEPT,
            place=place,
            control_number="",
            diagnosis_pointers=ticked.pointers,
        )
        charge = ChargeLine(
            id=-place,
            code=ticked.code,
            label="",
            modifiers=" ".join(ticked.modifiers),
            units=ticked.units,
            amount_cents=ticked.amount_cents or 0,
            service_on=on,
            provider_id=ticked.provider_id,
        )
        yield line, charge
