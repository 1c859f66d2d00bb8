"""What leaves on a request: the chosen pages, the file made of them, each sending and how it arrived."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.records.release import LONGEST, Delivery
from frontdesk.models.types import Choice, Stamp


class Outcome(StrEnum):
    """How a sending ended."""

    DELIVERED = "delivered"
    FAILED = "failed"


class PasswordWay(StrEnum):
    """By which way, never that of the file itself, a recipient learns the password."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    LETTER = "letter"


class ReleasePages(Versioned):
    """The pages of one document that were chosen for a request; none: it was looked at and left out."""

    __tablename__ = "release_pages"
    __table_args__ = (
        UniqueConstraint("request_id", "document_id"),
        CheckConstraint(f"length(reason) <= {LONGEST}", name="reason"),
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    pages: Mapped[str] = mapped_column(Text)
    """ "1-3,7"; empty: none."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why pages outside of what was asked for go too."""
    chosen_at: Mapped[datetime] = mapped_column(Stamp)
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ReleasePacket(Row):
    """A file that was sent, kept byte for byte, and the list of what is in it."""

    __tablename__ = "release_packet"
    __table_args__ = (
        UniqueConstraint("request_id", "sha256"),
        CheckConstraint("pages > record_pages AND record_pages > 0", name="pages"),
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("release_request.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), index=True)
    pages: Mapped[int]
    """With the cover and the list."""
    record_pages: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Of the choice and of all that the cover says."""
    manifest: Mapped[str] = mapped_column(Text)
    """As JSON: each document, its SHA-256, its pages."""
    has_part_2: Mapped[bool]
    """Whether records under 42 CFR part 2 are in it."""
    kept_at: Mapped[datetime] = mapped_column(Stamp)


class ReleaseSending(Row):
    """One time a packet left the office. Never changed: what became of it is in its proofs."""

    __tablename__ = "release_sending"
    __table_args__ = (
        UniqueConstraint("packet_id", "attempt"),
        CheckConstraint("attempt > 0", name="attempt"),
        CheckConstraint("trim(to_name) <> ''", name="to_name"),
        CheckConstraint("(locked_sha256 IS NULL) = (password_told IS NULL)", name="locked_with_password"),
        CheckConstraint("way <> 'pick_up' OR trim(id_seen) <> ''", name="id_seen"),
    )
    packet_id: Mapped[int] = mapped_column(ForeignKey("release_packet.id"))
    attempt: Mapped[int]
    way: Mapped[Delivery] = mapped_column(Choice(Delivery, "release_way"))
    to_name: Mapped[str] = mapped_column(Text)
    to_address: Mapped[str] = mapped_column(Text, default="")
    """The address, fax number or mailbox it went to."""
    locked_sha256: Mapped[str | None] = mapped_column(ForeignKey("document_content.sha256"), index=True)
    """The encrypted file that went, where it was one; its password is nowhere."""
    password_told: Mapped[PasswordWay | None] = mapped_column(Choice(PasswordWay))
    tracking: Mapped[str] = mapped_column(Text, default="")
    id_seen: Mapped[str] = mapped_column(Text, default="")
    """The identity paper of who picked it up."""
    note: Mapped[str] = mapped_column(Text, default="")
    sent_on: Mapped[date]
    sent_at: Mapped[datetime] = mapped_column(Stamp)
    sent_by: Mapped[str] = mapped_column(Text)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ReleaseProof(Row):
    """That a sending arrived, or did not: who says so, and what shows it. The last one counts."""

    __tablename__ = "release_proof"
    __table_args__ = (
        CheckConstraint("trim(words) <> ''", name="words"),
        CheckConstraint(f"length(words) <= {LONGEST}", name="words_length"),
    )
    sending_id: Mapped[int] = mapped_column(ForeignKey("release_sending.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(Choice(Outcome))
    happened_on: Mapped[date]
    received_by: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text)
    """What shows it, or why it failed: "fax confirmation, 22 pages", "returned, moved away"."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The confirmation, scanned."""
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


append_only(ReleasePacket)
append_only(ReleaseSending)
append_only(ReleaseProof)
