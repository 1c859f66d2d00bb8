"""What payers want with codes, as the office keeps it, and the CLIA certificates of its sites."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.claim_rules import Certificate as Certificate
from frontdesk.models.billing.claim_rules import CodeRule, Laboratory
from frontdesk.models.billing.claim_rules import CodeRuleKind as CodeRuleKind
from frontdesk.models.office.practice import Site
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing.code_ranges import is_written_well
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work

_INTERVAL_DAYS = 3660


@dataclass(frozen=True, slots=True)
class CodeRuleDraft:
    """A payer's wish about some codes; `payer_id` None is every payer."""

    kind: CodeRuleKind
    codes: str
    """Codes, beginnings ("J*") and ranges ("80000-89999"), divided by blanks."""
    payer_id: int | None = None
    diagnoses: str = ""
    """Beginnings of ICD-10-CM codes, divided by blanks."""
    other_codes: str = ""
    days: int | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CodeRuleRow:
    """A wish as the list shows it."""

    id: int
    version: int
    payer: str
    """Empty: every payer."""
    draft: CodeRuleDraft


@dataclass(frozen=True, slots=True)
class LaboratoryDraft:
    """The certificate of a site."""

    number: str
    certificate: Certificate
    valid_until: date


@dataclass(frozen=True, slots=True)
class LaboratoryRow:
    """A site with its certificate, if it has one."""

    site_id: int
    site: str
    certificate: LaboratoryDraft | None


@query(permission="billing.view")
def code_rules(work: Work) -> tuple[CodeRuleRow, ...]:
    """The wishes that hold, by kind."""
    found = work.session.execute(
        select(CodeRule, Payer.name)
        .outerjoin(Payer, Payer.id == CodeRule.payer_id)
        .where(CodeRule.is_active)
        .order_by(CodeRule.kind, CodeRule.codes, CodeRule.id)
    )
    return tuple(CodeRuleRow(row.id, row.version, payer or "", _draft(row)) for row, payer in found)


def _kept(done: Performed) -> Undo:
    return Undo(drop, code_rule_id=done.result)


@command("Keep what a payer wants with codes", permission="billing.override_rules", undo=_kept)
def keep(work: Work, *, draft: CodeRuleDraft) -> int:
    """Claims are checked for it from now on; gives back its id."""
    refuse_if_any(list(_against(draft)))
    row = CodeRule(kind=draft.kind)
    _fill(row, draft)
    return work.add(row).id


def _changed(done: Performed) -> Undo:
    return Undo(change, code_rule_id=done.arguments["code_rule_id"], draft=done.result)


@command("Change what a payer wants with codes", permission="billing.override_rules", undo=_changed)
def change(
    work: Work, *, code_rule_id: int, draft: CodeRuleDraft, version: int | None = None
) -> CodeRuleDraft:
    """Say it anew; gives back how it was."""
    row = work.get(CodeRule, code_rule_id, version)
    if not row.is_active:
        raise Refused(Finding("This was dropped. Keep it anew."))
    refuse_if_any(list(_against(draft)))
    before = _draft(row)
    _fill(row, draft)
    return before


def _dropped(done: Performed) -> Undo:
    return Undo(take_up, code_rule_id=done.arguments["code_rule_id"])


@command("Drop what a payer wants with codes", permission="billing.override_rules", undo=_dropped)
def drop(work: Work, *, code_rule_id: int, version: int | None = None) -> None:
    """Claims are checked for it no more."""
    work.get(CodeRule, code_rule_id, version).is_active = False


def _taken_up(done: Performed) -> Undo:
    return Undo(drop, code_rule_id=done.arguments["code_rule_id"])


@command("Take up again what a payer wants with codes", permission="billing.override_rules", undo=_taken_up)
def take_up(work: Work, *, code_rule_id: int) -> None:
    """It holds again."""
    work.get(CodeRule, code_rule_id).is_active = True


@query(permission="billing.view")
def laboratories(work: Work) -> tuple[LaboratoryRow, ...]:
    """Each site with its certificate."""
    found = work.session.execute(
        select(Site.id, Site.name, Laboratory)
        .outerjoin(Laboratory, Laboratory.site_id == Site.id)
        .where(Site.is_active)
        .order_by(Site.is_main.desc(), Site.name)
    )
    return tuple(LaboratoryRow(id, name, _certificate(row)) for id, name, row in found)


def _certified(done: Performed) -> Undo:
    return Undo(set_laboratory, site_id=done.arguments["site_id"], certificate=done.result)


@command("Set CLIA certificate of site", permission="billing.override_rules", undo=_certified)
def set_laboratory(
    work: Work, *, site_id: int, certificate: LaboratoryDraft | None
) -> LaboratoryDraft | None:
    """Say under which certificate a site tests, or that it does not; gives back what was said before."""
    work.get(Site, site_id)
    number = certificate.number.strip().upper() if certificate else ""
    if certificate is not None and not _is_clia(number):
        raise Refused(Finding("A CLIA number has ten characters, such as 38D2098765.", "number"))
    row = work.session.scalar(select(Laboratory).where(Laboratory.site_id == site_id))
    before = _certificate(row)
    if certificate is None:
        if row is not None:
            work.session.delete(row)
        return before
    if row is None:
        row = Laboratory(site_id=site_id)
        row.number, row.certificate, row.valid_until = (
            number,
            certificate.certificate,
            certificate.valid_until,
        )
        work.add(row)
    else:
        row.number, row.certificate = number, certificate.certificate
        row.valid_until = certificate.valid_until
    return before


def _against(draft: CodeRuleDraft) -> Iterator[Finding]:
    shape = "Write codes such as 93000, beginnings such as J*, or ranges such as 80000-89999."
    if not is_written_well(draft.codes.upper()):
        yield Finding(shape, "codes")
    if draft.kind is CodeRuleKind.NOT_WITH and not is_written_well(draft.other_codes.upper()):
        yield Finding(shape, "other_codes")
    if draft.kind is CodeRuleKind.DIAGNOSIS and not draft.diagnoses.strip():
        yield Finding("Enter the diagnoses that it is paid for, such as I10 R00.", "diagnoses")
    if draft.kind is CodeRuleKind.INTERVAL and not 1 <= (draft.days or 0) <= _INTERVAL_DAYS:
        yield Finding("Enter how many days must lie between, from 1 to 3660.", "days")
    if len(draft.note) > 200:
        yield Finding("Say it in 200 letters at most.", "note")
    if len(draft.source) > 120:
        yield Finding("Say where it stands in 120 letters at most.", "source")


def _fill(row: CodeRule, draft: CodeRuleDraft) -> None:
    kind = row.kind = draft.kind
    row.codes, row.payer_id = " ".join(draft.codes.upper().split()), draft.payer_id
    diagnoses = " ".join(draft.diagnoses.upper().replace(".", "").split())
    row.diagnoses = diagnoses if kind is CodeRuleKind.DIAGNOSIS else ""
    others = " ".join(draft.other_codes.upper().split())
    row.other_codes = others if kind is CodeRuleKind.NOT_WITH else ""
    row.days = draft.days if kind is CodeRuleKind.INTERVAL else None
    row.note, row.source = draft.note.strip(), draft.source.strip()


def _draft(row: CodeRule) -> CodeRuleDraft:
    return CodeRuleDraft(
        kind=row.kind,
        codes=row.codes,
        payer_id=row.payer_id,
        diagnoses=row.diagnoses,
        other_codes=row.other_codes,
        days=row.days,
        note=row.note,
        source=row.source,
    )


def _certificate(row: Laboratory | None) -> LaboratoryDraft | None:
    return None if row is None else LaboratoryDraft(row.number, row.certificate, row.valid_until)


def _is_clia(number: str) -> bool:
    """Two digits of the state, D, seven digits."""
    return len(number) == 10 and number.isascii() and number[2] == "D" and (number[:2] + number[3:]).isdigit()
