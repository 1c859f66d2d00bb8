"""The chart pull list: every command, once."""

from datetime import date

from frontdesk.services.visit import preparation, pull_list
from frontdesk.services.visit.preparation import Wanted
from tests.builders.paper import volume
from tests.builders.registration import patient
from tests.builders.schedule import at, book
from tests.office import Office

DAY = date(2026, 4, 2)


def run(office: Office) -> None:
    """A list is printed, a chart pulled by key and handed over by its barcode."""
    ada = patient(office, "Ada", "Winters", date(1950, 5, 5))
    book(office, at("8:15", DAY), patient_id=ada)
    one = volume(office, ada)
    office.do(pull_list.note_print, day=DAY, provider_id=None, volume_ids=(one,))
    office.do(pull_list.step, volume_id=one, day=DAY)
    (line,) = office.ask(pull_list.pull_list, day=DAY).lines
    office.do(pull_list.scan, barcode=line.volume.barcode, day=DAY)
    (visit,) = line.visits
    office.do(preparation.note_packet, wanted=(Wanted(visit.appointment_id, ()),))
