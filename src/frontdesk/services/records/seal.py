"""The seal on a consent: a SHA-256 over everything that was agreed, by whom, when, and the ink itself."""

import json
from hashlib import sha256

import msgspec

from frontdesk.models.records.consent import Consent

Strokes = tuple[tuple[tuple[int, int, int], ...], ...]
"""Pen strokes, each of points (x, y, milliseconds since the first point)."""

MOST_POINTS = 20_000
_SMALLEST_REACH = 24
_FEWEST_POINTS = 4


def text_fingerprint(title: str, text: str) -> str:
    """What the screen sends back with a signature, to prove which words it showed."""
    return sha256(f"{title}\n\n{text}".encode()).hexdigest()


def seal_of(consent: Consent) -> str:
    """The SHA-256, in hex, over the whole row but its id; changing one letter changes it."""
    # Spelled out, not read from the table: a column added later must not break the seals of today.
    sealed = {
        "patient": consent.patient_id,
        "form": consent.form_id,
        "answer": consent.answer,
        "medium": consent.medium,
        "title": consent.title,
        "text": consent.text_frozen,
        "on": consent.answered_on.isoformat(),
        "recorded": consent.recorded_at.isoformat(),
        "expires": consent.expires_on.isoformat() if consent.expires_on else None,
        "signer": consent.signer_name,
        "relation": consent.relation,
        "note": consent.note,
        "strokes": consent.strokes,
        "revokes": consent.revokes_id,
        "document": consent.document_id,
        "taken_by": consent.taken_by_id,
    }
    written = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def is_real(strokes: Strokes) -> bool:
    """Whether this is a hand's movement, and not a dot or a slip of the mouse."""
    points = [point for stroke in strokes for point in stroke]
    if len(points) < _FEWEST_POINTS:
        return False
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return max(max(xs) - min(xs), max(ys) - min(ys)) >= _SMALLEST_REACH


def write_strokes(strokes: Strokes) -> str:
    """The strokes as the row keeps them."""
    return msgspec.json.encode(strokes).decode()


def read_strokes(written: str) -> Strokes:
    """The strokes of a row; none where it was signed on paper."""
    return msgspec.json.decode(written, type=Strokes) if written else ()
