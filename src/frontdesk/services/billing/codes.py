"""Codes by their day: the public lists that ship with the program, and the office's own."""

import csv
import lzma
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, insert, literal_column, or_, select, text, update

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.files import resources_folder
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.billing.codes import CodeSet, DiagnosisCode, PlaceOfService, ProcedureCode
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("no_overlap_procedure_code", "This code already has a label for those days.", field="code")
says("append_only_diagnosis_code", "A published code is not changed; it expires and a new row follows.")

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An ICD-10-CM code as people write it, with its dot."""

    code: str
    label: str
    is_billable: bool


@dataclass(frozen=True, slots=True)
class Procedure:
    """One of the office's codes."""

    code: str
    label: str
    code_set: CodeSet
    is_favourite: bool


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One line of an imported code file."""

    line: int
    code: str
    label: str
    effective_on: str
    expires_on: str = ""
    synonyms: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A line that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class CodeImport:
    """What an import took, and what it refused."""

    added: int
    unchanged: int
    refused: tuple[RefusedRow, ...]


def dotted(code: str) -> str:
    """ "G43909" as people write it: "G43.909"."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and "." not in code else code


def undotted(code: str) -> str:
    """ "g43.909 " as it is kept: "G43909"."""
    return code.strip().replace(".", "").upper()


@query(permission="billing.view")
def find_diagnoses(work: Work, *, typed: str, on: date, limit: int = 20) -> tuple[Diagnosis, ...]:
    """Codes valid on a day whose code starts so or whose words all occur; billable ones first."""
    code, words = undotted(typed), fold(typed).split()
    if not words or limit < 1:
        return ()
    row = DiagnosisCode
    valid = (row.effective_on <= on, or_(row.expires_on.is_(None), row.expires_on >= on))
    by_code = select(row).where(row.code >= code, row.code <= code + "ZZZZZZZ", *valid)
    found = list(work.session.scalars(by_code.order_by(row.code).limit(limit)))
    by_words = select(row).where(_has_words(work, words), *valid)
    ordered = by_words.order_by(row.is_billable.desc(), func.length(row.label), row.code).limit(limit)
    found += [match for match in work.session.scalars(ordered) if match not in found]
    found.sort(key=lambda match: not match.is_billable)  # stable: otherwise as found
    return tuple(Diagnosis(dotted(m.code), m.label, m.is_billable) for m in found[:limit])


@query(permission="billing.view")
def find_procedures(work: Work, *, typed: str, on: date, limit: int = 20) -> tuple[Procedure, ...]:
    """The office's codes on a day by code or words; its favourites when nothing is typed."""
    row = ProcedureCode
    wanted = [_valid(on)]
    wanted += [row.words.contains(word, autoescape=True) for word in fold(typed).split()]
    if not typed.strip():
        wanted.append(row.is_favourite.is_(True))
    found = work.session.scalars(
        select(row).where(*wanted).order_by(row.is_favourite.desc(), row.code).limit(limit)
    )
    return tuple(Procedure(m.code, m.label, m.code_set, m.is_favourite) for m in found)


@query(permission="billing.view")
def places_of_service(work: Work) -> tuple[tuple[str, str], ...]:
    """The two digits and the name of each place, in their order."""
    found = work.session.scalars(select(PlaceOfService).order_by(PlaceOfService.code))
    return tuple((place.code, place.label) for place in found)


def diagnosis_on(work: Work, code: str, on: date) -> Diagnosis:
    """The code as valid and billable on a day; raises Refused with the reason where it is not."""
    rows = work.session.scalars(
        select(DiagnosisCode)
        .where(DiagnosisCode.code == undotted(code))
        .order_by(DiagnosisCode.effective_on.desc())
    ).all()
    written = dotted(undotted(code))
    if not rows:
        raise Refused(Finding(f"{written} is not an ICD-10-CM code. Check the spelling.", "diagnoses"))
    then = [row for row in rows if row.effective_on <= on and (row.expires_on or on) >= on]
    billable = [row for row in then if row.is_billable]
    if billable:
        return Diagnosis(written, billable[0].label, is_billable=True)
    expired = [row for row in rows if row.is_billable and row.expires_on and row.expires_on < on]
    if expired and expired[0].expires_on:
        raise Refused(
            Finding(
                f"{written} expired on {us_date(expired[0].expires_on)}. Choose its successor.", "diagnoses"
            )
        )
    if then:
        raise Refused(
            Finding(f"{written} is a heading and cannot be billed. Choose a code below it.", "diagnoses")
        )
    raise Refused(Finding(f"{written} is not valid before {us_date(rows[-1].effective_on)}.", "diagnoses"))


def procedure_on(work: Work, code: str, on: date) -> Procedure:
    """The office's code as valid on a day; raises Refused with the reason where it is not."""
    code = code.strip().upper()
    rows = work.session.scalars(
        select(ProcedureCode).where(ProcedureCode.code == code).order_by(ProcedureCode.effective_on.desc())
    ).all()
    for row in rows:
        if row.effective_on <= on and (row.expires_on or on) >= on:
            return Procedure(row.code, row.label, row.code_set, row.is_favourite)
    if not rows:
        raise Refused(Finding(f"{code} is not among the office's codes. Add or import it first.", "lines"))
    if rows[0].expires_on and rows[0].expires_on < on:
        raise Refused(
            Finding(f"{code} expired on {us_date(rows[0].expires_on)}. Choose another code.", "lines")
        )
    raise Refused(Finding(f"{code} is not valid before {us_date(rows[-1].effective_on)}.", "lines"))


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


@command(
    "Import procedure codes",
    permission="billing.edit_codes",
    undo=irreversible("Imported codes may already be on visits; expire them instead."),
)
def import_codes(work: Work, *, code_set: CodeSet, rows: tuple[CodeRow, ...]) -> CodeImport:
    """Take the office's licensed file, row by row; a refused row keeps no other back.

    A row that is there already is left as it is, so that the same file can be imported again.
    """
    added, unchanged, refused = 0, 0, []
    for done, row in enumerate(rows):
        work.step(done, len(rows))
        try:
            effective_on, expires_on = _day(row.effective_on), _day(row.expires_on)
        except ValueError:
            refused.append(RefusedRow(row.line, "The date is not in the form 2026-01-31."))
            continue
        if effective_on is None:
            refused.append(RefusedRow(row.line, "The first valid day is missing."))
            continue
        known = work.session.scalar(
            select(ProcedureCode.label).where(
                ProcedureCode.code == row.code.strip().upper(), ProcedureCode.effective_on == effective_on
            )
        )
        if known is not None and known == row.label.strip():
            unchanged += 1
            continue
        try:
            add_procedure(
                work,
                code=row.code,
                label=row.label,
                effective_on=effective_on,
                expires_on=expires_on,
                code_set=code_set,
                synonyms=row.synonyms,
            )
            work.flush()
        except Refused as no:
            refused.append(RefusedRow(row.line, str(no)))
        else:
            added += 1
    return CodeImport(added, unchanged, tuple(refused))


@command(
    "Load public code lists",
    permission="billing.edit_codes",
    undo=irreversible("The public lists are reference data and stay."),
)
def load_public_codes(work: Work, *, beginnings: tuple[str, ...] = ()) -> int:
    """Load ICD-10-CM and the places of service that ship with the program; the number of new rows.

    Rows that are there already are left alone, so that a newer program can add its release. With
    `beginnings` ("G43", "I") a small office loads only the diagnoses that begin so.
    """
    places = set(work.session.scalars(select(PlaceOfService.code)))
    with (resources_folder() / "codes" / "place_of_service.csv").open(encoding="utf-8", newline="") as lines:
        for place in csv.DictReader(lines):
            if place["code"] not in places:
                work.add(PlaceOfService(code=place["code"], label=place["label"]))
    work.flush()
    known = {
        (code, on): (id, until)
        for id, code, on, until in work.session.execute(
            select(DiagnosisCode.id, DiagnosisCode.code, DiagnosisCode.effective_on, DiagnosisCode.expires_on)
        )
    }
    rows: list[dict[str, object]] = []
    expired: list[dict[str, object]] = []
    with lzma.open(resources_folder() / "codes" / "icd10cm.tsv.xz", "rt", encoding="utf-8") as packed:
        for line in packed:
            code, billable, first, last, label = line.rstrip("\n").split("\t")
            if beginnings and not code.startswith(beginnings):
                continue
            effective_on, expires_on = date.fromisoformat(first), _day(last)
            if (code, effective_on) in known:
                id, until = known[code, effective_on]
                if expires_on != until:
                    expired.append({"id": id, "expires_on": expires_on})
                continue
            rows.append(
                {
                    "id": work.new_id(),
                    "code": code,
                    "label": label,
                    "words": fold(label),
                    "is_billable": billable == "1",
                    "effective_on": effective_on,
                    "expires_on": expires_on,
                }
            )
    for start in range(0, len(rows), _BATCH):
        work.step(start, len(rows))
        work.session.execute(insert(DiagnosisCode), rows[start : start + _BATCH])
    if expired:
        work.session.execute(update(DiagnosisCode), expired)
    return len(rows)


def _day(written: str) -> date | None:
    return date.fromisoformat(written.strip()) if written.strip() else None


def _valid(on: date) -> ColumnElement[bool]:
    row = ProcedureCode
    return and_(row.effective_on <= on, or_(row.expires_on.is_(None), row.expires_on >= on))


def _has_words(work: Work, words: list[str]) -> ColumnElement[bool]:
    """Each word begins some word of the label, by the engine's own full-text index."""
    if work.session.get_bind().dialect.name == "sqlite":
        match = text("SELECT rowid FROM diagnosis_words WHERE diagnosis_words MATCH :words LIMIT 2000")
        rows = match.bindparams(words=" ".join(f'"{word}"*' for word in words)).columns(
            literal_column("rowid")
        )
        return DiagnosisCode.id.in_(rows.subquery().select())
    asked = func.to_tsquery("simple", " & ".join(f"{word}:*" for word in words))
    indexed = func.to_tsvector(literal_column("'simple'"), DiagnosisCode.words)
    return indexed.op("@@", is_comparison=True)(asked)
