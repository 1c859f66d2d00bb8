"""Texts through the office's gateway: any that takes one HTTP request per message."""

import json
import logging
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from frontdesk.kernel.text import digits
from frontdesk.services.schedule.delivery import AttemptResult, Delivery
from frontdesk.services.schedule.message_settings import TextDraft

if TYPE_CHECKING:
    import httpx

TIMEOUT_SECONDS: Final = 10.0
LONGEST_WAIT: Final = 24 * 60 * 60
_TOO_MANY: Final = 429


def deliver(
    gateway: TextDraft, token: str, to: str, text: str, *, now: datetime, timeout: float = TIMEOUT_SECONDS
) -> Delivery:
    """Send one text; what the gateway said comes back as a sentence, never as an error."""
    import httpx  # loaded on first use: it costs a start that sends nothing

    for name in ("httpx", "httpcore"):  # they log addresses, and an address may hold number and words
        logging.getLogger(name).setLevel(logging.WARNING)
    host = urlsplit(gateway.url).hostname or ""
    values = {"to": international(to), "from": gateway.sender, "text": text}
    try:
        with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as line:
            answer = line.request(
                gateway.method,
                _filled(gateway.url, values, in_url=True),
                content=_body(gateway, values),
                headers=_headers(gateway, token),
            )
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        return Delivery(AttemptResult.TEMPORARY, f"{host} does not answer.")
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError):
        return Delivery(AttemptResult.TEMPORARY, "The gateway's address or headers cannot be used.")
    except httpx.HTTPError:
        return Delivery(AttemptResult.UNKNOWN, f"{host} took the text and then said nothing.")
    return _read(host, gateway, answer, now)


def international(number: str) -> str:
    """Ten digits as +1 and the digits; a number from elsewhere as it is."""
    plain = digits(number)
    return f"+1{plain}" if len(plain) == 10 and not number.startswith("+") else f"+{plain}"


def _read(host: str, gateway: TextDraft, answer: "httpx.Response", now: datetime) -> Delivery:
    code = answer.status_code
    if 200 <= code < 300:
        return Delivery(AttemptResult.SENT, f"{host} took the text.", _id_in(gateway, answer.text))
    if code == _TOO_MANY or code >= 500:
        wait = _wait(answer.headers.get("retry-after", ""), now)
        why = "is busy" if code == _TOO_MANY else "has a fault of its own"
        return Delivery(AttemptResult.TEMPORARY, f"{host} {why} (answer {code}).", wait_seconds=wait)
    if code in (401, 403):
        return Delivery(
            AttemptResult.TEMPORARY, f"{host} does not accept the token (answer {code}). Check it."
        )
    if 300 <= code < 400:
        return Delivery(
            AttemptResult.TEMPORARY,
            f"{host} sends us elsewhere (answer {code}). Check the address.",
        )
    return Delivery(AttemptResult.PERMANENT, f"{host} refuses the number for good (answer {code}).")


def _wait(said: str, now: datetime) -> int | None:
    """Retry-After: seconds, or a date (RFC 9110 10.2.3)."""
    if said.isdigit():
        return min(int(said), LONGEST_WAIT)
    try:
        seconds = int((parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0), LONGEST_WAIT)


def _id_in(gateway: TextDraft, text: str) -> str:
    """The message's id in a JSON answer, by a path such as "messages.0.id"; empty where there is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return ""
    for step in gateway.id_field.split("."):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return ""
    return str(found)[:120] if isinstance(found, str | int) else ""


def _body(gateway: TextDraft, values: dict[str, str]) -> bytes | None:
    if gateway.method == "GET":
        return None
    return _filled(gateway.body, values, in_url="urlencoded" in gateway.content_type).encode()


def _filled(template: str, values: dict[str, str], *, in_url: bool) -> str:
    """Each value as its place wants it: percent-encoded in addresses and forms, escaped in JSON."""
    for name, value in values.items():
        written = quote(value, safe="") if in_url else json.dumps(value)[1:-1]
        template = template.replace(f"{{{name}}}", written)
    return template


def _headers(gateway: TextDraft, token: str) -> dict[str, str]:
    headers = {"Content-Type": gateway.content_type} if gateway.method == "POST" else {}
    for line in gateway.headers.splitlines():
        name, _, value = line.partition(":")
        if name.strip():
            headers[name.strip()] = value.strip().replace("{token}", token)
    return headers
