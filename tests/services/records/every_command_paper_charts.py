"""Paper charts: every command, once."""

from datetime import date

from frontdesk.models.records.volume import Place
from frontdesk.services.records import chart_labels, misfiled, movements, volumes
from frontdesk.services.records.filing import Category
from frontdesk.services.records.movements import Holder
from frontdesk.services.records.volumes import Part
from tests.builders.office import provider
from tests.builders.paper import volume
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office) -> None:
    """A volume is opened, indexed, moved about, lost, searched for, found, and put back."""
    pauline = patient(office, "Pauline", "Carter", date(1938, 4, 1))
    one = volume(office, pauline)
    office.do(volumes.forget, volume_id=volume(office, pauline))
    volume(office, pauline)
    notes = Part(Category.VISIT_NOTE, date(2014, 1, 1), date(2019, 1, 1))
    office.do(volumes.set_parts, volume_id=one, parts=(notes,), before=())
    office.do(volumes.rehome, volume_id=one, home="Bay A, shelf 2")
    office.do(volumes.close, volume_id=one, closed_on=date(2026, 3, 17))
    office.do(volumes.reopen, volume_id=one)
    office.do(chart_labels.note_labels, volume_ids=(one,))
    desk = Holder(Place.DESK, provider_id=provider(office))
    office.do(movements.check_out, volume_id=one, to=desk, out_for="a letter", due_on=date(2026, 3, 20))
    office.do(movements.hand_over, volume_id=one, to=Holder(Place.PERSON, words="Kim"))
    office.do(movements.report_missing, volume_id=one, note="Kim does not have it")
    office.do(misfiled.looked, volume_id=one, spot="home")
    office.do(misfiled.not_looked, volume_id=one, spot="home")
    office.do(misfiled.looked, volume_id=one, spot="home")
    office.do(movements.found, volume_id=one, note="In the scanner")
    office.do(movements.refile, volume_id=one)
    out = office.do(movements.check_out, volume_id=one, to=desk)
    office.do(movements.bring_back, volume_id=one)
    back = office.do(movements.check_out, volume_id=one, to=desk)
    office.do(movements.move_back, volume_id=one, move_id=back)
    office.do(movements.refile, volume_id=one)
    assert out < back
