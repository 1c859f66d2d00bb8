"""The accounting of disclosures (45 CFR 164.528): every entry, what suspends it, and who asked for it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.records.release_packet import ReleaseSending
from frontdesk.models.types import Cents, Choice, Stamp

LONGEST = 1000


class Ground(StrEnum):
    """On what ground something was disclosed; the first nine are the grounds of a request."""

    ACCESS = "access"
    AUTHORIZATION = "authorization"
    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    COURT_ORDER = "court_order"
    SUBPOENA = "subpoena"
    REQUIRED_BY_LAW = "required_by_law"
    PUBLIC_HEALTH = "public_health"
    ABUSE = "abuse"
    """45 CFR 164.512(b)(1)(ii), (c): a report of abuse, neglect or domestic violence."""
    OVERSIGHT = "oversight"
    """45 CFR 164.512(d)."""
    LAW_ENFORCEMENT = "law_enforcement"
    """45 CFR 164.512(f)."""
    DECEDENT = "decedent"
    """45 CFR 164.512(g): coroners, medical examiners, funeral directors."""
    DONATION = "donation"
    """45 CFR 164.512(h)."""
    RESEARCH = "research"
    """45 CFR 164.512(i)."""
    SAFETY = "safety"
    """45 CFR 164.512(j): a serious threat."""
    GOVERNMENT = "government"
    """45 CFR 164.512(k)."""
    WORKERS_COMP = "workers_comp"
    """45 CFR 164.512(l)."""
    MISTAKE = "mistake"
    """Something that should not have left."""


class Disclosure(Row):
    """One disclosure: to whom, what, why. A correction is a new row that points at the old one."""

    __tablename__ = "disclosure"
    __table_args__ = (
        UniqueConstraint("corrects_id"),
        CheckConstraint("trim(recipient) <> ''", name="recipient"),
        CheckConstraint("trim(what) <> ''", name="what"),
        CheckConstraint("trim(purpose) <> ''", name="purpose"),
        CheckConstraint(f"length(what) <= {LONGEST} AND length(purpose) <= {LONGEST}", name="texts_short"),
        CheckConstraint("(until_on IS NULL) = (times IS NULL)", name="series"),
        CheckConstraint("until_on > disclosed_on AND times > 1", name="series_of_several"),
        CheckConstraint("is_struck = (trim(struck_because) <> '')", name="struck"),
        CheckConstraint("NOT is_struck OR corrects_id IS NOT NULL", name="strikes_one"),
        Index("ix_disclosure_patient_id_disclosed_on", "patient_id", "disclosed_on"),
        Index("ix_disclosure_disclosed_on", "disclosed_on"),
    )
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    disclosed_on: Mapped[date]
    recipient: Mapped[str] = mapped_column(Text)
    recipient_address: Mapped[str] = mapped_column(Text, default="")
    what: Mapped[str] = mapped_column(Text)
    """A brief description of what was disclosed (164.528(b)(2)(iii))."""
    purpose: Mapped[str] = mapped_column(Text)
    ground: Mapped[Ground] = mapped_column(Choice(Ground))
    has_part_2: Mapped[bool] = mapped_column(default=False)
    """Whether records under 42 CFR part 2 were in it: then it counts whatever the ground (42 CFR 2.25)."""
    is_accounted: Mapped[bool]
    """Whether it stands in the accounting that the patient may ask for."""
    until_on: Mapped[date | None]
    """Of a series to one recipient for one purpose, the last day (164.528(b)(3))."""
    times: Mapped[int | None]
    """How many there were in the series."""
    sending_id: Mapped[int | None] = mapped_column(ForeignKey(ReleaseSending.id), index=True)
    """The release that wrote it; None: somebody entered it."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"))
    is_struck: Mapped[bool] = mapped_column(default=False)
    struck_because: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class DisclosureSuspension(Versioned):
    """An agency's statement that the patient is not told for a time (164.528(a)(2))."""

    __tablename__ = "disclosure_suspension"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends"),
        CheckConstraint("trim(agency) <> '' AND trim(stated_by) <> ''", name="stated"),
        CheckConstraint("(document_id IS NULL) OR is_written", name="paper_is_written"),
    )
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    agency: Mapped[str] = mapped_column(Text)
    """As the recipient is called in the entries."""
    stated_by: Mapped[str] = mapped_column(Text)
    is_written: Mapped[bool]
    """An oral statement holds for thirty days at most."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    recorded_by: Mapped[str] = mapped_column(Text)


class AccountingRequest(Versioned):
    """A patient's request for the accounting: sixty days, once thirty more (164.528(c)(1))."""

    __tablename__ = "accounting_request"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="span"),
        CheckConstraint("due_on > asked_on", name="due_on"),
        CheckConstraint("(extended_on IS NULL) = (trim(extension_reason) = '')", name="extended"),
        CheckConstraint("(given_on IS NULL) = (sha256 IS NULL)", name="given"),
        CheckConstraint("given_on IS NULL OR withdrawn_on IS NULL", name="one_end"),
        CheckConstraint("fee_cents >= 0", name="fee"),
    )
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    asked_by: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date]
    from_on: Mapped[date]
    until_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    fee_cents: Mapped[int] = mapped_column(Cents, default=0)
    """0 for the first in twelve months (164.528(c)(2))."""
    given_on: Mapped[date | None]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("document_content.sha256"))
    """The report that was given, kept as it was."""
    withdrawn_on: Mapped[date | None]


append_only(Disclosure)
