"""Codes by their day: those of the public lists, and the office's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.billing.code_lists import HcpcsCode, PlaceOfService, Published
from frontdesk.models.billing.codes import CodeSet, DiagnosisCode, ProcedureCode
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("no_overlap_procedure_code", "This code already has a label for those days.", field="code")
says("append_only_diagnosis_code", "A published code is not changed; it expires and a new row follows.")

_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An ICD-10-CM code as people write it, with its dot."""

    code: str
    label: str
    is_billable: bool
    expired_on: date | None = None
    """Set where it was found by its code although it may not be used any more."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One of the office's codes, or of HCPCS."""

    code: str
    label: str
    code_set: CodeSet
    is_favourite: bool
    expired_on: date | None = None
    modifiers: tuple[str, ...] = ()
    """Those that were typed with it: "99213-25"."""


def dotted(code: str) -> str:
    """ "G43909" as people write it: "G43.909"."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and "." not in code else code


def undotted(code: str) -> str:
    """ "g43.909 " as it is kept: "G43909"."""
    return code.strip().replace(".", "").upper()


@query(permission="billing.view")
def places_of_service(work: Work) -> tuple[tuple[str, str], ...]:
    """The two digits and the name of each place of today, in their order."""
    return places_of_service_on(work, work.today)


def places_of_service_on(work: Work, on: date) -> tuple[tuple[str, str], ...]:
    """The places of a day."""
    row = PlaceOfService
    found = work.session.execute(select(row.code, row.label).where(row.in_force(on)).order_by(row.code))
    return tuple((code, label) for code, label in found)


def diagnosis_on(work: Work, code: str, on: date) -> Diagnosis:
    """The code as valid and billable on a day; raises Refused with the reason where it is not."""
    rows = work.session.scalars(
        select(DiagnosisCode)
        .where(DiagnosisCode.code == undotted(code))
        .order_by(DiagnosisCode.effective_on.desc())
    ).all()
    written = dotted(undotted(code))
    if not written:
        raise Refused(Finding("A diagnosis is empty. Enter its code, or take it out.", "diagnoses"))
    if not rows:
        raise Refused(Finding(f"{written} is not an ICD-10-CM code. Check the spelling.", "diagnoses"))
    then = [row for row in rows if row.is_in_force(on)]
    billable = [row for row in then if row.is_billable]
    if billable:
        return Diagnosis(written, billable[0].label, is_billable=True)
    expired = [row for row in rows if row.is_billable and row.expires_on and row.expires_on < on]
    if expired:
        instead = tuple(dotted(each) for each in successors(work, expired[0], on))
        raise Refused(_expired(written, expired[0].expires_on, instead, "its successor", "diagnoses"))
    if then:
        raise Refused(
            Finding(f"{written} is a heading and cannot be billed. Choose a code below it.", "diagnoses")
        )
    raise Refused(Finding(f"{written} is not valid before {us_date(rows[-1].effective_on)}.", "diagnoses"))


def procedure_on(work: Work, code: str, on: date) -> Procedure:
    """The office's code, else that of HCPCS, on a day; raises Refused with the reason if it is not valid."""
    code = code.strip().upper()
    own = work.session.scalars(
        select(ProcedureCode).where(ProcedureCode.code == code).order_by(ProcedureCode.effective_on.desc())
    ).all()
    for row in own:
        if row.is_in_force(on):
            return Procedure(row.code, row.label, row.code_set, row.is_favourite)
    public = work.session.scalars(
        select(HcpcsCode).where(HcpcsCode.code == code).order_by(HcpcsCode.effective_on.desc())
    ).all()
    for listed in public:
        if listed.is_in_force(on):
            return Procedure(listed.code, listed.label, CodeSet.HCPCS, is_favourite=False)
    rows: Sequence[ProcedureCode | HcpcsCode] = own or public
    if not rows:
        raise Refused(Finding(f"{code} is not among the office's codes. Add or import it first.", "lines"))
    if rows[0].expires_on and rows[0].expires_on < on:
        instead = successors(work, public[0], on) if public else ()
        raise Refused(_expired(code, rows[0].expires_on, instead, "another code", "lines"))
    raise Refused(Finding(f"{code} is not valid before {us_date(rows[-1].effective_on)}.", "lines"))


def successors(work: Work, ended: Published, on: date) -> tuple[str, ...]:
    """What may be used on a day in place of an ended code: what its list names, else the codes below it.

    A list may name codes of another: HCPCS those of CPT.
    """
    model = type(ended)
    valid = [model.in_force(on)]
    if model is DiagnosisCode:
        valid.append(DiagnosisCode.is_billable.is_(True))
    named = ended.successor.split()
    below = (model.code > ended.code, model.code < ended.code + "ZZZZZZZ")
    meant = [model.code.in_(named)] if named else below
    found = set(work.session.scalars(select(model.code).where(*meant, *valid)))
    if named and model is HcpcsCode:
        own = ProcedureCode
        found.update(work.session.scalars(select(own.code).where(own.code.in_(named), own.in_force(on))))
    return tuple(sorted(found))


def _expired(code: str, last_on: date | None, instead: tuple[str, ...], other: str, field: str) -> Finding:
    assert last_on is not None
    said = f"Choose {other}."
    if len(instead) == 1:
        said = f"Use {instead[0]}."
    elif 1 < len(instead) <= _MOST_NAMED:
        said = f"Use {', '.join(instead[:-1])} or {instead[-1]}."
    elif instead:
        said = f"Use one of the {len(instead)} codes below it, such as {instead[0]}."
    return Finding(f"{code} expired on {us_date(last_on)}. {said}", field)


@command(
    "Add procedure code",
    permission="billing.edit_codes",
    undo=irreversible("A code may already be on a visit; expire it instead."),
)
def add_procedure(
    work: Work,
    *,
    code: str,
    label: str,
    effective_on: date,
    expires_on: date | None = None,
    code_set: CodeSet = CodeSet.OFFICE,
    synonyms: str = "",
    is_favourite: bool = False,
) -> int:
    """Take a code into the office's list, with the office's own label."""
    code, label = code.strip().upper(), label.strip()
    findings = []
    if not (1 <= len(code) <= 10 and code.isalnum()):
        findings.append(Finding("A code is up to 10 letters and digits, without blanks.", "code"))
    if not label:
        findings.append(Finding("Give the code a short label of your own.", "label"))
    if expires_on and expires_on < effective_on:
        findings.append(Finding("The last day must not be before the first.", "expires_on"))
    clash = work.session.scalar(
        select(ProcedureCode.id).where(
            ProcedureCode.code == code,
            ProcedureCode.effective_on <= (expires_on or date.max),
            or_(ProcedureCode.expires_on.is_(None), ProcedureCode.expires_on >= effective_on),
        )
    )
    if clash:
        findings.append(Finding(f"{code} already has a label for those days.", "code"))
    refuse_if_any(findings)
    row = ProcedureCode(
        code=code,
        code_set=code_set,
        label=label,
        words=fold(f"{code} {label} {synonyms}"),
        effective_on=effective_on,
        expires_on=expires_on,
        is_favourite=is_favourite,
    )
    return work.add(row).id
