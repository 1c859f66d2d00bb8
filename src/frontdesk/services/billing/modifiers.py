"""Modifiers by their day: found while somebody types, and looked at before they are charged."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Text, bindparam, select

from frontdesk.kernel.text import fold, us_date
from frontdesk.models.billing.charges import ChargeLine, Superbill
from frontdesk.models.billing.code_lists import ModifierCode
from frontdesk.services.billing import modifier_facts
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared
from frontdesk.services.work import Work

_CODE_LENGTH = 2
_LAST_LINES = 100

Editions = dict[str, list[ModifierCode]]
"""Every edition of some modifiers, the latest first."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """Two letters or digits, and what they say."""

    code: str
    label: str


@query(permission="billing.view")
def find(
    work: Work, *, typed: str, on: date, code: str = "", provider_id: int | None = None, limit: int = 12
) -> tuple[Modifier, ...]:
    """Those of a day that begin so, then those whose words do; with a code, only what may be on it.

    What the provider had with the code lately goes first.
    """
    asked = typed.strip().upper()
    words = fold(typed).split() if len(asked) > _CODE_LENGTH else []
    row = ModifierCode
    found = work.session.scalars(select(row).where(row.in_force(on)).order_by(row.code))
    fitting = [each for each in found if not code or modifier_facts.misfit(each.code, code) is None]
    by_code = sorted((each for each in fitting if each.code.startswith(asked)), key=_usual_order)
    by_words = [each for each in fitting if each not in by_code and _has(each, words)]
    by_words.sort(key=lambda each: (not each.words.startswith(words[0]), len(each.words.split()), each.code))
    used = _used(work, provider_id, code) if code else []
    listed = sorted((*by_code, *by_words), key=lambda each: -used.count(each.code))
    return tuple(Modifier(each.code, each.label) for each in listed[:limit])


def problems(work: Work, modifiers: Iterable[str], code: str, on: date) -> tuple[str, ...]:
    """Why modifiers cannot be charged on a day, a sentence each."""
    given = tuple(modifiers)
    known = editions(work, given)
    return tuple(_why(each, (known or {}).get(each, []), on) for each in unknown(known, given, code, on))


def editions(work: Work, modifiers: Iterable[str]) -> Editions | None:
    """Of these modifiers; None where no list was loaded, and so nothing can be said."""
    wanted = set(modifiers)
    if not wanted:
        return {}
    by_code: defaultdict[str, list[ModifierCode]] = defaultdict(list)
    asked = select(ModifierCode).where(ModifierCode.code.in_(wanted))
    for row in work.session.scalars(asked.order_by(ModifierCode.effective_on.desc())):
        by_code[row.code].append(row)
    if not by_code and work.session.scalar(select(ModifierCode.id).limit(1)) is None:
        return None
    return by_code


def unknown(known: Editions | None, modifiers: Iterable[str], code: str, on: date) -> tuple[str, ...]:
    """Those that are not valid on a day, in their order; an ambulance's places always are."""
    if known is None:
        return ()
    return tuple(
        each
        for each in modifiers
        if not any(row.is_in_force(on) for row in known.get(each, ()))
        and not modifier_facts.is_route(each, code)
    )


_lately = Prepared(
    select(ChargeLine.modifiers)
    .join(Superbill, Superbill.id == ChargeLine.superbill_id)
    .where(
        Superbill.provider_id == bindparam("provider", type_=Superbill.provider_id.type),
        ChargeLine.code == bindparam("code", type_=Text),
        ChargeLine.modifiers != "",
    )
    .order_by(Superbill.service_on.desc(), ChargeLine.id.desc())
    .limit(_LAST_LINES)
)


def _used(work: Work, provider_id: int | None, code: str) -> list[str]:
    """As often as they were charged."""
    rows = _lately.rows(work.session, {"provider": provider_id, "code": code}) if provider_id else ()
    return [each for (given,) in rows for each in given.split()]


def _why(modifier: str, rows: list[ModifierCode], on: date) -> str:
    if not rows:
        return f"{modifier} is not a modifier. Check the spelling."
    ended = next((row.expires_on for row in rows if row.expires_on and row.expires_on < on), None)
    if ended is None:
        return f"Modifier {modifier} is not valid before {us_date(rows[-1].effective_on)}."
    return f"Modifier {modifier} ended on {us_date(ended)}. Take it off, or use the one of that day."


def _usual_order(row: ModifierCode) -> tuple[bool, bool, str]:
    """Those of CPT, those of CMS, and last the ones that say why a measure was not met (1P)."""
    return not row.code.isdigit(), row.code[0].isdigit(), row.code


def _has(row: ModifierCode, words: list[str]) -> bool:
    label = row.words.split()
    return bool(words) and all(any(each.startswith(word) for each in label) for word in words)
