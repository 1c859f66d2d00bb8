"""Numbers that payers gave: kept for days, refused where they cannot be, on both forms of a claim."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import Conflict
from frontdesk.models.billing.assigned_number import AssignedNumber
from frontdesk.services.billing import (
    assigned_numbers,
    batches,
    claim_detail,
    claim_parts,
    claims,
    code_rules,
    paper_claims,
)
from frontdesk.services.billing.assigned_numbers import Holder, NumberDraft, Qualifier
from frontdesk.services.billing.claim_parts import OtherProvider, ProviderRole
from frontdesk.services.billing.code_rules import CodeRuleDraft, CodeRuleKind
from frontdesk.services.office import sites
from frontdesk.services.office.sites import SiteDraft
from tests.builders.claims import ready
from tests.builders.office import site
from tests.builders.paper_answer import payer_of
from tests.formats.pdf.cms1500_reading import letters, stands
from tests.formats.x12.judges import pyx12_complaints
from tests.office import Office
from tests.refusal import refusal

FARROW = OtherProvider("Farrow", "Celeste", "1234567893")
PIER = SiteDraft("Pier Clinic", "America/Los_Angeles", "9 Shore Road", "Salem", "OR", "97301-1830")
THERE = "There is a number of this kind for these days already. End it first, or change it."


def _draft(office: Office, **values: object) -> NumberDraft:
    draft = NumberDraft(payer_of(office), Holder.PRACTICE, Qualifier.OF_PAYER, "HP-4411", date(2026, 1, 1))
    return replace(draft, **values)  # type: ignore[arg-type] # fields of several kinds


def _keep(office: Office, **values: object) -> int:
    return office.do(assigned_numbers.keep, draft=_draft(office, **values))


def _provider(office: Office) -> int:
    return next(each.id for each in office.ask(assigned_numbers.holders) if each.holder is Holder.PROVIDER)


def test_it_is_kept_changed_dropped_and_goes_back(office: Office) -> None:
    ready(office)
    done = office.done(assigned_numbers.keep, draft=_draft(office, number=" HP-4411 "))
    (row,) = office.ask(assigned_numbers.numbers)
    assert (row.payer, row.whose, row.draft) == ("BCBS", "", _draft(office))
    ended = replace(row.draft, valid_until=date(2026, 6, 30))
    changed = office.done(assigned_numbers.change, number_id=row.id, draft=ended, version=row.version)
    assert office.ask(assigned_numbers.numbers)[0].draft == ended
    with pytest.raises(Conflict):
        office.do(assigned_numbers.change, number_id=row.id, draft=ended, version=row.version)
    office.database.undo(office.actor, changed.entry_id)
    assert office.ask(assigned_numbers.numbers)[0].draft == row.draft
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(assigned_numbers.numbers) == ()
    with refusal("This number was dropped. Keep it anew."):
        office.do(assigned_numbers.change, number_id=row.id, draft=ended)


def test_one_of_a_kind_holds_at_a_time(office: Office) -> None:
    ready(office)
    first = _keep(office, valid_until=date(2026, 3, 31))
    _keep(office, valid_from=date(2026, 4, 1), number="HP-4412")
    _keep(office, qualifier=Qualifier.LOCATION, number="7")
    for again in (_draft(office), _draft(office, valid_from=date(2026, 5, 1))):
        with refusal(THERE):
            office.do(assigned_numbers.keep, draft=again)
    office.do(assigned_numbers.drop, number_id=first)
    _keep(office, valid_until=date(2026, 3, 1), number="HP-4413")
    with refusal(THERE):
        office.do(assigned_numbers.take_up, number_id=first)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"number": " "}, "Enter the number as the payer wrote it."),
        ({"number": "x" * 51}, "A number has at most 50 characters."),
        ({"valid_until": date(2025, 1, 1)}, "It ends before it starts. Check the days."),
        ({"holder": Holder.PROVIDER}, "Choose whose number it is."),
        ({"holder": Holder.OTHER, "npi": "1234567890"}, "This NPI is not valid. Compare its ten digits."),
        (
            {"holder": Holder.OTHER, "npi": "1234567893", "qualifier": Qualifier.LOCATION},
            "A claim has no place for this kind of number there. Choose another kind.",
        ),
    ],
)
def test_what_cannot_be_is_refused(office: Office, values: dict[str, object], sentence: str) -> None:
    ready(office)
    with refusal(sentence):
        _keep(office, **values)


def test_the_file_and_the_form_carry_them(office: Office) -> None:
    claim = ready(office)
    office.do(claim_parts.set_provider, claim_id=claim, line=0, role=ProviderRole.REFERRING, provider=FARROW)
    _keep(office)
    _keep(office, qualifier=Qualifier.LICENSE, number="OR 88")
    _keep(office, valid_until=date(2026, 2, 1), qualifier=Qualifier.UPIN, number="OLD")
    _keep(office, holder=Holder.PROVIDER, holder_id=_provider(office), number="LEE77")
    _keep(office, holder=Holder.OTHER, npi=FARROW.npi, name="Celeste  Farrow", number="FA-1")
    _keep(office, holder=Holder.OTHER, npi="1993999998", name="Ken Nakamura", number="NAK")
    _keep(office, holder=Holder.SITE, holder_id=site(office), number="SITE9")
    office.do(claims.check, claim_ids=(claim,))
    (batch,) = office.do(batches.build).batch_ids
    text = office.ask(batches.file_of, batch_id=batch).text
    assert pyx12_complaints(text) == ""
    for part in ("~REF*0B*OR 88~", "~REF*G2*HP-4411~CLM*", "*XX*1234567893~REF*G2*FA-1~", "~REF*G2*LEE77~"):
        assert part in text, part
    for part in ("OLD", "NAK", "SITE9"):  # it ended, is of somebody else, of a site that is not named
        assert part not in text, part
    office.do(batches.dissolve, batch_ids=(batch,))
    (batch,) = office.do(paper_claims.build, claim_ids=(claim,)).batch_ids
    (page,) = letters(office.ask(paper_claims.printed_pdf, batch_id=batch))
    for said, row, column in (
        ("G2", 35, 30),
        ("FA1", 35, 33),
        ("G2", 45, 65),
        ("LEE77", 45, 68),
        ("G2HP4411", 63, 63),
    ):
        assert stands(page, said, row, column), said


def test_a_payer_that_wants_one_gets_no_claim_without(office: Office) -> None:
    claim = ready(office)
    wish = CodeRuleDraft(CodeRuleKind.PROVIDER_NUMBER, "99*", payer_id=payer_of(office))
    office.do(code_rules.keep, draft=wish)
    assert office.do(claims.check, claim_ids=(claim,)) == 1
    rules = [each.rule for each in office.ask(claim_detail.detail, claim_id=claim).problems]
    assert rules == ["payer_numbers"]
    _keep(office, holder=Holder.PROVIDER, holder_id=_provider(office), number="LEE77")
    assert office.do(claims.check, claim_ids=(claim,)) == 0


def test_another_site_says_its_own(office: Office) -> None:
    claim = ready(office)
    _keep(office, holder=Holder.SITE, holder_id=site(office), number="SITE9")
    office.do(sites.edit_site, site_id=site(office), draft=PIER)
    office.do(claims.check, claim_ids=(claim,))
    (batch,) = office.do(batches.build).batch_ids
    text = office.ask(batches.file_of, batch_id=batch).text
    assert "N4*SALEM*OR*973011830~REF*G2*SITE9~" in text
    assert pyx12_complaints(text) == ""


def test_the_database_keeps_what_the_services_keep(office: Office) -> None:
    ready(office)
    _keep(office)
    row = {
        "id": 99,
        "version": 1,
        "payer_id": payer_of(office),
        "holder": Holder.PRACTICE,
        "qualifier": Qualifier.OF_PAYER,
        "number": "7",
        "valid_from": date(2026, 5, 1),
    }
    for wrong in (
        insert(AssignedNumber).values(row),
        update(AssignedNumber).values(holder=Holder.PROVIDER),
        update(AssignedNumber).values(npi="1234567893"),
        update(AssignedNumber).values(whose="7"),
        update(AssignedNumber).values(number=""),
        update(AssignedNumber).values(valid_until=date(2020, 1, 1)),
    ):
        with pytest.raises(SQLAlchemyError), office.database.engines.write.begin() as connection:
            connection.execute(wrong)
