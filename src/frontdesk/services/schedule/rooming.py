"""The rooms' states, as far as they follow from where the patients are."""

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.office.resources import Resource, Room, RoomState
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.office.rooms import set_room_state
from frontdesk.services.schedule.known import spoken_name
from frontdesk.services.schedule.standing import Standing
from frontdesk.services.work import Work


def follow(work: Work, before: Standing, after: Standing, *, is_taken_back: bool) -> None:
    """The new room is occupied; the one left is to be cleaned, or free when nobody was in it after all."""
    if before.room_id == after.room_id:
        return
    if after.room_id is not None:
        _refuse_unless_free(work, after.room_id, may_be_unclean=is_taken_back)
        set_room_state(work, room_id=after.room_id, state=RoomState.OCCUPIED)
    if before.room_id is not None:
        left = RoomState.FREE if is_taken_back else RoomState.TO_CLEAN
        set_room_state(work, room_id=before.room_id, state=left)


def _refuse_unless_free(work: Work, room_id: int, *, may_be_unclean: bool) -> None:
    room = work.get(Room, room_id)
    name = work.get(Resource, room_id).name
    if room.state is RoomState.BLOCKED:
        raise Refused(
            Finding(f"{name} is blocked: {room.blocked_reason}. Choose another room.", field="room_id")
        )
    if room.state is RoomState.OCCUPIED:
        raise Refused(
            Finding(f"{name} is occupied{_by_whom(work, room_id)}. Choose another room.", field="room_id")
        )
    if room.state is RoomState.TO_CLEAN and not may_be_unclean:
        raise Refused(
            Finding(f"{name} is to be cleaned first. Mark it free, or choose another.", field="room_id")
        )


def _by_whom(work: Work, room_id: int) -> str:
    asked = (
        select(Patient)
        .join(Appointment, Appointment.patient_id == Patient.id)
        .where(Appointment.room_id == room_id)
        .order_by(Appointment.id)
        .limit(1)
    )
    patient = work.session.scalar(asked)
    return f" by {spoken_name(patient)}" if patient else ""
