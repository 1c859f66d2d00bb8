"""How the words of the schedule look: the tone and icon of each status, flag and kept time."""

from collections.abc import Mapping
from typing import Final

from frontdesk.services.schedule.status import NAMES, Status
from frontdesk.services.visit.flags import FlagKind

STATUS_TONE: Final[Mapping[Status, str]] = {
    Status.SCHEDULED: "st-sched",
    Status.CONFIRMED: "st-conf",
    Status.NOT_ARRIVED: "st-noshow",
    Status.CHECKING_IN: "st-arr",
    Status.READY: "st-ready",
    Status.IN_ROOM: "st-room",
    Status.IN_VISIT: "st-prov",
    Status.CHECK_OUT: "st-out",
    Status.DONE: "st-done",
    Status.NO_SHOW: "st-noshow",
    Status.CANCELED: "st-canc",
}
STATUS_ICON: Final[Mapping[Status, str]] = {
    Status.SCHEDULED: "circle",
    Status.CONFIRMED: "circle-check",
    Status.NOT_ARRIVED: "clock-alert",
    Status.CHECKING_IN: "clipboard-pen",
    Status.READY: "armchair",
    Status.IN_ROOM: "door-closed",
    Status.IN_VISIT: "stethoscope",
    Status.CHECK_OUT: "receipt-text",
    Status.DONE: "check",
    Status.NO_SHOW: "user-x",
    Status.CANCELED: "ban",
}
STATUS_NAME: Final[Mapping[Status, str]] = NAMES

FLAG_ICON: Final[Mapping[FlagKind, str]] = {
    FlagKind.ELIGIBILITY: "shield-question-mark",
    FlagKind.AUTHORIZATION: "file-lock",
    FlagKind.FORMS: "file-pen",
    FlagKind.RECORDS: "file-clock",
    FlagKind.PAPER: "folder-search",
    FlagKind.COPAY: "circle-dollar-sign",
    FlagKind.BALANCE: "wallet",
    FlagKind.FIRST_VISIT: "sparkle",
    FlagKind.INTERPRETER: "languages",
    FlagKind.ACCESS: "accessibility",
    FlagKind.VIDEO: "video",
}
SEVERITY_TOKEN: Final[Mapping[str, str]] = {
    "block": "block",
    "warn": "warn",
    "info": "info",
    "neutral": "text-3",
}
"""The token that a flag's icon is drawn in."""

HERE: Final = (
    Status.CHECKING_IN,
    Status.READY,
    Status.IN_ROOM,
    Status.IN_VISIT,
    Status.CHECK_OUT,
)
CALLED_OFF: Final = (Status.NO_SHOW, Status.CANCELED)

KEPT_TOKEN: Final[Mapping[str, str]] = {
    "urgent": "band-urgent",
    "new_patient": "band-new",
    "procedure": "band-proc",
    "lunch": "band-lunch",
    "charting": "band-admin",
}
"""Kept time by its kind: the token of its tint; with "-h", of its hatching."""
KEPT_ICON: Final[Mapping[str, str]] = {
    "urgent": "zap",
    "new_patient": "user-plus",
    "procedure": "syringe",
    "lunch": "coffee",
    "charting": "notebook-pen",
}
KEPT_NAME: Final[Mapping[str, str]] = {
    "urgent": "Urgent hold",
    "new_patient": "New patient",
    "procedure": "Procedures",
    "lunch": "Lunch",
    "charting": "Charting",
}
KEPT_HATCHED: Final = ("urgent", "procedure")
