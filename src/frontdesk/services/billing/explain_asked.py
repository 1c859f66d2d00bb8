"""Why the desk asks for so much: a copay, a deposit, what of a line is not paid in instalments."""

from sqlalchemy import select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.models.billing.payment_plan import PaymentPlan, PlanLine
from frontdesk.models.billing.waiver import VisitWaiver
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import (
    asking_estimate,
    asking_visit,
    explain,
    explain_coverage,
    explain_entries,
)
from frontdesk.services.billing.asking_visit import Demand
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import Subject
from frontdesk.services.billing.plans import said_plan
from frontdesk.services.work import Work


def of_demand(work: Work, subject: Subject) -> Explanation:
    """The copay that the plan asks for, or the deposit that the office does, less what was paid or waived."""
    visit = work.get(Appointment, subject.id)
    on = us_date(visit.starts.date())
    found = [each for each in asking_visit.demands(work, visit) if each.purpose == subject.part.value]
    title = f"{subject.part.value.capitalize()} for the visit of {on}"
    if not found or not found[0].whole_cents:
        return explain.listed(title, (), f"No {subject.part.value} is asked for.")
    demand = found[0]
    said = [Sentence(_demanded(work, visit, demand), demand.whole_cents)]
    if demand.waived_cents:
        why = work.session.scalars(
            select(VisitWaiver.because).where(
                VisitWaiver.appointment_id == visit.id,
                VisitWaiver.purpose == demand.purpose,
                VisitWaiver.ended_at.is_(None),
            )
        ).first()
        because = f": {why.rstrip('.')}" if why else ""
        words = f"{dollars(demand.waived_cents)} of it is not asked for{because}."
        said.append(Sentence(words, -demand.waived_cents))
    if demand.paid_cents:
        said.append(Sentence(f"{dollars(demand.paid_cents)} of it was paid ahead.", -demand.paid_cents))
    due = dollars(demand.due_cents)
    words = f"{due} is asked for at the visit of {on}." if demand.due_cents else "Nothing is left to ask."
    return explain.listed(title, said, words)


def of_ahead(work: Work, subject: Subject) -> Explanation:
    """The part of a visit's estimate that may be paid ahead."""
    visit = work.get(Appointment, subject.id)
    title = f"Ahead of the visit of {us_date(visit.starts.date())}"
    found = asking_estimate.aheads(work, visit.patient_id)
    each = next((each for each in found if each.appointment_id == visit.id), None)
    if each is None:
        return explain.listed(title, (), "Nothing of it is offered ahead.")
    part = each.estimated_cents * each.percent // 100
    words = f"Estimate {each.number} expects {dollars(each.estimated_cents)} of you for this visit."
    said = [Sentence(words, each.estimated_cents)]
    if part < each.estimated_cents:
        rest = f"The office takes {each.percent}% of it ahead; the rest is billed after the visit."
        said.append(Sentence(rest, part - each.estimated_cents))
    if each.paid_cents:
        paid = min(part, each.paid_cents)
        said.append(Sentence(f"{dollars(each.paid_cents)} was paid ahead.", -paid))
    ending = "It is offered, not owed: what is not used comes back or stays to the credit."
    return explain.listed(title, said, ending)


def _demanded(work: Work, visit: Appointment, demand: Demand) -> str:
    """Who asks for it, and since when the office knows."""
    whole = dollars(demand.whole_cents)
    if demand.purpose == "deposit":
        kind = work.get(VisitType, visit.visit_type_id).name
        insured = "" if demand.coverage else ", paid without insurance"
        return f"The office asks for {whole} ahead of {kind}{insured}; it counts toward the bill."
    assert demand.coverage is not None, "a copay is asked by a plan"
    return explain_coverage.copay_words(work, demand.coverage.coverage_id, demand.whole_cents)


def of_line(work: Work, subject: Subject) -> Explanation:
    """The patient's part of a line less what of it is paid in instalments."""
    line = work.get(ChargeLine, subject.id)
    fits = (JournalEntry.charge_line_id == line.id, JournalEntry.responsible == Party.PATIENT)
    said = list(explain_entries.sentences(explain_entries.told(work, *fits)))
    owed = sum(each.amount_cents for each in said)
    for planned, number in work.session.execute(
        select(PlanLine.amount_cents, PaymentPlan.number)
        .join(PaymentPlan, PaymentPlan.id == PlanLine.plan_id)
        .where(PlanLine.charge_line_id == line.id, PlanLine.stands.is_(True))
    ):
        part = max(0, min(owed, planned))
        words = f"{dollars(part)} of it is paid in installments, payment plan {said_plan(number)}."
        said.append(Sentence(words, -part))
        owed -= part
    title = f"{explain_entries.service(line)}, asked for now"
    return explain.listed(title, said, explain.conclusion(0, owed))
