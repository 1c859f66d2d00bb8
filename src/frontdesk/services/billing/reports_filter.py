"""What the billing reports are about: their figures and charts, a period, and what narrows them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select

from frontdesk.kernel.months import next_month
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.models.office.practice import Site
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.registration.payer import Payer
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.command import query
from frontdesk.services.work import Work


class FigureName(StrEnum):
    """A key figure."""

    RECEIVABLE = "receivable"
    DAYS = "days"
    FIRST_PASS = "first_pass"
    CLEAN = "clean"
    DENIED = "denied"
    COLLECTED = "collected"
    CHARGE_LAG = "charge_lag"
    PAYMENT_LAG = "payment_lag"
    UNBILLED_VISITS = "unbilled_visits"
    UNSENT = "unsent"
    BELOW_CONTRACT = "below_contract"
    INCOME = "income"


class ChartName(StrEnum):
    """A chart."""

    OWED = "owed"
    CAUSES = "causes"
    OWNERS = "owners"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The days, both included, and what else the figures are narrowed to."""

    since_on: date
    until_on: date
    payer_id: int | None = None
    provider_id: int | None = None
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowings:
    """What a report can be narrowed to, ids with names."""

    payers: tuple[tuple[int, str], ...]
    providers: tuple[tuple[int, str], ...]
    sites: tuple[tuple[int, str], ...]


@query(permission="billing.view")
def narrowings(work: Work) -> Narrowings:
    """The payers, providers and sites of the office; those no longer in use too: their money stays."""
    payers = work.session.execute(select(Payer.id, Payer.name).order_by(Payer.name, Payer.id))
    providers = work.session.execute(
        select(Provider.id, Provider.short_name)
        .join(Resource, Resource.id == Provider.id)
        .order_by(Provider.short_name, Provider.id)
    )
    sites = work.session.execute(select(Site.id, Site.name).order_by(Site.name, Site.id))
    return Narrowings(
        tuple((id, name) for id, name in payers),
        tuple((id, name) for id, name in providers),
        tuple((id, name) for id, name in sites),
    )


def of_entries(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Which journal entries are meant, of whatever day.

    Narrowed to a payer: what it owes and paid. To a provider or site: what is on their lines, so that
    money on no line drops out.
    """
    fits: list[ColumnElement[bool]] = []
    if wanted.payer_id is not None:
        fits.append(JournalEntry.payer_id == wanted.payer_id)
        fits.append(JournalEntry.responsible == Party.PAYER)
    if wanted.provider_id is not None:
        lines = select(ChargeLine.id).where(ChargeLine.provider_id == wanted.provider_id)
        fits.append(JournalEntry.charge_line_id.in_(lines))
    if wanted.site_id is not None:
        there = (
            select(ChargeLine.id)
            .join(Appointment, Appointment.id == ChargeLine.appointment_id)
            .where(Appointment.site_id == wanted.site_id)
        )
        fits.append(JournalEntry.charge_line_id.in_(there))
    return fits


def of_claims(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Which claims are meant, of whatever day."""
    fits: list[ColumnElement[bool]] = []
    if wanted.payer_id is not None:
        fits.append(Claim.payer_id == wanted.payer_id)
    if wanted.provider_id is not None:
        fits.append(Claim.provider_id == wanted.provider_id)
    if wanted.site_id is not None:
        there = select(Appointment.id).where(Appointment.site_id == wanted.site_id)
        fits.append(Claim.appointment_id.in_(there))
    return fits


def of_visits(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Which visits are meant, of whatever day; visits have no payer yet."""
    fits: list[ColumnElement[bool]] = []
    if wanted.provider_id is not None:
        fits.append(Appointment.provider_id == wanted.provider_id)
    if wanted.site_id is not None:
        fits.append(Appointment.site_id == wanted.site_id)
    return fits


def instants(work: Work, wanted: Wanted) -> tuple[datetime, datetime]:
    """The period as instants: from its first moment up to, not including, the second."""
    after = wanted.until_on + timedelta(days=1)
    return (
        work.instant(datetime.combine(wanted.since_on, time.min)),
        work.instant(datetime.combine(after, time.min)),
    )


def months_of(wanted: Wanted) -> list[date]:
    """The first days of the months that the period touches."""
    firsts, first = [], wanted.since_on.replace(day=1)
    while first <= wanted.until_on:
        firsts.append(first)
        first = next_month(first)
    return firsts
