"""Every command of a provider's absence, once."""

from datetime import date

from frontdesk.services.schedule import absence_moves, absences, lifecycle, new_times, tellings
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.tellings import Telling
from frontdesk.services.schedule.words import Channel, NoticeKind
from tests.builders.registration import patient
from tests.builders.schedule import TODAY, at, book, doctor
from tests.office import Office

JUNE = date(2026, 6, 3)


def run(office: Office) -> None:
    """A provider is out, the visits are moved, and the provider comes back."""
    lee, okafor = doctor(office), doctor(office, "Okafor")
    for starts, name in (("9:00", "Ada"), ("9:15", "Bo")):
        book(office, at(starts, JUNE), patient_id=patient(office, name, "Juniper"))
    absence = office.do(
        absences.mark_out,
        provider_id=lee,
        starts=at("8:00", JUNE),
        ends=at("5:00", JUNE),
        reason="conference",
    )
    found = office.ask(new_times.propose, absence_id=absence).found
    office.do(
        absence_moves.move_all,
        placements=tuple(Placement(each.appointment_id, each.opening.slot, each.version) for each in found),
        reason="Dr. Lee is out",
    )
    told = tuple(
        Telling(each.appointment_id, NoticeKind.NEW_TIME, each.say, each.opening.starts) for each in found
    )
    once = office.do(tellings.tell_all, tellings=told, channel=Channel.PHONE)
    office.do(tellings.take_back_all, notice_ids=once)
    office.do(tellings.tell_all, tellings=told, channel=Channel.PHONE)
    ends = office.do(absences.come_back, absence_id=absence)
    office.do(absences.bring_back, absence_id=absence, ends=ends)
    office.do(absences.withdraw, absence_id=absence)
    reyes = doctor(office, "Reyes")
    here = book(office, at("4:30", TODAY), patient_id=patient(office, "Cy", "Juniper"), provider_id=reyes)
    office.do(lifecycle.arrive, appointment_id=here)
    office.do(absence_moves.hand_over, appointment_id=here, to=Slot(okafor, at("4:30", TODAY)))
    for starts, name, comes_back in (("4:45", "Di", True), ("5:00", "Ed", False)):
        left = book(
            office,
            at(starts, TODAY),
            patient_id=patient(office, name, "Juniper"),
            provider_id=reyes,
            override_reason="Came all the same",
        )
        office.do(lifecycle.arrive, appointment_id=left)
        home = office.do(absence_moves.send_home, appointment_id=left, to=Slot(reyes, at("4:00", JUNE)))
        if comes_back:
            office.do(
                absence_moves.call_back,
                appointment_id=left,
                left_event_id=home.left_event_id,
                new_id=home.appointment_id,
                replaced_event_id=home.replaced_event_id,
            )
