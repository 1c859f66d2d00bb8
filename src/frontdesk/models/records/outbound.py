"""Requests to others for a patient's records: what is asked, and everything that happened, never changed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class Basis(StrEnum):
    """What the other office may rest its answer on."""

    TREATMENT = "treatment"
    """45 CFR 164.506(c)(2): no authorization is needed."""
    AUTHORIZATION = "authorization"
    """45 CFR 164.508, 42 CFR 2.31: the patient signed for it."""


class OutboundState(StrEnum):
    """The sum of the events."""

    TO_SEND = "to_send"
    WAITING = "waiting"
    RECEIVED = "received"
    GIVEN_UP = "given_up"
    WITHDRAWN = "withdrawn"
    """Entered by mistake."""


class Way(StrEnum):
    """How a letter leaves the office."""

    FAX = "fax"
    MAIL = "mail"
    EMAIL = "email"
    HAND = "hand"


class PartState(StrEnum):
    """What became of one thing that was asked for."""

    WAITING = "waiting"
    CAME = "came"
    NONE_THERE = "none_there"
    """They say that they have none."""


class OutboundKind(StrEnum):
    """What can happen to a request."""

    ASKED = "asked"
    DATES = "dates"
    PRINTED = "printed"
    SENT = "sent"
    CALLED = "called"
    CAME = "came"
    NONE_THERE = "none_there"
    GIVEN_UP = "given_up"
    TAKEN_BACK = "taken_back"


class OutboundRequest(Versioned):
    """One letter to one office; what can change is the sum of its events."""

    __tablename__ = "outbound_request"
    number: Mapped[int]
    """From the same sequence as requests for our own records: "ROI-0281"."""
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("outside_office.id"), index=True)
    basis: Mapped[Basis] = mapped_column(Choice(Basis, "outbound_basis"))
    is_guarded: Mapped[bool] = mapped_column(default=False)
    """It asks for psychotherapy notes or substance use treatment, which need an authorization."""
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"))
    authorization_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    """Who treats the patient here and needs the records."""
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    """What the letter says besides."""
    state: Mapped[OutboundState] = mapped_column(Choice(OutboundState))
    needed_on: Mapped[date]
    visit_id: Mapped[int | None] = mapped_column(BigInteger)
    """The visit for which they are needed; no foreign key, as visits are above records."""
    chase_on: Mapped[date | None]
    asked_at: Mapped[datetime] = mapped_column(Stamp)
    sent_at: Mapped[datetime | None] = mapped_column(Stamp)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    events: Mapped[int] = mapped_column(default=0)
    """How many there are: each makes a new version."""
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint(
            "basis = 'treatment' OR consent_id IS NOT NULL OR authorization_document_id IS NOT NULL",
            name="authorized",
        ),
        CheckConstraint("basis = 'authorization' OR NOT is_guarded", name="guarded"),
        CheckConstraint("covers_until >= covers_from", name="covers"),
        CheckConstraint("length(note) <= 1000", name="note_short"),
        Index("ix_outbound_request_state_needed_on", "state", "needed_on"),
    )


class OutboundItem(Versioned):
    """One thing that is asked for: "discharge summary 03/2026"."""

    __tablename__ = "outbound_item"
    request_id: Mapped[int] = mapped_column(ForeignKey("outbound_request.id"))
    position: Mapped[int]
    what: Mapped[str] = mapped_column(Text)
    state: Mapped[PartState] = mapped_column(Choice(PartState), default=PartState.WAITING)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    __table_args__ = (
        UniqueConstraint("request_id", "position"),
        CheckConstraint("trim(what) <> '' AND length(what) <= 200", name="what"),
        CheckConstraint("document_id IS NULL OR state = 'came'", name="document"),
    )


class OutboundEvent(Row):
    """One thing that happened; a correction points at what it takes back."""

    __tablename__ = "outbound_event"
    request_id: Mapped[int] = mapped_column(ForeignKey("outbound_request.id"), index=True)
    kind: Mapped[OutboundKind] = mapped_column(Choice(OutboundKind))
    at: Mapped[datetime] = mapped_column(Stamp)
    by: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    way: Mapped[Way | None] = mapped_column(Choice(Way, "outbound_way"))
    sent_to: Mapped[str] = mapped_column(Text, default="")
    """The number, e-mail or postal address that was used."""
    answered_by: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    item_id: Mapped[int | None] = mapped_column(ForeignKey("outbound_item.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    needed_on: Mapped[date | None]
    visit_id: Mapped[int | None] = mapped_column(BigInteger)
    chase_on: Mapped[date | None]
    letter: Mapped[str] = mapped_column(Text, default="")
    """What the letter said, as JSON: it can be printed again as it went out."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("outbound_event.id"))
    __table_args__ = (
        CheckConstraint("(kind = 'taken_back') = (corrects_id IS NOT NULL)", name="takes_back_one"),
        CheckConstraint("(kind IN ('came', 'none_there')) = (item_id IS NOT NULL)", name="of_an_item"),
        CheckConstraint("(kind = 'sent') = (way IS NOT NULL)", name="sent_some_way"),
        CheckConstraint("length(note) <= 1000 AND length(answered_by) <= 120", name="texts_short"),
    )


append_only(OutboundEvent)
