"""An insurer's answer that came on paper: typed in, put aside, entered. From then on it is a remittance."""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date, us_time
from frontdesk.models.billing.claims import Claim, ClaimState, EventKind
from frontdesk.models.billing.paper_answers import NOT_ENTERED, PaperRemittance
from frontdesk.models.billing.remittances import Remittance, RemittanceState
from frontdesk.models.records.document import Document
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import (
    paper_answer_claims,
    paper_answer_entry,
    remittance_intake,
    remittance_survey,
    remittances,
)
from frontdesk.services.billing.claim_steps import move, record
from frontdesk.services.billing.paper_answer_claims import ClaimHead
from frontdesk.services.billing.paper_answer_sums import Decided, Paper, Way
from frontdesk.services.billing.remittance_intake import Source
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("paper_remittance_is_kept", "What was typed in is kept. Drop it instead.")
says("entered_paper_is_not_changed", "This paper is entered. Take it up again to change it.")
says("uq_remittance_paper_check", "This check was entered at another desk a moment ago.")


@dataclass(frozen=True, slots=True)
class Saved:
    """A paper that was put aside, and how it stood before; None where it is new."""

    paper_id: int
    version: int
    before: Paper | None


@dataclass(frozen=True, slots=True)
class Entered:
    """What a paper became: a remittance, and word of claims in process; one may be without the other."""

    paper_id: int
    remittance_id: int | None
    in_process: tuple[int, ...]
    """Claims that it moved to in process."""


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A paper that somebody put aside."""

    paper_id: int
    version: int
    payer: str
    trace: str
    paid_on: date | None
    paid_cents: int | None
    claims: int
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A paper to go on with, and the heads of its claims as they stand now."""

    paper_id: int
    version: int
    paper: Paper
    heads: tuple[ClaimHead, ...]
    document: str
    """The title of its scan."""


@dataclass(frozen=True, slots=True)
class PayerChoice:
    """A payer whose paper may be typed in."""

    payer_id: int
    name: str


@query(permission="billing.remittances")
def payers(work: Work) -> tuple[PayerChoice, ...]:
    """The payers in use, by name."""
    found = work.session.execute(
        select(Payer.id, Payer.name).where(Payer.is_active).order_by(Payer.name, Payer.id)
    )
    return tuple(PayerChoice(payer_id, name) for payer_id, name in found)


@query(permission="billing.view")
def waiting(work: Work) -> tuple[WaitingPaper, ...]:
    """The papers that are typed in but not entered, the one saved last first."""
    found = work.session.execute(
        select(PaperRemittance, Payer.name)
        .outerjoin(Payer, Payer.id == PaperRemittance.payer_id)
        .where(*NOT_ENTERED)
        .order_by(PaperRemittance.saved_at.desc(), PaperRemittance.id)
    )
    return tuple(
        WaitingPaper(
            paper_id=row.id,
            version=row.version,
            payer=payer or "",
            trace=row.trace,
            paid_on=row.paid_on,
            paid_cents=row.paid_cents,
            claims=row.claims,
            saved_at=work.wall(row.saved_at),
            saved_by=row.saved_by,
        )
        for row, payer in found
    )


@query(permission="billing.remittances")
def opened(work: Work, *, paper_id: int) -> OpenedPaper:
    """A paper that was put aside."""
    row = _open(work, paper_id, None)
    paper = _read(row.typed)
    heads = paper_answer_claims.heads(work, paper.payer_id, {each.claim_id for each in paper.claims})
    work.concerns(*(head.patient_id for head in heads.values()))
    scan = work.session.get(Document, paper.document_id) if paper.document_id is not None else None
    return OpenedPaper(row.id, row.version, paper, tuple(heads.values()), scan.title if scan else "")


@query(permission="billing.remittances")
def paper_of(work: Work, *, remittance_id: int) -> int:
    """The paper that a remittance was typed in from."""
    found = work.session.scalar(
        select(PaperRemittance.id)
        .where(PaperRemittance.remittance_id == remittance_id)
        .order_by(PaperRemittance.id.desc())
        .limit(1)
    )
    if found is None:
        raise Refused(Finding("This paper was taken up again at another desk. Look under Enter paper."))
    return found


@query(permission="billing.remittances")
def known_check(work: Work, *, payer_id: int | None, trace: str, besides: int | None) -> str:
    """Why this check is not to be typed in: it is here, or another desk is at it; empty when neither."""
    known = paper_answer_entry.twin(work, payer_id, trace)
    if known is not None:
        return paper_answer_entry.known_already(known)
    if payer_id is None or not trace.strip():
        return ""
    row = work.session.scalar(
        select(PaperRemittance)
        .where(
            *NOT_ENTERED,
            PaperRemittance.payer_id == payer_id,
            PaperRemittance.trace == trace.strip(),
            PaperRemittance.id != (besides or 0),
        )
        .order_by(PaperRemittance.id)
        .limit(1)
    )
    if row is None:
        return ""
    return f"{row.saved_by} put this check aside at {us_time(work.wall(row.saved_at))}. Continue that one."


def _saved(done: Performed) -> Undo:
    saved: Saved = done.result
    if saved.before is None:
        return Undo(drop, paper_id=saved.paper_id)
    return Undo(save, paper=saved.before, paper_id=saved.paper_id)


@command("Put paper remittance aside", permission="billing.remittances", undo=_saved)
def save(work: Work, *, paper: Paper, paper_id: int | None = None, version: int | None = None) -> Saved:
    """Keep what is typed in, whole or not, for any desk to go on with."""
    heads = paper_answer_claims.heads(work, paper.payer_id, {each.claim_id for each in paper.claims})
    work.concerns(*(head.patient_id for head in heads.values()))
    if paper_id is None:
        row = work.add(PaperRemittance(claims=0, typed="", saved_at=work.now, saved_by=work.actor.name))
        before = None
    else:
        row = _open(work, paper_id, version)
        before = _read(row.typed)
    row.payer_id, row.trace = paper.payer_id, paper.trace.strip()
    row.paid_on, row.paid_cents, row.claims = paper.paid_on, paper.paid_cents, len(paper.claims)
    row.typed = msgspec.json.encode(paper).decode()
    row.saved_at, row.saved_by = work.now, work.actor.name
    work.flush()
    return Saved(row.id, row.version, before)


def _dropped(done: Performed) -> Undo:
    return Undo(restore, paper_id=done.arguments["paper_id"])


def _dropped_again(done: Performed) -> Undo:
    return Undo(drop, paper_id=done.arguments["paper_id"])


@command("Drop paper remittance", permission="billing.remittances", undo=_dropped)
def drop(work: Work, *, paper_id: int, version: int | None = None) -> None:
    """Put what was typed in out of the work."""
    _open(work, paper_id, version).dropped_at = work.now


@command("Take dropped paper remittance back", permission="billing.remittances", undo=_dropped_again)
def restore(work: Work, *, paper_id: int) -> None:
    """It is typed in after all."""
    row = work.get(PaperRemittance, paper_id)
    if row.dropped_at is None:
        raise Refused(Finding("This paper was not dropped."))
    row.dropped_at = None


def _entered(done: Performed) -> Undo:
    return Undo(take_up, paper_id=done.result.paper_id)


@command("Enter paper remittance", permission="billing.remittances", undo=_entered)
def enter(work: Work, *, paper: Paper, paper_id: int | None = None, version: int | None = None) -> Entered:
    """Make a remittance of what was typed in: matched, settled and reviewed as an 835; it is posted as one.

    A claim that is only in process is noted on the claim. Raises Refused with everything that is wrong;
    then nothing of it was written.
    """
    saved = save(work, paper=paper, paper_id=paper_id, version=version)
    row = work.get(PaperRemittance, saved.paper_id)
    refuse_if_any(paper_answer_entry.findings(work, paper))
    payer = work.get(Payer, paper.payer_id or 0)
    noted = _note_in_process(work, paper, row)
    remittance_id = _as_remittance(work, paper, payer)
    row.remittance_id, row.entered_at = remittance_id, work.now
    return Entered(row.id, remittance_id, noted)


def _taken_up(done: Performed) -> Undo:
    paper: Paper = done.result
    return Undo(enter, paper=paper, paper_id=done.arguments["paper_id"])


@command("Take paper remittance up again", permission="billing.remittances", undo=_taken_up)
def take_up(work: Work, *, paper_id: int) -> Paper:
    """Something in it was typed wrong: its remittance goes out of the work, and the typing on."""
    row = work.get(PaperRemittance, paper_id)
    if row.entered_at is None:
        raise Refused(Finding("This paper was not entered yet. Go on with it."))
    if row.remittance_id is not None:
        remittance = work.get(Remittance, row.remittance_id)
        if remittance.state is RemittanceState.POSTED:
            raise Refused(
                Finding(f"{remittance.name} is posted. Void what was posted first, then change it.")
            )
        if remittance.state is not RemittanceState.DISCARDED:
            remittances.discard(work, remittance_ids=(remittance.id,))
    for number, state in _pairs(row.stood):
        claim = work.get(Claim, number)
        if claim.state is ClaimState.IN_PROCESS:
            move(work, claim, state)
            record(work, claim, EventKind.NOTE, "The letter was typed in wrong: it is not in process.")
    row.remittance_id, row.entered_at, row.stood = None, None, ""
    return _read(row.typed)


def _as_remittance(work: Work, paper: Paper, payer: Payer) -> int | None:
    told = paper_answer_entry.typed_in(work, paper, payer)
    if not told.claims and not told.provider_adjustments:
        return None
    survey = remittance_survey.surveyed(told)
    known = work.session.scalar(select(Remittance).where(Remittance.fingerprint == survey.fingerprint))
    if known is not None and known.state is not RemittanceState.DISCARDED:
        raise Refused(Finding(paper_answer_entry.known_already(known), "trace"))
    if known is not None:
        remittances.restore(work, remittance_ids=(known.id,))
        return known.id
    return remittance_intake.keep_paper(
        work, told, survey, Source(None, payer.id, paper.document_id, paper.deposited_on)
    )


def _note_in_process(work: Work, paper: Paper, row: PaperRemittance) -> tuple[int, ...]:
    stood: list[str] = []
    noted: list[int] = []
    assert paper.paid_on is not None, "it was looked at before"
    for each in paper.claims:
        if each.decided is Decided.IN_PROCESS:
            claim = work.get(Claim, each.claim_id)
            stood.append(f"{claim.id} {claim.state}")
            noted.append(claim.id)
            move(work, claim, ClaimState.IN_PROCESS)
            claim.payer_control_number = each.payer_control_number.strip() or claim.payer_control_number
            by = "letter" if paper.way is Way.LETTER else "remittance"
            record(work, claim, EventKind.ANSWERED, f"In process, by {by} of {us_date(paper.paid_on)}")
    row.stood = " ".join(stood)
    return tuple(noted)


def _pairs(stood: str) -> list[tuple[int, ClaimState]]:
    words = stood.split()
    return [(int(id), ClaimState(state)) for id, state in zip(words[::2], words[1::2], strict=True)]


def _open(work: Work, paper_id: int, version: int | None) -> PaperRemittance:
    row = work.get(PaperRemittance, paper_id, version)
    if row.entered_at is not None:
        raise Refused(Finding("This paper is entered already. Look at it under Remittances."))
    if row.dropped_at is not None:
        raise Refused(Finding("This paper was dropped. Undo brings it back."))
    return row


def _read(typed: str) -> Paper:
    return msgspec.json.decode(typed, type=Paper)
