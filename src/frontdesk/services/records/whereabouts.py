"""Where volumes are, in words: what every list, card and refusal about paper charts says alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.names import last_first, short_name
from frontdesk.kernel.text import clock_time, us_date
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.records.volume import ChartVolume, Standing
from frontdesk.models.records.volume import Place as Place
from frontdesk.models.registration.patient import Patient
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.records.filing_order import FilingOrder, ShelfKey, shelf_key
from frontdesk.services.work import Work

_Room = aliased(Resource)


@dataclass(frozen=True, slots=True)
class Volume:
    """One folder: what is on its label, and where it is."""

    volume_id: int
    version: int
    patient_id: int
    patient: str
    """ "Harris, Walter"."""
    born_on: date
    last: str
    first: str
    number: int
    filed_as: str
    barcode: str
    home: str
    opened_on: date
    closed_on: date | None
    place: Place
    provider_id: int | None
    where: str
    """ "at Dr. Lee's desk", "on its shelf"."""
    since: datetime
    out_since: datetime | None
    """On the office's clock, as `since`."""
    out_by: str
    out_for: str
    for_on: date | None
    due_on: date | None

    def shelf_key(self, order: FilingOrder) -> ShelfKey:
        """Where it stands in the office's order."""
        return shelf_key(order, self.filed_as, self.number, self.last, self.first, self.born_on)

    @property
    def label(self) -> str:
        """ "HP-09177, volume 2"."""
        return f"{self.filed_as}, volume {self.number}"

    @property
    def pulled_words(self) -> str:
        """ "Pulled 8:05 by Dana B. for Dr. Lee, 11:15"; with the date where it was not today."""
        if self.out_since is None:
            return ""
        words = f"Pulled {clock_time(self.out_since)} by {self.out_by}"
        return f"{words} for {self.out_for}" if self.out_for else words


def volumes(work: Work, *conditions: ColumnElement[bool]) -> list[Volume]:
    """The volumes that meet the conditions, with the names around them; one statement."""
    rows = work.session.execute(
        select(
            ChartVolume,
            Patient.legal_first,
            Patient.legal_last,
            Patient.born_on,
            Provider.short_name,
            _Room.name,
            UserAccount.name,
        )
        .join(Patient, Patient.id == ChartVolume.patient_id)
        .outerjoin(Provider, Provider.id == ChartVolume.provider_id)
        .outerjoin(_Room, _Room.id == ChartVolume.room_id)
        .outerjoin(UserAccount, UserAccount.id == ChartVolume.user_id)
        .where(*conditions)
        .order_by(ChartVolume.id)
    )
    return [
        Volume(
            volume_id=volume.id,
            version=volume.version,
            patient_id=volume.patient_id,
            patient=last_first(last, first),
            born_on=born_on,
            last=last,
            first=first,
            number=volume.number,
            filed_as=volume.filed_as,
            barcode=volume.barcode,
            home=volume.home,
            opened_on=volume.opened_on,
            closed_on=volume.closed_on,
            place=volume.place,
            provider_id=volume.provider_id,
            where=said(volume.place, provider or "", room or "", user or "", volume.words),
            since=work.wall(volume.since_at),
            out_since=work.wall(volume.out_at) if volume.out_at else None,
            out_by=short_name(volume.out_by),
            out_for=volume.out_for,
            for_on=volume.for_on,
            due_on=volume.due_on,
        )
        for volume, first, last, born_on, provider, room, user in rows
    ]


def said(place: Place, provider: str, room: str, user: str, words: str) -> str:
    """Where something is, as the end of a sentence: "at Dr. Lee's desk"."""
    if place is Place.DESK:
        return f"at {provider}'s desk"
    if place is Place.ROOM:
        return f"in {room}"
    if place is Place.PERSON:
        return f"with {short_name(user) if user else words}"
    if place is Place.OFF_SITE:
        return f"off site, {words}"
    if place is Place.DESTROYED:
        return f"destroyed, {words}"
    return {
        Place.SHELF: "on its shelf",
        Place.PULLED: "pulled, not handed over yet",
        Place.TO_REFILE: "brought back, to be refiled",
        Place.MISSING: "missing",
    }[place]


def where_is(work: Work, standing: Standing) -> str:
    """The same of one row; at most one statement."""
    return said(
        standing.place,
        _name(work, Provider.short_name, Provider.id, standing.provider_id),
        _name(work, Resource.name, Resource.id, standing.room_id),
        _name(work, UserAccount.name, UserAccount.id, standing.user_id),
        standing.words,
    )


def when(at: datetime, today: date) -> str:
    """ "8:05" of today, "03/12/2026" of another day."""
    return clock_time(at) if at.date() == today else us_date(at.date())


def is_overdue(volume: Volume, today: date) -> bool:
    """Still out after the day it is due, or was pulled for; off site it may stay."""
    if volume.place in (Place.SHELF, Place.OFF_SITE, Place.MISSING, Place.DESTROYED):
        return False
    until = volume.due_on or volume.for_on
    return (
        until < today
        if until
        else bool(volume.out_since and volume.out_since.date() < today - timedelta(days=_LONG_OUT_DAYS))
    )


_LONG_OUT_DAYS = 7
"""After so many days out without a date to be back it is asked for."""


def in_order(found: Sequence[Volume], order: FilingOrder) -> list[Volume]:
    """As they stand on the shelves."""
    return sorted(found, key=lambda volume: volume.shelf_key(order))


def _name(work: Work, name: Any, key: Any, id: int | None) -> str:  # Any: SQLAlchemy's own attributes
    return "" if id is None else str(work.session.scalar(select(name).where(key == id)) or "")
