"""A patient's request that the office amend its record (45 CFR 164.526), and all that followed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.records.outbound import Way
from frontdesk.models.types import Choice, Choices, Stamp, only_words_of


class AmendmentState(StrEnum):
    """The sum of the events."""

    OPEN = "open"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class DenialGround(StrEnum):
    """The only grounds there are (45 CFR 164.526(a)(2))."""

    NOT_OURS = "not_ours"
    NOT_IN_THE_SET = "not_in_the_set"
    NOT_OPEN = "not_open"
    CORRECT = "correct"


class Arrival(StrEnum):
    """How a request came."""

    LETTER = "letter"
    HAND = "hand"
    PORTAL = "portal"
    SPOKEN = "spoken"


class AmendmentKind(StrEnum):
    """What can happen to a request."""

    RECEIVED = "received"
    EXTENDED = "extended"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    DENIED = "denied"
    LETTER_SENT = "letter_sent"
    PERSON_NAMED = "person_named"
    TOLD = "told"
    DISAGREED = "disagreed"
    REBUTTED = "rebutted"
    INCLUDE_ASKED = "include_asked"
    WITHDRAWN = "withdrawn"
    PRINTED = "printed"
    TAKEN_BACK = "taken_back"


class AmendmentRequest(Versioned):
    """What the patient asks to have changed, and where it stands."""

    __tablename__ = "amendment_request"
    number: Mapped[int]
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    asked_by: Mapped[str] = mapped_column(Text)
    """The patient, or who may act for them."""
    relation: Mapped[str] = mapped_column(Text, default="")
    """Empty: the patient."""
    arrival: Mapped[Arrival] = mapped_column(Choice(Arrival, "amendment_arrival"))
    received_on: Mapped[date]
    what: Mapped[str] = mapped_column(Text)
    """What the record says, in the patient's eyes wrongly."""
    wanted: Mapped[str] = mapped_column(Text)
    """How it should read."""
    reason: Mapped[str] = mapped_column(Text, default="")
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """Their letter, where it was scanned."""
    state: Mapped[AmendmentState] = mapped_column(Choice(AmendmentState))
    due_on: Mapped[date]
    """60 days from receipt, 90 with the one extension."""
    is_extended: Mapped[bool] = mapped_column(default=False)
    is_answered: Mapped[bool] = mapped_column(default=False)
    """The written answer left the office: the clock stands."""
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    """Answered, and everybody told who must be told."""
    events: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("trim(what) <> '' AND length(what) <= 2000", name="what"),
        CheckConstraint("trim(wanted) <> '' AND length(wanted) <= 2000", name="wanted"),
        CheckConstraint("trim(asked_by) <> '' AND length(asked_by) <= 120", name="asked_by"),
        CheckConstraint("length(reason) <= 2000 AND length(relation) <= 60", name="texts_short"),
        CheckConstraint("due_on > received_on", name="due_later"),
        Index("ix_amendment_request_state_due_on", "state", "due_on"),
    )


class AmendmentDocument(Row):
    """A document of the chart that the request is about: what is accepted or denied stays linked to it."""

    __tablename__ = "amendment_document"
    request_id: Mapped[int] = mapped_column(ForeignKey("amendment_request.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    __table_args__ = (UniqueConstraint("request_id", "document_id"),)


class AmendmentEvent(Row):
    """One thing that happened; a correction points at what it takes back."""

    __tablename__ = "amendment_event"
    request_id: Mapped[int] = mapped_column(ForeignKey("amendment_request.id"), index=True)
    kind: Mapped[AmendmentKind] = mapped_column(Choice(AmendmentKind))
    at: Mapped[datetime] = mapped_column(Stamp)
    by: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    """The reason, the statement, the rebuttal, the name of a person: what the kind needs."""
    accepted: Mapped[str] = mapped_column(Text, default="")
    """How the record reads from now on."""
    grounds: Mapped[tuple[DenialGround, ...]] = mapped_column(Choices(DenialGround), default=())
    until: Mapped[date | None]
    way: Mapped[Way | None] = mapped_column(Choice(Way, "amendment_way"))
    sent_to: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    about_id: Mapped[int | None] = mapped_column(ForeignKey("amendment_event.id"))
    """The naming of the person who was told."""
    letter: Mapped[str] = mapped_column(Text, default="")
    """What the letter said, as JSON: it can be printed again as it went out."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("amendment_event.id"))
    __table_args__ = (
        CheckConstraint("(kind = 'taken_back') = (corrects_id IS NOT NULL)", name="takes_back_one"),
        CheckConstraint("(kind = 'told') = (about_id IS NOT NULL)", name="told_somebody"),
        CheckConstraint("(kind IN ('denied', 'in_part')) = (grounds <> '')", name="denied_with_grounds"),
        CheckConstraint(only_words_of("grounds", DenialGround), name="grounds"),
        CheckConstraint("length(note) <= 4000 AND length(accepted) <= 4000", name="texts_short"),
    )


append_only(AmendmentDocument)
append_only(AmendmentEvent)
