"""The people who use Frontdesk, what they may do and for how long, and each attempt to sign in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class UserAccount(Versioned):
    """A person who signs in. Accounts are switched off, never deleted: the audit log names them."""

    __tablename__ = "user_account"
    name: Mapped[str] = mapped_column(String(120))
    login: Mapped[str] = mapped_column(String(60), unique=True)
    """Lower case."""
    initials: Mapped[str] = mapped_column(String(4))
    password_hash: Mapped[str] = mapped_column(String(200), info={"secret": True})
    password_changed_at: Mapped[datetime] = mapped_column(Stamp)
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=False)
    """Set while somebody else knows the password."""
    pin_hash: Mapped[str | None] = mapped_column(String(200), info={"secret": True})
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (
        CheckConstraint("login <> '' AND login = lower(login)", name="login_is_lower_case"),
        CheckConstraint("name <> ''", name="has_a_name"),
        CheckConstraint("password_hash LIKE '$argon2id$%'", name="password_is_hashed"),
        CheckConstraint("pin_hash LIKE '$argon2id$%'", name="pin_is_hashed"),
    )


class Role(Versioned):
    """A set of permissions under a name; the shipped ones have a key."""

    __tablename__ = "role"
    key: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class RolePermission(Row):
    """One permission of a role; "schedule.*" stands for all of them but the sensitive ones."""

    __tablename__ = "role_permission"
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"))
    permission: Mapped[str] = mapped_column(String(80))
    __table_args__ = (UniqueConstraint("role_id", "permission"),)


class UserRole(Row):
    """A role given to a person from one date on, until another where it ends. Withdrawn, never deleted."""

    __tablename__ = "user_role"
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), index=True)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    """The last day."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (CheckConstraint("valid_until >= valid_from", name="ends_after_it_starts"),)


class SignInWay(StrEnum):
    """What a person showed at the door."""

    PASSWORD = "password"
    PIN = "pin"


class SignInOutcome(StrEnum):
    """How an attempt ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class SignInAttempt(Row):
    """One attempt to sign in. An unknown login is not kept: people type their password there by mistake."""

    __tablename__ = "sign_in_attempt"
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    at: Mapped[datetime] = mapped_column(Stamp)
    office_day: Mapped[date] = mapped_column(Date)
    way: Mapped[SignInWay] = mapped_column(Choice(SignInWay))
    outcome: Mapped[SignInOutcome] = mapped_column(Choice(SignInOutcome))
    __table_args__ = (
        Index("ix_sign_in_attempt_user", "user_id", "at"),
        Index("ix_sign_in_attempt_station", "station_id", "at"),
    )


append_only(SignInAttempt)
