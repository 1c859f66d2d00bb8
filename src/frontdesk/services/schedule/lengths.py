"""How long visits take, learned from the office's own stamps: from the provider's coming in to going out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import bindparam, func, select, text

from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_length import WHOEVER, VisitLength
from frontdesk.models.schedule.visit_type import Role, VisitType, VisitTypePhase
from frontdesk.services.prepared import Prepared
from frontdesk.services.schedule.simulation import Length
from frontdesk.services.schedule.standing import Standing
from frontdesk.services.work import Work

TOO_FEW = 10
"""Visits that say nothing yet."""
MOST = 200
"""Visits looked at, the latest first: as many whatever the office's past."""
SINCE = timedelta(days=365)
LONGEST_PERCENT = 400
"""A provider whose going out was not stamped before the evening did not take that long."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """What is known of every type of visit; `of` answers for one visit."""

    learned: dict[tuple[int, int], tuple[int, int]]
    """By type and provider (or `WHOEVER`): usual and long, in percent of the booked time."""
    patterns: dict[int, int]
    """By type: the provider's share of the booked time by the type's pattern, in percent."""

    def of(self, visit_type_id: int, provider_id: int, minutes: int) -> Length:
        """The length of a visit of `minutes`: of its type with its provider, of its type, or as booked."""
        found = self.learned.get((visit_type_id, provider_id)) or self.learned.get((visit_type_id, WHOEVER))
        if found is None:
            booked = round(minutes * self.patterns.get(visit_type_id, 100) / 100)
            return Length(booked, booked)
        usual, long = found
        return Length(round(minutes * usual / 100), round(minutes * long / 100))


def load(work: Work) -> Lengths:
    """All that was learned, in one statement."""
    learned: dict[tuple[int, int], tuple[int, int]] = {}
    patterns: dict[int, int] = {}
    for type_id, minutes, pattern, provider_id, visits, usual, long in _KNOWN.rows(work.session, {}):
        if minutes and pattern:
            patterns[type_id] = min(100, round(100 * pattern / minutes))
        if visits is not None and visits >= TOO_FEW:
            learned[type_id, provider_id] = usual, long
    return Lengths(learned, patterns)


def follow(work: Work, appointment: Appointment, before: Standing, after: Standing) -> None:
    """Learns anew when the provider's coming or going was stamped, corrected or taken back."""
    if _stamps(before) != _stamps(after) and (before.provider_out_at or after.provider_out_at):
        learn(work, ((appointment.visit_type_id, appointment.provider_id),))


def learn(work: Work, kinds: Iterable[tuple[int, int]]) -> None:
    """Looks at the last visits of these types with these providers, and of these types with anybody."""
    wanted = sorted(set(kinds))
    for type_id, provider_id in wanted:
        _learn(work, type_id, provider_id)
    for type_id in sorted({type_id for type_id, _ in wanted}):
        _learn(work, type_id, WHOEVER)


def learn_all(work: Work) -> None:
    """Looks at everything: after visits were brought in by the thousand."""
    asked = (
        select(Appointment.visit_type_id, Appointment.provider_id)
        .where(Appointment.provider_out_at.is_not(None))
        .distinct()
    )
    learn(work, [(type_id, provider_id) for type_id, provider_id in work.session.execute(asked)])


def percents(visits: Sequence[tuple[datetime, datetime, datetime, datetime]]) -> tuple[int, int]:
    """The median and the 80th percentile of visits (in, out, starts, ends), in percent of the booked time."""
    shares = sorted(
        min(LONGEST_PERCENT, max(0, round(100 * ((out - came) / (ends - starts)))))
        for came, out, starts, ends in visits
    )
    if not shares:
        return 0, 0
    return shares[(len(shares) - 1) // 2], shares[ceil(len(shares) * 0.8) - 1]


def _stamps(at: Standing) -> tuple[datetime | None, datetime | None]:
    return at.provider_in_at, at.provider_out_at


def _learn(work: Work, type_id: int, provider_id: int) -> None:
    asked = _LAST if provider_id == WHOEVER else _LAST_WITH
    found = work.session.execute(
        asked, {"kind": type_id, "provider": provider_id, "since": work.local_now - SINCE}
    ).all()
    usual, long = percents(
        [
            (came, out, starts, ends)
            for came, out, starts, ends in found
            if came is not None and out is not None
        ]
    )
    work.session.execute(
        _KEEP, {"kind": type_id, "provider": provider_id, "visits": len(found), "usual": usual, "long": long}
    )


_LAST: Final = (
    select(Appointment.provider_in_at, Appointment.provider_out_at, Appointment.starts, Appointment.ends)
    .where(
        Appointment.visit_type_id == bindparam("kind"),
        Appointment.starts >= bindparam("since"),
        Appointment.provider_out_at.is_not(None),
        Appointment.provider_out_at > Appointment.provider_in_at,
    )
    .order_by(Appointment.starts.desc(), Appointment.id.desc())
    .limit(MOST)
)
_LAST_WITH: Final = _LAST.where(Appointment.provider_id == bindparam("provider"))
_KEEP: Final = text(
    "INSERT INTO visit_length (visit_type_id, provider_id, visits, usual_percent, long_percent) "
    "VALUES (:kind, :provider, :visits, :usual, :long) "
    "ON CONFLICT (visit_type_id, provider_id) DO UPDATE SET visits = excluded.visits, "
    "usual_percent = excluded.usual_percent, long_percent = excluded.long_percent"
)
_pattern = (
    select(VisitTypePhase.visit_type_id, func.sum(VisitTypePhase.minutes).label("minutes"))
    .where(VisitTypePhase.role == Role.PROVIDER)
    .group_by(VisitTypePhase.visit_type_id)
    .subquery()
)
_KNOWN: Final = Prepared(
    select(
        VisitType.id,
        VisitType.minutes,
        _pattern.c.minutes,
        VisitLength.provider_id,
        VisitLength.visits,
        VisitLength.usual_percent,
        VisitLength.long_percent,
    )
    .outerjoin(_pattern, _pattern.c.visit_type_id == VisitType.id)
    .outerjoin(VisitLength, VisitLength.visit_type_id == VisitType.id)
)
