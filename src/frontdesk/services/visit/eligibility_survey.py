"""Looks a payer's file through before anything of it is kept: what is it, and is it whole?"""

from dataclasses import dataclass

from frontdesk.formats.x12.eligibility_reader import EligibilityReader
from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.foreign import called, looks_like
from frontdesk.formats.x12.problems import Malformed, Problem
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.services.billing.remittance_survey import opened
from frontdesk.services.work import Work

_HEAD_BYTES = 200
_WANTED = "Choose a file of eligibility answers (271)"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file comes to."""

    answers: int
    note: str
    """What does not fit in its envelopes though all its answers are there; empty when nothing."""


def look_through(work: Work, sha256: str) -> Seen:
    """Counts the answers of a kept file.

    Raises Refused, with what the file is or where it breaks off, unless it can be read whole.
    """
    with opened(work.session, sha256) as file:
        foreign = looks_like(file.read(_HEAD_BYTES))
    if foreign:
        raise Refused(Finding(f"This is {foreign}. {_WANTED}."))
    reader = Reader(opened(work.session, sha256))
    kinds: list[str] = []
    answers = 0
    try:
        for message in reader.transaction_sets():
            if message.kind == "271":
                answers += sum(1 for _ in EligibilityReader(message))
            elif message.kind not in kinds:
                kinds.append(message.kind)
    except Malformed as malformed:
        raise Refused(Finding(f"Nothing was read. {_said(malformed.problems[0])}")) from None
    if broken := next((problem for problem in reader.problems if _is_cut(problem)), None):
        raise Refused(
            Finding(
                "Nothing was read: the file is not whole. It breaks off at segment "
                f"{broken.segment_number}. Ask the payer to send it again."
            )
        )
    if not answers:
        held = " and ".join(called(kind) for kind in kinds) or "no message at all"
        raise Refused(Finding(f"This file holds {held}. {_WANTED}."))
    return Seen(answers, _note(reader.problems))


def _is_cut(problem: Problem) -> bool:
    """Whether something is missing at the end, of the file or of a message in it."""
    return (problem.element in ("SE", "GE", "IEA") and "expected the" in problem.message) or (
        problem.code == "8" and "the file ends here" in problem.message
    )


def _note(problems: list[Problem]) -> str:
    grave = [problem for problem in problems if not problem.is_harmless]
    if not grave:
        return ""
    more = f" There are {len(grave) - 1} more such places." if len(grave) > 1 else ""
    return (
        f"All was read, but the file's own counts do not fit. {grave[0]}{more} "
        "Compare with the payer's website where an answer looks short."
    )


def _said(problem: Problem) -> str:
    if problem.element == "ST03":
        return (
            f"{problem} Ask the payer or clearinghouse for answers in version 5010, "
            "the one that HIPAA adopted (45 CFR 162.1202)."
        )
    return str(problem)
