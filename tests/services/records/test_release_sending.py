"""Copies leave: the last gate, the packet kept byte for byte, the fee, how it arrived, and its accounting."""

import io
import json
from collections.abc import Callable
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Conflict
from frontdesk.models.records.release import ReleaseRequest, ReleaseState
from frontdesk.models.records.release_packet import ReleasePacket
from frontdesk.services.database import Database
from frontdesk.services.records import (
    amendments,
    content,
    disclosures,
    release_choice,
    release_deliveries,
    release_fees,
    release_forms,
    release_packets,
    release_record,
    release_sending,
    release_steps,
)
from frontdesk.services.records.amendments import AmendmentState, Decision
from frontdesk.services.records.release_fees import Costs, PaidHow
from frontdesk.services.records.release_forms import CheckItem
from frontdesk.services.records.release_sending import Delivery, Letter, Outcome
from frontdesk.services.records.releases import Basis, Requester
from tests.builders.asking import amendment
from tests.builders.packets import (
    BY_MAIL,
    ON_A_DRIVE,
    PICKED_UP,
    built,
    collected,
    ready,
    sent,
    waived,
)
from tests.builders.records import filed
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal

_NOBODY = "Enter who receives the copies. Enter the address they are mailed to."


def test_what_was_sent_is_the_same_to_the_byte_a_year_later(
    office: Office, another: Callable[[], Database]
) -> None:
    request_id = ready(office)
    made = built(office, request_id)
    assert built(office, request_id) == made, "the same choice gives the same bytes"
    kept = release_packets.keep(office.database, made, is_locked=True)
    assert kept.password not in repr(kept)
    assert kept.locked_sha256 is not None
    went = office.do(
        release_sending.send,
        request_id=request_id,
        packet_sha256=kept.sha256,
        fingerprint=made.fingerprint,
        letter=ON_A_DRIVE,
        locked_sha256=kept.locked_sha256,
    )
    locked = office.ask(release_packets.kept_bytes, sha256=kept.locked_sha256)

    office.clock.advance(days=365)
    filed(office, office.ask(release_choice.choice, request_id=request_id).patient_id, "Later letter")
    later = another()
    assert later.ask(office.actor, release_packets.packet_bytes, packet_id=went.packet_id) == made.pdf
    (sending,) = later.ask(office.actor, release_deliveries.sendings, request_id=request_id)
    again = later.ask(office.actor, release_packets.kept_bytes, sha256=sending.locked_sha256 or "")
    assert again == locked
    opened = PdfReader(io.BytesIO(again), password=kept.password)
    assert [page.extract_text() for page in opened.pages] == [
        page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages
    ]
    assert (sending.sent_on, sending.pages, sending.sha256) == (date(2026, 3, 17), 3, kept.sha256)
    with office.database.engines.read.connect() as connection:
        manifest = connection.scalar(text("SELECT manifest FROM release_packet"))
    log = office.database.log_after(0, limit=100_000)
    assert not any(kept.password in str(each) for each in log), "the password is written down nowhere"
    assert [each["pages"] for each in json.loads(str(manifest))["documents"]] == ["1", "1"]
    record = _words(later.ask(office.actor, release_record.record_pdf, packet_id=went.packet_id))
    assert kept.sha256 in record.replace("\n", "")
    assert "USB stick" in record


def test_one_act_sends_keeps_and_accounts(office: Office) -> None:
    request_id = ready(office)
    went = sent(office, request_id)
    assert office.ask(release_steps.may_send, request_id=request_id)[0].message == (
        "The copies were sent already."
    )
    (entry,) = office.ask(disclosures.entries)
    assert entry.disclosure_id == went.disclosure_id
    assert (entry.recipient, entry.purpose) == ("Rose City Legal LLP", "Own use")
    assert entry.what == "2 pages: hospital, 03/01/2026 to 03/02/2026"
    assert not entry.is_accounted, "access by the patient is exempt"
    assert (entry.packet_id, entry.request_id) == (went.packet_id, request_id)
    with pytest.raises(Exception, match="Copies that left cannot be called back"):
        office.database.undo(office.actor, _last_entry(office))
    assert content.store_bytes(office.database, _kept(office, went.packet_id), "same.pdf").pages == 3


@pytest.mark.parametrize(
    ("letter", "sentence"),
    [
        (
            Letter(Delivery.MAIL, "", ""),
            _NOBODY,
        ),
        (Letter(Delivery.FAX, "Rose City"), "Enter the fax number."),
        (Letter(Delivery.EMAIL, "Rose City", "rose"), "Enter the e-mail address."),
        (Letter(Delivery.PICK_UP, "Danielle Foster"), "Enter which identity paper was seen."),
        (
            Letter(Delivery.MEDIA, "Rose City"),
            "What goes this way goes under a password only. Lock the file.",
        ),
    ],
)
def test_a_letter_that_says_too_little_is_refused(file_office: Office, letter: Letter, sentence: str) -> None:
    request_id = ready(file_office)
    with refusal(sentence):
        sent(file_office, request_id, letter)


def test_the_gate_is_asked_once_more(office: Office) -> None:
    request_id = collected(office)
    made = built(office, request_id)
    kept = release_packets.keep(office.database, made, is_locked=False)
    arguments = {"request_id": request_id, "packet_sha256": kept.sha256, "letter": BY_MAIL}
    with refusal(
        "The copies are not marked as ready. Finish preparing them first. "
        "The fee was not stated. State it, or waive it."
    ):
        office.do(release_sending.send, fingerprint=made.fingerprint, **arguments)  # type: ignore[arg-type]
    waived(office, request_id)
    office.do(release_steps.prepare, request_id=request_id)
    with pytest.raises(Conflict, match="What is sent changed after the packet was made"):
        office.do(release_sending.send, fingerprint="0" * 64, **arguments)  # type: ignore[arg-type]
    with refusal("The packet is not kept yet. Make it again."):
        office.do(
            release_sending.send,
            request_id=request_id,
            packet_sha256="0" * 64,
            fingerprint=made.fingerprint,
            letter=BY_MAIL,
        )
    with refusal("Choose how the recipient learns the password: not with the file."):
        office.do(
            release_sending.send,
            fingerprint=made.fingerprint,
            locked_sha256=kept.sha256,
            **arguments,  # type: ignore[arg-type]
        )
    office.clock.advance(days=1)
    with pytest.raises(Conflict):  # the cover bears yesterday's date
        office.do(release_sending.send, fingerprint=made.fingerprint, **arguments)  # type: ignore[arg-type]
    assert office.ask(disclosures.entries) == ()


def test_two_desks_send_once(office: Office, another: Callable[[], Database]) -> None:
    request_id = ready(office)
    made = built(office, request_id)
    kept = release_packets.keep(office.database, made, is_locked=False)
    other = another()
    other.do(
        office.actor,
        release_sending.send,
        request_id=request_id,
        packet_sha256=kept.sha256,
        fingerprint=made.fingerprint,
        letter=PICKED_UP,
    )
    with refusal("The copies were sent already."):
        office.do(
            release_sending.send,
            request_id=request_id,
            packet_sha256=kept.sha256,
            fingerprint=made.fingerprint,
            letter=BY_MAIL,
        )
    assert len(office.ask(disclosures.entries)) == 1


def test_a_failed_sending_goes_again_with_the_same_bytes(office: Office) -> None:
    request_id = ready(office)
    went = sent(office, request_id)
    again = {"packet_id": went.packet_id, "after": went.sending_id, "letter": BY_MAIL}
    with refusal("It is sent again after it failed. Note first how it failed."):
        office.do(release_sending.send_again, **again)  # type: ignore[arg-type]
    note = {"sending_id": went.sending_id, "outcome": Outcome.FAILED}
    with refusal("Write why it did not arrive."):
        office.do(
            release_deliveries.note_proof,
            happened_on=date(2026, 3, 17),
            words=" ",
            **note,  # type: ignore[arg-type]
        )
    with refusal("This is before the copies were sent. Look at the date again."):
        office.do(
            release_deliveries.note_proof,
            happened_on=date(2026, 3, 16),
            words="Returned",
            **note,  # type: ignore[arg-type]
        )
    office.clock.advance(days=4)
    office.do(
        release_deliveries.note_proof,
        happened_on=date(2026, 3, 20),
        words="Returned, moved away",
        **note,  # type: ignore[arg-type]
    )
    second = office.do(release_sending.send_again, **again)  # type: ignore[arg-type]
    assert second.packet_id == went.packet_id
    with pytest.raises(Conflict, match="Another desk has just sent this packet again"):
        office.do(release_sending.send_again, **again)  # type: ignore[arg-type]
    office.do(
        release_deliveries.note_proof,
        sending_id=second.sending_id,
        outcome=Outcome.DELIVERED,
        happened_on=date(2026, 3, 21),
        words="Signed for",
        received_by="P. Doan",
    )
    newest, first = office.ask(release_deliveries.sendings, request_id=request_id)
    assert newest.proof is not None
    assert (newest.attempt, newest.proof.received_by) == (2, "P. Doan")
    assert first.proof is not None
    assert (first.attempt, first.proof.outcome) == (1, Outcome.FAILED)
    assert len(office.ask(disclosures.entries)) == 2


def test_the_fee_is_paid_before_copies_leave_where_the_office_says_so(office: Office) -> None:
    request_id = collected(
        office,
        papers=3,
        basis=Basis.SUBPOENA,
        requester=Requester.ATTORNEY,
        name="Rose City Legal LLP",
        purpose="Legal",
    )
    quote = office.ask(release_fees.quote, request_id=request_id, costs=Costs(postage_cents=240))
    assert [(line.words, line.cents) for line in quote.lines] == [
        ("Clerical fee", 3000),
        ("3 pages at $0.00", 0),
        ("Postage", 240),
    ]
    stated = office.do(
        release_fees.state, request_id=request_id, costs=Costs(postage_cents=240), instead_of=None
    )
    with refusal("Another desk has just stated the fee of this request. Look at it."):
        office.do(release_fees.state, request_id=request_id, costs=Costs(), instead_of=None)
    row = office.ask(release_sending.stands_in_the_way, request_id=request_id)
    assert row[-1].message == (
        "$32.40 of RF-0001 is not paid, and the office sends after payment. "
        "Enter the payment, or waive the fee."
    )
    paid = {"fee_id": stated.fee_id, "paid_on": date(2026, 3, 17), "how": PaidHow.CHECK}
    with refusal("$32.40 is open. Enter that, or less. Enter the number of the receipt."):
        office.do(
            release_fees.enter_payment,
            amount_cents=5000,
            receipt_number="",
            **paid,  # type: ignore[arg-type]
        )
    done = office.done(
        release_fees.enter_payment,
        amount_cents=3240,
        receipt_number="2031",
        **paid,  # type: ignore[arg-type]
    )
    fee = office.ask(release_fees.fee, request_id=request_id)
    assert fee is not None
    assert (fee.is_paid, fee.open_cents) == (True, 0)
    assert "Open: $0.00" in _words(office.ask(release_fees.invoice, request_id=request_id))
    office.database.undo(office.actor, done.entry_id)
    fee = office.ask(release_fees.fee, request_id=request_id)
    assert fee is not None
    assert (fee.paid_cents, fee.payment_id) == (0, None)
    assert fee.open_cents == fee.total_cents
    with refusal("This payment was taken back already."):
        office.do(release_fees.take_back_payment, payment_id=done.result, reason="Again")


def test_law_required_ones_are_accounted_for(office: Office) -> None:
    request_id = collected(
        office,
        basis=Basis.PUBLIC_HEALTH,
        requester=Requester.PUBLIC_HEALTH,
        name="Multnomah County Health",
        purpose="Reportable disease",
    )
    for item in (CheckItem.AUTHORITY, CheckItem.MINIMUM):
        office.do(release_forms.check_item, request_id=request_id, item=item, holds=True, words="letterhead")
    office.do(release_steps.prepare, request_id=request_id)
    sent(office, request_id, Letter(Delivery.FAX, "Multnomah County Health", "5035550199"))
    (entry,) = office.ask(disclosures.entries, only_accounted=True)
    assert entry.request.startswith("ROI-")


def test_the_database_keeps_what_was_sent(office: Office) -> None:
    request_id = ready(office)
    sent(office, request_id)
    for table in ("release_packet", "release_sending", "disclosure", "release_fee"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1"):
            engine = office.database.engines.write
            with pytest.raises(IntegrityError, match=f"append_only_{table}"), engine.begin() as connection:
                connection.execute(text(statement))


def _last_entry(office: Office) -> int:
    return office.database.log_after(0, limit=100_000)[-1].intent.id


def _kept(office: Office, packet_id: int) -> bytes:
    with Session(office.database.engines.read) as session:
        packet = session.get(ReleasePacket, packet_id)
        assert packet is not None
        request = session.get(ReleaseRequest, packet.request_id)
        assert request is not None
        assert (request.state, request.sent_on) == (ReleaseState.SENT, date(2026, 3, 17))
        return content.read(session, packet.sha256)


def _words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_statements_of_the_patient_go_out_with_the_record(office: Office) -> None:
    patient_id = patient(office, "Walter", "Harris", date(1951, 2, 9))
    about = filed(office, patient_id, "Intake note", on=date(2026, 3, 5))
    asked = amendment(office, patient_id, about)
    accepted = Decision(AmendmentState.ACCEPTED, accepted="Never smoked.")
    office.do(amendments.decide, request_id=asked.request_id, decision=accepted)
    request_id = ready(office, patient_id=patient_id, papers=1)
    made = built(office, request_id)
    assert (made.record_pages, made.pages) == (3, 4)
    words = _words(made.pdf)
    assert "About: Intake note" in words
    assert "Never smoked." in words
    assert "Statements about enclosed records" in words.split("Page 1 of 4")[0], "they are on the list"
    assert built(office, request_id) == made
