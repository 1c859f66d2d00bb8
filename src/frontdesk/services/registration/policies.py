"""Subscribers' policies. Once a claim went out on one, a correction is a new policy."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.payer import Plan
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import search_keys
from frontdesk.services.registration.drafts import PolicyDraft
from frontdesk.services.registration.member_ids import plain_member_id
from frontdesk.services.registration.phone_numbers import stored_phone
from frontdesk.services.registration.policy_rules import check_policy
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "policy_in_use",
    "A claim went out on this policy. Enter a new policy from the day of the change; this one is kept.",
    field="member_id",
)


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy as it stands."""

    id: int
    draft: PolicyDraft
    is_in_use: bool


@query(permission="registration.view")
def policy(work: Work, *, policy_id: int) -> PolicyView:
    """One policy with its card."""
    row = work.get(Policy, policy_id)
    return PolicyView(row.id, draft_of(row), row.first_used_at is not None)


def _correct_undone(done: Performed) -> Undo:
    return Undo(
        correct,
        policy_id=done.arguments["policy_id"],
        before=done.arguments["after"],
        after=done.arguments["before"],
    )


@command(
    "Correct policy",
    permission="registration.coverage",
    undo=_correct_undone,
)
def correct(work: Work, *, policy_id: int, before: PolicyDraft, after: PolicyDraft) -> None:
    """Put right what was typed wrong, as long as no claim went out on the policy."""
    row = work.get(Policy, policy_id)
    refuse_if_any([*check_policy(after, work.today), *check_plan(work, after.plan_id)])
    if row.first_used_at is not None:
        raise Refused(
            Finding(
                f"A claim went out on this policy on {us_date(work.wall(row.first_used_at).date())}. "
                "Enter a new policy from the day of the change; this one is kept.",
                "member_id",
            )
        )
    if _values(draft_of(row)) != _values(before):
        raise Conflict(
            "Another desk changed this policy. Nothing of yours was saved. "
            "Look at what changed, then save again."
        )
    for name, value in _values(after).items():
        setattr(row, name, value)
    for patient_id in _covered(work, policy_id):
        work.concerns(patient_id)
        search_keys.rebuild(work, patient_id)


@command(
    "Replace policy",
    permission="registration.coverage",
    undo=irreversible("Both policies stay on file. Replace the new one, or end its coverage."),
)
def replace(work: Work, *, policy_id: int, card: PolicyDraft) -> int:
    """From the card's first day a new policy covers whoever the old one covered; its id."""
    old = work.get(Policy, policy_id)
    findings = [*check_policy(card, work.today), *check_plan(work, card.plan_id)]
    if card.case_number.strip() != old.case_number:
        findings.append(
            Finding("The new card is of another case. Add it as a case of its own.", "case_number")
        )
    if card.effective_from < old.effective_from:
        findings.append(
            Finding(
                f"The policy before starts on {us_date(old.effective_from)}. "
                "The new one cannot start earlier.",
                "effective_from",
            )
        )
    refuse_if_any(findings)
    new = _add(work, card, replaces_id=old.id)
    eve = card.effective_from - timedelta(days=1)
    if eve >= old.effective_from and (old.effective_until is None or old.effective_until > eve):
        old.effective_until = eve
    _move_covered(work, old, new, card.effective_from)
    return new.id


def mark_used(work: Work, policy_id: int) -> None:
    """A claim goes out on the policy: from now on what its card says is fixed."""
    row = work.get(Policy, policy_id)
    if row.first_used_at is None:
        row.first_used_at = work.now


def found_or_added(work: Work, draft: PolicyDraft) -> Policy:
    """The family's policy with this plan, member id and first day, or a new one."""
    known = work.session.scalars(
        select(Policy)
        .where(
            Policy.plan_id == draft.plan_id,
            Policy.member_id == plain_member_id(draft.member_id or draft.case_number),
            Policy.effective_from == draft.effective_from,
        )
        .order_by(Policy.id)
    )
    wanted = _values(draft)
    return next((row for row in known if _values(draft_of(row)) == wanted), None) or _add(work, draft)


def check_plan(work: Work, plan_id: int) -> list[Finding]:
    """That the plan is there and can be chosen."""
    plan = work.session.get(Plan, plan_id)
    if plan is None or not plan.is_active:
        return [Finding("This plan cannot be chosen. Choose another, or add it in Office.", "plan_id")]
    return []


def draft_of(row: Policy) -> PolicyDraft:
    """A stored policy as the desk would type it."""
    return PolicyDraft(
        plan_id=row.plan_id,
        member_id=row.member_id,
        group_number=row.group_number,
        subscriber_patient_id=row.subscriber_patient_id,
        subscriber_first=row.subscriber_first,
        subscriber_last=row.subscriber_last,
        subscriber_born_on=row.subscriber_born_on,
        subscriber_sex=row.subscriber_sex,
        case_number=row.case_number,
        injured_on=row.injured_on,
        adjuster=row.adjuster,
        adjuster_phone=row.adjuster_phone,
        employer=row.employer,
        case_state=row.case_state,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
    )


def _add(work: Work, draft: PolicyDraft, *, replaces_id: int | None = None) -> Policy:
    row = work.add(Policy(replaces_id=replaces_id, **_values(draft)))
    work.flush()
    return row


def _values(draft: PolicyDraft) -> dict[str, object]:
    is_patient = draft.subscriber_patient_id is not None
    return {
        "plan_id": draft.plan_id,
        "member_id": plain_member_id(draft.member_id) or plain_member_id(draft.case_number),
        "group_number": draft.group_number.strip(),
        "subscriber_patient_id": draft.subscriber_patient_id,
        "subscriber_first": "" if is_patient else " ".join(draft.subscriber_first.split()),
        "subscriber_last": "" if is_patient else " ".join(draft.subscriber_last.split()),
        "subscriber_born_on": None if is_patient else draft.subscriber_born_on,
        "subscriber_sex": draft.subscriber_sex,
        "case_number": draft.case_number.strip(),
        "injured_on": draft.injured_on,
        "adjuster": draft.adjuster.strip(),
        "adjuster_phone": stored_phone(draft.adjuster_phone) if draft.adjuster_phone.strip() else "",
        "employer": draft.employer.strip(),
        "case_state": draft.case_state.strip().upper(),
        "effective_from": draft.effective_from,
        "effective_until": draft.effective_until,
    }


def _move_covered(work: Work, old: Policy, new: Policy, from_day: date) -> None:
    """From a day on, whoever the old policy covers is covered by the new one, in the same place."""
    rows = work.session.scalars(
        select(Coverage)
        .where(
            Coverage.policy_id == old.id,
            Coverage.is_active,
            or_(Coverage.effective_until.is_(None), Coverage.effective_until >= from_day),
        )
        .order_by(Coverage.id)
    ).all()
    for row in rows:
        until = row.effective_until
        starts = max(row.effective_from, from_day)
        if row.effective_from >= from_day:
            row.is_active = False  # what went out on it keeps it; nothing new does
        else:
            row.effective_until = from_day - timedelta(days=1)
        work.flush()
        work.add(
            Coverage(
                patient_id=row.patient_id,
                policy_id=new.id,
                rank=row.rank,
                relationship=row.relationship,
                effective_from=starts,
                effective_until=until,
                case_number=row.case_number,
                secondary_reason=row.secondary_reason,
                cob_note=row.cob_note,
            )
        )
    for patient_id in sorted({row.patient_id for row in rows}):
        work.concerns(patient_id)
        search_keys.rebuild(work, patient_id)


def _covered(work: Work, policy_id: int) -> list[int]:
    return list(
        work.session.scalars(
            select(Coverage.patient_id)
            .where(Coverage.policy_id == policy_id, Coverage.is_active)
            .distinct()
            .order_by(Coverage.patient_id)
        )
    )
