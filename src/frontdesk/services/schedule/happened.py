"""What happened to a visit, in words."""

from frontdesk.models.schedule.appointment import EventKind

SAID = {
    EventKind.BOOKED: "booked",
    EventKind.MOVED: "moved",
    EventKind.RESIZED: "changed in length",
    EventKind.CONTACTED: "talked about with the patient",
    EventKind.CANCELLED: "canceled",
    EventKind.NO_SHOW: "marked as a no-show",
    EventKind.RESTORED: "restored",
    EventKind.RESCHEDULED: "rescheduled",
    EventKind.IN_ERROR: "marked as an error",
    EventKind.ARRIVED: "marked as arrived",
    EventKind.CHECK_IN_STARTED: "taken to check-in",
    EventKind.READY: "marked as ready",
    EventKind.ROOMED: "given a room",
    EventKind.PROVIDER_IN: "begun by the provider",
    EventKind.PROVIDER_OUT: "ended by the provider",
    EventKind.CHECK_OUT_STARTED: "taken to check-out",
    EventKind.COMPLETED: "completed",
    EventKind.LEFT: "ended when the patient left",
    EventKind.NO_LONGER_WANTED: "taken off the unscheduled list",
}
"""As in "this visit was moved at 10:40 AM"."""
