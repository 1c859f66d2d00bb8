"""Claims on paper: the same check as for files, kept as they were printed."""

from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import update

from frontdesk.models.billing.claims import BatchState, Channel, Claim, ClaimState
from frontdesk.models.billing.paper_payer import PaperPayer
from frontdesk.models.registration.coverage import Policy, Relationship
from frontdesk.services.billing import (
    batches,
    claim_detail,
    claims,
    paper_claims,
    paper_enclosures,
    paper_payers,
    remittances,
)
from frontdesk.services.billing.paper_claims import Waiting
from frontdesk.services.billing.paper_payers import PaperForm, PaperRule
from frontdesk.services.registration import coverages, payers
from frontdesk.services.registration.drafts import CoverageDraft
from tests.builders.billing import at_work
from tests.builders.claims import insured, ready, sent
from tests.builders.paper_claims import paper_payer
from tests.builders.payer import answer, received
from tests.builders.registration import card
from tests.formats.pdf.cms1500_reading import letters, stands
from tests.formats.pdf.reading import words
from tests.office import Office
from tests.refusal import refusal


def state_of(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def on_paper(office: Office, first: str = "Raymond", member: str = "TID884120") -> int:
    """A ready claim whose payer takes paper."""
    plan_id = office.made.get("paper plan") or paper_payer(office)
    office.made["paper plan"] = plan_id
    return ready(office, insured(office, first, "Castillo", member, plan_id=plan_id))


def test_paper_and_files_go_apart(office: Office) -> None:
    by_file = ready(office, insured(office, "Ana"))
    by_mail = on_paper(office)
    assert office.ask(paper_claims.waiting) == Waiting(1, 13000)
    files = office.do(batches.build)
    assert files.claims == 1
    printed = office.do(paper_claims.build)
    assert (printed.claims, printed.forms, printed.stopped) == (1, 1, ())
    assert [batch.id for batch in office.ask(batches.batches)] == list(files.batch_ids)
    (batch,) = office.ask(batches.batches, channel=Channel.PAPER)
    assert (batch.id, batch.receiver, batch.file_name) == (
        printed.batch_ids[0],
        "Tidewater Mutual",
        "cms1500-000002.pdf",
    )
    assert (state_of(office, by_file), state_of(office, by_mail)) == (ClaimState.BATCHED, ClaimState.BATCHED)
    assert office.ask(paper_claims.waiting) == Waiting(0, 0)
    assert office.ask(paper_claims.batch_of, claim_id=by_mail) == batch.id
    assert office.ask(paper_claims.batch_of, claim_id=by_file) is None


def test_the_form_says_what_the_office_knows(office: Office) -> None:
    on_paper(office)
    (batch,) = office.do(paper_claims.build).batch_ids
    (page,) = letters(office.ask(paper_claims.printed_pdf, batch_id=batch))
    for said, row, column in (
        ("PO BOX 9", 5, 41),
        ("TID884120", 10, 50),
        ("CASTILLO, RAYMOND", 12, 1),
        ("2218 ALDER COURT", 14, 1),
        ("G43909", 40, 3),
        ("99213", 46, 25),
        ("2600001", 58, 23),
        ("03 17 26", 63, 14),
    ):
        assert stands(page, said, row, column), said


def test_it_is_printed_the_same_again_and_moved_for_the_printer(office: Office) -> None:
    on_paper(office)
    (batch,) = office.do(paper_claims.build).batch_ids
    first = office.ask(paper_claims.printed_pdf, batch_id=batch)
    office.do(batches.mark_sent, batch_id=batch)
    rule = PaperRule(PaperForm.PLAIN, 20, 20)
    office.do(paper_payers.set_paper, payer_id=office.made["paper payer"], rule=rule)
    assert office.ask(paper_claims.printed_pdf, batch_id=batch) == first
    (page,) = letters(office.ask(paper_claims.printed_pdf, batch_id=batch, right=10, down=-5))
    assert stands(page, "TID884120", 10, 50, right=10, down=-5)
    look = office.ask(paper_claims.look, batch_id=batch, right=10, down=-5)
    assert stands(letters(look.printed)[0], "TID884120", 10, 50, right=10, down=-5)
    assert stands(letters(look.shown)[0], "TID884120", 10, 50)
    assert "1a. INSURED'S I.D. NUMBER" in words(look.shown)
    assert "1a. INSURED'S I.D. NUMBER" not in words(look.printed)


def test_the_payers_offset_is_in_the_print(office: Office) -> None:
    office.made["paper plan"] = paper_payer(office, rule=PaperRule(PaperForm.PLAIN, 12, 8))
    on_paper(office)
    (batch,) = office.do(paper_claims.build).batch_ids
    (page,) = letters(office.ask(paper_claims.printed_pdf, batch_id=batch))
    assert stands(page, "TID884120", 10, 50, right=12, down=8)


def test_mailed_claims_lie_with_the_payer_and_their_timeline_says_how(office: Office) -> None:
    claim = on_paper(office)
    (batch,) = office.do(paper_claims.build).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    assert state_of(office, claim) is ClaimState.SENT
    said = [entry.detail for entry in office.ask(claim_detail.detail, claim_id=claim).timeline]
    assert said[-2:] == ["On paper to Tidewater Mutual, batch 1"] * 2
    with refusal("Paper batch 1 was sent already."):
        office.do(batches.mark_sent, batch_id=batch)


def test_a_batch_that_was_not_mailed_is_taken_apart(office: Office) -> None:
    claim = on_paper(office)
    batch_ids = office.do(paper_claims.build).batch_ids
    office.do(batches.dissolve, batch_ids=batch_ids)
    assert state_of(office, claim) is ClaimState.READY
    (batch,) = office.ask(batches.batches, channel=Channel.PAPER)
    assert (batch.id, batch.state) == (batch_ids[0], BatchState.DISSOLVED)
    assert office.ask(paper_claims.batch_of, claim_id=claim) is None
    last = office.ask(claim_detail.detail, claim_id=claim).timeline[-1]
    assert last.detail == "Taken out of paper batch 1"


def test_a_blocked_claim_is_not_printed_by_any_road(office: Office) -> None:
    claim = on_paper(office)
    with at_work(office) as work:
        work.session.execute(update(Claim).where(Claim.id == claim).values(place_of_service=""))
        work.session.commit()
    printed = office.do(paper_claims.build, claim_ids=(claim,))
    assert (printed.batch_ids, printed.stopped) == ((), (claim,))
    assert state_of(office, claim) is ClaimState.FAILED
    with refusal("Claim 26-00001 needs a fix. Only a claim that is ready can be sent."):
        office.do(paper_claims.build, claim_ids=(claim,))
    with refusal("No claim is ready to be printed."):
        office.do(paper_claims.build)


def test_a_claim_on_paper_does_not_go_into_a_file(office: Office) -> None:
    claim = on_paper(office)
    with refusal("No claim is ready to send."):
        office.do(batches.build)
    with refusal("Tidewater Mutual takes its claims on paper. Print them instead."):
        office.do(batches.build, claim_ids=(claim,))
    (batch,) = office.do(paper_claims.build).batch_ids
    with refusal("These claims go on paper. Print them instead."):
        office.ask(batches.file_of, batch_id=batch)


def test_one_claim_may_go_on_paper_though_its_payer_takes_files(office: Office) -> None:
    claim = ready(office)
    (batch,) = office.do(paper_claims.build, claim_ids=(claim,)).batch_ids
    assert office.ask(batches.batches, channel=Channel.PAPER)[0].id == batch
    other = sent(office, insured(office, "Ana", "Castillo", "XQP1"))
    (file,) = office.ask(batches.batches)
    assert state_of(office, other) is ClaimState.SENT
    with refusal("These claims went into a file. Write it again instead."):
        office.ask(paper_claims.printed_pdf, batch_id=file.id)


def test_what_does_not_fit_the_form_stops_the_claim_where_the_payer_takes_paper(office: Office) -> None:
    claim = on_paper(office, "Maximiliana Josephina")
    _lengthen_member_id(office)
    assert office.do(claims.check, claim_ids=(claim,)) == 1
    found = office.ask(claim_detail.detail, claim_id=claim).problems
    assert [(each.severity, each.message, each.advice) for each in found] == [
        (
            "block",
            "The member ID is too long for box 1a of the paper form (29 characters).",
            "Shorten it, or send the claim as a file.",
        ),
        (
            "info",
            "The patient's name is too long for box 2 of the paper form (28 characters).",
            "It is printed as far as it goes.",
        ),
        (
            "info",
            "The insured's name is too long for box 4 of the paper form (29 characters).",
            "It is printed as far as it goes.",
        ),
    ]


def test_what_does_not_fit_is_refused_where_the_payer_takes_files(office: Office) -> None:
    claim = ready(office)
    _lengthen_member_id(office)
    sentence = (
        "Claim 26-00001: The member ID is too long for box 1a of the paper form (29 characters). "
        "Shorten it, or send the claim as a file."
    )
    with refusal(sentence):
        office.do(paper_claims.build, claim_ids=(claim,))


def test_a_payer_without_an_address_is_named(office: Office) -> None:
    claim = on_paper(office)
    payer_id = office.made["paper payer"]
    draft = next(row.draft for row in office.ask(payers.payer_list) if row.id == payer_id)
    office.do(payers.change_payer, payer_id=payer_id, draft=replace(draft, street=""))
    assert office.do(claims.check, claim_ids=(claim,)) == 0
    (found,) = office.ask(claim_detail.detail, claim_id=claim).problems
    assert (found.message, found.advice) == (
        "Tidewater Mutual has no mailing address.",
        "The form's head stays empty.",
    )


def test_what_is_cut_is_said_when_it_is_printed(office: Office) -> None:
    on_paper(office, "Maximiliana Josephina")
    cut = "of the paper form ({most} characters). It is printed as far as it goes."
    assert office.do(paper_claims.build).remarks == (
        f"The facility's name is too long for box 32 {cut.format(most=26)}",
        f"Claim 26-00001: The patient's name is too long for box 2 {cut.format(most=28)}",
        f"Claim 26-00001: The insured's name is too long for box 4 {cut.format(most=29)}",
    )


def test_a_second_payer_is_sent_the_first_ones_decision(office: Office) -> None:
    plan_id = paper_payer(office)
    patient_id = insured(office)
    office.do(
        coverages.add,
        patient_id=patient_id,
        policy=card(office, patient_id, "TID99", plan_id=plan_id),
        coverage=CoverageDraft(2, Relationship.SELF),
    )
    first = sent(office, patient_id)
    payment = received(office, answer(office, first, [(("PR", "1"), 3000)]))
    office.do(remittances.post, remittance_id=payment)
    assert office.ask(paper_claims.waiting).claims == 1
    (batch,) = office.do(paper_claims.build).batch_ids
    (enclosed,) = office.ask(paper_enclosures.enclosures, batch_id=batch)
    assert enclosed.claim_number == "26-00002"
    assert enclosed.payer == "BCBS"
    assert enclosed.decided_on is not None
    assert enclosed.remittance_claim_id is not None
    (page,) = letters(office.ask(paper_claims.printed_pdf, batch_id=batch))
    assert stands(page, "100", 58, 61, width=6)
    assert stands(page, "TID99", 10, 50)
    assert stands(page, "X", 28, 52)
    said = words(office.ask(paper_enclosures.enclosed_pdf, batch_id=batch))
    assert "26-00001" in said
    assert "100.00" in said


def test_without_another_payer_nothing_is_enclosed(office: Office) -> None:
    on_paper(office)
    (batch,) = office.do(paper_claims.build).batch_ids
    assert office.ask(paper_enclosures.enclosures, batch_id=batch) == ()
    with refusal("No remittance belongs to these claims."):
        office.ask(paper_enclosures.enclosed_pdf, batch_id=batch)


def test_the_payer_gives_the_number_back_as_it_stood_on_paper(office: Office) -> None:
    """Box 26 takes no hyphen, and an 835 has no line numbers for a claim that came on paper."""
    claim = on_paper(office)
    (batch,) = office.do(paper_claims.build).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    said = answer(office, claim, [(("CO", "45"), 3844)])
    line = msgspec.structs.replace(said.lines[0], control_number="")
    payment = received(office, msgspec.structs.replace(said, claim_number="2600001", lines=(line,)))
    office.do(remittances.post, remittance_id=payment)
    assert state_of(office, claim) is ClaimState.PAID


def test_payers_are_listed_with_their_way(office: Office) -> None:
    on_paper(office)
    rows = {row.payer: row for row in office.ask(paper_payers.paper_list)}
    assert rows["Tidewater Mutual"].rule == PaperRule()
    assert rows["Tidewater Mutual"].ready == 1
    payer_id = office.made["paper payer"]
    before = office.do(paper_payers.set_paper, payer_id=payer_id, rule=None)
    assert before == PaperRule()
    rows = {row.payer: row for row in office.ask(paper_payers.paper_list)}
    assert rows["Tidewater Mutual"].rule is None
    assert office.do(paper_payers.set_paper, payer_id=payer_id, rule=None) is None


def test_letters_move_half_an_inch_at_most(office: Office) -> None:
    paper_payer(office)
    payer_id = office.made["paper payer"]
    sentence = "Move the letters by half an inch at most: 50 hundredths either way."
    with refusal(sentence):
        office.do(paper_payers.set_paper, payer_id=payer_id, rule=PaperRule(right=51))
    with refusal(sentence):
        office.do(paper_payers.set_paper, payer_id=payer_id, rule=PaperRule(down=-51))
    with at_work(office) as work, pytest.raises(Exception, match="half_an_inch"):
        work.session.execute(update(PaperPayer).values(right_hundredths=51))


def test_the_page_for_a_printer_is_moved_with_it(office: Office) -> None:
    (page,) = letters(office.ask(paper_payers.alignment_page, right=-10, down=20))
    assert stands(page, "X", 10, 1, right=-10, down=20)


def _lengthen_member_id(office: Office) -> None:
    with at_work(office) as work:
        work.session.execute(update(Policy).values(member_id="M" * 40))
        work.session.commit()
