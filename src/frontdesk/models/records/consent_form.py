"""The office's consent forms: each edition in each language, its questions, and what is being written."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.registration.payer import PayerKind
from frontdesk.models.types import Choice, Choices, Stamp, only_words_of


class Needed(StrEnum):
    """How often a patient is asked for a form."""

    ONCE = "once"
    YEARLY = "yearly"
    EACH_VISIT = "each_visit"
    VISIT_TYPE = "visit_type"
    """At each visit of a kind that names the form, and at no other."""


class Signer(StrEnum):
    """Who signs; `guardian_below_age` holds besides."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    """Never the patient alone: a guardian, or who holds a power of attorney."""


class AnswerKind(StrEnum):
    """How a question within a form is answered."""

    YES_NO = "yes_no"
    TEXT = "text"


class DraftState(StrEnum):
    """What became of the words that were written."""

    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class ConsentForm(Row):
    """One edition of a form in one language; a new edition asks every patient again, or is editorial."""

    __tablename__ = "consent_form"
    __table_args__ = (
        UniqueConstraint("key", "edition", "language"),
        CheckConstraint("edition > 0", name="edition"),
        CheckConstraint("guardian_below_age BETWEEN 0 AND 21", name="guardian_below_age"),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("age_from BETWEEN 0 AND 130 AND age_until BETWEEN 0 AND 130", name="ages"),
        CheckConstraint("age_from <= age_until", name="ages_in_order"),
        CheckConstraint("good_for_months BETWEEN 1 AND 120", name="good_for_months"),
        CheckConstraint("NOT is_editorial OR edition > 1", name="first_edition_asks"),
        CheckConstraint(only_words_of("payer_kinds", PayerKind), name="payer_kinds"),
    )

    key: Mapped[str] = mapped_column(Text)
    edition: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    needed: Mapped[Needed] = mapped_column(Choice(Needed))
    may_be_refused: Mapped[bool]
    guardian_below_age: Mapped[int]
    effective_on: Mapped[date]
    signer: Mapped[Signer] = mapped_column(Choice(Signer), default=Signer.PATIENT)
    needs_witness: Mapped[bool] = mapped_column(default=False)
    age_from: Mapped[int | None]
    """Years; the form is asked of nobody younger."""
    age_until: Mapped[int | None]
    """Years; the last age at which it is asked."""
    payer_kinds: Mapped[tuple[PayerKind, ...]] = mapped_column(Choices(PayerKind), default=())
    """Asked only of those whose first coverage is of such a payer; none named: of all."""
    good_for_months: Mapped[int | None]
    is_editorial: Mapped[bool] = mapped_column(default=False)
    """The words were only polished: what was signed before stays good."""


class ConsentFormPayer(Row):
    """A payer whose patients are asked for an edition, beside the kinds it names."""

    __tablename__ = "consent_form_payer"
    __table_args__ = (UniqueConstraint("form_id", "payer_id"),)
    form_id: Mapped[int] = mapped_column(ForeignKey("consent_form.id"))
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"), index=True)


class ConsentQuestion(Row):
    """A question within a form, answered when it is signed."""

    __tablename__ = "consent_question"
    __table_args__ = (
        UniqueConstraint("form_id", "position"),
        CheckConstraint("position > 0", name="position"),
        CheckConstraint("trim(words) <> ''", name="words"),
    )
    form_id: Mapped[int] = mapped_column(ForeignKey("consent_form.id"))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    kind: Mapped[AnswerKind] = mapped_column(Choice(AnswerKind))
    is_required: Mapped[bool]


class ConsentFormUse(Row):
    """That a form was retired on a day, or taken into use again; the last one holds."""

    __tablename__ = "consent_form_use"
    __table_args__ = (CheckConstraint("key <> ''", name="key"),)
    key: Mapped[str] = mapped_column(Text, index=True)
    is_in_use: Mapped[bool]
    since: Mapped[date]
    noted_at: Mapped[datetime] = mapped_column(Stamp)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ConsentFormDraft(Versioned):
    """A new form or edition that is being written; no patient sees it before it is published."""

    __tablename__ = "consent_form_draft"
    __table_args__ = (
        Index(
            "uq_consent_form_draft_open",
            "key",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        CheckConstraint("key <> ''", name="key"),
    )
    key: Mapped[str] = mapped_column(Text)
    state: Mapped[DraftState] = mapped_column(Choice(DraftState), default=DraftState.OPEN)
    body: Mapped[str] = mapped_column(Text)
    """The whole draft as JSON: `services.records.forms.FormDraft`."""
    changed_at: Mapped[datetime] = mapped_column(Stamp)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


append_only(ConsentForm)
append_only(ConsentFormPayer)
append_only(ConsentQuestion)
append_only(ConsentFormUse)
