"""Requests to others on the requests page: their rows, and what stands below the list."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.text import us_date
from frontdesk.models.records.outbound import (
    Basis,
    OutboundKind,
    OutboundRequest,
    OutboundState,
    PartState,
    Way,
)
from frontdesk.services.records import outbound_views
from frontdesk.services.records.outbound_state import OPEN
from frontdesk.services.records.outbound_views import Outbound, OutboundLine, Part
from frontdesk.services.records.request_row import (
    CheckLine,
    HistoryLine,
    Mark,
    RequestDetail,
    RequestRow,
    Stands,
    Tone,
    Waits,
    Which,
)
from frontdesk.services.work import Work

KIND: Final = "outbound"
SEND: Final = "send"
"""The line of the checklist that is the letter itself; the others carry the id of their part."""
WARN_DAYS: Final = 5
_BASES: Final[Mapping[Basis, str]] = {
    Basis.TREATMENT: "Treatment, no authorization needed",
    Basis.AUTHORIZATION: "The patient's authorization",
}
_ENDED_AS_SENT: Final = (OutboundState.RECEIVED, OutboundState.GIVEN_UP, OutboundState.WAITING)


def rows(work: Work, which: Which) -> tuple[RequestRow, ...]:
    """Open ones, those whose letter went out, or all; a constant number of statements."""
    lines = outbound_views.lines(work, only_open=which is Which.OPEN)
    if which is Which.SENT:
        lines = tuple(line for line in lines if line.state in _ENDED_AS_SENT)
    return tuple(_row(line) for line in lines)


def open_count(work: Work) -> int:
    """How many are open."""
    asked = select(func.count()).select_from(OutboundRequest).where(OutboundRequest.state.in_(OPEN))
    return work.session.scalar(asked) or 0


def detail_of(
    work: Work, shown: Outbound, *, visit: str = "", visit_is_before: bool = False
) -> RequestDetail:
    """The three panels, with the words of the visit for which it is needed."""
    line = shown.line
    facts = [("Asks", shown.office.title), ("Reached by", shown.office.reach)]
    facts.append(("Ground", _BASES[shown.basis]))
    needed = us_date(line.needed_on) + (f", for {visit}" if visit else "")
    facts.append(("Needed by", needed))
    if line.chase_on is not None:
        facts.append(("Next call", us_date(line.chase_on)))
    for name, value in (("For", shown.provider), ("Covers", shown.covers), ("Besides", shown.note)):
        if value:
            facts.append((name, value))
    return RequestDetail(
        row=_row(line),
        version=shown.version,
        facts=tuple(facts),
        stands=_stands(work, shown, visit_is_before=visit_is_before),
        checks=(_letter(shown), *(_part(part, shown) for part in shown.parts)),
        history=tuple(
            HistoryLine(entry.at.date(), entry.words, entry.by)
            for entry in shown.history
            if not entry.is_gone
        ),
    )


def _row(line: OutboundLine) -> RequestRow:
    is_open = line.state in OPEN
    waits = Waits.OTHERS if line.state is OutboundState.WAITING and not line.is_chase_due else Waits.DESK
    return RequestRow(
        kind=KIND,
        id=line.request_id,
        number=line.plain_number,
        patient_id=line.patient_id,
        patient=line.patient_name,
        who=line.office,
        kind_words="Ask others",
        state_words=line.says,
        received_on=line.asked_on,
        due_on=line.needed_on if is_open else None,
        warn_on=line.needed_on - timedelta(days=WARN_DAYS),
        waits=waits if is_open else Waits.NOBODY,
        is_open=is_open,
        is_sent=line.state is OutboundState.RECEIVED,
    )


def _stands(work: Work, shown: Outbound, *, visit_is_before: bool) -> Stands | None:
    line = shown.line
    if not shown.is_open:
        gone = [part.what for part in shown.parts if not part.is_here]
        if gone:
            return Stands(Tone.WARN, "A document left this chart.", f"It was ticked for: {', '.join(gone)}.")
        return None
    if line.needed_on < work.today:
        words = f"They were needed by {us_date(line.needed_on)}. Call, or name another day."
        return Stands(Tone.BLOCK, "Not here in time.", words)
    if visit_is_before:
        words = "The visit was moved before the day by which they are needed. Change the day, and call."
        return Stands(Tone.WARN, "The visit comes first.", words)
    if line.state is OutboundState.TO_SEND:
        return Stands(Tone.INFO, "Not sent yet.", "Print or save the letter, send it, and note how it went.")
    if line.is_chase_due:
        since = f" since {us_date(shown.sent_on)}" if shown.sent_on else ""
        return Stands(Tone.WARN, "Call today.", f"Nothing more came{since}.")
    return None


def _letter(shown: Outbound) -> CheckLine:
    sent = [entry for entry in shown.history if entry.kind is OutboundKind.SENT and not entry.is_gone]
    if not sent:
        return CheckLine("Letter sent", Mark.MISSING, "not yet", SEND)
    last = sent[-1]
    way = {Way.FAX: "fax", Way.MAIL: "mail", Way.EMAIL: "e-mail", Way.HAND: "by hand"}
    said = f"{way[last.way]} {last.at:%m/%d}" if last.way else f"{last.at:%m/%d}"
    return CheckLine("Letter sent", Mark.DONE, said, SEND)


def _part(part: Part, shown: Outbound) -> CheckLine:
    if part.state is PartState.CAME:
        said = part.document_title or part.note
        if not part.is_here:
            return CheckLine(part.what, Mark.MISSING, "left this chart", str(part.item_id))
        return CheckLine(part.what, Mark.DONE, said, str(part.item_id))
    if part.state is PartState.NONE_THERE:
        return CheckLine(part.what, Mark.DONE, "they have none", str(part.item_id))
    return CheckLine(part.what, Mark.OPEN, "awaited" if shown.sent_on else "", str(part.item_id))
