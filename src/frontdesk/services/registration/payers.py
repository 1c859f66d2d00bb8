"""The payers that the practice bills, and their plans."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.registration.payer import PayerKind as PayerKind
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
    appeal_days: int = 180


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


@dataclass(frozen=True, slots=True)
class PayerView:
    """A payer as it stands."""

    id: int
    version: int
    draft: PayerDraft
    is_active: bool


@query(permission="registration.view")
def plans(work: Work) -> tuple[PlanChoice, ...]:
    """The plans that can be chosen, by payer and name."""
    rows = work.session.execute(
        select(Plan, Payer)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(Plan.is_active, Payer.is_active)
        .order_by(Payer.name, Plan.name, Plan.id)
    )
    return tuple(
        PlanChoice(
            plan.id, payer.id, payer.name, payer.kind, plan.name, plan.copay_cents, plan.needs_referral
        )
        for plan, payer in rows
    )


def _add_payer_undone(done: Performed) -> Undo:
    return Undo(switch_payer, payer_id=done.result, active=False)


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it stands, also one that is off."""

    id: int
    payer_id: int
    name: str
    copay_cents: int | None
    needs_referral: bool
    is_active: bool


@query(permission="registration.view")
def plan_list(work: Work) -> tuple[PlanView, ...]:
    """Every plan, those that are off too, by name."""
    return tuple(
        PlanView(row.id, row.payer_id, row.name, row.copay_cents, row.needs_referral, row.is_active)
        for row in work.session.scalars(select(Plan).order_by(Plan.name, Plan.id))
    )


@query(permission="registration.view")
def payer_list(work: Work) -> tuple[PayerView, ...]:
    """Every payer, those that are off too, by name."""
    return tuple(_payer_view(row) for row in work.session.scalars(select(Payer).order_by(Payer.name)))


@command(
    "Add payer",
    permission="registration.payers",
    undo=_add_payer_undone,
)
def add_payer(work: Work, *, draft: PayerDraft) -> int:
    """The new payer's id."""
    refuse_if_any(_check_payer(work, draft))
    payer = Payer(**_payer_values(draft))
    return work.add(payer).id


def _payer_before(done: Performed) -> Undo:
    return Undo(change_payer, payer_id=done.arguments["payer_id"], draft=done.result.draft)


@command("Change payer", permission="registration.payers", undo=_payer_before)
def change_payer(work: Work, *, payer_id: int, draft: PayerDraft, version: int | None = None) -> PayerView:
    """Another name, number, phone or address of the same payer. Gives back how it was."""
    row = work.get(Payer, payer_id, version)
    refuse_if_any(_check_payer(work, draft, but=payer_id))
    before = _payer_view(row)
    for name, value in _payer_values(draft).items():
        setattr(row, name, value)
    return before


@dataclass(frozen=True, slots=True)
class PlanFormer:
    """A plan as it was."""

    name: str
    copay_cents: int | None
    needs_referral: bool


def _plan_before(done: Performed) -> Undo:
    return Undo(
        change_plan,
        plan_id=done.arguments["plan_id"],
        name=done.result.name,
        copay_cents=done.result.copay_cents,
        needs_referral=done.result.needs_referral,
    )


@command("Change plan", permission="registration.payers", undo=_plan_before)
def change_plan(
    work: Work, *, plan_id: int, name: str, copay_cents: int | None, needs_referral: bool
) -> PlanFormer:
    """Another name, copay or referral rule of the same plan. Gives back how it was."""
    row = work.get(Plan, plan_id)
    refuse_if_any(_check_plan(work, row.payer_id, name, copay_cents, but=plan_id))
    before = PlanFormer(row.name, row.copay_cents, row.needs_referral)
    row.name, row.copay_cents, row.needs_referral = name.strip(), copay_cents, needs_referral
    return before


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
    refuse_if_any(_check_plan(work, payer.id, name, copay_cents))
    plan = Plan(payer_id=payer.id, name=name.strip(), copay_cents=copay_cents, needs_referral=needs_referral)
    return work.add(plan).id


def _add_both_undone(done: Performed) -> Undo:
    return Undo(switch_plan, plan_id=done.result, active=False)


@command("Add plan of payer", permission="registration.payers", undo=_add_both_undone)
def add_plan_with_payer(
    work: Work, *, payer_id: int | None, payer: PayerDraft | None, name: str, copay_cents: int | None
) -> int:
    """A plan as the card in the patient's hand has it, and its payer where that is new; the plan's id."""
    if payer_id is not None or payer is None:
        if payer_id is None:
            raise Refused(Finding("Choose the payer, or enter a new one.", "payer"))
        return add_plan(work, payer_id=payer_id, name=name, copay_cents=copay_cents)
    findings = [
        Finding(each.message, "payer_name" if each.field == "name" else each.field)
        for each in _check_payer(work, payer)
    ]
    refuse_if_any([*findings, *_check_plan(work, 0, name, copay_cents)])
    made = add_payer(work, draft=payer)
    work.flush()
    return add_plan(work, payer_id=made, name=name, copay_cents=copay_cents)


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


def _check_payer(work: Work, draft: PayerDraft, *, but: int | None = None) -> list[Finding]:
    findings = [finding for finding in check_lengths(draft, Payer) if finding.field not in ("phone", "state")]
    same = select(Payer.id).where(Payer.name == draft.name.strip(), Payer.id != (but or 0))
    if not draft.name.strip():
        findings.append(Finding("Enter the name of the payer.", "name"))
    elif work.session.scalars(same).first():
        findings.append(Finding("There is a payer of this name already. Change that one.", "name"))
    if draft.phone.strip():
        findings += check_one_phone(draft.phone, "phone")
    if draft.state.strip() and draft.state.strip().upper() not in STATES:
        findings.append(Finding(f"“{draft.state}” is not a state. Use its two letters, such as OR.", "state"))
    if draft.timely_filing_days <= 0:
        findings.append(Finding("Enter how many days there are to file a claim.", "timely_filing_days"))
    if draft.appeal_days <= 0:
        findings.append(Finding("Enter how many days there are to appeal a decision.", "appeal_days"))
    return findings


def _payer_values(draft: PayerDraft) -> dict[str, object]:
    return {
        "name": draft.name.strip(),
        "kind": draft.kind,
        "payer_id": draft.payer_id.strip().upper(),
        "phone": stored_phone(draft.phone) if draft.phone.strip() else "",
        "street": draft.street.strip(),
        "city": draft.city.strip(),
        "state": draft.state.strip().upper(),
        "postal_code": draft.postal_code.strip(),
        "timely_filing_days": draft.timely_filing_days,
        "appeal_days": draft.appeal_days,
    }


def _payer_view(row: Payer) -> PayerView:
    return PayerView(
        row.id,
        row.version,
        PayerDraft(
            row.name,
            row.kind,
            row.payer_id,
            row.phone,
            row.street,
            row.city,
            row.state,
            row.postal_code,
            row.timely_filing_days,
            row.appeal_days,
        ),
        row.is_active,
    )


def _check_plan(
    work: Work, payer_id: int, name: str, copay_cents: int | None, *, but: int | None = None
) -> list[Finding]:
    findings: list[Finding] = []
    same = select(Plan.id).where(Plan.payer_id == payer_id, Plan.name == name.strip(), Plan.id != (but or 0))
    if not name.strip():
        findings.append(Finding("Enter the name of the plan as printed on the card.", "name"))
    elif len(name.strip()) > 120:
        findings.append(Finding("This is longer than 120 letters. Shorten it.", "name"))
    elif work.session.scalars(same).first():
        findings.append(Finding("This payer has a plan of this name already. Change that one.", "name"))
    if copay_cents is not None and copay_cents < 0:
        findings.append(Finding("A copay cannot be less than zero.", "copay_cents"))
    return findings
