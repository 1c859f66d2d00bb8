"""The bytes of documents, kept once under their SHA-256, each content encrypted under a key of its own.

They are in the database, on both engines, and in chunks so that a long scan streams: `docs/documents.md`
has why, with what was measured.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Base, Row
from frontdesk.models.guards import also_create, append_only, refuse_when
from frontdesk.models.types import Choice, Stamp

KEY_BYTES = 32


class MediaType(StrEnum):
    """What the bytes are, read from the bytes themselves."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    TEXT = "text/plain"
    X12 = "application/edi-x12"


class DocumentContent(Base):
    """One sequence of bytes; several documents may show the same one. It outlives its bytes as a stub."""

    __tablename__ = "document_content"
    in_audit = False
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
        CheckConstraint("size_bytes > 0", name="size_bytes"),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[MediaType] = mapped_column(Choice(MediaType))
    pages: Mapped[int | None]
    kept_at: Mapped[datetime] = mapped_column(Stamp)


class DocumentKey(Base):
    """What opens one content's chunks: random, and gone for good once the content is erased."""

    __tablename__ = "document_key"
    in_audit = False
    __table_args__ = (
        CheckConstraint(f"length(key) = {KEY_BYTES}", name="key"),
        CheckConstraint("generation >= 0", name="generation"),
        {"sqlite_with_rowid": False},  # the key in one place of the file, so that it goes from one place
    )

    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), primary_key=True)
    generation: Mapped[int]
    """How often this content was erased before it came in again."""
    key: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentChunk(Base):
    """A run of one content's bytes, encrypted; the chunks in order of position are the whole."""

    __tablename__ = "document_chunk"
    in_audit = False
    __table_args__ = (
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint("length(bytes) > 0", name="bytes"),
    )

    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bytes: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentErasure(Row):
    """That a content's key was destroyed, by whom and why; the row takes the key with it."""

    __tablename__ = "document_erasure"
    __table_args__ = (
        UniqueConstraint("sha256", "generation"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"))
    generation: Mapped[int]
    erased_at: Mapped[datetime] = mapped_column(Stamp)
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(Text)
    run_id: Mapped[int | None] = mapped_column(BigInteger)
    """The disposal run, where one ordered it."""


append_only(DocumentContent)
append_only(DocumentErasure)

# A key goes in the very statement that writes its erasure down, and in no other way: as long as a key is
# there, no erasure of its generation is.
_ERASED = (
    "EXISTS (SELECT 1 FROM document_erasure WHERE document_erasure.sha256 = {row}.sha256"
    " AND document_erasure.generation {same} {row}.generation)"
)
refuse_when(
    DocumentKey,
    "append_only_document_key_update",
    "UPDATE",
    message="append_only_document_key",
)
refuse_when(
    DocumentKey,
    "append_only_document_key_delete",
    "DELETE",
    message="append_only_document_key",
    when=f"NOT {_ERASED.format(row='OLD', same='=')}",
)
refuse_when(
    DocumentKey,
    "document_key_erased",
    "INSERT",
    message="document_key_erased",
    when=_ERASED.format(row="NEW", same=">="),
)
refuse_when(
    DocumentErasure,
    "document_erasure_generation",
    "INSERT",
    message="document_erasure_generation",
    when="EXISTS (SELECT 1 FROM document_key WHERE document_key.sha256 = NEW.sha256"
    " AND document_key.generation <> NEW.generation)",
)
also_create(
    DocumentErasure,
    sqlite="CREATE TRIGGER document_erasure_takes_key AFTER INSERT ON document_erasure "
    "BEGIN DELETE FROM document_key WHERE document_key.sha256 = NEW.sha256; END",
    postgresql="CREATE OR REPLACE FUNCTION document_erasure_takes_key() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN DELETE FROM document_key WHERE document_key.sha256 = NEW.sha256; RETURN NULL; END $$",
)
also_create(
    DocumentErasure,
    postgresql="CREATE TRIGGER document_erasure_takes_key AFTER INSERT ON document_erasure FOR EACH ROW "
    "EXECUTE FUNCTION document_erasure_takes_key()",
)

# Chunks may go once nothing opens them.
refuse_when(
    DocumentChunk,
    "append_only_document_chunk_update",
    "UPDATE",
    message="append_only_document_chunk",
)
refuse_when(
    DocumentChunk,
    "append_only_document_chunk_delete",
    "DELETE",
    message="append_only_document_chunk",
    when="NOT EXISTS (SELECT 1 FROM document_erasure WHERE document_erasure.sha256 = OLD.sha256)"
    " OR EXISTS (SELECT 1 FROM document_key WHERE document_key.sha256 = OLD.sha256)",
)
# What is encrypted cannot be compressed: the server need not try.
also_create(DocumentChunk, postgresql="ALTER TABLE document_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL")
