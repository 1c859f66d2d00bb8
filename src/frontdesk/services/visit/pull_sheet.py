"""The chart pull list as a sheet of paper."""

from datetime import date

from frontdesk.formats.pdf.pull_list import PullSheet, PullSheetLine
from frontdesk.formats.pdf.pull_list import pull_list_pdf as drawn
from frontdesk.kernel.text import clock_time, us_date, us_time, weekday_date
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.volume import Place
from frontdesk.services.command import query
from frontdesk.services.records import filing_order, sheets
from frontdesk.services.visit import pull_list
from frontdesk.services.visit.pull_list import PullLine, PullState
from frontdesk.services.work import Work

_REMARKS = {
    PullState.PULLED: "Pulled",
    PullState.RETURNED: "Returned",
    PullState.REFILED: "Refiled",
    PullState.MISSING: "Missing",
    PullState.UNNEEDED: "No longer needed, put back",
}


@query(permission="records.view")
def pull_list_pdf(
    work: Work, *, day: date, provider_id: int | None = None, all_volumes: bool = False
) -> bytes:
    """The list as it stands, a box to tick for each volume."""
    found = pull_list.pull_list(work, day=day, provider_id=provider_id, all_volumes=all_volumes)
    return drawn(
        PullSheet(
            sender=sheets.sender(work),
            day=weekday_date(day),
            provider=work.get(Provider, provider_id).short_name if provider_id is not None else "",
            order=filing_order.words_of(found.order),
            printed_at=f"{us_date(work.today)} at {us_time(work.local_now)}",
            lines=tuple(_line(line) for line in found.lines),
            without_paper=found.without_paper,
        )
    )


def visits_said(line: PullLine) -> str:
    """ "9:30 Dr. Lee; 11:00 Dr. Amin"."""
    return "; ".join(f"{clock_time(visit.starts)} {visit.provider}" for visit in line.visits)


def _line(line: PullLine) -> PullSheetLine:
    volume = line.volume
    remark = _REMARKS.get(line.state, "")
    if line.state is PullState.WITH_PROVIDER or (
        line.state is PullState.NEEDED and volume.place is not Place.SHELF
    ):
        remark = volume.where[:1].upper() + volume.where[1:]
    return PullSheetLine(
        home=volume.home,
        volume=f"{volume.filed_as}, vol. {volume.number}",
        patient=volume.patient,
        born_on=us_date(volume.born_on),
        visits=visits_said(line),
        remark="Late add" if line.is_late_add and not remark else remark,
        is_done=line.state in (PullState.PULLED, PullState.WITH_PROVIDER, PullState.RETURNED),
    )
