"""The ways out of what the check of a claim found, as far as they are carried out here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from frontdesk.services.billing import claims
from frontdesk.services.billing.claim_detail import ClaimDetail, ClaimProblem
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.ui.desk import Desk, Owner
from frontdesk.ui.text import tr

_MOST_CHOICES = 4
_PARTS = ("accident", "referring", "primary care", "ordering", "supervising", "ndc")
"""The fields of what only some claims say."""
_DATES = (
    "admitted_on",
    "bought_cents",
    "case_number",
    "delay",
    "onset_on",
    "other_on",
    "outside_npi",
    "screening",
)
"""Those of its dates and circumstances."""
_MORE = ("description", "minutes", "references")
"""Those of what payers seldom ask."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A button under a problem. `is_only` when there is no other way, so that one key may do it."""

    words: str
    icon: str
    act: Literal["point", "place", "superbill", "parts", "dates", "more", "number"]
    line: int = 0
    value: str = ""
    is_only: bool = False


def fixes(claim: ClaimDetail, problem: ClaimProblem) -> tuple[Fix, ...]:
    """The buttons of a problem, the likeliest first."""
    return tuple(_fixes(claim, problem))


def only_fixes(claim: ClaimDetail) -> tuple[Fix, ...]:
    """What can be put right without a choice, over all problems."""
    return tuple(fix for problem in claim.problems for fix in fixes(claim, problem) if fix.is_only)


def where_to(problem: ClaimProblem) -> str:
    """Where it is put right, when not here; empty when a button does it."""
    places = {
        "patient": tr("Put right in the patient's details."),
        "coverage": tr("Put right in the patient's insurance."),
        "authorization": tr("Put right in the patient's authorizations."),
        "payer": tr("Put right with the payer's data."),
        "provider": tr("Put right with the provider's data, by the office manager."),
        "practice": tr("Put right in the set-up, under Practice, by the office manager."),
        "setup": tr("Put right in the billing set-up, by the office manager."),
        "site": tr("Put right with the site's data, by the office manager."),
    }
    return places.get(problem.target, "")


def _fixes(claim: ClaimDetail, problem: ClaimProblem) -> Iterator[Fix]:
    if problem.field == "place_of_service" and problem.suggestion:
        code = problem.suggestion
        yield Fix(tr("Use {code}", code=code), "check", "place", value=code, is_only=True)
    if problem.field == "diagnosis_pointers" and problem.line is not None:
        yield from _pointers(claim, problem, problem.line)
    if problem.field in _PARTS:
        yield Fix(tr("Enter it…"), "pencil", "parts", problem.line or 0, problem.field)
    if problem.field in _DATES:
        yield Fix(tr("Enter it…"), "pencil", "dates", problem.line or 0, problem.field)
    if problem.field in _MORE:
        where = problem.suggestion or problem.field
        yield Fix(tr("Enter it…"), "pencil", "more", problem.line or 0, where)
    if problem.field == "payer_control_number":
        yield Fix(tr("Enter it…"), "pencil", "number")
    if problem.target == "superbill":
        yield Fix(tr("Open the superbill"), "file-text", "superbill")


def _pointers(claim: ClaimDetail, problem: ClaimProblem, line: int) -> Iterator[Fix]:
    letters = [problem.suggestion] if problem.suggestion else [d.letter for d in claim.diagnoses]
    for letter in letters[:_MOST_CHOICES]:
        code = next((d.code for d in claim.diagnoses if d.letter == letter), "")
        words = tr("Point line {line} to {letter} ({code})", line=line, letter=letter, code=code)
        yield Fix(words, "check", "point", line, letter, is_only=len(letters) == 1)


def mend(
    page: Owner,
    desk: Desk,
    fix: Fix,
    claim: ClaimRow,
    version: int | None,
    then: Callable[[object], object],
) -> None:
    """Change the claim as the fix says; `version` is the one that was seen."""
    if fix.act == "place":
        desk.do(page, then, claims.set_place_of_service, claim_id=claim.id, code=fix.value, version=version)
    else:
        desk.do(
            page,
            then,
            claims.point_line,
            claim_id=claim.id,
            line=fix.line,
            pointers=fix.value,
            version=version,
        )
