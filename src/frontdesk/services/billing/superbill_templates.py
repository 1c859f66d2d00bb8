"""The office's superbill templates: which sections and codes a provider's sheet shows on a day."""

from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.superbill_template import SuperbillTemplate
from frontdesk.models.office.resources import Provider
from frontdesk.services.billing import code_search, codes
from frontdesk.services.billing.codes import Procedure
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_superbill_template", "A template is not changed. Write its next version.")

MOST_CODES = 120
_MOST_FAVOURITES = 60
_LONGEST = 60
USUAL = "Services"
"""The one section of a sheet for which nobody wrote a template: the office's favourites."""


@dataclass(frozen=True, slots=True)
class Section:
    """A head on the sheet, and the codes below it."""

    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A version as the office writes it; without provider and taxonomy it is for everybody."""

    name: str
    effective_on: date
    sections: tuple[Section, ...]
    provider_id: int | None = None
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A version in the list."""

    id: int
    draft: TemplateDraft
    whose: str
    """ "Everybody", "Dr. Lee", "207Q00000X"."""
    written_by: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section as a sheet shows it: the codes that are valid on its day."""

    title: str
    choices: tuple[Procedure, ...]


def _withdrawn(done: Performed) -> Undo:
    return Undo(withdraw, template_id=done.result)


def _back(done: Performed) -> Undo:
    return Undo(put_back, template_id=done.arguments["template_id"])


def _away(done: Performed) -> Undo:
    return Undo(withdraw, template_id=done.arguments["template_id"])


@command("Write superbill template", permission="billing.edit_fees", undo=_withdrawn)
def write(work: Work, *, draft: TemplateDraft) -> int:
    """A version from its day on; one without sections ends the template. Sheets gone by stay as they were."""
    refuse_if_any(_findings(work, draft))
    if draft.provider_id is not None:
        work.get(Provider, draft.provider_id)
    sections = tuple(
        Section(section.title.strip(), tuple(code.strip().upper() for code in section.codes))
        for section in draft.sections
    )
    row = SuperbillTemplate(
        name=draft.name.strip(),
        provider_id=draft.provider_id,
        taxonomy=draft.taxonomy,
        effective_on=draft.effective_on,
        sections=msgspec.json.encode(sections).decode(),
        written_at=work.now,
        written_by=work.actor.name,
    )
    return work.add(row).id


@command("Withdraw superbill template", permission="billing.edit_fees", undo=_back)
def withdraw(work: Work, *, template_id: int) -> None:
    """Take a version out; the one before it holds again."""
    row = work.get(SuperbillTemplate, template_id)
    if row.withdrawn_at is not None:
        raise Refused(Finding("This version was withdrawn already."))
    row.withdrawn_at = work.now


@command("Put superbill template back", permission="billing.edit_fees", undo=_away)
def put_back(work: Work, *, template_id: int) -> None:
    """A withdrawn version holds again from its day on."""
    work.get(SuperbillTemplate, template_id).withdrawn_at = None


@query(permission="billing.view")
def templates(work: Work) -> tuple[TemplateView, ...]:
    """Every version that stands, by whom it is for, the newest first."""
    rows = _standing(work)
    names = _provider_names(work)
    current = {_key(row): row.id for row in sorted(rows, key=_age) if row.effective_on <= work.today}
    rows.sort(key=lambda row: (_rank(row), names.get(row.provider_id or 0, row.taxonomy), _newest(row)))
    return tuple(
        TemplateView(
            id=row.id,
            draft=_draft(row),
            whose=names.get(row.provider_id or 0, "") or row.taxonomy or "Everybody",
            written_by=row.written_by,
            is_current=current.get(_key(row)) == row.id,
        )
        for row in rows
    )


def sections_for(work: Work, provider_id: int, on: date) -> tuple[SheetSection, ...]:
    """What a provider's sheet shows on a day: their own template, their specialty's, else everybody's.

    Where there is none, the office's favourite codes.
    """
    row = _holding(work, work.get(Provider, provider_id), on)
    if row is None:
        usual = code_search.find_procedures(work, typed="", on=on, limit=_MOST_FAVOURITES)
        return (SheetSection(USUAL, usual),)
    found = []
    for section in _sections(row):
        valid = tuple(code for each in section.codes if (code := _valid(work, each, on)) is not None)
        if valid:
            found.append(SheetSection(section.title, valid))
    return tuple(found)


def parsed(text: str) -> tuple[Section, ...]:
    """Sections as they are typed, one a line: "Office visits: 99213 99214". Raises Refused with the line."""
    found, findings = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        title, colon, rest = line.partition(":")
        if not colon or not title.strip():
            sentence = (
                f"Line {number}: write a head, a colon, then codes, as in “Office visits: 99213 99214”."
            )
            findings.append(Finding(sentence, "sections"))
        else:
            found.append(Section(title.strip(), tuple(rest.replace(",", " ").upper().split())))
    refuse_if_any(findings)
    return tuple(found)


def written(sections: tuple[Section, ...]) -> str:
    """The same, back as text."""
    return "\n".join(f"{section.title}: {' '.join(section.codes)}" for section in sections)


def _findings(work: Work, draft: TemplateDraft) -> list[Finding]:
    findings = []
    if not draft.name.strip():
        findings.append(Finding("Give the template a name.", "name"))
    elif len(draft.name.strip()) > _LONGEST:
        findings.append(Finding(f"A name has {_LONGEST} characters at most. Shorten it.", "name"))
    if draft.effective_on < work.today:
        findings.append(
            Finding("Sheets of days gone by stay as they were. Choose today or a later day.", "effective_on")
        )
    if draft.provider_id is not None and draft.taxonomy:
        findings.append(Finding("A template is for one provider or for a specialty, not for both.", "whose"))
    every = [code.strip().upper() for section in draft.sections for code in section.codes]
    for section in draft.sections:
        if not section.codes:
            findings.append(
                Finding(f"“{section.title}” has no codes. Add some, or leave it out.", "sections")
            )
        if len(section.title) > _LONGEST:
            findings.append(Finding(f"A head has {_LONGEST} characters at most.", "sections"))
    if len(every) > MOST_CODES:
        findings.append(Finding(f"A sheet has room for {MOST_CODES} codes.", "sections"))
    for code in dict.fromkeys(every):
        if every.count(code) > 1:
            findings.append(Finding(f"{code} stands on the sheet twice.", "sections"))
        try:
            codes.procedure_on(work, code, draft.effective_on)
        except Refused as no:
            findings += [Finding(each.message, "sections") for each in no.findings]
    return findings


def _holding(work: Work, provider: Provider, on: date) -> SuperbillTemplate | None:
    """The latest version of the nearest template; one that was ended leaves it to the next."""
    rows = sorted((row for row in _standing(work) if row.effective_on <= on), key=_age)
    newest = {_key(row): row for row in rows}
    for key in ((provider.id, ""), (None, provider.taxonomy), (None, "")):
        row = newest.get(key)
        if row is not None and _sections(row):
            return row
    return None


def _standing(work: Work) -> list[SuperbillTemplate]:
    return list(
        work.session.scalars(
            select(SuperbillTemplate)
            .where(SuperbillTemplate.withdrawn_at.is_(None))
            .order_by(SuperbillTemplate.id)
        )
    )


def _provider_names(work: Work) -> dict[int, str]:
    return dict(work.session.execute(select(Provider.id, Provider.short_name)).all())


def _valid(work: Work, code: str, on: date) -> Procedure | None:
    try:
        return codes.procedure_on(work, code, on)
    except Refused:
        return None


def _sections(row: SuperbillTemplate) -> tuple[Section, ...]:
    return msgspec.json.decode(row.sections, type=tuple[Section, ...])


def _draft(row: SuperbillTemplate) -> TemplateDraft:
    return TemplateDraft(row.name, row.effective_on, _sections(row), row.provider_id, row.taxonomy)


def _key(row: SuperbillTemplate) -> tuple[int | None, str]:
    return (row.provider_id, row.taxonomy)


def _age(row: SuperbillTemplate) -> tuple[date, int]:
    return (row.effective_on, row.id)


def _newest(row: SuperbillTemplate) -> tuple[int, int]:
    return (-row.effective_on.toordinal(), -row.id)


def _rank(row: SuperbillTemplate) -> int:
    return 2 if row.provider_id is not None else 1 if row.taxonomy else 0
