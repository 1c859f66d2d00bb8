"""The office's mail server, text gateway and quiet hours. Secrets go another way: `message_secrets`."""

from dataclasses import dataclass, replace
from datetime import time
from urllib.parse import urlsplit

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.models.schedule.message_settings import MailSecurity as MailSecurity
from frontdesk.models.schedule.message_settings import MailServer, QuietHours, TextGateway
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_mail_server_singleton", "Another desk set the mail server up first. Look at it, then save.")
says("uq_text_gateway_singleton", "Another desk set the text gateway up first. Look at it, then save.")
says("uq_quiet_hours_singleton", "Another desk set the quiet hours first. Look at them, then save.")


@dataclass(frozen=True, slots=True)
class MailDraft:
    """A mail server as it is typed; the password is kept elsewhere."""

    host: str
    port: int
    security: MailSecurity
    sender_name: str
    sender_address: str
    login: str = ""
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A text gateway as it is typed; the token is kept elsewhere."""

    url: str
    body: str = ""
    headers: str = ""
    method: str = "POST"
    content_type: str = "application/json"
    sender: str = ""
    id_field: str = "id"
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class QuietDraft:
    """From the evening to the morning."""

    starts: time = time(20)
    ends: time = time(8)


@dataclass(frozen=True, slots=True)
class Versions:
    """What was read of each, for saving it: 0 where nothing is set up yet."""

    mail: int = 0
    text: int = 0
    quiet: int = 0


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """What is set up; None: nothing yet."""

    mail: MailDraft | None
    text: TextDraft | None
    quiet: QuietDraft
    versions: Versions


@query(permission="schedule.view")
def settings(work: Work) -> MessageSettings:
    """How the office sends; three statements."""
    mail = work.session.scalar(select(MailServer))
    gateway = work.session.scalar(select(TextGateway))
    quiet = work.session.scalar(select(QuietHours))
    versions = Versions(_version(mail), _version(gateway), _version(quiet))
    return MessageSettings(_mail(mail), _text(gateway), _quiet(quiet), versions)


def _version(row: MailServer | TextGateway | QuietHours | None) -> int:
    return row.version if row is not None else 0


def _check_version(row: MailServer | TextGateway | QuietHours | None, seen: int | None, words: str) -> None:
    """Raises Conflict where another desk has saved since."""
    if seen is not None and _version(row) != seen:
        raise Conflict(
            f"Another desk changed {words} while you had it open. Nothing of yours was saved. "
            "To put yours in its place, save again."
        )


def _mail(row: MailServer | None) -> MailDraft | None:
    if row is None:
        return None
    return MailDraft(
        host=row.host,
        port=row.port,
        security=row.security,
        sender_name=row.sender_name,
        sender_address=row.sender_address,
        login=row.login,
        is_on=row.is_on,
    )


def _text(row: TextGateway | None) -> TextDraft | None:
    if row is None:
        return None
    return TextDraft(
        url=row.url,
        body=row.body,
        headers=row.headers,
        method=row.method,
        content_type=row.content_type,
        sender=row.sender,
        id_field=row.id_field,
        is_on=row.is_on,
    )


def _mail_before(done: Performed) -> Undo:
    draft: MailDraft = done.arguments["draft"]
    return Undo(set_mail, draft=done.result or replace(draft, is_on=False))


@command("Set up mail server", permission="office.edit_messaging", undo=_mail_before)
def set_mail(work: Work, *, draft: MailDraft, version: int | None = None) -> MailDraft | None:
    """Sends e-mail over this server from now on; gives back what was set. The first one undone: off."""
    refuse_if_any(mail_findings(draft))
    row = work.session.scalar(select(MailServer))
    _check_version(row, version, "the mail server")
    before, row = _mail(row), row or MailServer()
    row.host, row.port, row.security = draft.host.strip(), draft.port, draft.security
    row.sender_name, row.sender_address = draft.sender_name.strip(), draft.sender_address.strip()
    row.login, row.is_on = draft.login.strip(), draft.is_on
    work.add(row)
    return before


def _text_before(done: Performed) -> Undo:
    draft: TextDraft = done.arguments["draft"]
    return Undo(set_text, draft=done.result or replace(draft, is_on=False))


@command("Set up text gateway", permission="office.edit_messaging", undo=_text_before)
def set_text(work: Work, *, draft: TextDraft, version: int | None = None) -> TextDraft | None:
    """Sends texts over this gateway from now on; gives back what was set. The first one undone: off."""
    refuse_if_any(text_findings(draft))
    row = work.session.scalar(select(TextGateway))
    _check_version(row, version, "the text gateway")
    before, row = _text(row), row or TextGateway()
    row.url, row.method, row.body = draft.url.strip(), draft.method, draft.body.strip()
    row.headers, row.content_type = draft.headers.strip(), draft.content_type
    row.sender, row.id_field, row.is_on = draft.sender.strip(), draft.id_field.strip(), draft.is_on
    work.add(row)
    return before


def _quiet_before(done: Performed) -> Undo:
    return Undo(set_quiet, draft=done.result)


@command("Set quiet hours", permission="schedule.edit_reminders", undo=_quiet_before)
def set_quiet(work: Work, *, draft: QuietDraft, version: int | None = None) -> QuietDraft:
    """Sends nothing between the evening and the morning; gives back what they were."""
    if not draft.starts > draft.ends:
        raise Refused(
            Finding("The quiet hours go over the night, such as 8:00 PM to 8:00 AM.", field="starts")
        )
    row = work.session.scalar(select(QuietHours))
    _check_version(row, version, "the quiet hours")
    before, row = _quiet(row), row or QuietHours()
    row.starts, row.ends = draft.starts, draft.ends
    work.add(row)
    return before


def mail_findings(draft: MailDraft) -> list[Finding]:
    """What is wrong with a mail server as typed."""
    findings = []
    if not draft.host.strip() or " " in draft.host.strip():
        findings.append(Finding("Write the server's name, such as smtp.example.com.", field="host"))
    if not 1 <= draft.port <= 65535:
        findings.append(Finding("The port is 587 (STARTTLS), 465 (TLS) or 25.", field="port"))
    before, at, after = draft.sender_address.strip().partition("@")
    if not (before and at and "." in after) or " " in draft.sender_address.strip():
        findings.append(
            Finding("Write the address that patients answer to, such as desk@example.com.", "sender_address")
        )
    if "\n" in draft.sender_name or "\r" in draft.sender_name:
        findings.append(Finding("The sender's name is one line.", field="sender_name"))
    if draft.login and draft.security is MailSecurity.PLAIN:
        findings.append(
            Finding(
                "A login over an open line can be read by others. Choose STARTTLS or TLS.", field="security"
            )
        )
    return findings


def text_findings(draft: TextDraft) -> list[Finding]:
    """What is wrong with a text gateway as typed."""
    findings = []
    address = urlsplit(draft.url.strip())
    is_here = address.hostname in ("127.0.0.1", "localhost", "::1")
    if address.scheme not in ("https", "http") or not address.hostname:
        findings.append(
            Finding("Write the gateway's address, such as https://text.example.com/send.", field="url")
        )
    elif address.scheme == "http" and not is_here:
        findings.append(Finding("Numbers of patients must not cross an open line. Use https.", field="url"))
    if draft.method == "POST" and not ("{to}" in draft.body and "{text}" in draft.body):
        findings.append(
            Finding("The body must say {to} and {text} where the gateway expects them.", field="body")
        )
    if draft.method == "GET" and not ("{to}" in draft.url and "{text}" in draft.url):
        findings.append(
            Finding("The address must say {to} and {text} where the gateway expects them.", field="url")
        )
    if any(":" not in line for line in draft.headers.splitlines() if line.strip()):
        findings.append(
            Finding("Each header is a line of its own: Authorization: Bearer {token}.", field="headers")
        )
    return findings


def _quiet(row: QuietHours | None) -> QuietDraft:
    return QuietDraft() if row is None else QuietDraft(row.starts, row.ends)
