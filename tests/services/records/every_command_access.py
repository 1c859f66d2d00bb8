"""Every command of the access log, once."""

from datetime import date

from frontdesk.services.records import access_log
from frontdesk.services.records.access_log import AccessWanted, Kind
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office) -> None:
    """Take the log out of the program: as a file, and as a patient's report."""
    walter = patient(office, "Walter", "Harris")
    office.do(access_log.export, wanted=AccessWanted(patient_id=walter, kind=Kind.LOOKED))
    days = {"from_on": date(2026, 3, 1), "until_on": date(2026, 3, 17)}
    office.do(access_log.note_print_report, patient_id=walter, **days)
