"""Remittances: taken in once, matched, and posted as a whole when the deposit balances."""

from dataclasses import dataclass

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittances import (
    MatchBasis,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceState,
    Treatment,
    Verdict,
)
from frontdesk.services.billing import (
    appeals,
    auto_post,
    remittance_chunk,
    remittance_doubts,
    remittance_intake,
    remittance_posting,
    remittance_review,
)
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.claim_steps import DECIDED, EDITABLE, claim_of, only_from
from frontdesk.services.billing.remittance_survey import survey
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

for _table in ("remittance", "remittance_claim", "remittance_line", "remittance_adjustment"):
    says(f"append_only_{_table}", "What the payer sent is kept as it came.")
says("append_only_provider_adjustment", "What the payer sent is kept as it came.")
says("uq_remittance_fingerprint", "This remittance was taken in at another desk a moment ago.")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file held."""

    remittance_ids: tuple[int, ...]
    """Taken in now."""
    held: tuple[int, ...]
    """Of these, the ones that may not be posted as they are."""
    known: tuple[int, ...]
    """Taken in before; nothing of them was changed."""
    posted: tuple[int, ...] = ()
    """Of these, the ones that posted by themselves, as their payer's level allows."""
    waiting: tuple[str, ...] = ()
    """Why each of the others waits: "835-0316-02: ..."."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on an open amount, and why; None: nothing yet."""

    verdict: Verdict | None
    reason: str
    write_off_cents: int = 0
    """What of it is given up, where the verdict is about the rest."""


def _taken_in(done: Performed) -> Undo | None:
    """What is posted stays: only the rest goes out of the work again."""
    taken: TakenIn = done.result
    ids = tuple(id for id in taken.remittance_ids if id not in taken.posted)
    return Undo(discard, remittance_ids=ids) if ids else None


@command("Import remittance", permission="billing.remittances", undo=_taken_in)
def take_in(work: Work, *, sha256: str) -> TakenIn:
    """Take in every remittance of a file that `records.content.store` kept; the same one only once.

    Raises Refused for a file that cannot be read whole; each finding names the place.
    """
    surveys = survey(work.session, sha256)
    known = {
        row.fingerprint: row
        for row in work.session.scalars(
            select(Remittance).where(Remittance.fingerprint.in_([found.fingerprint for found in surveys]))
        )
    }
    back = [row.id for row in known.values() if row.state is RemittanceState.DISCARDED]
    for remittance_id in sorted(back):
        _restore(work, work.get(Remittance, remittance_id))
    new = {found.fingerprint for found in surveys} - known.keys()
    made = remittance_intake.keep(work, sha256, surveys, new)
    taken = sorted([*made, *back])
    held = [id for id in taken if work.get(Remittance, id).state is RemittanceState.HELD]
    posted, waiting = _post_what_may(work, taken)
    return TakenIn(
        remittance_ids=tuple(taken),
        held=tuple(held),
        known=tuple(sorted(row.id for row in known.values() if row.id not in back)),
        posted=posted,
        waiting=waiting,
    )


def _post_what_may(work: Work, taken: list[int]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Post what its payer's level allows; the ids, and why each other one waits."""
    posted: list[int] = []
    waiting: list[str] = []
    for remittance_id in taken:
        remittance = work.get(Remittance, remittance_id)
        reason = auto_post.waits_for(work, remittance)
        if reason:
            waiting.append(f"{remittance.name}: {reason}")
        else:
            post(work, remittance_id=remittance_id)
            posted.append(remittance_id)
    return tuple(posted), tuple(waiting)


def _discarded(done: Performed) -> Undo:
    return Undo(restore, remittance_ids=done.arguments["remittance_ids"])


@command("Discard remittance", permission="billing.remittances", undo=_discarded)
def discard(work: Work, *, remittance_ids: tuple[int, ...]) -> None:
    """Put remittances that are not posted out of the work; what they say is kept."""
    for remittance_id in remittance_ids:
        remittance = work.get(Remittance, remittance_id)
        if remittance.state is RemittanceState.POSTED:
            raise Refused(Finding(f"{remittance.name} is posted. Void it first."))
        remittance.state = RemittanceState.DISCARDED


def _restored(done: Performed) -> Undo:
    return Undo(discard, remittance_ids=done.arguments["remittance_ids"])


@command("Restore remittance", permission="billing.remittances", undo=_restored)
def restore(work: Work, *, remittance_ids: tuple[int, ...]) -> None:
    """Bring discarded remittances back as they were."""
    for remittance_id in remittance_ids:
        remittance = work.get(Remittance, remittance_id)
        if remittance.state is not RemittanceState.DISCARDED:
            raise Refused(Finding(f"{remittance.name} was not discarded."))
        _restore(work, remittance)


def _matched(done: Performed) -> Undo:
    return Undo(unmatch, remittance_claim_id=done.arguments["remittance_claim_id"])


@command("Match payment to claim", permission="billing.remittances", undo=_matched)
def match(work: Work, *, remittance_claim_id: int, claim_id: int, version: int | None = None) -> None:
    """A person says which claim the payer means."""
    answer = _open_answer(work, remittance_claim_id, version)
    claim = claim_of(work, claim_id)
    if claim.state in EDITABLE:
        only_from(claim, (), "The payer cannot have answered it.")
    answer.claim_id, answer.basis, answer.is_unapplied = claim.id, MatchBasis.PERSON, False
    answer.match_note = f"Matched to {claim.number} by {work.actor.name}."
    _settle_again(work, answer)


def _unmatched(done: Performed) -> Undo | None:
    if done.result is None:
        return None
    return Undo(match, remittance_claim_id=done.arguments["remittance_claim_id"], claim_id=done.result)


@command("Take match back", permission="billing.remittances", undo=_unmatched)
def unmatch(work: Work, *, remittance_claim_id: int, version: int | None = None) -> int | None:
    """The payment belongs to another claim, or to none; gives back the claim it was matched to."""
    answer = _open_answer(work, remittance_claim_id, version)
    if answer.decided is not None:
        raise Refused(Finding("You decided on what is open of it. Decide anew first."))
    before, answer.claim_id, answer.basis = answer.claim_id, None, MatchBasis.NONE
    answer.match_note = f"Match taken back by {work.actor.name}."
    _settle_again(work, answer)
    return before


def _kept_apart(done: Performed) -> Undo:
    return Undo(
        keep_unapplied,
        remittance_claim_id=done.arguments["remittance_claim_id"],
        is_unapplied=not done.arguments.get("is_unapplied", True),
    )


@command("Keep as unapplied money", permission="billing.remittances", undo=_kept_apart)
def keep_unapplied(work: Work, *, remittance_claim_id: int, is_unapplied: bool = True) -> None:
    """Let money without a claim go to the payer's account, until it is known whose it is."""
    answer = _open_answer(work, remittance_claim_id)
    if answer.claim_id is not None:
        raise Refused(Finding("This payment has its claim. Take the match back first."))
    answer.is_unapplied = is_unapplied


def _decided(done: Performed) -> Undo:
    before: Decision = done.result
    return Undo(
        decide,
        remittance_claim_id=done.arguments["remittance_claim_id"],
        verdict=before.verdict,
        reason=before.reason,
        write_off_cents=before.write_off_cents,
    )


@command("Decide on open amount", permission="billing.remittances", undo=_decided)
def decide(
    work: Work,
    *,
    remittance_claim_id: int,
    verdict: Verdict | None,
    reason: str,
    write_off_cents: int = 0,
    version: int | None = None,
) -> Decision:
    """What becomes of what no rule settles of an answer, as a person says; None decides anew.

    With `write_off_cents` so much is given up, and the verdict is about the rest. It is done when the
    remittance is posted. Gives back the decision before.
    """
    answer = _open_answer(work, remittance_claim_id, version)
    if verdict is not None and not reason.strip():
        raise Refused(Finding("Say why.", "reason"))
    if answer.claim_id is None:
        raise Refused(Finding("This payment has no claim yet. Match it first."))
    if verdict is not None and answer.decided is None and not _has_open(work, answer):
        raise Refused(Finding("Nothing of this claim stays open. There is nothing to decide."))
    work.concerns(work.get(Claim, answer.claim_id).patient_id)
    before = Decision(answer.decided, answer.decided_note, answer.decided_off_cents)
    answer.decided, answer.decided_note, answer.decided_off_cents = None, "", 0
    _settle_again(work, answer)
    if verdict is not None:
        if write_off_cents:
            refuse_if_any(_part_findings(work, answer, verdict, write_off_cents))
        answer.decided, answer.decided_note = verdict, reason.strip()
        answer.decided_off_cents = write_off_cents
        _settle_again(work, answer)
    return before


@command(
    "Post remittance",
    permission="billing.remittances",
    undo=irreversible("The ledger keeps every entry. Void the remittance instead, with a reason."),
)
def post(work: Work, *, remittance_id: int, version: int | None = None) -> None:
    """Write the whole remittance into the ledger; raises Refused until the deposit balances."""
    remittance = work.get(Remittance, remittance_id, version)
    if remittance.state is not RemittanceState.OPEN:
        raise Refused(Finding(why_not(remittance, 0, 0)))
    loose, loose_cents = remittance_chunk.without_claim(work, remittance_id)
    if loose:
        raise Refused(Finding(why_not(remittance, loose, loose_cents)))
    remittance.state, remittance.posted_at = RemittanceState.POSTED, work.now
    work.flush()
    remittance_posting.post(work, remittance)
    _appeal(work, remittance_id)


def _appeal(work: Work, remittance_id: int) -> None:
    """Ask the payer again where a person decided so; a claim that was replaced meanwhile is let be."""
    found = work.session.execute(
        select(Claim.id, RemittanceClaim.decided_note)
        .join(RemittanceClaim, RemittanceClaim.claim_id == Claim.id)
        .where(
            RemittanceClaim.remittance_id == remittance_id,
            RemittanceClaim.decided == Verdict.APPEAL,
            Claim.state.in_(DECIDED),
        )
        .order_by(RemittanceClaim.place)
    )
    for claim_id, why in found.all():
        appeals.appeal(work, claim_id=claim_id, reason=why)


def why_not(remittance: Remittance, loose: int, loose_cents: int) -> str:
    """What stands in the way of posting, in a sentence; empty when nothing does."""
    if remittance.state is RemittanceState.HELD:
        return remittance.held_reason
    if remittance.state is RemittanceState.POSTED:
        return f"{remittance.name} is posted already."
    if remittance.state is RemittanceState.DISCARDED:
        return f"{remittance.name} was discarded."
    if loose and loose_cents:
        verb = "has" if loose == 1 else f"in {loose} payments has"
        return f"Not balanced: {dollars(loose_cents)} {verb} no claim."
    if loose:
        return (
            f"{loose} answer{'s have' if loose > 1 else ' has'} no claim. Match each, or keep it unapplied."
        )
    return ""


def _restore(work: Work, remittance: Remittance) -> None:
    remittance.held_reason = remittance.held_reason or remittance_doubts.of(work, remittance).says
    remittance.state = RemittanceState.HELD if remittance.held_reason else RemittanceState.OPEN


def _part_findings(
    work: Work, answer: RemittanceClaim, verdict: Verdict, write_off_cents: int
) -> list[Finding]:
    findings = amount_finding(write_off_cents, "write_off_cents")
    row = RemittanceAdjustment
    cents = work.session.scalar(
        select(func.sum(row.amount_cents)).where(
            row.remittance_claim_id == answer.id, row.treatment == Treatment.OPEN, row.amount_cents > 0
        )
    )
    if not findings and (verdict is Verdict.WRITE_OFF or write_off_cents >= (cents or 0)):
        said = f"Only {dollars(int(cents or 0))} is open. Write off a part of it, or all without a rest."
        findings.append(Finding(said, "write_off_cents"))
    return findings


def _has_open(work: Work, answer: RemittanceClaim) -> bool:
    row = RemittanceAdjustment
    found = work.session.scalar(
        select(row.id)
        .where(row.remittance_claim_id == answer.id, row.treatment == Treatment.OPEN, row.amount_cents > 0)
        .limit(1)
    )
    return found is not None


def _settle_again(work: Work, answer: RemittanceClaim) -> None:
    remittance_review.settle_again(work, work.get(Remittance, answer.remittance_id), (answer,))


def _open_answer(work: Work, remittance_claim_id: int, version: int | None = None) -> RemittanceClaim:
    answer = work.get(RemittanceClaim, remittance_claim_id, version)
    remittance = work.get(Remittance, answer.remittance_id)
    if remittance.state not in (RemittanceState.OPEN, RemittanceState.HELD):
        raise Refused(Finding(why_not(remittance, 0, 0)))
    return answer
