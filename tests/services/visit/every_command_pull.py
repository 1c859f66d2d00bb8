"""The chart pull list: every command, once."""

from datetime import date

from frontdesk.services.visit import pull_list
from tests.builders.paper import volume
from tests.builders.registration import patient
from tests.builders.visit import TODAY, due_today
from tests.office import Office


def run(office: Office) -> None:
    """A list is printed, a chart pulled by key and handed over by its barcode."""
    ada = patient(office, "Ada", "Winters", date(1950, 5, 5))
    due_today(office, ada, minutes_from_now=438)
    one = volume(office, ada)
    office.do(pull_list.note_print, day=TODAY, provider_id=None, volume_ids=(one,))
    office.do(pull_list.step, volume_id=one, day=TODAY)
    (line,) = (
        each for each in office.ask(pull_list.pull_list, day=TODAY).lines if each.volume.volume_id == one
    )
    office.do(pull_list.scan, barcode=line.volume.barcode, day=TODAY)
