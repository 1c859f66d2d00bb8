"""What only some claims say, entered at the claim: the accident, other providers, the drug of a line."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claim_parts import AccidentKind as AccidentKind
from frontdesk.models.billing.claim_parts import ClaimAccident, ClaimDrug, ClaimProvider
from frontdesk.models.billing.claim_parts import DrugUnit as DrugUnit
from frontdesk.models.billing.claims import Claim, ClaimLine, EventKind
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.payer import Payer, PayerKind
from frontdesk.services.billing import other_providers
from frontdesk.services.billing.claim_steps import EDITABLE, check_all, claim_of, only_from, record
from frontdesk.services.billing.other_providers import Named
from frontdesk.services.billing.other_providers import OtherProvider as OtherProvider
from frontdesk.services.billing.other_providers import ProviderRole as ProviderRole
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work

_SENT = "Correct the claim instead."
_OF_CASE = {PayerKind.WORKERS_COMP: AccidentKind.EMPLOYMENT, PayerKind.AUTO: AccidentKind.AUTO}


@dataclass(frozen=True, slots=True)
class Accident:
    """What a claim is related to."""

    kind: AccidentKind
    happened_on: date | None = None
    state: str = ""
    """Where, two letters; asked for an auto accident."""


@dataclass(frozen=True, slots=True)
class Drug:
    """What was given: `ndc` of eleven digits, 5-4-2; `thousandths` of the unit."""

    ndc: str
    thousandths: int
    unit: DrugUnit = DrugUnit.EACH


@dataclass(frozen=True, slots=True)
class Parts:
    """All of it on one claim; drugs by the place of their line, 0 is the whole claim."""

    accident: Accident | None
    providers: dict[tuple[int, ProviderRole], OtherProvider]
    drugs: dict[int, Drug]


@query(permission="billing.view")
def parts(work: Work, *, claim_id: int) -> Parts:
    """What a claim says of an accident, other providers and drugs."""
    accident = work.session.scalar(select(ClaimAccident).where(ClaimAccident.claim_id == claim_id))
    providers = work.session.scalars(
        select(ClaimProvider).where(ClaimProvider.claim_id == claim_id).order_by(ClaimProvider.id)
    )
    drugs = work.session.execute(
        select(ClaimLine.place, ClaimDrug)
        .join(ClaimDrug, ClaimDrug.claim_line_id == ClaimLine.id)
        .where(ClaimLine.claim_id == claim_id)
        .order_by(ClaimLine.place)
    )
    return Parts(
        accident=None if accident is None else _accident(accident),
        providers={
            (row.place, row.role): OtherProvider(row.last_name, row.first_name, row.npi) for row in providers
        },
        drugs={place: Drug(row.ndc, row.thousandths, row.unit) for place, row in drugs},
    )


def _accident_before(done: Performed) -> Undo:
    return Undo(set_accident, claim_id=done.arguments["claim_id"], accident=done.result)


@command("Set accident of claim", permission="billing.claims", undo=_accident_before)
def set_accident(
    work: Work, *, claim_id: int, accident: Accident | None, version: int | None = None
) -> Accident | None:
    """Say what the visit is related to, or that it is no accident; gives back what was said before."""
    claim = _editable(work, claim_id, version)
    if accident is not None:
        refuse_if_any(_against_accident(accident, claim.service_on))
    row = work.session.scalar(select(ClaimAccident).where(ClaimAccident.claim_id == claim_id))
    before = None if row is None else _accident(row)
    if accident is None:
        if row is not None:
            work.session.delete(row)
    elif row is None:
        _add_accident(work, claim_id, accident)
    else:
        row.kind, row.happened_on, row.state = accident.kind, accident.happened_on, accident.state.upper()
    _changed(work, claim, "Accident entered" if accident else "No accident")
    return before


def _provider_before(done: Performed) -> Undo:
    return Undo(
        set_provider,
        claim_id=done.arguments["claim_id"],
        line=done.arguments["line"],
        role=done.arguments["role"],
        provider=done.result,
    )


@command("Set other provider of claim", permission="billing.claims", undo=_provider_before)
def set_provider(
    work: Work,
    *,
    claim_id: int,
    line: int,
    role: ProviderRole,
    provider: OtherProvider | None,
    version: int | None = None,
) -> OtherProvider | None:
    """Name who referred, ordered or supervised, or nobody, on a line or on all (0); gives back the last."""
    claim = _editable(work, claim_id, version)
    if line:
        _line(work, claim_id, line)
    if provider is not None:
        refuse_if_any(other_providers.against(provider))
    row = work.session.scalar(
        select(ClaimProvider).where(
            ClaimProvider.claim_id == claim_id, ClaimProvider.place == line, ClaimProvider.role == role
        )
    )
    before = None if row is None else OtherProvider(row.last_name, row.first_name, row.npi)
    if row is not None and provider is None:
        work.session.delete(row)
    if provider is not None:
        if row is None:
            name = provider.last_name.strip()
            row = work.add(ClaimProvider(claim_id=claim_id, place=line, role=role, last_name=name))
        row.last_name, row.first_name = provider.last_name.strip(), provider.first_name.strip()
        row.npi = provider.npi.strip()
    named, whose = "entered" if provider else "removed", f"Line {line}: " if line else ""
    _changed(work, claim, f"{whose}{role.value} provider {named}".capitalize())
    return before


def _drug_before(done: Performed) -> Undo:
    return Undo(set_drug, claim_id=done.arguments["claim_id"], line=done.arguments["line"], drug=done.result)


@command("Set drug of claim line", permission="billing.claims", undo=_drug_before)
def set_drug(
    work: Work, *, claim_id: int, line: int, drug: Drug | None, version: int | None = None
) -> Drug | None:
    """Say by its NDC what was given, and how much; gives back what was said before."""
    claim = _editable(work, claim_id, version)
    own = _line(work, claim_id, line)
    ndc = "" if drug is None else eleven(drug.ndc)
    if drug is not None:
        refuse_if_any(_against_drug(drug, ndc))
    row = work.session.scalar(select(ClaimDrug).where(ClaimDrug.claim_line_id == own.id))
    before = None if row is None else Drug(row.ndc, row.thousandths, row.unit)
    if row is not None and drug is None:
        work.session.delete(row)
    if drug is not None:
        if row is None:
            row = work.add(
                ClaimDrug(claim_line_id=own.id, ndc=ndc, thousandths=drug.thousandths, unit=drug.unit)
            )
        row.ndc, row.thousandths, row.unit = ndc, drug.thousandths, drug.unit
    _changed(work, claim, f"Line {line}: NDC {ndc or 'removed'}")
    return before


def eleven(ndc: str) -> str:
    """An NDC as a claim wants it, 5-4-2 without hyphens; empty where it cannot be read.

    Ten digits on a package are 4-4-2, 5-3-2 or 5-4-1: a zero goes before the part that is short.
    """
    parts = ndc.strip().split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return ""
    if len(parts) == 1:
        return parts[0] if len(parts[0]) == 11 else ""
    lengths = [len(part) for part in parts]
    if lengths in ([5, 4, 2], [4, 4, 2], [5, 3, 2], [5, 4, 1]):
        return "".join(part.zfill(width) for part, width in zip(parts, (5, 4, 2), strict=True))
    return ""


def of_case(work: Work, claim: Claim) -> Accident | None:
    """What the policy of a case says by itself of what happened and when."""
    policy, kind = work.session.execute(
        select(Policy, Payer.kind)
        .join(Coverage, Coverage.policy_id == Policy.id)
        .join(Payer, Payer.id == claim.payer_id)
        .where(Coverage.id == claim.coverage_id)
    ).one()
    if policy.injured_on is None or kind not in _OF_CASE:
        return None
    state = policy.case_state if len(policy.case_state) == 2 else ""
    return Accident(_OF_CASE[kind], policy.injured_on, state)


def begin(work: Work, claim: Claim) -> None:
    """A claim names from the start the accident of a case's policy, and who was named at charge entry."""
    accident = of_case(work, claim)
    if accident is not None:
        _add_accident(work, claim.id, accident)
    other_providers.onto_claim(work, claim.id, other_providers.of_superbill(work, claim.superbill_id))


def copy(work: Work, claim: Claim, new: Claim) -> None:
    """The claim that takes another's place, or follows it, says the same."""
    work.flush()
    said = parts(work, claim_id=claim.id)
    if said.accident is not None:
        _add_accident(work, new.id, said.accident)
    named = (Named(role, other, place) for (place, role), other in said.providers.items())
    other_providers.onto_claim(work, new.id, named)
    lines = dict(
        work.session.execute(select(ClaimLine.place, ClaimLine.id).where(ClaimLine.claim_id == new.id)).all()
    )
    for place, drug in said.drugs.items():
        work.add(
            ClaimDrug(claim_line_id=lines[place], ndc=drug.ndc, thousandths=drug.thousandths, unit=drug.unit)
        )


def _add_accident(work: Work, claim_id: int, accident: Accident) -> None:
    work.add(
        ClaimAccident(
            claim_id=claim_id,
            kind=accident.kind,
            happened_on=accident.happened_on,
            state=accident.state.upper(),
        )
    )


def _accident(row: ClaimAccident) -> Accident:
    return Accident(row.kind, row.happened_on, row.state)


def _editable(work: Work, claim_id: int, version: int | None) -> Claim:
    claim = claim_of(work, claim_id, version)
    only_from(claim, EDITABLE, _SENT)
    return claim


def _line(work: Work, claim_id: int, place: int) -> ClaimLine:
    found = work.session.scalar(
        select(ClaimLine).where(ClaimLine.claim_id == claim_id, ClaimLine.place == place)
    )
    if found is None:
        raise Refused(Finding(f"The claim has no line {place}.", "line"))
    return found


def _changed(work: Work, claim: Claim, detail: str) -> None:
    record(work, claim, EventKind.CHANGED, detail)
    check_all(work, [claim])


def _against_accident(accident: Accident, service_on: date) -> list[Finding]:
    findings = []
    if accident.happened_on is not None and accident.happened_on > service_on:
        findings.append(Finding("The accident is after the visit. Check its date.", "happened_on"))
    if accident.state and not (len(accident.state) == 2 and accident.state.isalpha()):
        findings.append(Finding("Enter the state as two letters, such as OR.", "state"))
    return findings


def _against_drug(drug: Drug, ndc: str) -> list[Finding]:
    findings = []
    if not ndc:
        findings.append(
            Finding("Enter the NDC as on the package, with its hyphens, or all eleven digits.", "ndc")
        )
    if not 1 <= drug.thousandths <= 999_999_999:
        findings.append(Finding("Enter how much was given, such as 2.5.", "thousandths"))
    return findings
