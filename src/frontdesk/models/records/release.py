"""Requests for copies of a chart: who asks, on what ground, for what, until when, and how far each is."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.records.document import Category
from frontdesk.models.types import Choice, Choices, Stamp, only_words_of


class Requester(StrEnum):
    """Who asks for the copies."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    """A guardian, a parent, who holds a power of attorney (45 CFR 164.502(g))."""
    ATTORNEY = "attorney"
    INSURER = "insurer"
    EMPLOYER = "employer"
    SCHOOL = "school"
    COURT = "court"
    PROVIDER = "provider"
    PUBLIC_HEALTH = "public_health"
    GOVERNMENT = "government"
    OTHER = "other"


class Basis(StrEnum):
    """The ground on which copies may leave."""

    ACCESS = "access"
    """45 CFR 164.524: the patient's own right."""
    AUTHORIZATION = "authorization"
    """45 CFR 164.508: a form that the patient signed."""
    TREATMENT = "treatment"
    """45 CFR 164.506(c)(2)."""
    PAYMENT = "payment"
    """45 CFR 164.506(c)(3)."""
    OPERATIONS = "operations"
    """45 CFR 164.506(c)(4)."""
    COURT_ORDER = "court_order"
    """45 CFR 164.512(e)(1)(i): only what the order names."""
    SUBPOENA = "subpoena"
    """45 CFR 164.512(e)(1)(ii): without an order, with satisfactory assurance."""
    REQUIRED_BY_LAW = "required_by_law"
    """45 CFR 164.512(a)."""
    PUBLIC_HEALTH = "public_health"
    """45 CFR 164.512(b)."""


class CameBy(StrEnum):
    """The way by which a request came in."""

    IN_PERSON = "in_person"
    MAIL = "mail"
    FAX = "fax"
    EMAIL = "email"
    PORTAL = "portal"
    PHONE = "phone"


class CopyForm(StrEnum):
    """The form of copy that was asked for (45 CFR 164.524(c)(2))."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    INSPECT = "inspect"
    """To be looked at in the office."""


class Delivery(StrEnum):
    """How the copy is to reach whoever asked."""

    PICK_UP = "pick_up"
    MAIL = "mail"
    FAX = "fax"
    SECURE_EMAIL = "secure_email"
    EMAIL = "email"
    """Plain e-mail, where the patient was told of the risk and wants it so."""
    MEDIA = "media"


class ReleaseState(StrEnum):
    """How far a request is."""

    NEW = "new"
    IDENTITY_CHECKED = "identity_checked"
    WAITING_SIGNATURE = "waiting_signature"
    COLLECTING = "collecting"
    UNDER_REVIEW = "under_review"
    READY = "ready"
    SENT = "sent"
    CLOSED = "closed"
    DENIED = "denied"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ReleaseEventKind(StrEnum):
    """What happened to a request."""

    CAME = "came"
    CHANGED = "changed"
    TAKEN_ON = "taken_on"
    CHECKED = "checked"
    FORM = "form"
    FORM_ENDED = "form_ended"
    ASKED = "asked"
    """The patient or the sender was asked for something: a form sent, a reminder, a call."""
    NOTE = "note"
    OVERDUE = "overdue"
    EXTENDED = "extended"
    COLLECTED = "collected"
    SUBMITTED = "submitted"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    LAPSED = "lapsed"
    """What was chosen changed after the second reader had agreed."""
    SENT = "sent"
    CLOSED = "closed"
    DENIED = "denied"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"


LONGEST = 1000


class ReleaseRule(Versioned):
    """The office's clock for one ground: days, extension, when it turns amber, whether two must agree."""

    __tablename__ = "release_rule"
    __table_args__ = (
        UniqueConstraint("basis"),
        CheckConstraint("days BETWEEN 1 AND 365", name="days"),
        CheckConstraint("extension_days BETWEEN 0 AND 365", name="extension_days"),
        CheckConstraint("warn_days BETWEEN 0 AND 60", name="warn_days"),
        CheckConstraint("(reviewed_on IS NULL) = (trim(reviewed_by) = '')", name="reviewed"),
    )
    basis: Mapped[Basis] = mapped_column(Choice(Basis))
    days: Mapped[int]
    extension_days: Mapped[int]
    """0: it cannot be extended."""
    warn_days: Mapped[int]
    needs_second_reader: Mapped[bool]
    reviewed_by: Mapped[str] = mapped_column(Text, default="")
    reviewed_on: Mapped[date | None]


class ReleaseRequest(Versioned):
    """One request for copies. It ends, it is never deleted; what happened to it is in its events."""

    __tablename__ = "release_request"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("trim(requester_name) <> ''", name="requester_name"),
        CheckConstraint("covers_until >= covers_from", name="covers"),
        CheckConstraint("came_pages > 0", name="came_pages"),
        CheckConstraint("due_on >= received_on", name="due_on"),
        CheckConstraint("(extended_on IS NULL) = (first_due_on IS NULL)", name="extended"),
        CheckConstraint("(extended_on IS NULL) = (trim(extension_reason) = '')", name="extension_reason"),
        CheckConstraint("(owner = '') = (owned_since IS NULL)", name="owned"),
        CheckConstraint("(prepared_by = '') = (prepared_at IS NULL)", name="prepared"),
        CheckConstraint("state NOT IN ('sent', 'closed') OR sent_on IS NOT NULL", name="sent_on"),
        CheckConstraint("pages_chosen BETWEEN 0 AND pages_found", name="pages"),
        CheckConstraint(f"length(purpose) <= {LONGEST}", name="purpose"),
        CheckConstraint(f"length(covers_words) <= {LONGEST}", name="covers_words"),
        CheckConstraint(only_words_of("categories", Category), name="categories"),
        Index("ix_release_request_state_due_on", "state", "due_on"),
    )

    number: Mapped[int]
    """Said as ROI-0261; from the series `records_request`, which other kinds of requests share."""
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    state: Mapped[ReleaseState] = mapped_column(Choice(ReleaseState), default=ReleaseState.NEW)
    requester: Mapped[Requester] = mapped_column(Choice(Requester))
    basis: Mapped[Basis] = mapped_column(Choice(Basis))
    requester_name: Mapped[str] = mapped_column(Text)
    attention: Mapped[str] = mapped_column(Text, default="")
    requester_phone: Mapped[str] = mapped_column(Text, default="")
    requester_fax: Mapped[str] = mapped_column(Text, default="")
    requester_email: Mapped[str] = mapped_column(Text, default="")
    requester_address: Mapped[str] = mapped_column(Text, default="")
    """Lines, as on an envelope."""
    their_reference: Mapped[str] = mapped_column(Text, default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("patient_contact.id"), index=True)
    """The representative, where they are on file with the patient."""
    came_by: Mapped[CameBy] = mapped_column(Choice(CameBy))
    came_pages: Mapped[int | None]
    received_on: Mapped[date]
    letter_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The request itself, scanned."""
    purpose: Mapped[str] = mapped_column(Text, default="")
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None]
    covers_words: Mapped[str] = mapped_column(Text, default="")
    """What is asked for, in the sender's words: "visits and hospital"."""
    categories: Mapped[tuple[Category, ...]] = mapped_column(Choices(Category), default=())
    """None named: all."""
    copy_form: Mapped[CopyForm] = mapped_column(Choice(CopyForm))
    delivery: Mapped[Delivery] = mapped_column(Choice(Delivery))
    deliver_to: Mapped[str] = mapped_column(Text, default="")
    """The address, number or mailbox of the delivery; empty: the requester's own."""

    wanted_by: Mapped[date | None]
    """The day that the paper itself names: a subpoena's return date, the day of a consultation."""
    due_on: Mapped[date]
    first_due_on: Mapped[date | None]
    """The deadline before it was extended."""
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(Text, default="")

    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Who is working on it."""
    owner: Mapped[str] = mapped_column(Text, default="")
    owned_since: Mapped[datetime | None] = mapped_column(Stamp)
    pages_found: Mapped[int] = mapped_column(default=0)
    """Pages of the chart that fit what was asked for."""
    pages_chosen: Mapped[int] = mapped_column(default=0)
    has_guarded: Mapped[bool] = mapped_column(default=False)
    """Whether a guarded document is among what was chosen: then two must agree, whatever the ground."""
    sign_at_visit_on: Mapped[date | None]
    """The day of the visit at which the patient is asked to sign the form."""
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Who handed it to the second reader."""
    prepared_by: Mapped[str] = mapped_column(Text, default="")
    prepared_at: Mapped[datetime | None] = mapped_column(Stamp)
    review_round: Mapped[int] = mapped_column(default=0)
    """Counts the times it was handed to a second reader."""
    sent_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ReleaseScopeProvider(Row):
    """A provider whose records are asked for; none named: all. Goes when the scope is written anew."""

    __tablename__ = "release_scope_provider"
    __table_args__ = (UniqueConstraint("request_id", "provider_id"),)
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)


class ReleaseScopeDocument(Row):
    """A document that is asked for by name."""

    __tablename__ = "release_scope_document"
    __table_args__ = (UniqueConstraint("request_id", "document_id"),)
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)


class ReleaseEvent(Row):
    """One thing that happened to a request. Never changed itself."""

    __tablename__ = "release_event"
    __table_args__ = (
        CheckConstraint("trim(words) <> ''", name="words"),
        CheckConstraint(f"length(words) <= {LONGEST}", name="words_length"),
        Index("ix_release_event_request_id_happened_on", "request_id", "happened_on"),
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"))
    kind: Mapped[ReleaseEventKind] = mapped_column(Choice(ReleaseEventKind))
    state: Mapped[ReleaseState] = mapped_column(Choice(ReleaseState))
    """How far the request was after it."""
    words: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[date]
    """A call or a letter may be noted a day later."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The letter or form that came or went with it."""
    at: Mapped[datetime] = mapped_column(Stamp)
    by: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))


append_only(ReleaseEvent)
