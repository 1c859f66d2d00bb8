"""Labels and out slips of paper charts, and the note that they were printed."""

from sqlalchemy import select

from frontdesk.formats.pdf.chart_label import LAYOUTS, ChartLabel, OutSlip
from frontdesk.formats.pdf.chart_label import Stock as Stock
from frontdesk.formats.pdf.chart_label import labels_pdf as drawn_labels
from frontdesk.formats.pdf.chart_label import out_slips_pdf as drawn_slips
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date, us_time
from frontdesk.models.records.volume import ChartVolume, Place
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import whereabouts
from frontdesk.services.records.whereabouts import Volume
from frontdesk.services.work import Work


@query(permission="records.view")
def labels_pdf(work: Work, *, volume_ids: tuple[int, ...], stock: Stock, start: int = 1) -> bytes:
    """The labels of these volumes in their order; `start` is the first label of the sheet that is left."""
    layout = LAYOUTS[stock]
    if not 1 <= start <= layout.count:
        raise Refused(Finding(f"A sheet has the labels 1 to {layout.count}.", field="start"))
    return drawn_labels([_label(volume) for volume in _volumes(work, volume_ids)], stock, start)


@query(permission="records.view")
def out_slips_pdf(work: Work, *, volume_ids: tuple[int, ...]) -> bytes:
    """The slips that stand on the shelf for those of these volumes that are out."""
    out = [volume for volume in _volumes(work, volume_ids) if volume.place is not Place.SHELF]
    if not out:
        raise Refused(Finding("This volume is on its shelf: nothing stands in its place."))
    return drawn_slips([_slip(volume) for volume in out])


@command(
    "Print chart labels",
    permission="records.view",
    undo=irreversible("What was printed stays in the log."),
)
def note_labels(work: Work, *, volume_ids: tuple[int, ...]) -> None:
    """Write down that labels or slips with the patients' names left the printer."""
    if not volume_ids:
        raise Refused(Finding("Nothing was printed."))
    patients = work.session.scalars(
        select(ChartVolume.patient_id).where(ChartVolume.id.in_(volume_ids)).distinct()
    )
    work.concerns(*sorted(patients))


def _volumes(work: Work, volume_ids: tuple[int, ...]) -> list[Volume]:
    found = {each.volume_id: each for each in whereabouts.volumes(work, ChartVolume.id.in_(volume_ids))}
    return [found[volume_id] for volume_id in dict.fromkeys(volume_ids) if volume_id in found]


def _label(volume: Volume) -> ChartLabel:
    return ChartLabel(volume.patient, us_date(volume.born_on), volume.label, volume.home, volume.barcode)


def _slip(volume: Volume) -> OutSlip:
    since = volume.out_since or volume.since
    return OutSlip(
        label=_label(volume),
        where=volume.where[:1].upper() + volume.where[1:],
        out_for=volume.out_for,
        since=f"{us_date(since.date())}, {us_time(since)}, {volume.out_by}",
        due=us_date(volume.due_on) if volume.due_on else "",
    )
