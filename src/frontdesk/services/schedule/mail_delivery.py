"""E-mail over the office's server: TLS, login, and each way in which a server says no."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Final

from frontdesk.models.schedule.message_settings import MailSecurity
from frontdesk.services.schedule.delivery import AttemptResult, Delivery
from frontdesk.services.schedule.message_settings import MailDraft
from frontdesk.services.schedule.reminder_message import Message

TIMEOUT_SECONDS: Final = 10
_TEMPORARY: Final = range(400, 500)


def letter_of(server: MailDraft, to: str, message: Message, *, message_id: str) -> EmailMessage:
    """The message with its calendar file, as it goes over the line."""
    letter = EmailMessage()
    letter["From"] = Address(server.sender_name, addr_spec=server.sender_address)
    letter["To"] = Address(addr_spec=to)
    letter["Subject"] = " ".join(message.subject.split())
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office notice comes back
    letter.set_content(message.body)
    if message.calendar:
        letter.add_attachment(
            message.calendar,
            maintype="text",
            subtype="calendar",
            filename="visit.ics",
            params={"method": "PUBLISH", "charset": "UTF-8"},
        )
    if message.paper:
        letter.add_attachment(
            message.paper, maintype="application", subtype="pdf", filename=message.paper_name
        )
    return letter


def deliver(
    server: MailDraft,
    password: str,
    to: str,
    message: Message,
    *,
    message_id: str,
    timeout: float = TIMEOUT_SECONDS,
) -> Delivery:
    """Send one message; what the server said comes back as a sentence, never as an error."""
    try:
        letter = letter_of(server, to, message, message_id=message_id)
    except (ValueError, UnicodeError):
        return Delivery(AttemptResult.PERMANENT, "The address is not one that mail can be sent to.")
    try:
        line = _connect(server, timeout)
    except ssl.SSLCertVerificationError:
        return Delivery(
            AttemptResult.TEMPORARY,
            f"{server.host} did not prove who it is: its certificate is not valid. Nothing was sent.",
        )
    except ssl.SSLError:
        return Delivery(
            AttemptResult.TEMPORARY,
            f"{server.host} does not speak {_said(server.security)} on port {server.port}.",
        )
    except smtplib.SMTPNotSupportedError:
        return Delivery(
            AttemptResult.TEMPORARY,
            f"{server.host} offers no STARTTLS on port {server.port}. Nothing was sent over an open line.",
        )
    except smtplib.SMTPResponseException as error:
        return _refusal(server.host, error.smtp_code, error.smtp_error, always_temporary=True)
    except (OSError, smtplib.SMTPException):
        return Delivery(AttemptResult.TEMPORARY, f"{server.host} does not answer on port {server.port}.")
    try:
        return _hand_over(line, server, password, to, letter, message_id)
    finally:
        line.close()


def _connect(server: MailDraft, timeout: float) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=trusted)
    line = smtplib.SMTP(server.host, server.port, timeout=timeout)
    try:
        if server.security is MailSecurity.STARTTLS:
            line.starttls(context=trusted)
    except BaseException:
        line.close()
        raise
    return line


def _hand_over(
    line: smtplib.SMTP, server: MailDraft, password: str, to: str, letter: EmailMessage, message_id: str
) -> Delivery:
    is_handed_over = False
    try:
        if server.login:
            line.login(server.login, password)
        line.ehlo_or_helo_if_needed()
        code, said = line.mail(server.sender_address)
        if code >= 400:
            return _refusal(server.host, code, said)
        code, said = line.rcpt(to)
        if code >= 400:
            return _refusal(server.host, code, said, about="the address")
        is_handed_over = True
        code, said = line.data(letter.as_bytes(policy=letter.policy.clone(linesep="\r\n")))
        if code >= 400:
            return _refusal(server.host, code, said)
    except smtplib.SMTPAuthenticationError:
        return Delivery(
            AttemptResult.TEMPORARY, f"{server.host} does not accept the login. Check its name and password."
        )
    except smtplib.SMTPDataError as error:
        return _refusal(server.host, error.smtp_code, error.smtp_error)
    except smtplib.SMTPNotSupportedError:
        return Delivery(AttemptResult.TEMPORARY, f"{server.host} offers no login on this line.")
    except (OSError, smtplib.SMTPException):
        if is_handed_over:
            return Delivery(AttemptResult.UNKNOWN, f"{server.host} broke off after it had the message.")
        return Delivery(AttemptResult.TEMPORARY, f"{server.host} broke off before it had the message.")
    _say_goodbye(line)
    return Delivery(AttemptResult.SENT, f"{server.host} took the message.", message_id)


def _say_goodbye(line: smtplib.SMTP) -> None:
    """The message is with the server; what it says after that changes nothing."""
    try:
        line.quit()
    except (OSError, smtplib.SMTPException):
        return


def _refusal(
    host: str, code: int, said: bytes | str, *, about: str = "the message", always_temporary: bool = False
) -> Delivery:
    """4xx: try again later (greylisting); 5xx: for good (RFC 5321 4.2.1)."""
    is_temporary = always_temporary or code in _TEMPORARY
    when = "for now" if is_temporary else "for good"
    return Delivery(
        AttemptResult.TEMPORARY if is_temporary else AttemptResult.PERMANENT,
        f"{host} refuses {about} {when} (answer {code}).",
    )


def _said(security: MailSecurity) -> str:
    return {MailSecurity.TLS: "TLS", MailSecurity.STARTTLS: "STARTTLS"}.get(security, "SMTP")
