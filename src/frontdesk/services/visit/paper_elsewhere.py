"""Paper charts that are not where a visit needs them: missing, off site, or with somebody else."""

from collections.abc import Iterable
from datetime import date

from frontdesk.models.records.volume import ChartVolume, Place
from frontdesk.services.records import paper_rule, whereabouts
from frontdesk.services.records.whereabouts import Volume
from frontdesk.services.work import Work

Needs = tuple[int, int, int, date]
"""A visit, its patient, its provider, its day."""


def by_visit(work: Work, visits: Iterable[Needs]) -> dict[int, str]:
    """What to say, by visit: "Paper chart at Dr. Amin's desk". One statement without paper, else two."""
    if not paper_rule.rule(work).keeps_paper:
        return {}
    needs = tuple(visits)
    patient_ids = {patient_id for _, patient_id, *_ in needs}
    newest: dict[int, Volume] = {}
    for volume in whereabouts.volumes(work, ChartVolume.patient_id.in_(patient_ids)):
        if volume.patient_id not in newest or newest[volume.patient_id].number < volume.number:
            newest[volume.patient_id] = volume
    return {
        visit_id: f"Paper chart {newest[patient_id].where}"
        for visit_id, patient_id, provider_id, day in needs
        if patient_id in newest and _is_elsewhere(newest[patient_id], provider_id, day)
    }


def _is_elsewhere(volume: Volume, provider_id: int, day: date) -> bool:
    if volume.place in (Place.MISSING, Place.OFF_SITE):
        return True
    if volume.place in (Place.SHELF, Place.PULLED, Place.TO_REFILE) or volume.for_on == day:
        return False
    return volume.provider_id != provider_id
