"""Why a payment plan, a promise or an estimate comes to what it does, as it was agreed and kept."""

from sqlalchemy import select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.collection import PaymentPromise
from frontdesk.models.billing.estimate import Estimate, EstimateLine, EstimateVersion
from frontdesk.services.billing import collection_calls, explain, explain_entries, plans
from frontdesk.services.billing.estimates import said_estimate
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import Part, Subject
from frontdesk.services.billing.instalments import DueState, Standing
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.billing.plans import PlanView
from frontdesk.services.work import Work

_DUE_WORDS = {DueState.MISSED: "was due on", DueState.DUE: "is due today,", DueState.AHEAD: "is due on"}


def of_plan(work: Work, subject: Subject) -> Explanation:
    """What was agreed on, what is still open of it, or what it asks for now."""
    plan = plans.plan(work, plan_id=subject.id)
    if subject.part is Part.ASKED:
        asked = [each for each in plan.instalments if each.state in (DueState.MISSED, DueState.DUE)]
        following = plan.next
        asked = asked or ([following] if following is not None else [])
        said = [Sentence(_open_words(each), each.open_cents) for each in asked]
        return explain.listed(f"Payment plan {plan.number}, now", said, _standing(plan))
    said = _agreed(work, plan)
    if subject.part is not Part.CHARGED:
        said += [_kept(each) for each in plan.instalments]
    return explain.listed(f"Payment plan {plan.number}", said, _standing(plan))


def of_missed(work: Work, subject: Subject) -> Explanation:
    """What of a household's plans was due and is not paid."""
    said = [
        Sentence(f"Plan {plan.number}. {_open_words(each)}", each.open_cents)
        for plan in plans.of_account(work, account_id=subject.id)
        for each in plan.instalments
        if each.state is DueState.MISSED
    ]
    total = dollars(sum(each.amount_cents for each in said))
    return explain.listed("Missed installments", said, f"{total} was due by now and is not paid.")


def _agreed(work: Work, plan: PlanView) -> list[Sentence]:
    ids = [part.charge_line_id for part in plan.parts]
    lines = explain_entries.services_of(work, ids)
    return [
        Sentence(
            f"{dollars(part.amount_cents)} of {lines[part.charge_line_id]} is in the plan.",
            part.amount_cents,
            part.charge_line_id,
        )
        for part in plan.parts
    ]


def _kept(each: Standing) -> Sentence:
    if each.state is DueState.PAID:
        words = f"Installment {each.place}, due on {us_date(each.due_on)}, is paid."
        return Sentence(words, -each.paid_cents)
    return Sentence(_open_words(each), -each.paid_cents)


def _open_words(each: Standing) -> str:
    paid = f" {dollars(each.paid_cents)} of it is paid." if each.paid_cents else ""
    missed = " and is not paid" if each.state is DueState.MISSED and not each.paid_cents else ""
    amount, day = dollars(each.amount_cents), us_date(each.due_on)
    return f"Installment {each.place}, {amount}, {_DUE_WORDS[each.state]} {day}{missed}.{paid}"


def _standing(plan: PlanView) -> str:
    paid = plan.total_cents - plan.left_cents
    said = [
        f"Agreed on {us_date(plan.agreed_on)} with {plan.agreed_by}: {dollars(plan.total_cents)}.",
        f"{dollars(paid) if paid else 'Nothing'} is paid, {dollars(plan.left_cents)} is still open.",
    ]
    if plan.ended_because:
        said.append(f"The plan has ended: {plan.ended_because.rstrip('.')}.")
    elif (following := plan.next) is not None:
        left = dollars(following.open_cents)
        said.append(f"The next {left} {_DUE_WORDS[following.state]} {us_date(following.due_on)}.")
    return " ".join(said)


def of_promise(work: Work, subject: Subject) -> Explanation:
    """What was promised: each payment that kept it, and what did not come in; or the payments alone."""
    row = work.get(PaymentPromise, subject.id)
    kept = collection_calls.keeping(work, row)
    said = [
        Sentence(
            f"On {us_date(each.received_on)} {dollars(cents)} was paid, receipt {said_number(each.number)}.",
            cents,
        )
        for each, cents in kept
    ]
    paid = sum(each.amount_cents for each in said)
    title = f"Promise of {us_date(row.made_on)}"
    promised = f"{dollars(row.amount_cents)} was promised by {us_date(row.due_on)}; {row.done_by} noted it."
    if subject.part is Part.PAID:
        return explain.listed(f"{title}, paid", said, f"{promised} {dollars(paid)} came in.")
    left = row.amount_cents - paid
    if left > 0:
        is_over = work.today > row.due_on
        words = "did not come in by that day" if is_over else "has not come in yet"
        said.append(Sentence(f"{dollars(left)} {words}.", left))
    elif left < 0:
        said.append(Sentence(f"{dollars(-left)} more than promised came in.", left))
    return explain.listed(title, said, promised)


def of_estimate(work: Work, subject: Subject) -> Explanation:
    """What a version of an estimate expects the patient to pay, service by service."""
    version = work.get(EstimateVersion, subject.id)
    number = said_estimate(work.get(Estimate, version.estimate_id).number)
    lines = work.session.scalars(
        select(EstimateLine).where(EstimateLine.version_id == version.id).order_by(EstimateLine.place)
    )
    visits = f" at each of {version.visits} visits" if version.visits > 1 else ""
    said = [
        Sentence(
            f"{line.label} ({line.code}): the office's fee is {dollars(line.fee_cents)},"
            f" your part {dollars(line.expected_cents)}{visits}.",
            line.expected_cents * version.visits,
        )
        for line in lines
    ]
    written = f"Written on {us_date(work.wall(version.written_at).date())} by {version.written_by}."
    kind = "A good faith estimate" if version.is_good_faith else "An estimate"
    words = f"{kind}, not a bill: the final amount may differ. {written} {version.why}".rstrip()
    return explain.listed(f"Estimate {number}", said, words)
