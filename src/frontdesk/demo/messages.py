"""The front desk's inbox on the Tuesday, after mockup 09."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from frontdesk.demo.bulk import Rows
from frontdesk.demo.cast import clock
from frontdesk.demo.people import Person
from frontdesk.demo.setting import Setting
from frontdesk.demo.week import TODAY, instant
from frontdesk.models.messaging.message import Message, MessagePriority, MessageState


@dataclass(frozen=True, slots=True)
class Note:
    """One message; `to` and `by` are logins, an empty `to` is the front desk."""

    at: str
    subject: str
    body: str
    by: str = ""
    to: str = ""
    patient: str = ""
    caller: tuple[str, str, str] = ("", "", "")
    """Name, relation and number to call back."""
    priority: MessagePriority = MessagePriority.ROUTINE
    state: MessageState = MessageState.NEW
    due: str = ""
    replies: tuple[tuple[str, str, str], ...] = ()
    """By whom, when, and what they wrote."""


_NOW, _DAY = MessagePriority.NOW, MessagePriority.TODAY

INBOX: Final = (
    Note(
        "10:37",
        "Running late, asks for wheelchair at the door",
        "They left late and should be here about 11:20. Walter is weak after the hospital. "
        "Please have the wheelchair at the entrance and tell Dr. Lee's team.",
        by="theo",
        patient="Walter Harris",
        caller=("June Harris", "wife", "5035550165"),
        priority=_NOW,
        replies=(
            ("theo", "10:37", "I am off to lunch at 11. Can someone take this one?"),
            ("jow", "10:40", "Room 3 is free and set up. Wheelchair is by the side door."),
        ),
    ),
    Note(
        "10:21",
        "Call Willamette Labs about sputum culture",
        "The culture was pending at discharge. I need it before 11:15.",
        by="lee",
        patient="Walter Harris",
        priority=_DAY,
        due="12:00",
    ),
    Note(
        "9:54",
        "Refill question: Bennett, Lucille",
        "The pharmacy asks whether 90 days are meant.",
        by="dana",
        to="lee",
        patient="Lucille Bennett",
        caller=("Alder Street Drug", "pharmacy", "5035550133"),
    ),
    Note(
        "9:40", "Meeting: denials review, Wed 12:15", "Room 5. Dr. Okafor, you, Theo.", by="maria", to="dana"
    ),
    Note("9:31", "Room 8 out of paper and gloves", "Took the last box from supply 2.", by="jow"),
    Note(
        "9:12",
        "Cancel request: Klein, Deborah, today 11:15",
        "Balance $126.40. Asks for a call.",
        patient="Deborah Klein",
        priority=_DAY,
        by="theo",
    ),
    Note(
        "10:31",
        "Call back: Donovan, Peter",
        "Blood pressure check today 10:15. Tried 10:31, no answer.",
        by="dana",
        to="dana",
        patient="Peter Donovan",
        state=MessageState.WAITING,
    ),
    Note(
        "8:41",
        "Wants first visit with Dr. Okafor",
        "Mornings, Aetna HMO.",
        by="theo",
        caller=("Wilma Tate", "new patient", "9715550186"),
        state=MessageState.READ,
    ),
    Note(
        "8:22",
        "Herrera, Tomás: guardian must sign today",
        "School form is in the chart.",
        by="reyes",
        patient="Tomás Herrera",
        state=MessageState.READ,
    ),
)


def leave(rows: Rows, setting: Setting, people: dict[str, Person]) -> None:
    """Write the inbox with its replies."""
    for note in INBOX:
        name, relation, number = note.caller
        patient_id = people[note.patient].id if note.patient else None
        thread = rows.add(
            Message,
            patient_id=patient_id,
            from_user_id=setting.users[note.by],
            **_to(setting, note),
            caller_name=name,
            caller_relation=relation,
            call_back=number,
            subject=note.subject,
            body=note.body,
            priority=note.priority,
            state=note.state,
            written_at=instant(clock(note.at)),
            due_at=instant(datetime.combine(TODAY, time.fromisoformat(note.due))) if note.due else None,
        )
        for by, at, words in note.replies:
            rows.add(
                Message,
                thread_id=thread,
                patient_id=patient_id,
                from_user_id=setting.users[by],
                **_to(setting, note),
                subject=note.subject,
                body=words,
                priority=note.priority,
                state=note.state,
                written_at=instant(clock(at) + timedelta(seconds=20)),
            )


def _to(setting: Setting, note: Note) -> dict[str, int | None]:
    if note.to:
        return {"to_user_id": setting.users[note.to], "to_role_id": None}
    return {"to_user_id": None, "to_role_id": setting.roles["receptionist"]}
