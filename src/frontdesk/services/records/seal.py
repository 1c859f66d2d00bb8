"""The seal on a consent: a SHA-256 over everything that was agreed, by whom, when, and the ink itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec

from frontdesk.models.records.consent import Consent

Strokes = tuple[tuple[tuple[int, ...], ...], ...]
"""Pen strokes, each of points (x, y, milliseconds since the first point), and pressure in thousandths
where the pen gives it."""

MOST_POINTS: Final = 20_000
LONGEST_SECONDS: Final = 600
_SMALLEST_REACH = 24
_FEWEST_POINTS = 4

PARTS: Final = {
    "words": "the words of the form",
    "answers": "the answers to its questions",
    "strokes": "the signature",
    "signer": "who signed, and by what right",
    "witness": "the witness",
    "when": "the dates and times",
    "about": "the patient, the form or the kind of answer",
    "note": "the notes and the interpreter",
}
"""The parts that are compared one by one, and what each is called in a sentence."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the form with what was answered: "yes", "no", or words."""

    question: str
    answer: str


def text_fingerprint(title: str, text: str, questions: tuple[str, ...] = ()) -> str:
    """What the screen sends back with a signature, to prove which words it showed."""
    asked = "".join(f"\n\n? {question}" for question in questions)
    return sha256(f"{title}\n\n{text}{asked}".encode()).hexdigest()


def put_on(consent: Consent) -> None:
    """Seal a whole row, part by part and as one."""
    consent.parts = _parts_of(consent)
    consent.sha256 = seal_of(consent)


def seal_of(consent: Consent) -> str:
    """The SHA-256, in hex, over the whole row but its id; changing one letter changes it."""
    # Spelled out, not read from the table: a column added later must not break the seals of today.
    sealed = {
        "patient": consent.sealed_patient_id,
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
        **_where_given(
            authority=consent.authority,
            contact=consent.contact_id,
            interpreter=consent.interpreter,
            answers=consent.answers,
            witness=consent.witness_name,
            witness_strokes=consent.witness_strokes,
            counts_from=consent.counts_from.isoformat() if consent.counts_from else None,
            print=consent.print_id,
            parts=consent.parts,
        ),
    }
    return _hash(sealed)


def what_differs(consent: Consent) -> tuple[str, ...]:
    """The parts that are no longer as they were sealed, in words; none where the seal holds."""
    if seal_of(consent) == consent.sha256:
        return ()
    now = json.loads(_parts_of(consent))
    try:
        then = dict(json.loads(consent.parts)) if consent.parts else {}
    except (ValueError, TypeError):
        then = {}
    if not then:
        return ("something that cannot be told apart",)
    found = tuple(said for part, said in PARTS.items() if then.get(part) != now[part])
    return found or ("the seal itself",)


def is_real(strokes: Strokes) -> bool:
    """Whether this is a hand's movement, and not a dot or a slip of the mouse."""
    points = [point for stroke in strokes for point in stroke]
    if len(points) < _FEWEST_POINTS or any(len(point) < 3 for point in points):
        return False
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return max(max(xs) - min(xs), max(ys) - min(ys)) >= _SMALLEST_REACH


def write_strokes(strokes: Strokes) -> str:
    """The strokes as the row keeps them."""
    return msgspec.json.encode(strokes).decode() if strokes else ""


def read_strokes(written: str) -> Strokes:
    """The strokes of a row; none where it was signed on paper."""
    return msgspec.json.decode(written, type=Strokes) if written else ()


def write_answers(answers: tuple[Answered, ...]) -> str:
    """The answered questions as the row keeps them."""
    return msgspec.json.encode(answers).decode() if answers else ""


def read_answers(written: str) -> tuple[Answered, ...]:
    """The answered questions of a row."""
    return msgspec.json.decode(written, type=tuple[Answered, ...]) if written else ()


def _parts_of(consent: Consent) -> str:
    parts: dict[str, object] = {
        "words": [consent.title, consent.text_frozen],
        "answers": consent.answers or "",
        "strokes": consent.strokes or "",
        "signer": [
            consent.signer_name,
            consent.relation or "",
            consent.authority or "",
            consent.contact_id,
        ],
        "witness": [consent.witness_name or "", consent.witness_strokes or ""],
        "when": [
            str(each) if each else None
            for each in (
                consent.answered_on,
                consent.recorded_at.isoformat(),
                consent.expires_on,
                consent.counts_from,
            )
        ],
        "about": [
            consent.sealed_patient_id,
            consent.form_id,
            consent.answer,
            consent.medium,
            consent.revokes_id,
            consent.document_id,
            consent.print_id,
            consent.taken_by_id,
        ],
        "note": [consent.note or "", consent.interpreter or ""],
    }
    return json.dumps({part: _hash(said) for part, said in parts.items()}, separators=(",", ":"))


def _where_given(**values: object) -> Mapping[str, object]:
    """Only what is there: a row sealed before these existed keeps its seal."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def _hash(said: object) -> str:
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(written.encode()).hexdigest()
