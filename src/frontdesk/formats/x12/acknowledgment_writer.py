"""Writes a 999: what was found in a group that came in."""

from frontdesk.formats.x12.acknowledgment import VERSION, GroupAnswer, SegmentError
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.writer import Writer


def write_acknowledgment(writer: Writer, answer: GroupAnswer, *, control_number: str) -> None:
    """Writes one transaction set into an open group of the kind FA."""
    with writer.transaction_set("999", control_number, VERSION):
        writer.segment("AK1", answer.kind, answer.control_number, answer.version)
        for told in answer.sets:
            writer.segment("AK2", told.kind, told.control_number, told.version)
            for error in told.errors:
                _segment(writer, error)
            writer.segment("IK5", told.code, *told.error_codes)
        counts = (str(answer.included), str(answer.received), str(answer.accepted))
        writer.segment("AK9", answer.code, *counts, *answer.error_codes)


def _segment(writer: Writer, error: SegmentError) -> None:
    writer.segment("IK3", error.segment, error.position, error.loop, error.code)
    _contexts(writer, error.contexts)
    for wrong in error.elements:
        writer.segment("IK4", wrong.position, wrong.reference, wrong.code, wrong.copy)
        _contexts(writer, wrong.contexts)


def _contexts(writer: Writer, contexts: tuple[Segment, ...]) -> None:
    for context in contexts:
        writer.segment("CTX", *(tuple(part.split(":")) if ":" in part else part for part in context[1:]))
