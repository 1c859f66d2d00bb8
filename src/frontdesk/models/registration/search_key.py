"""What a patient is found by, made from the patient's rows: derived, never edited by hand."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Base
from frontdesk.models.types import Choice

# Byte order on both engines: a prefix is then one range of the index.
Folded = String(80).with_variant(String(80, collation="C"), "postgresql")


class KeyKind(StrEnum):
    """Where a search key comes from."""

    NAME = "name"
    FORMER = "former"
    PHONE = "phone"
    BORN = "born"
    CHART = "chart"
    MEMBER = "member"
    MERGED = "merged"
    """The number of a chart that was merged into this one."""
    PAIR = "pair"
    """Two words of the name, "+foster danielle": both are then sought in one place."""


class PatientSearchKey(Base):
    """One word or number under which typing finds the patient; gone while the patient is not to be found."""

    __tablename__ = "patient_search_key"
    in_audit = False
    key: Mapped[str] = mapped_column(Folded, primary_key=True)
    patient_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("patient.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[KeyKind] = mapped_column(Choice(KeyKind), primary_key=True)
    __table_args__ = (
        Index("ix_patient_search_key_patient_id", "patient_id", "key"),
        {"sqlite_with_rowid": False},
    )


class NameFragment(Base):
    """Where a word of somebody's name can be entered: itself, and each of its ends from three letters.

    Common to all who bear the word, and kept when the last of them is gone: alone it finds nobody.
    """

    __tablename__ = "name_fragment"
    in_audit = False
    fragment: Mapped[str] = mapped_column(Folded, primary_key=True)
    word: Mapped[str] = mapped_column(Folded, primary_key=True)
    __table_args__ = ({"sqlite_with_rowid": False},)


class PatientMatchKey(Base):
    """A block of look-alikes: patients that share a key are compared when a new one is registered.

    Kept for inactive patients too, so that somebody who comes back is not registered twice.
    """

    __tablename__ = "patient_match_key"
    in_audit = False
    key: Mapped[str] = mapped_column(Folded, primary_key=True)
    patient_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("patient.id"), primary_key=True, autoincrement=False
    )
    __table_args__ = (
        Index("ix_patient_match_key_patient_id", "patient_id"),
        {"sqlite_with_rowid": False},
    )


class PatientRecency(Base):
    """A day on which the desk has to do with the patient: today's and recent patients are found first."""

    __tablename__ = "patient_recency"
    in_audit = False
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    patient_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("patient.id"), primary_key=True, autoincrement=False
    )
    __table_args__ = (
        Index("ix_patient_recency_patient_id", "patient_id", "day"),
        {"sqlite_with_rowid": False},
    )
