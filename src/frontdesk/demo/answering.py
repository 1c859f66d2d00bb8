"""A small payer that answers our questions (270) with a 271: the demo practice and the tests play it."""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from frontdesk.formats.x12.eligibility import VERSION, Inquiry, InquiryHeader, Party
from frontdesk.formats.x12.eligibility_inquiry import InquiryReader
from frontdesk.formats.x12.envelope import Group, Interchange, Reader
from frontdesk.formats.x12.values import day_text
from frontdesk.formats.x12.writer import Element, Writer

Said = Sequence[Sequence[Element]]
"""Segments as their elements."""

PPO: Said = (
    ("DTP", "346", "D8", "20260101"),
    ("EB", "1", "IND", "30", "PR", "BCBS PREFERRED PPO"),
    ("EB", "C", "IND", "30", "", "", "23", "1500", "", "", "", "", "Y"),
    ("EB", "C", "IND", "30", "", "", "29", "412", "", "", "", "", "Y"),
    ("EB", "C", "FAM", "30", "", "", "23", "3000", "", "", "", "", "Y"),
    ("EB", "C", "FAM", "30", "", "", "29", "1250.5", "", "", "", "", "Y"),
    ("EB", "C", "IND", "30", "", "", "23", "4000", "", "", "", "", "N"),
    ("EB", "G", "IND", "30", "", "", "23", "6000", "", "", "", "", "Y"),
    ("EB", "G", "IND", "30", "", "", "29", "4810", "", "", "", "", "Y"),
    ("EB", "B", "IND", "98", "", "", "27", "30", "", "", "", "N", "Y"),
    ("EB", "A", "IND", "98", "", "", "27", "", ".4", "", "", "", "N"),
    ("EB", "B", "IND", "UC", "", "", "27", "75", "", "", "", "", "Y"),
    ("MSG", "URGENT CARE COPAY IS WAIVED IF ADMITTED"),
    ("EB", "F", "IND", "PT", "", "", "23", "", "", "VS", "20", "Y", "Y"),
    ("EB", "F", "IND", "PT", "", "", "29", "", "", "VS", "13", "Y", "Y"),
    ("EB", "ZZ", "IND", "Q9", "", "", "", "12.5"),
    ("EB", "L", "IND"),
    ("LS", "2120"),
    ("NM1", "P3", "1", "LEE", "GRACE", "", "", "", "XX", "1234567893"),
    ("PER", "IC", "", "TE", "5035550100"),
    ("LE", "2120"),
)
"""The plan of the mockup: $30.00, $412.00 of $1,500.00 left."""
INACTIVE: Said = (("DTP", "347", "D8", "20260228"), ("EB", "6", "IND", "30", "PR", "BCBS PREFERRED PPO"))


def refuses(reason: str, follow_up: str) -> Said:
    """An AAA in place of an answer."""
    return (("AAA", "N", "", reason, follow_up),)


def answered(
    question: bytes | str, says: Callable[[Inquiry], Said | None], *, at: datetime, number: int = 1
) -> bytes:
    """A file with an answer to each question of a file, but those to which `says` gives None.

    The payer repeats our trace numbers.
    """
    data = question.encode() if isinstance(question, str) else question
    out = io.BytesIO()
    writer = Writer(out)
    interchange = Interchange("PAYER", "OFFICE", f"{number:09}", at)
    group = Group("HB", "PAYER", "OFFICE", str(number), at, VERSION)
    with writer.interchange(interchange), writer.group(group):
        for place, message in enumerate(Reader(io.BytesIO(data)).transaction_sets(), 1):
            reader = InquiryReader(message)
            inquiries = list(reader)
            _answers(writer, reader.header, inquiries, says, f"{place:04}")
    return out.getvalue()


def _answers(
    writer: Writer,
    header: InquiryHeader,
    inquiries: Iterable[Inquiry],
    says: Callable[[Inquiry], Said | None],
    control_number: str,
) -> None:
    with writer.transaction_set("271", control_number, VERSION):
        at = header.at
        writer.segment("BHT", "0022", "11", header.reference, day_text(at), f"{at:%H%M}")
        writer.segment("HL", "1", "", "20", "1")
        _party(writer, header.source)
        writer.segment("HL", "2", "1", "21", "1")
        _party(writer, header.receiver)
        number = 2
        for inquiry in inquiries:
            said = says(inquiry)
            if said is None:
                continue
            number += 1
            dependent = inquiry.dependent
            writer.segment("HL", str(number), "2", "22", "0" if dependent is None else "1")
            if dependent is None:
                writer.segment("TRN", "2", inquiry.trace, header.trace_maker)
            _member(writer, inquiry.subscriber, said if dependent is None else ())
            if dependent is not None:
                number += 1
                writer.segment("HL", str(number), str(number - 1), "23", "0")
                writer.segment("TRN", "2", inquiry.trace, header.trace_maker)
                _member(writer, dependent, said)


def _party(writer: Writer, who: Party) -> None:
    writer.segment(
        "NM1", who.role, who.kind, who.last, who.first, who.middle, "", who.suffix, who.id_qualifier, who.id
    )


def _member(writer: Writer, who: Party, said: Said) -> None:
    _party(writer, who)
    refused = [segment for segment in said if segment[0] == "AAA"]
    for segment in refused:
        writer.segment(*segment)
    if who.born_on is not None:
        writer.segment("DMG", "D8", day_text(who.born_on), who.sex)
    if who.relationship:
        writer.segment("INS", "N", who.relationship)
    for segment in said:
        if segment[0] != "AAA":
            writer.segment(*segment)
