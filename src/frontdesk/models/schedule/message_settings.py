"""How this office sends messages: its mail server, its text gateway, its quiet hours. No secret is here."""

from datetime import time
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Integer, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice


class MailSecurity(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    PLAIN = "plain"


class MailServer(Versioned):
    """The one mail server; its password is in this computer's keyring."""

    __tablename__ = "mail_server"
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    is_on: Mapped[bool] = mapped_column(Boolean, default=False)
    host: Mapped[str] = mapped_column(String(253))
    port: Mapped[int] = mapped_column(Integer)
    security: Mapped[MailSecurity] = mapped_column(Choice(MailSecurity))
    login: Mapped[str] = mapped_column(String(120), default="")
    sender_name: Mapped[str] = mapped_column(String(120))
    sender_address: Mapped[str] = mapped_column(String(254))
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("trim(host) <> ''", name="host"),
        CheckConstraint("port BETWEEN 1 AND 65535", name="port"),
        CheckConstraint("replace(sender_address, '@', '') <> sender_address", name="sender_has_an_at"),
    )


class TextGateway(Versioned):
    """The one text gateway; its token is in this computer's keyring, and stands as {token} in the headers."""

    __tablename__ = "text_gateway"
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    is_on: Mapped[bool] = mapped_column(Boolean, default=False)
    url: Mapped[str] = mapped_column(String(500))
    method: Mapped[str] = mapped_column(String(4), default="POST")
    headers: Mapped[str] = mapped_column(Text, default="")
    """A line each: "Authorization: Bearer {token}"."""
    body: Mapped[str] = mapped_column(Text, default="")
    """What is sent, with {to}, {from} and {text}; each is written as the content type wants it."""
    content_type: Mapped[str] = mapped_column(String(60), default="application/json")
    sender: Mapped[str] = mapped_column(String(20), default="")
    id_field: Mapped[str] = mapped_column(String(60), default="id")
    """The field of the gateway's JSON answer that names the message."""
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("trim(url) <> ''", name="url"),
        CheckConstraint("method IN ('POST', 'GET')", name="method"),
    )


class QuietHours(Versioned):
    """When no message goes out: from the evening to the morning."""

    __tablename__ = "quiet_hours"
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("starts > ends", name="over_night"),
    )
