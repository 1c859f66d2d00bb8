"""The one word and colour that a visit shows: computed from its axes and the time, never kept."""

from datetime import datetime, timedelta
from enum import StrEnum

from frontdesk.models.schedule.appointment import Confirmation, Lifecycle, Stage

NOT_ARRIVED_AFTER = timedelta(minutes=15)


class Status(StrEnum):
    """As in the table of statuses of the design system."""

    SCHEDULED = "scheduled"
    CONFIRMED = "confirmed"
    NOT_ARRIVED = "not_arrived"
    CHECKING_IN = "checking_in"
    READY = "ready"
    IN_ROOM = "in_room"
    IN_VISIT = "in_visit"
    CHECK_OUT = "check_out"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELED = "canceled"


NAMES = {
    Status.SCHEDULED: "Scheduled",
    Status.CONFIRMED: "Confirmed",
    Status.NOT_ARRIVED: "Not arrived",
    Status.CHECKING_IN: "Checking in",
    Status.READY: "Ready, waiting",
    Status.IN_ROOM: "In room",
    Status.IN_VISIT: "In visit",
    Status.CHECK_OUT: "Check-out",
    Status.DONE: "Done",
    Status.NO_SHOW: "No-show",
    Status.CANCELED: "Canceled",
}

_IN_THE_OFFICE = {
    Stage.ARRIVED: Status.CHECKING_IN,
    Stage.CHECKING_IN: Status.CHECKING_IN,
    Stage.READY: Status.READY,
    Stage.ROOMED: Status.IN_ROOM,
    Stage.WITH_PROVIDER: Status.IN_VISIT,
    Stage.SEEN: Status.CHECK_OUT,
    Stage.CHECKING_OUT: Status.CHECK_OUT,
}
_ENDED = {
    Lifecycle.COMPLETED: Status.DONE,
    Lifecycle.NO_SHOW: Status.NO_SHOW,
    Lifecycle.CANCELLED: Status.CANCELED,
    Lifecycle.RESCHEDULED: Status.CANCELED,
    Lifecycle.LEFT: Status.CANCELED,
    Lifecycle.IN_ERROR: Status.CANCELED,
}


def status_of(
    lifecycle: Lifecycle, stage: Stage, confirmation: Confirmation, starts: datetime, local_now: datetime
) -> Status:
    """The status at a moment; a visit turns "not arrived" 15 minutes after its start."""
    if lifecycle in _ENDED:
        return _ENDED[lifecycle]
    if stage in _IN_THE_OFFICE:
        return _IN_THE_OFFICE[stage]
    if local_now >= starts + NOT_ARRIVED_AFTER:
        return Status.NOT_ARRIVED
    return Status.CONFIRMED if confirmation is Confirmation.CONFIRMED else Status.SCHEDULED
