"""Drugs behind service codes: the packages that the office gives, what a charge had, what its claim says."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claim_parts import ClaimDrug
from frontdesk.models.billing.claim_parts import DrugUnit as DrugUnit
from frontdesk.models.billing.claims import ClaimLine
from frontdesk.models.billing.drugs import ChargeDrug, DrugCode
from frontdesk.services.billing import codes
from frontdesk.services.billing.claim_parts import eleven
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_drug_code_code", "This package is kept for this code already.", field="ndc")
says("append_only_charge_drug", "What was given is not changed. Void the charge and enter it again.")

_MOST = 999_999_999


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a drug, and how much of it one unit of its service code is."""

    ndc: str
    """Eleven digits, without hyphens."""
    name: str
    unit: DrugUnit
    thousandths: int


@dataclass(frozen=True, slots=True)
class DrugDraft:
    """A package under a service code; `ndc` as it stands on the package."""

    code: str
    ndc: str
    name: str
    unit: DrugUnit
    thousandths: int


@dataclass(frozen=True, slots=True)
class DrugView:
    """A package as the set-up shows it."""

    id: int
    code: str
    package: Package
    is_active: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What was given on a charge, in all."""

    ndc: str
    unit: DrugUnit
    thousandths: int


def written(ndc: str) -> str:
    """ "00409487501" as people read it: "00409-4875-01"."""
    return f"{ndc[:5]}-{ndc[5:9]}-{ndc[9:]}" if len(ndc) == 11 else ndc


@query(permission="billing.view")
def drug_codes(work: Work) -> tuple[DrugView, ...]:
    """Every package that the office kept, by service code."""
    rows = work.session.scalars(select(DrugCode).order_by(DrugCode.code, DrugCode.name, DrugCode.id))
    return tuple(DrugView(row.id, row.code, _package(row), row.is_active) for row in rows)


def packages(work: Work, code: str) -> tuple[Package, ...]:
    """Those in use under a service code; none where it is no drug."""
    rows = work.session.scalars(
        select(DrugCode).where(DrugCode.code == code, DrugCode.is_active).order_by(DrugCode.name, DrugCode.id)
    )
    return tuple(_package(row) for row in rows)


def _off_again(done: Performed) -> Undo:
    return Undo(switch_drug, drug_id=done.result, active=False)


@command("Add drug code", permission="billing.edit_codes", undo=_off_again)
def add_drug(work: Work, *, draft: DrugDraft) -> int:
    """Keep a package under a service code; charges of that code carry its NDC from now on."""
    ndc, code = eleven(draft.ndc), draft.code.strip().upper()
    findings = []
    try:
        codes.procedure_on(work, code, work.today)
    except Refused as no:
        findings += [Finding(each.message, "code") for each in no.findings]
    if not ndc:
        findings.append(
            Finding("Enter the NDC as on the package, with its hyphens, or all eleven digits.", "ndc")
        )
    if not draft.name.strip():
        findings.append(Finding("Name the drug as on the package.", "name"))
    if not 1 <= draft.thousandths <= _MOST:
        findings.append(Finding("Say how much one unit of the code is, such as 0.1.", "quantity"))
    known = work.session.scalar(select(DrugCode).where(DrugCode.code == code, DrugCode.ndc == ndc))
    if known is not None and known.is_active:
        findings.append(Finding("This package is kept for this code already.", "ndc"))
    refuse_if_any(findings)
    if known is None:
        known = work.add(DrugCode(code=code, ndc=ndc))
    known.name, known.unit, known.thousandths = draft.name.strip(), draft.unit, draft.thousandths
    known.is_active = True
    return known.id


def _switched_back(done: Performed) -> Undo:
    return Undo(switch_drug, drug_id=done.arguments["drug_id"], active=not done.arguments["active"])


@command("Switch drug code", permission="billing.edit_codes", undo=_switched_back)
def switch_drug(work: Work, *, drug_id: int, active: bool) -> None:
    """A package that is off is no longer offered; charges that had it keep it."""
    work.get(DrugCode, drug_id).is_active = active


def given(work: Work, code: str, units: int, ndc: str) -> Given | None:
    """What a charge has: the package that was chosen, else the only one; raises Refused where it is open."""
    known = packages(work, code)
    if not known:
        return None
    chosen = [each for each in known if each.ndc == ndc] if ndc else list(known)
    if len(chosen) != 1:
        raise Refused(Finding(f"{code}: choose the package that was given.", "lines"))
    return Given(chosen[0].ndc, chosen[0].unit, min(_MOST, chosen[0].thousandths * units))


def keep(work: Work, charge_line_id: int, drug: Given | None) -> None:
    """What was given, with its charge."""
    if drug is not None:
        work.add(
            ChargeDrug(
                charge_line_id=charge_line_id, ndc=drug.ndc, unit=drug.unit, thousandths=drug.thousandths
            )
        )


def of_lines(work: Work, charge_line_ids: list[int]) -> dict[int, Given]:
    """What was given, by charge line."""
    rows = work.session.scalars(select(ChargeDrug).where(ChargeDrug.charge_line_id.in_(charge_line_ids)))
    return {row.charge_line_id: Given(row.ndc, row.unit, row.thousandths) for row in rows}


def onto_claim(work: Work, claim_id: int) -> None:
    """A new claim says of each line what was given."""
    work.flush()
    rows = work.session.execute(
        select(ClaimLine.id, ChargeDrug)
        .join(ChargeDrug, ChargeDrug.charge_line_id == ClaimLine.charge_line_id)
        .where(ClaimLine.claim_id == claim_id)
        .order_by(ClaimLine.place)
    )
    for claim_line_id, drug in rows:
        work.add(
            ClaimDrug(claim_line_id=claim_line_id, ndc=drug.ndc, unit=drug.unit, thousandths=drug.thousandths)
        )


def _package(row: DrugCode) -> Package:
    return Package(row.ndc, row.name, row.unit, row.thousandths)
