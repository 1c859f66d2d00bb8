"""The office's remittance policy: what becomes of a payer's reason, from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.remittance_policy import RemittancePolicy
from frontdesk.models.billing.remittance_policy import Treatment as Treatment
from frontdesk.models.billing.remittances import Remittance, RemittanceState
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import remittance_chunk, remittance_review, remittance_rules
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("no_overlap_remittance_policy", "Another desk has just set this reason. Look at the policy again.")
says("append_only_remittance_policy", "A row of the policy is ended, not changed.")
says("treatment_is_posted", "This remittance is posted. A policy changes only what is not posted.")

_GROUPS = ("CO", "PR", "OA", "PI")
_FOREVER = date.max


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One row as shown; a standard row has no id, and stands wherever no other row says otherwise."""

    id: int | None
    payer_id: int | None
    payer: str
    """Empty: all payers."""
    code: str
    """CO-45."""
    remark: str
    meaning: str
    treatment: Treatment
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Treated:
    """What `treat` did: the row it made, and the one that it ended."""

    policy_id: int
    instead_of: int | None
    ended_before_on: date | None
    """When the row before would have ended."""
    answers: int
    """Waiting answers that were looked at anew."""


@query(permission="billing.view")
def policy(work: Work) -> tuple[PolicyRow, ...]:
    """The rows that stand or will, payer by payer, the general ones next and the standard rules last."""
    row = RemittancePolicy
    found = work.session.execute(
        select(row, Payer.name)
        .outerjoin(Payer, Payer.id == row.payer_id)
        .where(row.stands, func.coalesce(row.ends_on, _FOREVER) >= work.today)
        .order_by(Payer.name.is_(None), Payer.name, row.group_code, row.reason_code, row.starts_on)
    )
    own = tuple(
        PolicyRow(
            id=each.id,
            payer_id=each.payer_id,
            payer=payer or "",
            code=f"{each.group_code}-{each.reason_code}",
            remark=each.remark,
            meaning=remittance_rules.meaning(each.reason_code),
            treatment=each.treatment,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
        )
        for each, payer in found
    )
    return (*own, *(_standard(rule) for rule in remittance_rules.STANDARD))


def _treated(done: Performed) -> Undo:
    made: Treated = done.result
    return Undo(
        take_back,
        policy_id=made.policy_id,
        instead_of=made.instead_of,
        ended_before_on=made.ended_before_on,
    )


@command("Set remittance policy", permission="billing.edit_policy", undo=_treated)
def treat(
    work: Work,
    *,
    payer_id: int | None,
    group: str,
    reason: str,
    treatment: Treatment,
    starts_on: date,
    remark: str = "",
) -> Treated:
    """Treat a reason so from a day on, of one payer or (none) of all; the row before ends the day before.

    What is not posted yet is looked at anew.
    """
    group, reason, remark = group.strip().upper(), reason.strip().upper(), remark.strip().upper()
    _refuse(group, reason, remark, treatment)
    if payer_id is not None:
        work.get(Payer, payer_id)
    before = _latest(work, payer_id, group, reason, remark)
    ended_before_on = None
    if before is not None and (before.ends_on is None or before.ends_on >= starts_on):
        if before.starts_on >= starts_on:
            raise Refused(
                Finding(
                    f"{group}-{reason} is already set from {us_date(before.starts_on)}. "
                    "Choose a later day, or take that row back.",
                    "starts_on",
                )
            )
        ended_before_on, before.ends_on = before.ends_on, starts_on - timedelta(days=1)
        work.flush()
    else:
        before = None
    row = RemittancePolicy(
        payer_id=payer_id,
        payer_key=payer_id or 0,
        group_code=group,
        reason_code=reason,
        remark=remark,
        treatment=treatment,
        starts_on=starts_on,
        stands=True,
    )
    made = work.add(row).id
    return Treated(
        policy_id=made,
        instead_of=before.id if before is not None else None,
        ended_before_on=ended_before_on,
        answers=_settle_waiting(work),
    )


def _taken_back(done: Performed) -> Undo:
    return Undo(
        put_back,
        policy_id=done.arguments["policy_id"],
        instead_of=done.arguments["instead_of"],
    )


@command("Take remittance policy back", permission="billing.edit_policy", undo=_taken_back)
def take_back(work: Work, *, policy_id: int, instead_of: int | None, ended_before_on: date | None) -> None:
    """As if the row had never been; the row that it ended stands again."""
    work.get(RemittancePolicy, policy_id).stands = False
    work.flush()
    if instead_of is not None:
        work.get(RemittancePolicy, instead_of).ends_on = ended_before_on
    _settle_waiting(work)


def _put_back(done: Performed) -> Undo:
    return Undo(
        take_back,
        policy_id=done.arguments["policy_id"],
        instead_of=done.arguments["instead_of"],
        ended_before_on=done.result,
    )


@command("Put remittance policy back", permission="billing.edit_policy", undo=_put_back)
def put_back(work: Work, *, policy_id: int, instead_of: int | None) -> date | None:
    """The row stands again; gives back when the row before it would have ended."""
    row = work.get(RemittancePolicy, policy_id)
    ended_before_on = None
    if instead_of is not None:
        before = work.get(RemittancePolicy, instead_of)
        ended_before_on, before.ends_on = before.ends_on, row.starts_on - timedelta(days=1)
        work.flush()
    row.stands = True
    _settle_waiting(work)
    return ended_before_on


def _ended(done: Performed) -> Undo:
    return Undo(end, policy_id=done.arguments["policy_id"], ends_on=done.result)


@command("End remittance policy", permission="billing.edit_policy", undo=_ended)
def end(work: Work, *, policy_id: int, ends_on: date | None, version: int | None = None) -> date | None:
    """A row stands up to this day (empty: until it is replaced); gives back the day before the change."""
    row = work.get(RemittancePolicy, policy_id, version)
    if ends_on is not None and ends_on < row.starts_on:
        raise Refused(Finding(f"It starts on {us_date(row.starts_on)}. Take it back instead.", "ends_on"))
    before, row.ends_on = row.ends_on, ends_on
    _settle_waiting(work)
    return before


def _refuse(group: str, reason: str, remark: str, treatment: Treatment) -> None:
    """Everything that is wrong with a row at once."""
    findings = []
    code = f"{group}-{reason}"
    if group not in _GROUPS:
        findings.append(Finding("Choose the group: CO, PR, OA or PI.", "group"))
    if not reason or len(reason) > 5 or not reason.isalnum():
        findings.append(Finding("Write the reason's number as the payer sends it, such as 45.", "reason"))
    if len(remark) > 5 or not (remark.isalnum() or not remark):
        findings.append(Finding("Write the remark as the payer sends it, such as N179.", "remark"))
    if treatment is Treatment.WRITE_OFF:
        findings.append(Finding("Giving money up is decided claim by claim, never by a rule.", "treatment"))
    if treatment is Treatment.CONTRACT and group == "PR":
        findings.append(
            Finding(
                "PR is the patient's share. It is waived one patient at a time, never by a rule.", "treatment"
            )
        )
    elif treatment is Treatment.CONTRACT and reason in remittance_rules.DENIALS:
        findings.append(
            Finding(f"{code} is a denial. A denial is worked; no policy writes it off.", "treatment")
        )
    if treatment is Treatment.PATIENT and group in ("CO", "PI"):
        findings.append(
            Finding(f"{group} means that the patient is not billed. Choose another treatment.", "treatment")
        )
    refuse_if_any(findings)


def _latest(
    work: Work, payer_id: int | None, group: str, reason: str, remark: str
) -> RemittancePolicy | None:
    row = RemittancePolicy
    return work.session.scalar(
        select(row)
        .where(
            row.stands,
            row.payer_key == (payer_id or 0),
            row.group_code == group,
            row.reason_code == reason,
            row.remark == remark,
        )
        .order_by(row.starts_on.desc())
        .limit(1)
    )


def _settle_waiting(work: Work) -> int:
    """Apply the policy to every remittance that waits; how many answers that were."""
    work.flush()
    waiting: Sequence[Remittance] = work.session.scalars(
        select(Remittance)
        .where(Remittance.state.in_([RemittanceState.OPEN, RemittanceState.HELD]))
        .order_by(Remittance.id)
    ).all()
    count = 0
    for remittance in waiting:
        for answers in remittance_chunk.rows_of(work, remittance.id):
            remittance_review.settle_again(work, remittance, answers)
            count += len(answers)
    return count


def _standard(rule: remittance_rules.Rule) -> PolicyRow:
    return PolicyRow(
        id=None,
        payer_id=None,
        payer="",
        code=rule.code,
        remark="",
        meaning=remittance_rules.meaning(rule.reason),
        treatment=rule.treatment,
        starts_on=None,
        ends_on=None,
    )
