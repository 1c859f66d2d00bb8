"""Exceptions from the rules of the claim check: with one payer or all, for a reason, until a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.claim_rules import LONGEST_DAYS, RuleOverride
from frontdesk.models.billing.claim_rules import Weight as Weight
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing.claim_steps import check_all
from frontdesk.services.billing.scrub_found import Owner
from frontdesk.services.billing.scrub_table import BY_NAME, RULES, Rule, Stage
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

SOON_DAYS = 14
_OPEN = (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY)

says("rule_override_ends", "An exception holds for a year at most. Choose an earlier day.", field="until_on")
says("append_only_rule_override", "An exception is kept as it was. End it, and make another.")


@dataclass(frozen=True, slots=True)
class OverrideDraft:
    """What is asked for: `payer_id` None is every payer; `until_on` is the last day on which it holds."""

    rule: str
    weight: Weight
    reason: str
    until_on: date
    payer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """An exception as the list shows it."""

    id: int
    version: int
    rule: str
    payer_id: int | None
    payer: str
    """Empty: all payers."""
    weight: Weight
    reason: str
    from_on: date
    until_on: date
    set_by: str
    days_left: int

    @property
    def ends_soon(self) -> bool:
        return self.days_left <= SOON_DAYS


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in plain words, with the exceptions that hold."""

    name: str
    words: str
    owner: Owner
    weight: Weight
    """Without exceptions."""
    is_hard: bool
    stages: Stage
    overrides: tuple[Override, ...]


@query(permission="billing.view")
def rules(work: Work) -> tuple[RuleRow, ...]:
    """Every rule, in the order of the table."""
    standing: dict[str, list[Override]] = {}
    for row, payer in work.session.execute(
        select(RuleOverride, Payer.name)
        .outerjoin(Payer, Payer.id == RuleOverride.payer_id)
        .where(RuleOverride.ended_at.is_(None), RuleOverride.until_on >= work.today)
        .order_by(RuleOverride.until_on, RuleOverride.id)
    ):
        standing.setdefault(row.rule, []).append(_view(row, payer or "", work.today))
    return tuple(
        RuleRow(
            name=rule.name,
            words=rule.words,
            owner=rule.owner,
            weight=Weight(rule.severity.value),
            is_hard=rule.is_hard,
            stages=rule.stages,
            overrides=tuple(standing.get(rule.name, ())),
        )
        for rule in RULES
    )


@query(permission="billing.view")
def payers(work: Work) -> tuple[tuple[int, str], ...]:
    """The payers that an exception can be about."""
    found = work.session.execute(select(Payer.id, Payer.name).where(Payer.is_active).order_by(Payer.name))
    return tuple((row.id, row.name) for row in found)


def _set_back(done: Performed) -> Undo:
    return Undo(end, override_id=done.result)


@command("Make exception from claim rule", permission="billing.override_rules", undo=_set_back)
def make(work: Work, *, draft: OverrideDraft) -> int:
    """Let a rule weigh more or less from today; claims that wait are checked anew. Gives back its id."""
    rule = BY_NAME.get(draft.rule)
    if rule is None:
        raise Refused(Finding("There is no such rule.", "rule"))
    refuse_if_any(_against(work, rule, draft))
    row = work.add(
        RuleOverride(
            rule=rule.name,
            payer_id=draft.payer_id,
            weight=draft.weight,
            reason=draft.reason.strip(),
            from_on=work.today,
            until_on=draft.until_on,
            set_at=work.now,
            set_by=work.actor.name,
        )
    )
    _check_anew(work, draft.payer_id)
    return row.id


def _ended(done: Performed) -> Undo:
    return Undo(put_back, override_id=done.arguments["override_id"])


@command("End exception from claim rule", permission="billing.override_rules", undo=_ended)
def end(work: Work, *, override_id: int, version: int | None = None) -> None:
    """Let the rule weigh again what it weighs; claims that wait are checked anew."""
    row = work.get(RuleOverride, override_id, version)
    if row.ended_at is not None or row.until_on < work.today:
        raise Refused(Finding("This exception has ended already."))
    row.ended_at, row.ended_by = work.now, work.actor.name
    _check_anew(work, row.payer_id)


def _put_back(done: Performed) -> Undo:
    return Undo(end, override_id=done.arguments["override_id"])


@command("Put exception from claim rule back", permission="billing.override_rules", undo=_put_back)
def put_back(work: Work, *, override_id: int) -> None:
    """The exception holds again until its day."""
    row = work.get(RuleOverride, override_id)
    if row.ended_at is None:
        raise Refused(Finding("This exception holds."))
    if row.until_on < work.today:
        raise Refused(Finding(f"It would have ended on {us_date(row.until_on)}. Make another one."))
    refuse_if_any(_against_another(work, row.rule, row.payer_id))
    row.ended_at, row.ended_by = None, ""
    _check_anew(work, row.payer_id)


def _against(work: Work, rule: Rule, draft: OverrideDraft) -> list[Finding]:
    findings = []
    if rule.is_hard:
        findings.append(Finding("The law or the format of claims wants this. It has no exceptions.", "rule"))
    if draft.weight.value == rule.severity.value and draft.payer_id is None:
        findings.append(Finding("The rule weighs that already. Choose another weight.", "weight"))
    if not draft.reason.strip():
        findings.append(Finding("Say why.", "reason"))
    elif len(draft.reason.strip()) > 200:
        findings.append(Finding("Say it in 200 letters at most.", "reason"))
    if draft.until_on < work.today:
        findings.append(Finding("This day has passed. Choose a later one.", "until_on"))
    elif draft.until_on > work.today + timedelta(days=LONGEST_DAYS):
        findings.append(Finding("An exception holds for a year at most. Choose an earlier day.", "until_on"))
    return findings + _against_another(work, rule.name, draft.payer_id)


def _against_another(work: Work, rule: str, payer_id: int | None) -> list[Finding]:
    found = work.session.scalar(
        select(RuleOverride).where(
            RuleOverride.rule == rule,
            RuleOverride.payer_id == payer_id if payer_id is not None else RuleOverride.payer_id.is_(None),
            RuleOverride.ended_at.is_(None),
            RuleOverride.until_on >= work.today,
        )
    )
    if found is None:
        return []
    until = us_date(found.until_on)
    return [Finding(f"There is an exception until {until}. End it first.", "payer_id")]


def _check_anew(work: Work, payer_id: int | None) -> None:
    """The claims that wait, with the weights that hold now."""
    work.flush()
    wanted = select(Claim).where(Claim.state.in_(_OPEN)).order_by(Claim.id)
    if payer_id is not None:
        wanted = wanted.where(Claim.payer_id == payer_id)
    check_all(work, work.session.scalars(wanted).all())


def _view(row: RuleOverride, payer: str, today: date) -> Override:
    return Override(
        id=row.id,
        version=row.version,
        rule=row.rule,
        payer_id=row.payer_id,
        payer=payer,
        weight=row.weight,
        reason=row.reason,
        from_on=row.from_on,
        until_on=row.until_on,
        set_by=row.set_by,
        days_left=(row.until_on - today).days,
    )
