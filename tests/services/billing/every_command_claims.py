"""Every command of the claims' side, once."""

from datetime import date

import msgspec

from frontdesk.models.billing.claims import ClaimState
from frontdesk.services.billing import (
    appeals,
    batch_blocks,
    batches,
    claim_answers,
    claim_asking,
    claim_attachments,
    claim_circumstances,
    claims,
    next_payer,
    remittance_views,
    remittances,
)
from frontdesk.services.billing.claim_attachments import AttachmentDraft, Transmission
from frontdesk.services.billing.claim_circumstances import Circumstances, LineMarks
from frontdesk.services.billing.mail_file import Mailbox
from tests.builders.answers import about, intake
from tests.builders.claims import drafted, insured, ready, sent, twice_insured
from tests.builders.payer import CONTRACT, COPAY, answer, received
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
    _put_right(office)
    _files(office)
    _answers(office)
    _files_of_answers(office)
    _remittances(office)


def _put_right(office: Office) -> None:
    draft = drafted(office, insured(office, "Winston", "Achebe", "WAC100001"))
    office.do(claims.point_line, claim_id=draft, line=1, pointers="AB")
    office.do(claims.set_place_of_service, claim_id=draft, code="22")
    office.do(claims.add_note, claim_id=draft, text="Patient had palpitations, see visit note.")
    office.do(claims.check, claim_ids=(draft,))
    said = Circumstances(onset_on=date(2026, 3, 1), lines=(LineMarks(1, is_emergency=True),))
    office.do(claim_circumstances.set_circumstances, claim_id=draft, said=said)
    paper = AttachmentDraft("OB", Transmission.MAIL)
    attached = office.do(claim_attachments.attach, claim_id=draft, draft=paper)
    office.do(claim_attachments.set_sent, attachment_ids=(attached,), is_sent=True)
    office.do(claim_attachments.remove, attachment_id=attached)
    office.do(claim_attachments.put_back, attachment_id=attached)
    held = ready(office, insured(office, "Yesenia", "Ramos", "RAM100002"))
    office.do(claims.hold, claim_id=held, reason="Waiting for the referral")
    office.do(claims.unhold, claim_id=held)
    office.do(claims.hold, claim_id=held, reason="Still waiting")
    void = ready(office, insured(office, "Caleb", "Dixon", "DIX100003"))
    office.do(claims.void, claim_id=void, reason="Billed to the wrong insurer")


def _files(office: Office) -> None:
    claim = ready(office, insured(office, "Minh", "Tran", "TRA100004"))
    office.do(batches.set_clearinghouse, mailbox=Mailbox("Tide Clearing", "TIDE01", "931234567", True))
    office.do(batches.dissolve, batch_ids=office.do(batches.build, claim_ids=(claim,)).batch_ids)
    (batch,) = office.do(batches.build, claim_ids=(claim,)).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    waiting = ready(office, insured(office, "Amber", "Lowe", "LOW100010"))
    (batch,) = office.do(batches.build, claim_ids=(waiting,)).batch_ids
    office.do(batch_blocks.take_out, batch_id=batch, claim_ids=(waiting,))
    office.do(batches.build, claim_ids=(waiting,))


def _answers(office: Office) -> None:
    rejected = sent(office, insured(office, "Linh", "Pham", "PHA100005"))
    office.do(
        claims.record_answer,
        claim_id=rejected,
        is_accepted=False,
        code="A7:164",
        sentence="Member number not valid",
    )
    office.do(claims.send_again, claim_id=rejected)
    accepted = sent(office, insured(office, "Stella", "Novak", "NOV100006"))
    office.do(claims.record_answer, claim_id=accepted, is_accepted=True, payer_control_number="20260001")
    corrected = office.do(claims.correct, claim_id=accepted, reason="Wrong modifier")
    office.do(claims.set_payer_number, claim_id=corrected, number="20260002")
    for last, member in (("Whitman", "WHI100007"), ("Okoye", "OKO100008")):
        closed = sent(office, insured(office, "Alice", last, member))
        denied = received(office, answer(office, closed, [(("CO", "50"), 13000)], status="4"), trace=member)
        office.do(remittances.post, remittance_id=denied)
        office.do(claims.close, claim_id=closed, reason="The appeal was lost")
        if last == "Okoye":
            office.do(claims.reopen, claim_id=closed)


def _files_of_answers(office: Office) -> None:
    claim = sent(office, insured(office, "June", "Harris", "HAR100011"))
    asked = office.do(claim_asking.ask, claim_ids=(claim,))
    assert asked.questions == 1
    intake(office, *about("99-1", "A7:164:IL"), *about("99-2", "A2:20", level=5))
    second, first = office.ask(claim_answers.waiting)
    office.do(claim_answers.assign, answer_id=first.id, claim_id=claim)
    office.do(claim_answers.set_aside, answer_id=second.id, reason="Of the office before us")
    office.do(claim_answers.take_up, answer_id=second.id)
    denied = sent(office, insured(office, "Edith", "Nowak", "NOW100012"))
    file = received(office, answer(office, denied, [(("CO", "50"), 13000)], status="4"), trace="NOW")
    office.do(remittances.post, remittance_id=file)
    office.do(appeals.appeal, claim_id=denied, reason="Records sent")
    office.do(appeals.withdraw_appeal, claim_id=denied, state=ClaimState.DENIED)
    twice = sent(office, twice_insured(office, "Caleb", "CAL1000013"))
    refused = received(office, answer(office, twice, [(("CO", "96"), 13000)], status="4"), trace="CAL")
    office.do(remittances.post, remittance_id=refused)
    office.do(next_payer.bill, claim_id=twice, reason="Not covered by the first plan")


def _remittances(office: Office) -> None:
    claim = sent(office, insured(office, "Carol", "Peterson", "PET100009"))
    good = answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)])
    line = msgspec.structs.replace(good.lines[0], control_number="")
    cut = msgspec.structs.replace(good, claim_number="26-00", lines=(line,))
    remittance = received(office, cut, trace="0098810001")
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(remittances.match, remittance_claim_id=row.id, claim_id=claim)
    office.do(remittances.unmatch, remittance_claim_id=row.id)
    office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
    office.do(remittances.discard, remittance_ids=(remittance,))
    office.do(remittances.restore, remittance_ids=(remittance,))
