"""The days on which the office is closed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.office.practice import Holiday, Site
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_holiday_practice", "The office is already closed on that day.", field="on")
says("uq_holiday_site", "The site is already closed on that day.", field="on")


@dataclass(frozen=True, slots=True)
class HolidayDraft:
    """A closed day of one site, or with no site of the whole practice."""

    on: date
    name: str
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class HolidayView:
    """A closed day as it is kept."""

    id: int
    on: date
    name: str
    site_id: int | None


@query(permission="office.view")
def holidays(work: Work, *, first: date, last: date, site_id: int | None = None) -> tuple[HolidayView, ...]:
    """The closed days between two dates, the last included; with a site, those that hold there."""
    wanted = select(Holiday).where(Holiday.on.between(first, last)).order_by(Holiday.on, Holiday.id)
    if site_id is not None:
        wanted = wanted.where(or_(Holiday.site_id.is_(None), Holiday.site_id == site_id))
    found = work.session.execute(wanted).scalars()
    return tuple(HolidayView(day.id, day.on, day.name, day.site_id) for day in found)


@query(permission="office.view")
def federal_holidays(work: Work, *, year: int) -> tuple[HolidayDraft, ...]:
    """The federal holidays of a year, as observed, to choose from."""
    import holidays as calendar  # 100 ms: only where a year is set up

    observed = calendar.country_holidays("US", years=year)
    return tuple(HolidayDraft(on, name) for on, name in sorted(observed.items()) if on.year == year)


def _opened_again(done: Performed) -> Undo:
    return Undo(remove_holidays, days=done.arguments["days"])


@command("Close on holidays", permission="office.edit", undo=_opened_again)
def add_holidays(work: Work, *, days: tuple[HolidayDraft, ...]) -> tuple[int, ...]:
    """Close the office, or a site, on some days."""
    findings = []
    for day in days:
        if not day.name.strip():
            findings.append(Finding(f"Name the reason for closing on {us_date(day.on)}.", field="name"))
        if day.site_id is not None:
            work.get(Site, day.site_id)
        if work.session.scalar(_closing(day)) is not None:
            findings.append(Finding(f"{us_date(day.on)} is already closed.", field="on"))
    if len({(day.on, day.site_id) for day in days}) < len(days):
        findings.append(Finding("The same day is in the list twice.", field="on"))
    refuse_if_any(findings)
    return tuple(work.add(Holiday(on=day.on, name=day.name.strip(), site_id=day.site_id)).id for day in days)


def _closed_again(done: Performed) -> Undo:
    return Undo(add_holidays, days=done.result)


@command("Open on holidays", permission="office.edit", undo=_closed_again)
def remove_holidays(work: Work, *, days: tuple[HolidayDraft, ...]) -> tuple[HolidayDraft, ...]:
    """Open on days that were closed, known by their date and site; gives back what they were."""
    if not days:
        raise Refused(Finding("Choose the days on which to open."))
    former = []
    for day in days:
        found = work.session.scalar(_closing(day))
        if found is None:
            raise Refused(Finding(f"The office is open on {us_date(day.on)} already.", field="on"))
        former.append(HolidayDraft(found.on, found.name, found.site_id))
        work.session.delete(found)
    return tuple(former)


def _closing(day: HolidayDraft) -> Select[Holiday]:
    same = Holiday.site_id.is_(None) if day.site_id is None else Holiday.site_id == day.site_id
    return select(Holiday).where(Holiday.on == day.on, same)
