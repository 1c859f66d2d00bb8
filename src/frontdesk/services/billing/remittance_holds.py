"""Why a remittance may not be posted as it is, and how it gets free again."""

from collections.abc import Mapping

from sqlalchemy import select

from frontdesk.formats.x12.remittance import Payment
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import fold
from frontdesk.models.billing.remittances import Remittance, RemittanceState
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import claim_gather, remittance_doubts
from frontdesk.services.billing.remittance_survey import Survey, survey
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.work import Work


def held_reason(work: Work, found: Survey) -> str:
    """What speaks against a payment that comes in, before its answers are read; empty when nothing does."""
    return _against(work, found)


def look_at(work: Work, remittance: Remittance) -> None:
    """Hold a payment whose answers are read now, where it looks wrong."""
    if remittance.state is RemittanceState.OPEN and (doubt := remittance_doubts.of(work, remittance)):
        remittance.state, remittance.held_reason = RemittanceState.HELD, doubt.says


def payer_named(work: Work, payment: Payment, matched: Mapping[int, int]) -> int | None:
    """The payer that the matched claims went to; without any, the one of that name or number."""
    if matched:
        return min(matched, key=lambda payer_id: (-matched[payer_id], payer_id))
    numbers = {payment.payer.id, *(number for _, number in payment.payer.references)} - {""}
    name = fold(payment.payer.name)
    for payer in work.session.scalars(select(Payer).order_by(Payer.id)):
        if payer.payer_id in numbers or (name and fold(payer.name) == name):
            return payer.id
    return None


def _released(done: Performed) -> Undo:
    return Undo(hold, remittance_id=done.arguments["remittance_id"], reason=done.result)


@command("Release held remittance", permission="billing.remittances", undo=_released)
def release(work: Work, *, remittance_id: int, reason: str, version: int | None = None) -> str:
    """Check anew what a remittance is held for; gives back what that was.

    Of what is only doubted a person may say why it is right. Sums that do not hold and another practice's
    money stay held.
    """
    remittance = work.get(Remittance, remittance_id, version)
    if remittance.state is not RemittanceState.HELD:
        raise Refused(Finding(f"{remittance.name} is not held. Look at it again."))
    if against := _of_file(work, remittance):
        raise Refused(Finding(against))
    doubt = remittance_doubts.of(work, remittance)
    if doubt and not reason.strip():
        raise Refused(Finding(f"{doubt.says} {doubt.advice}", "reason"))
    before, remittance.held_reason = remittance.held_reason, ""
    remittance.state = RemittanceState.OPEN
    return before


def _held(done: Performed) -> Undo:
    return Undo(release, remittance_id=done.arguments["remittance_id"], reason=done.arguments["reason"])


@command("Hold remittance", permission="billing.remittances", undo=_held)
def hold(work: Work, *, remittance_id: int, reason: str) -> None:
    """A remittance that was released waits for a person once more."""
    remittance = work.get(Remittance, remittance_id)
    if remittance.state is not RemittanceState.OPEN:
        raise Refused(Finding(f"{remittance.name} does not wait to be posted."))
    if not reason.strip():
        raise Refused(Finding("Say why it is held.", "reason"))
    remittance.state, remittance.held_reason = RemittanceState.HELD, reason.strip()


def _of_file(work: Work, remittance: Remittance) -> str:
    """What speaks against it in what the payer sent, as the practice is set up now."""
    if remittance.sha256 is None:
        return ""
    of_file = survey(work.session, remittance.sha256)
    return next(
        (_against(work, found) for found in of_file if found.fingerprint == remittance.fingerprint), ""
    )


def _against(work: Work, found: Survey) -> str:
    if stranger := _other_practice(work, found.payment):
        return stranger
    if not found.imbalances:
        return ""
    if not found.claims and not found.provider_adjustments:
        return (
            f"It pays {dollars(found.payment.paid_cents)} and names neither a claim nor a reason. Nothing of "
            "it is posted. Discard it and enter the payment by hand with its reason, such as a capitation "
            "(CT), or ask the payer for a corrected file."
        )
    more = found.imbalances - 1
    others = f" {more} more {'sum does' if more == 1 else 'sums do'} not hold." if more else ""
    return f"{found.imbalance}{others} Nothing of it is posted. Ask the payer for a corrected file."


def _other_practice(work: Work, payment: Payment) -> str:
    ours = claim_gather.practice(work)
    payee = payment.payee
    numbers = {payee.id, *(number for qualifier, number in payee.references if qualifier in ("TJ", "HPI"))}
    mine = {ours.npi, ours.tax_id, *work.session.scalars(select(Provider.npi))}
    if not payee.id or numbers & mine:
        return ""
    return (
        f"The payment is for another practice: {payee.name or 'no name'}, number {payee.id}. "
        "Nothing of it is posted. Tell the payer, and discard it."
    )
