"""Requests that the record be amended, on the requests page: their rows, and what stands below the list."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.text import us_date
from frontdesk.models.records.amendment import AmendmentRequest, AmendmentState, Arrival
from frontdesk.services.command import query
from frontdesk.services.records import amendment_views
from frontdesk.services.records.amendment_views import Amendment, AmendmentLine
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

KIND: Final = "amendment"
WARN_DAYS: Final = 10
DECIDE, LETTER, REBUT, REBUTTAL_LETTER, TELL = "decide", "letter", "rebut", "rebuttal_letter", "tell:"
"""What a line of the checklist works on; a person to be told by their id after `TELL`."""
_ARRIVALS: Final[Mapping[Arrival, str]] = {
    Arrival.LETTER: "by letter",
    Arrival.HAND: "at the desk",
    Arrival.PORTAL: "through the portal",
    Arrival.SPOKEN: "spoken",
}
_DECIDED: Final = (AmendmentState.ACCEPTED, AmendmentState.IN_PART, AmendmentState.DENIED)
_DENIED: Final = (AmendmentState.IN_PART, AmendmentState.DENIED)


def rows(work: Work, which: Which) -> tuple[RequestRow, ...]:
    """Open ones, those that were answered, or all; two statements."""
    lines = amendment_views.lines(work, only_open=which is Which.OPEN)
    if which is Which.SENT:
        lines = tuple(line for line in lines if line.clock_stands and line.state in _DECIDED)
    return tuple(_row(line) for line in lines)


def open_count(work: Work) -> int:
    """How many are open."""
    asked = select(func.count()).select_from(AmendmentRequest).where(AmendmentRequest.ended_at.is_(None))
    return work.session.scalar(asked) or 0


@query(permission="records.view")
def detail(work: Work, *, request_id: int) -> RequestDetail:
    """The three panels."""
    shown = amendment_views.amendment(work, request_id=request_id)
    line = shown.line
    who = f"{line.asked_by}, {shown.relation}" if shown.relation else line.asked_by
    facts = [("Who asks", who), ("Came", f"{us_date(line.received_on)}, {_ARRIVALS[shown.arrival]}")]
    if shown.documents:
        about = (f"{each.title}, {us_date(each.on)}" if each.on else each.title for each in shown.documents)
        facts.append(("About", "; ".join(about)))
    facts += [("It says", shown.what), ("It should read", shown.wanted)]
    for name, value in (
        ("Because", shown.reason),
        ("Reads now", shown.accepted),
        ("Denied", shown.basis),
        ("Statement", shown.disagreement),
    ):
        if value:
            facts.append((name, value))
    return RequestDetail(
        row=_row(line),
        version=shown.version,
        facts=tuple(facts),
        stands=_stands(work, shown),
        checks=_checks(shown),
        history=tuple(
            HistoryLine(entry.at.date(), entry.words, entry.by)
            for entry in shown.history
            if not entry.is_gone
        ),
    )


def _row(line: AmendmentLine) -> RequestRow:
    due_on = None if line.clock_stands else line.due_on
    return RequestRow(
        kind=KIND,
        id=line.request_id,
        number=line.plain_number,
        patient_id=line.patient_id,
        patient=line.patient_name,
        who=line.asked_by,
        kind_words="Amendment",
        state_words=line.says,
        received_on=line.received_on,
        due_on=due_on,
        warn_on=line.due_on - timedelta(days=WARN_DAYS),
        waits=Waits.NOBODY if line.is_ended else Waits.DESK,
        is_open=not line.is_ended,
        is_sent=line.clock_stands and line.state in _DECIDED,
    )


def _stands(work: Work, shown: Amendment) -> Stands | None:
    line = shown.line
    if line.clock_stands:
        return None
    if line.due_on < work.today:
        return Stands(
            Tone.BLOCK, "The answer is overdue.", f"It was due on {us_date(line.due_on)}. Answer now."
        )
    if line.state is not AmendmentState.OPEN:
        return Stands(Tone.INFO, "Decided.", "The clock stands when the letter has gone out.")
    more = (
        f" More time, to {us_date(shown.last_day)} at most, must be taken before." if shown.may_extend else ""
    )
    return Stands(Tone.INFO, f"To be answered in writing by {us_date(line.due_on)}.", more.strip())


def _checks(shown: Amendment) -> tuple[CheckLine, ...]:
    state, line = shown.line.state, shown.line
    if state is AmendmentState.WITHDRAWN:
        return ()
    is_decided = state in _DECIDED
    lines = [
        CheckLine("Request on file", Mark.DONE, f"{line.received_on:%m/%d}"),
        CheckLine(
            "Decided",
            Mark.DONE if is_decided else Mark.MISSING,
            f"{shown.decided_on:%m/%d}" if shown.decided_on else "not yet",
            DECIDE,
        ),
        CheckLine(
            "Letter to the patient",
            Mark.DONE if shown.answered_on else Mark.MISSING if is_decided else Mark.OPEN,
            f"{shown.answered_on:%m/%d}" if shown.answered_on else "",
            LETTER,
        ),
    ]
    if state in (AmendmentState.ACCEPTED, AmendmentState.IN_PART):
        lines += [
            CheckLine(
                f"{person.name} told",
                Mark.DONE if person.told_on else Mark.MISSING,
                f"{person.told_on:%m/%d}" if person.told_on else "not yet",
                f"{TELL}{person.person_id}",
            )
            for person in shown.people
        ]
    if state in _DENIED:
        lines += _after_denial(shown)
    return tuple(lines)


def _after_denial(shown: Amendment) -> list[CheckLine]:
    if shown.disagreement:
        lines = [
            CheckLine("Statement of disagreement", Mark.DONE, "goes out with it"),
            CheckLine(
                "Rebuttal, if any",
                Mark.DONE if shown.rebuttal else Mark.OPEN,
                "",
                "" if shown.rebuttal else REBUT,
            ),
        ]
        if shown.rebuttal:
            lines.append(
                CheckLine(
                    "Copy of the rebuttal to the patient",
                    Mark.DONE if shown.rebuttal_sent else Mark.MISSING,
                    "",
                    REBUTTAL_LETTER,
                )
            )
        return lines
    if shown.includes:
        return [CheckLine("Request and denial go out with it", Mark.DONE)]
    return [CheckLine("Statement of disagreement", Mark.OPEN, "none came")]
