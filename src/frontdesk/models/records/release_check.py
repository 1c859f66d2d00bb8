"""What must be so before copies leave: the signed form, each fact with who checked it, the second reader."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.records.document import Sensitivity
from frontdesk.models.types import Choice, Choices, Stamp, only_words_of


class CheckItem(StrEnum):
    """The things a person looks at; those from DESCRIBED to CONDITIONS are 45 CFR 164.508(c)(1) and (2)."""

    IDENTITY = "identity"
    """Who asks is who they say (45 CFR 164.514(h))."""
    AUTHORITY = "authority"
    """What the right of a representative, an attorney, an officer rests on."""
    DESCRIBED = "described"
    DISCLOSER = "discloser"
    RECIPIENT = "recipient"
    PURPOSE = "purpose"
    EXPIRY = "expiry"
    SIGNATURE = "signature"
    REVOCATION = "revocation"
    REDISCLOSURE = "redisclosure"
    CONDITIONS = "conditions"
    """That treatment does not depend on the signature (164.508(c)(2)(ii))."""
    ASSURANCE = "assurance"
    """That the patient was told, or a protective order is sought (45 CFR 164.512(e)(1)(ii))."""
    MINIMUM = "minimum"
    """No more than the purpose needs (45 CFR 164.502(b))."""


class FormEnd(StrEnum):
    """Why a signed form no longer counts before its date."""

    REVOKED = "revoked"
    """45 CFR 164.508(b)(5)."""
    EVENT_PASSED = "event_passed"


class ReleaseEndKind(StrEnum):
    """How a request ended without copies, or after them."""

    DENIED = "denied"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class DenialGround(StrEnum):
    """45 CFR 164.524(a)(2): no review; (a)(3): the patient may have it reviewed; (d)(3): not kept here."""

    PSYCHOTHERAPY_NOTES = "psychotherapy_notes"
    LITIGATION = "litigation"
    INMATE = "inmate"
    RESEARCH = "research"
    PRIVACY_ACT = "privacy_act"
    CONFIDENTIAL_SOURCE = "confidential_source"
    ENDANGERS = "endangers"
    ENDANGERS_OTHER = "endangers_other"
    REPRESENTATIVE_HARM = "representative_harm"
    NOT_KEPT = "not_kept"
    FORM_NOT_VALID = "form_not_valid"
    """Of somebody who has no right of access: nothing permits the disclosure."""


REVIEWABLE = frozenset(
    {DenialGround.ENDANGERS, DenialGround.ENDANGERS_OTHER, DenialGround.REPRESENTATIVE_HARM}
)


class ReleaseForm(Row):
    """A signed authorization as somebody read it: on paper, or signed in the house. The last one holds."""

    __tablename__ = "release_form"
    __table_args__ = (
        CheckConstraint("(document_id IS NULL) OR (consent_id IS NULL)", name="one_paper"),
        CheckConstraint("expires_on IS NULL OR expires_event = ''", name="one_expiry"),
        CheckConstraint("relation = '' OR signer_name <> ''", name="relation_of_somebody"),
        CheckConstraint(only_words_of("names_classes", Sensitivity), name="names_classes"),
        Index("ix_release_form_request_id", "request_id"),
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"))
    signed_on: Mapped[date | None]
    """None: the form came without a signature or without its date."""
    signer_name: Mapped[str] = mapped_column(Text, default="")
    relation: Mapped[str] = mapped_column(Text, default="")
    """Empty: the patient signed."""
    authority: Mapped[str] = mapped_column(Text, default="")
    """What the right of the representative rests on (164.508(c)(1)(vi))."""
    expires_on: Mapped[date | None]
    expires_event: Mapped[str] = mapped_column(Text, default="")
    names_classes: Mapped[tuple[Sensitivity, ...]] = mapped_column(Choices(Sensitivity), default=())
    """The guarded classes that the form names; what it does not name stays locked."""
    is_psychotherapy_alone: Mapped[bool] = mapped_column(default=False)
    """It covers psychotherapy notes and nothing else (164.508(b)(3)(ii))."""
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ReleaseFormEnd(Row):
    """That a form was revoked, or that its event has come."""

    __tablename__ = "release_form_end"
    __table_args__ = (UniqueConstraint("form_id"),)
    form_id: Mapped[int] = mapped_column(ForeignKey("release_form.id"))
    how: Mapped[FormEnd] = mapped_column(Choice(FormEnd))
    ended_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ReleaseFact(Row):
    """One thing that was looked at, by whom; the last one of its item holds."""

    __tablename__ = "release_fact"
    __table_args__ = (Index("ix_release_fact_request_id_item", "request_id", "item"),)
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"))
    form_id: Mapped[int | None] = mapped_column(ForeignKey("release_form.id"))
    """The form that was read; a newer form is read anew."""
    item: Mapped[CheckItem] = mapped_column(Choice(CheckItem))
    holds: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    """What was compared, or what is missing: "name, birth date and address on the license"."""
    checked_at: Mapped[datetime] = mapped_column(Stamp)
    checked_by: Mapped[str] = mapped_column(Text)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ReleaseReview(Row):
    """The second reader's word on one round of preparation; never that of who prepared it."""

    __tablename__ = "release_review"
    __table_args__ = (
        UniqueConstraint("request_id", "round"),
        CheckConstraint("reviewer_id <> prepared_by_id", name="another_person"),
        CheckConstraint("agreed OR trim(words) <> ''", name="says_why_not"),
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"))
    round: Mapped[int]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reviewer: Mapped[str] = mapped_column(Text)
    agreed: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Stamp)


class ReleaseEnd(Row):
    """That a request ended without copies, on what ground; it may be taken up again, this stays."""

    __tablename__ = "release_end"
    __table_args__ = (
        CheckConstraint("(how = 'denied') = (ground IS NOT NULL)", name="ground"),
        CheckConstraint("trim(words) <> ''", name="words"),
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"), index=True)
    how: Mapped[ReleaseEndKind] = mapped_column(Choice(ReleaseEndKind))
    ground: Mapped[DenialGround | None] = mapped_column(Choice(DenialGround))
    words: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The letter that said so."""
    at: Mapped[datetime] = mapped_column(Stamp)
    by: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


append_only(ReleaseForm)
append_only(ReleaseFormEnd)
append_only(ReleaseFact)
append_only(ReleaseReview)
append_only(ReleaseEnd)
