"""The payers that the practice bills, and their plans."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.registration.payer import Payer, PayerKind, Plan
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration.phone_numbers import stored_phone
from frontdesk.services.registration.rules import STATES, check_lengths, check_one_phone
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_payer_name", "There is a payer of this name already. Change that one.", field="name")
says("uq_plan_payer_id_name", "This payer has a plan of this name already. Change that one.", field="name")


@dataclass(frozen=True, slots=True)
class PayerDraft:
    """A payer as typed."""

    name: str
    kind: PayerKind = PayerKind.COMMERCIAL
    payer_id: str = ""
    phone: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    timely_filing_days: int = 365


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan as the desk chooses it."""

    plan_id: int
    payer_row_id: int
    payer: str
    kind: PayerKind
    name: str
    copay_cents: int | None
    needs_referral: bool


@query(permission="registration.view")
def plans(work: Work) -> tuple[PlanChoice, ...]:
    """The plans that can be chosen, by payer and name."""
    rows = work.session.execute(
        select(Plan, Payer)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(Plan.is_active, Payer.is_active)
        .order_by(Payer.name, Plan.name)
    )
    return tuple(
        PlanChoice(
            plan.id, payer.id, payer.name, payer.kind, plan.name, plan.copay_cents, plan.needs_referral
        )
        for plan, payer in rows
    )


def _add_payer_undone(done: Performed) -> Undo:
    return Undo(switch_payer, payer_id=done.result, active=False)


@command(
    "Add payer",
    permission="registration.payers",
    undo=_add_payer_undone,
)
def add_payer(work: Work, *, draft: PayerDraft) -> int:
    """The new payer's id."""
    findings = [finding for finding in check_lengths(draft, Payer) if finding.field not in ("phone", "state")]
    if not draft.name.strip():
        findings.append(Finding("Enter the name of the payer.", "name"))
    elif work.session.scalars(select(Payer.id).where(Payer.name == draft.name.strip())).first():
        findings.append(Finding("There is a payer of this name already. Change that one.", "name"))
    if draft.phone.strip():
        findings += check_one_phone(draft.phone, "phone")
    if draft.state.strip() and draft.state.strip().upper() not in STATES:
        findings.append(Finding(f"“{draft.state}” is not a state. Use its two letters, such as OR.", "state"))
    if draft.timely_filing_days <= 0:
        findings.append(Finding("Enter how many days there are to file a claim.", "timely_filing_days"))
    refuse_if_any(findings)
    payer = Payer(
        name=draft.name.strip(),
        kind=draft.kind,
        payer_id=draft.payer_id.strip().upper(),
        phone=stored_phone(draft.phone) if draft.phone.strip() else "",
        street=draft.street.strip(),
        city=draft.city.strip(),
        state=draft.state.strip().upper(),
        postal_code=draft.postal_code.strip(),
        timely_filing_days=draft.timely_filing_days,
    )
    return work.add(payer).id


def _add_plan_undone(done: Performed) -> Undo:
    return Undo(switch_plan, plan_id=done.result, active=False)


@command(
    "Add plan",
    permission="registration.payers",
    undo=_add_plan_undone,
)
def add_plan(
    work: Work, *, payer_id: int, name: str, copay_cents: int | None = None, needs_referral: bool = False
) -> int:
    """The new plan's id."""
    payer = work.get(Payer, payer_id)
    findings: list[Finding] = []
    if not name.strip():
        findings.append(Finding("Enter the name of the plan as printed on the card.", "name"))
    elif len(name.strip()) > 120:
        findings.append(Finding("This is longer than 120 letters. Shorten it.", "name"))
    elif work.session.scalars(
        select(Plan.id).where(Plan.payer_id == payer.id, Plan.name == name.strip())
    ).first():
        findings.append(Finding("This payer has a plan of this name already. Change that one.", "name"))
    if copay_cents is not None and copay_cents < 0:
        findings.append(Finding("A copay cannot be less than zero.", "copay_cents"))
    refuse_if_any(findings)
    plan = Plan(payer_id=payer.id, name=name.strip(), copay_cents=copay_cents, needs_referral=needs_referral)
    return work.add(plan).id


def _switch_payer_undone(done: Performed) -> Undo:
    return Undo(switch_payer, payer_id=done.arguments["payer_id"], active=not done.arguments["active"])


@command(
    "Switch payer on or off",
    permission="registration.payers",
    undo=_switch_payer_undone,
)
def switch_payer(work: Work, *, payer_id: int, active: bool) -> None:
    """A payer that is off cannot be chosen for a new policy; old ones keep it."""
    work.get(Payer, payer_id).is_active = active


def _switch_plan_undone(done: Performed) -> Undo:
    return Undo(switch_plan, plan_id=done.arguments["plan_id"], active=not done.arguments["active"])


@command(
    "Switch plan on or off",
    permission="registration.payers",
    undo=_switch_plan_undone,
)
def switch_plan(work: Work, *, plan_id: int, active: bool) -> None:
    """A plan that is off cannot be chosen for a new policy; old ones keep it."""
    work.get(Plan, plan_id).is_active = active
