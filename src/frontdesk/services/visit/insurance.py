"""Who pays for a visit, paying without insurance today, and with it again."""

from dataclasses import dataclass
from datetime import date, timedelta

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import expected_codes
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import card_scans
from frontdesk.services.records.card_scans import Scans
from frontdesk.services.registration import authorizations, coverages, policies, self_pay, verifications
from frontdesk.services.registration.authorizations import Grant
from frontdesk.services.registration.coverages import CoverageLine
from frontdesk.services.registration.drafts import PolicyDraft
from frontdesk.services.registration.panel import PanelCoverage
from frontdesk.services.registration.self_pay import EndedSelfPay
from frontdesk.services.schedule import visit_authorizations, visit_payers
from frontdesk.services.schedule.visit_authorizations import VisitUnits
from frontdesk.services.work import Work


def _paying_back(done: Performed) -> Undo:
    return Undo(not_alone, self_pay_id=done.result)


@command("Pay without insurance", permission="registration.coverage", undo=_paying_back)
def pay_alone(
    work: Work,
    *,
    patient_id: int,
    valid_until: date | None,
    withholds_from_payer: bool,
    reason: str,
) -> int:
    """From today on nothing is billed to a payer, and authorized units go back; the choice's id."""
    made = self_pay.choose(
        work,
        patient_id=patient_id,
        valid_from=work.today,
        valid_until=valid_until,
        withholds_from_payer=withholds_from_payer,
        reason=reason,
    )
    work.flush()
    visit_authorizations.settle_patient(work, patient_id)
    return made


@command(
    "Take back paying without insurance",
    permission="registration.coverage",
    undo=irreversible("Choose to pay without insurance anew."),
)
def not_alone(work: Work, *, self_pay_id: int) -> None:
    """The choice never was; coming visits take their units again."""
    ended = self_pay.end(work, self_pay_id=self_pay_id, last_day=None)
    work.flush()
    visit_authorizations.settle_patient(work, ended.patient_id)


def _self_paying_again(done: Performed) -> Undo:
    ended = done.result
    return Undo(
        self_pay.choose,
        patient_id=ended.patient_id,
        valid_from=ended.valid_from,
        valid_until=ended.valid_until,
        withholds_from_payer=ended.withholds_from_payer,
        reason=ended.reason,
    )


@command("Use insurance again", permission="registration.coverage", undo=_self_paying_again)
def insured_again(work: Work, *, patient_id: int) -> EndedSelfPay:
    """Self-pay ended yesterday; a choice made today never was."""
    choice = self_pay.in_force(work, patient_id, work.today)
    if choice is None:
        raise Refused(Finding("The patient does not pay without insurance today."))
    last_day = None if choice.valid_from == work.today else work.today - timedelta(days=1)
    ended = self_pay.end(work, self_pay_id=choice.id, last_day=last_day)
    work.flush()
    visit_authorizations.settle_patient(work, patient_id)
    return ended


@dataclass(frozen=True, slots=True)
class InsuranceFacts:
    """What the insurance card shows beside the coverages."""

    visit_type: str
    code: str
    """What a visit of this type usually comes to; empty where the office has not said."""
    units: VisitUnits
    grants: tuple[Grant, ...]
    scans: Scans
    cases: tuple[CoverageLine, ...]
    case_card: PolicyDraft | None
    """Of the case that pays for this visit, or might."""
    chosen_id: int | None
    """The coverage chosen for this visit; None: the patient's first."""


@query(permission="visit.check_in")
def facts(work: Work, *, appointment_id: int) -> InsuranceFacts:
    """A constant number of statements."""
    visit = work.get(Appointment, appointment_id)
    on = visit.starts.date()
    lines = visit_payers.lines_of(work, visit)
    cases = coverages.cases(work, patient_id=visit.patient_id, on=on)
    chosen_id = visit_payers.chosen(work, appointment_id)
    case = next((each for each in cases if each.id == chosen_id), next(iter(cases), None))
    return InsuranceFacts(
        visit_type=work.get(VisitType, visit.visit_type_id).name,
        code=next(iter(expected_codes.expected(work, visit_type_id=visit.visit_type_id)), ""),
        units=visit_authorizations.of_visit(work, appointment_id=appointment_id),
        grants=authorizations.grants(work, patient_id=visit.patient_id),
        scans=card_scans.scans(
            work, patient_id=visit.patient_id, policy_id=lines[0].policy_id if lines else None
        ),
        cases=cases,
        case_card=policies.policy(work, policy_id=case.policy_id).draft if case else None,
        chosen_id=chosen_id,
    )


def of_visit(work: Work, visit: Appointment, known: tuple[PanelCoverage, ...]) -> tuple[PanelCoverage, ...]:
    """What pays for a visit: the patient's coverages as they are known, or those chosen for it."""
    if visit_payers.chosen(work, visit.id) is None:
        return known
    lines = visit_payers.lines_of(work, visit)
    answers = verifications.latest_of(work, [line.id for line in lines])
    return tuple(PanelCoverage(line, answers.get(line.id)) for line in lines)
