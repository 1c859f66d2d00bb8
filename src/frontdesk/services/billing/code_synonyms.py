"""What people say for what the lists of codes call otherwise: "sugar" finds diabetes, "htn" hypertension.

The office keeps its own words; the common ones of the trade come with the program (`said.csv`).
"""

import csv
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.files import resources_folder
from frontdesk.kernel.text import fold
from frontdesk.models.billing.code_lists import CodeSynonym, FavouriteKind
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_code_synonym_said", "These words have a meaning already. Change that line.", field="said")

_MOST_WORDS = 4

Group = tuple[tuple[str, ...], ...]
"""Either of these; each is words that must all occur."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """What is said, and what it means."""

    id: int
    version: int
    said: str
    means: str


@query(permission="billing.view")
def synonyms(work: Work) -> tuple[Synonym, ...]:
    """The office's words in their order."""
    found = work.session.scalars(select(CodeSynonym).order_by(CodeSynonym.said))
    return tuple(Synonym(row.id, row.version, row.said, row.means) for row in found)


def _taken_away(done: Performed) -> Undo:
    return Undo(remove, said=done.arguments["said"])


@command("Add word of the office", permission="billing.edit_codes", undo=_taken_away)
def add(work: Work, *, said: str, means: str) -> int:
    """Let words find what the lists call otherwise, from the next search on."""
    plain, meant = fold(said), fold(means)
    findings = [] if plain else [Finding("Write the words that the office says.", "said")]
    if len(plain.split()) > _MOST_WORDS:
        findings.append(Finding("The office's own words are four at most.", "said"))
    if not meant:
        findings.append(Finding("Write the words that the lists use.", "means"))
    elif plain == meant:
        findings.append(Finding("Both sides say the same.", "means"))
    if work.session.scalar(select(CodeSynonym.id).where(CodeSynonym.said == plain)):
        findings.append(Finding("These words have a meaning already. Change that line.", "said"))
    refuse_if_any(findings)
    return work.add(CodeSynonym(said=plain, means=meant)).id


def _put_back(done: Performed) -> Undo:
    return Undo(add, said=done.result.said, means=done.result.means)


@command("Remove word of the office", permission="billing.edit_codes", undo=_put_back)
def remove(work: Work, *, said: str) -> Synonym:
    """The words find only themselves again."""
    row = work.session.scalar(select(CodeSynonym).where(CodeSynonym.said == fold(said)))
    if row is None:
        raise Refused(Finding("These words are not among the office's any more. Nothing was changed."))
    was = Synonym(row.id, row.version, row.said, row.means)
    work.session.delete(row)
    return was


def groups(work: Work, typed: str) -> list[Group]:
    """What was typed as groups that must all be met, each by itself or by what it means."""
    words = fold(typed).split()
    spans = {
        " ".join(words[start : start + count])
        for count in range(1, _MOST_WORDS + 1)
        for start in range(len(words) - count + 1)
    }
    asked = select(CodeSynonym.said, CodeSynonym.means).where(CodeSynonym.said.in_(sorted(spans)))
    own = {row.said: row.means for row in work.session.execute(asked)}
    means = {
        said: ((own[said],) if said in own else ()) + (_said()[said].means if said in _said() else ())
        for said in spans
    }
    found: list[Group] = []
    at = 0
    while at < len(words):
        lengths = range(min(_MOST_WORDS, len(words) - at), 0, -1)
        count = next((n for n in lengths if means[" ".join(words[at : at + n])]), 0)
        said = words[at : at + (count or 1)]
        others = means[" ".join(said)]
        found.append((tuple(said), *(tuple(each.split()) for each in others)))
        at += count or 1
    return found


def meant(typed: str, kind: FavouriteKind) -> tuple[str, ...]:
    """The codes that are usually meant where just this is said, without dots, the most usual first."""
    common = _said().get(" ".join(fold(typed).split()))
    if common is None:
        return ()
    return common.diagnoses if kind is FavouriteKind.DIAGNOSIS else common.services


@dataclass(frozen=True, slots=True)
class _Common:
    means: tuple[str, ...]
    """Folded words, one way or another."""
    diagnoses: tuple[str, ...]
    services: tuple[str, ...]


@cache
def _said() -> dict[str, _Common]:
    with (resources_folder() / "codes" / "said.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["said"]: _Common(
                tuple(fold(each) for each in row["means"].split("/") if each),
                tuple(row["diagnoses"].replace(".", "").split()),
                tuple(row["services"].split()),
            )
            for row in csv.DictReader(lines)
        }
