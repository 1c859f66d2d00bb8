"""Every command of the domain, once."""

from dataclasses import replace
from datetime import date

from frontdesk.services.registration import self_pay
from frontdesk.services.registration.drafts import ContactDraft
from frontdesk.services.visit import check_in, check_out, demographics, flow, insurance
from tests.builders.office import room
from tests.builders.registration import coverage, patient
from tests.builders.visit import TODAY, due_today
from tests.office import Office
from tests.services.visit import (
    every_command_calling_off,
    every_command_check_in,
    every_command_covering,
    every_command_disposal,
    every_command_eligibility,
    every_command_merging,
    every_command_pull,
    every_command_release,
    every_command_sheet,
)


def run(office: Office) -> None:
    """Walk one patient from the door to the door, and take two steps back on the way."""
    edith = patient(office, "Edith", "Nowak", date(1944, 8, 2))
    coverage(office, edith, member_id="NWK440802")
    visit = due_today(office, edith, minutes_from_now=468)
    begun = office.do(check_in.begin, appointment_id=visit)
    office.do(check_in.not_begun, appointment_id=visit, event_ids=begun.event_ids)
    office.do(check_in.begin, appointment_id=visit)
    _demographics(office, edith)
    office.do(self_pay.choose, patient_id=edith, valid_from=TODAY, reason="Left the card at home")
    office.do(insurance.insured_again, patient_id=edith)
    office.do(check_in.not_today, appointment_id=visit, reason="Asks for a statement")
    office.do(check_in.finish, appointment_id=visit, reason="Patient will sign in the room")
    step = office.do(flow.advance, appointment_id=visit, room_id=room(office, "Room 11"))
    office.do(flow.step_back, appointment_id=visit, event_ids=step.event_ids)
    office.do(flow.advance, appointment_id=visit, room_id=room(office, "Room 11"))
    office.do(flow.advance, appointment_id=visit)
    office.do(flow.advance, appointment_id=visit)
    office.do(check_out.finish, appointment_id=visit, reason="Asks for a statement")
    every_command_check_in.run(office)
    every_command_calling_off.run(office)
    every_command_eligibility.run(office)
    every_command_merging.run(office)
    every_command_covering.run(office)
    every_command_disposal.run(office)
    every_command_sheet.run(office)
    every_command_release.run(office)
    every_command_pull.run(office)


def _demographics(office: Office, patient_id: int) -> None:
    before = office.ask(demographics.on_file, patient_id=patient_id).sheet
    after = replace(
        before,
        details=replace(before.details, pharmacy="Alder Street Drug"),
        contact=ContactDraft("Jan Nowak", "son", "(503) 555-0166", is_emergency=True),
    )
    office.do(demographics.save, patient_id=patient_id, before=before, after=after)
