"""The bytes of documents, kept once under their SHA-256, in chunks so that a long scan streams."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Base
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class MediaType(StrEnum):
    """What the bytes are, read from the bytes themselves."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    TEXT = "text/plain"
    X12 = "application/edi-x12"


class DocumentContent(Base):
    """One sequence of bytes; several documents may show the same one."""

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


class DocumentChunk(Base):
    """A run of one content's bytes; the chunks in order of position are the whole."""

    __tablename__ = "document_chunk"
    in_audit = False
    __table_args__ = (
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint("length(bytes) > 0", name="bytes"),
    )

    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bytes: Mapped[bytes] = mapped_column(LargeBinary)


append_only(DocumentContent)
append_only(DocumentChunk)
