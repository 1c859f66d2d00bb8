"""The public lists of codes by effective date, the releases that brought them, and what the office adds."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, Text, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import also_create, append_only, no_overlap
from frontdesk.models.types import Choice, Stamp


class ReleasedSet(StrEnum):
    """A list of codes that comes in releases."""

    ICD10CM = "icd10cm"
    HCPCS = "hcpcs"
    CPT = "cpt"
    POS = "pos"
    MODIFIER = "modifier"


class Dated:
    """What holds from a day on, for good or until its last day."""

    effective_on: Mapped[date]
    expires_on: Mapped[date | None]

    def is_in_force(self, on: date) -> bool:
        return self.effective_on <= on and (self.expires_on is None or self.expires_on >= on)

    @classmethod
    def in_force(cls, on: date | ColumnElement[date]) -> ColumnElement[bool]:
        """The same in a statement."""
        return and_(cls.effective_on <= on, or_(cls.expires_on.is_(None), cls.expires_on >= on))


class Published(Dated, Row):
    """One wording of a code of a public list. Rows are never removed: old claims still need them."""

    __abstract__ = True
    in_audit = False

    code: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    """The label folded for search."""
    successor: Mapped[str] = mapped_column(Text, default="", server_default="")
    """The codes that the list names instead, divided by blanks; empty where it names none."""


def publish(model: type[Published]) -> None:
    """Keep what was published: only its end, and what follows it, are told later."""
    append_only(model, but=("expires_on", "successor"))
    no_overlap(model, by="code", starts="effective_on", ends="expires_on")


def with_word_index(model: type[Published], name: str) -> None:
    """Words are found by each engine's own full-text index; the rows never change, so it only grows."""
    table = model.__tablename__
    also_create(
        model,
        sqlite=f"CREATE VIRTUAL TABLE {name} USING fts5"
        f"(words, content='{table}', content_rowid='id', prefix='2 3')",
        postgresql=f"CREATE INDEX ix_{table}_words ON {table} USING gin (to_tsvector('simple', words))",
    )
    also_create(
        model,
        sqlite=f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} BEGIN"
        f" INSERT INTO {name} (rowid, words) VALUES (NEW.id, NEW.words); END",
    )


def _dated() -> tuple[Any, ...]:  # Any: what SQLAlchemy takes as table arguments
    return (
        UniqueConstraint("code", "effective_on"),
        CheckConstraint("expires_on IS NULL OR expires_on >= effective_on", name="ends_after_start"),
        CheckConstraint("code <> ''", name="code_there"),
    )


class HcpcsCode(Published):
    """A code of HCPCS level II: supplies, drugs and services that CPT does not have."""

    __tablename__ = "hcpcs_code"
    __table_args__ = _dated()


class PlaceOfService(Published):
    """Where a service is given: the two digits of CMS's list."""

    __tablename__ = "place_of_service"
    __table_args__ = _dated()


class ModifierCode(Published):
    """Two letters or digits that say how a service differed."""

    __tablename__ = "modifier_code"
    __table_args__ = _dated()


for _list in (HcpcsCode, PlaceOfService, ModifierCode):
    publish(_list)
with_word_index(HcpcsCode, "hcpcs_words")


class CodeRelease(Row):
    """A release that was loaded, and what it changed."""

    __tablename__ = "code_release"

    code_set: Mapped[ReleasedSet] = mapped_column(Choice(ReleasedSet))
    name: Mapped[str] = mapped_column(Text)
    effective_on: Mapped[date]
    """The day from which the list is valid."""
    codes: Mapped[int]
    """How many codes the list has."""
    added: Mapped[int]
    ended: Mapped[int]
    reworded: Mapped[int]
    loaded_at: Mapped[datetime] = mapped_column(Stamp)
    loaded_by: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("name <> ''", name="name_there"),
        Index("ix_code_release_code_set", "code_set", "effective_on"),
    )


append_only(CodeRelease)


class CodeSynonym(Versioned):
    """What the office says, and the words that the lists use for it: "sugar" is "diabetes"."""

    __tablename__ = "code_synonym"

    said: Mapped[str] = mapped_column(Text, unique=True)
    """Folded, as it is typed."""
    means: Mapped[str] = mapped_column(Text)
    """Folded words that must all occur."""

    __table_args__ = (CheckConstraint("said <> '' AND means <> '' AND said <> means", name="both_sides"),)


class FavouriteKind(StrEnum):
    """What a provider's favourite is."""

    DIAGNOSIS = "diagnosis"
    SERVICE = "service"


class FavouriteCode(Row):
    """A code that a provider wants offered first."""

    __tablename__ = "favourite_code"

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    kind: Mapped[FavouriteKind] = mapped_column(Choice(FavouriteKind))
    code: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("provider_id", "kind", "code"),
        CheckConstraint("code <> ''", name="code_there"),
    )
