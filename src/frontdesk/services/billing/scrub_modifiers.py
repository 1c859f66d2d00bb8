"""Rules about modifiers: that they are valid, fit their code, and do not contradict each other."""

from collections.abc import Iterator

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import modifier_facts
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_found import Found


def modifier_valid(claim: ClaimFacts) -> Iterator[Found]:
    """SV101-3 to 6: in CMS's list or the office's on the day of service."""
    for line in claim.lines:
        for modifier in line.unknown_modifiers:
            message = f"Line {line.place}: modifier {modifier} is not valid on {us_date(line.served_on)}."
            yield Found(message, "Take it off, or use the one of that day.", "modifiers", line.place)


def modifier_fit(claim: ClaimFacts) -> Iterator[Found]:
    """A modifier is on a code of its kind: 24, 25 and 57 on visits, a toe's on the foot (table below)."""
    for line in claim.lines:
        for modifier in line.modifiers:
            fit = modifier_facts.misfit(modifier, line.code)
            if fit is not None:
                kind = f"is for {fit.words}, not for" if fit.is_only else f"is not for {fit.words} such as"
                message = f"Line {line.place}: modifier {modifier} {kind} {line.code}."
                yield Found(message, fit.advice, "modifiers", line.place)


def modifier_pairs(claim: ClaimFacts) -> Iterator[Found]:
    """Modifiers that contradict each other (table below)."""
    for line in claim.lines:
        for (one, other), why in modifier_facts.contradictions(line.modifiers):
            message = f"Line {line.place}: modifiers {one} and {other} contradict each other."
            yield Found(message, why, "modifiers", line.place)


def modifier_50(claim: ClaimFacts) -> Iterator[Found]:
    """50 is both sides at once: one line, one unit."""
    for line in claim.lines:
        if "50" in line.modifiers and line.units > 1:
            message = f"Line {line.place}: modifier 50 means both sides, yet there are {line.units} units."
            yield Found(message, "Enter 1 unit.", "units", line.place)
