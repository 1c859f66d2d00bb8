"""Writes the questions of a 276, and reads them back."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise

from frontdesk.formats.x12.claim_status import REQUEST_VERSION, StatusRequest, StatusRequestHeader
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.levels import (
    DEPENDENT,
    PROVIDER,
    RECEIVER,
    SOURCE,
    SUBSCRIBER,
    begun,
    check,
    levels,
)
from frontdesk.formats.x12.parties import Party, party, period, write_name
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import amount, cents, day_text, minute_text, plain
from frontdesk.formats.x12.writer import Writer

SERVICE = "472"
"""DTP01: the days of service."""


def write_requests(
    writer: Writer, header: StatusRequestHeader, requests: Iterable[StatusRequest], *, control_number: str
) -> None:
    """Writes one transaction set into an open group of the kind HR: questions to one payer."""
    with writer.transaction_set("276", control_number, REQUEST_VERSION):
        at = header.at
        writer.segment("BHT", "0010", "13", header.reference, day_text(at), minute_text(at))
        for number, (code, who) in enumerate(
            ((SOURCE, header.source), (RECEIVER, header.receiver), (PROVIDER, header.provider)), 1
        ):
            writer.segment("HL", str(number), str(number - 1) if number > 1 else "", code, "1")
            write_name(writer, who)
        number = 3
        for request in requests:
            number += 1
            has_child = request.dependent is not None
            writer.segment("HL", str(number), "3", SUBSCRIBER, "1" if has_child else "0")
            _member(writer, request, request.subscriber, is_patient=not has_child)
            if request.dependent is not None:
                number += 1
                writer.segment("HL", str(number), str(number - 1), DEPENDENT)
                _member(writer, request, request.dependent, is_patient=True)


def _member(writer: Writer, request: StatusRequest, member: Party, *, is_patient: bool) -> None:
    if is_patient and member.born_on is not None:
        writer.segment("DMG", "D8", day_text(member.born_on), member.sex if member.sex in "FM" else "")
    write_name(writer, member)
    if not is_patient:
        return
    writer.segment("TRN", "1", request.trace)
    if request.payer_control_number:
        writer.segment("REF", "1K", plain(request.payer_control_number))
    writer.segment("REF", "EJ", plain(request.claim_number))
    writer.segment("AMT", "T3", amount(request.charge_cents))
    first, last = day_text(request.service_begins), day_text(request.service_ends)
    if first == last:
        writer.segment("DTP", SERVICE, "D8", first)
    else:
        writer.segment("DTP", SERVICE, "RD8", f"{first}-{last}")


class StatusRequestReader:
    """One 276: iterate its questions; `header` is complete after that."""

    def __init__(self, message: TransactionSet) -> None:
        check(message, "276", "a question about a claim", (REQUEST_VERSION,), REQUEST_VERSION)
        self._message = message
        self.header = StatusRequestHeader("", datetime.min, Party(), Party(), Party())

    def __iter__(self) -> Iterator[StatusRequest]:
        parties: dict[str, Party] = {}
        reference, at = "", datetime.min
        for level in levels(self._message):
            head = [segment for segment in level.segments if segment[0] in ("NM1", "DMG")]
            if not level.code:
                reference, at = begun(level.segments)
                continue
            parties[level.code] = party(head)
            nobody = Party()
            self.header = StatusRequestHeader(
                reference,
                at,
                parties.get(SOURCE, nobody),
                parties.get(RECEIVER, nobody),
                parties.get(PROVIDER, nobody),
            )
            if level.code in (SUBSCRIBER, DEPENDENT):
                patient = parties[level.code]
                is_dependent = level.code == DEPENDENT
                for loop in _questions(level.segments):
                    yield _request(loop, parties[SUBSCRIBER], patient if is_dependent else None)


def _questions(segments: list[Segment]) -> Iterator[list[Segment]]:
    starts = [place for place, segment in enumerate(segments) if segment[0] == "TRN"]
    for start, end in pairwise([*starts, len(segments)]):
        yield segments[start:end]


def _request(loop: list[Segment], subscriber: Party, dependent: Party | None) -> StatusRequest:
    numbers = {element(s, 1): element(s, 2) for s in loop if s[0] == "REF"}
    served = next((period(s) for s in loop if s[0] == "DTP"), None)
    asked = next((element(s, 2) for s in loop if s[0] == "AMT"), "0")
    begins = served.begins if served else None
    ends = served.ends if served else None
    return StatusRequest(
        trace=element(loop[0], 2),
        subscriber=subscriber,
        dependent=dependent,
        claim_number=numbers.get("EJ", ""),
        payer_control_number=numbers.get("1K", ""),
        charge_cents=cents(asked),
        service_begins=begins or date.min,
        service_ends=ends or begins or date.min,
    )
