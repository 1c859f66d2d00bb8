"""Writes the questions of a 270, and reads them back."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from frontdesk.formats.x12.eligibility import READ_VERSIONS, VERSION, Inquiry, InquiryHeader, Party
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.levels import (
    DEPENDENT,
    RECEIVER,
    SOURCE,
    SUBSCRIBER,
    HierarchyLevel,
    begun,
    check,
    levels,
)
from frontdesk.formats.x12.parties import ABOUT_PARTY, party, period, write_name
from frontdesk.formats.x12.values import day_text, minute_text, plain
from frontdesk.formats.x12.writer import Writer

PLAN = "291"
"""DTP01 in a question: the day that is asked about."""


def write_inquiries(
    writer: Writer, header: InquiryHeader, inquiries: Iterable[Inquiry], *, control_number: str
) -> None:
    """Writes one transaction set into an open group: questions to one payer, from one provider."""
    with writer.transaction_set("270", control_number, VERSION):
        at = header.at
        writer.segment("BHT", "0022", "13", header.reference, day_text(at), minute_text(at))
        writer.segment("HL", "1", "", SOURCE, "1")
        write_name(writer, header.source)
        writer.segment("HL", "2", "1", RECEIVER, "1")
        write_name(writer, header.receiver)
        number = 2
        for inquiry in inquiries:
            number += 1
            has_child = inquiry.dependent is not None
            writer.segment("HL", str(number), "2", SUBSCRIBER, "1" if has_child else "0")
            _member(writer, header, inquiry, inquiry.subscriber, is_patient=not has_child)
            if inquiry.dependent is not None:
                number += 1
                writer.segment("HL", str(number), str(number - 1), DEPENDENT, "0")
                _member(writer, header, inquiry, inquiry.dependent, is_patient=True)


class InquiryReader:
    """One 270: iterate its questions; `header` is complete after that."""

    def __init__(self, message: TransactionSet) -> None:
        check(message, "270", "an eligibility question", (READ_VERSIONS,), VERSION)
        self._message = message
        self.header = InquiryHeader("", datetime.min, Party(), Party(), "")

    def __iter__(self) -> Iterator[Inquiry]:
        subscriber: HierarchyLevel | None = None
        reference, at, source, receiver = "", datetime.min, Party(), Party()
        for level in levels(self._message):
            if level.code == DEPENDENT and subscriber is not None:
                yield self._inquiry(subscriber, level)
                continue
            if subscriber is not None and not _has_child(subscriber):
                yield self._inquiry(subscriber, None)
            subscriber = level if level.code == SUBSCRIBER else None
            if level.code == SOURCE:
                source = _party(level)
            elif level.code == RECEIVER:
                receiver = _party(level)
            elif not level.code:
                reference, at = begun(level.segments)
            self.header = InquiryHeader(reference, at, source, receiver, self.header.trace_maker)
        if subscriber is not None and not _has_child(subscriber):
            yield self._inquiry(subscriber, None)

    def _inquiry(self, subscriber: HierarchyLevel, dependent: HierarchyLevel | None) -> Inquiry:
        own = dependent or subscriber
        traces = [segment for segment in own.segments if segment[0] == "TRN"]
        asked = [period(segment).begins for segment in own.segments if segment[0] == "DTP"]
        kinds = [
            kind
            for segment in own.segments
            if segment[0] == "EQ"
            for kind in element(segment, 1).split(self._message.delimiters.repetition or "\0")
        ]
        holder = _party(subscriber)
        if traces:
            header = self.header
            self.header = InquiryHeader(
                header.reference, header.at, header.source, header.receiver, element(traces[0], 3)
            )
        return Inquiry(
            trace=element(traces[0], 2) if traces else "",
            subscriber=holder,
            dependent=_party(dependent) if dependent else None,
            service_on=next((day for day in asked if day is not None), self.header.at.date()),
            service_types=tuple(kinds),
            group_number=next(
                (number for kind, number, *_ in holder.references if kind == "6P" and number), ""
            ),
        )


def _member(
    writer: Writer, header: InquiryHeader, inquiry: Inquiry, member: Party, *, is_patient: bool
) -> None:
    if is_patient:
        writer.segment("TRN", "1", inquiry.trace, header.trace_maker)
    write_name(writer, member)
    if inquiry.group_number and member.role == "IL":
        writer.segment("REF", "6P", plain(inquiry.group_number))
    if member.born_on is not None:
        writer.segment("DMG", "D8", day_text(member.born_on), member.sex)
    if member.relationship:
        writer.segment("INS", "N", member.relationship)
    if is_patient:
        writer.segment("DTP", PLAN, "D8", day_text(inquiry.service_on))
        for kind in inquiry.service_types:
            writer.segment("EQ", kind)


def _party(level: HierarchyLevel) -> Party:
    return party([segment for segment in level.segments if segment[0] in ABOUT_PARTY])


def _has_child(level: HierarchyLevel) -> bool:
    """HL04; one that says yes and asks all the same is a question of its own."""
    return element(level.segments[0], 4) == "1" and all(s[0] != "EQ" for s in level.segments)
