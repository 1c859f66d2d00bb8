"""Everything that a visit can be booked on: providers, rooms, devices, staff."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Id, Versioned
from frontdesk.models.types import Choice, Stamp


class ResourceKind(StrEnum):
    """What kind of thing is booked."""

    PROVIDER = "provider"
    ROOM = "room"
    DEVICE = "device"
    STAFF = "staff"


class RoomKind(StrEnum):
    """What a room is fitted out for."""

    EXAM = "exam"
    PROCEDURE = "procedure"
    CONSULT = "consult"
    LAB = "lab"
    IMAGING = "imaging"
    TRIAGE = "triage"


class RoomState(StrEnum):
    """Whether the next patient can go in."""

    FREE = "free"
    OCCUPIED = "occupied"
    TO_CLEAN = "to_clean"
    BLOCKED = "blocked"


class Resource(Versioned):
    """One bookable thing. Switched off, never deleted: past visits name it."""

    __tablename__ = "resource"
    kind: Mapped[ResourceKind] = mapped_column(Choice(ResourceKind))
    name: Mapped[str] = mapped_column(String(80))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    sort_order: Mapped[int] = mapped_column(Integer, default=0)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (
        CheckConstraint("name <> ''", name="has_a_name"),
        Index(
            "uq_resource_name",
            "site_id",
            "kind",
            "name",
            unique=True,
            sqlite_where=text("is_active"),
            postgresql_where=text("is_active"),
        ),
    )


class Provider(Versioned):
    """A person who sees patients and bills; `Resource.name` is the full name."""

    __tablename__ = "provider"
    id: Mapped[int] = mapped_column(Id, ForeignKey("resource.id"), primary_key=True, autoincrement=False)
    first_name: Mapped[str] = mapped_column(String(60))
    last_name: Mapped[str] = mapped_column(String(60))
    credential: Mapped[str] = mapped_column(String(20), default="")
    """As after the name: "MD", "NP"."""
    short_name: Mapped[str] = mapped_column(String(40))
    """As said at the desk: "Dr. Lee"."""
    npi: Mapped[str] = mapped_column(String(10), unique=True)
    taxonomy: Mapped[str] = mapped_column(String(10), default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), unique=True)
    __table_args__ = (CheckConstraint("length(npi) = 10", name="npi_length"),)


class Room(Versioned):
    """A room and its present state."""

    __tablename__ = "room"
    id: Mapped[int] = mapped_column(Id, ForeignKey("resource.id"), primary_key=True, autoincrement=False)
    room_kind: Mapped[RoomKind] = mapped_column(Choice(RoomKind))
    state: Mapped[RoomState] = mapped_column(Choice(RoomState), default=RoomState.FREE)
    state_since_at: Mapped[datetime] = mapped_column(Stamp)
    blocked_reason: Mapped[str] = mapped_column(String(200), default="")
    __table_args__ = (
        CheckConstraint("(state = 'blocked') = (blocked_reason <> '')", name="blocked_with_reason"),
    )


class Device(Versioned):
    """A device that visits are booked on, of a kind in the office's own words."""

    __tablename__ = "device"
    id: Mapped[int] = mapped_column(Id, ForeignKey("resource.id"), primary_key=True, autoincrement=False)
    device_kind: Mapped[str] = mapped_column(String(60), index=True)
    serial_number: Mapped[str] = mapped_column(String(60), default="")
    __table_args__ = (CheckConstraint("device_kind <> ''", name="has_a_kind"),)


class StaffMember(Versioned):
    """A person other than a provider whose time is booked: a nurse visit, an injection, a blood draw."""

    __tablename__ = "staff_member"
    id: Mapped[int] = mapped_column(Id, ForeignKey("resource.id"), primary_key=True, autoincrement=False)
    skill: Mapped[str] = mapped_column(String(60))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), unique=True)
