"""Who did a line, who referred, ordered, supervised: entered with the charges, in the file, on the form."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from frontdesk.models.billing.claim_parts import ClaimProvider
from frontdesk.models.billing.claims import Claim
from frontdesk.services.billing import (
    batches,
    claim_detail,
    claim_outlook,
    claim_parts,
    paper_claims,
    superbills,
)
from frontdesk.services.billing.other_providers import Named, OtherProvider, ProviderRole
from frontdesk.services.billing.sheet import Sheet, Ticked
from tests.builders.billing import MIGRAINE, at_work, visit
from tests.builders.claims import billing_office, insured
from tests.builders.office import npi, provider
from tests.formats.pdf.cms1500_reading import letters, stands
from tests.formats.x12.judges import pyx12_complaints, x12sdk_models
from tests.office import Office
from tests.refusal import refusal

FARROW = OtherProvider("Farrow", "Celeste", "1234567893")
NAKAMURA = OtherProvider("Nakamura", "Ken", "1993999998")
LINES = (Ticked("99213", modifiers=("25",)), Ticked("93000"))


def _bill(office: Office) -> int:
    billing_office(office)
    return office.do(superbills.issue, appointment_id=visit(office, insured(office)))


def _sheet(*named: Named, by: int | None = None) -> Sheet:
    return Sheet((MIGRAINE,), (LINES[0], replace(LINES[1], provider_id=by)), providers=named)


def _ready(office: Office, *named: Named, by: int | None = None) -> int:
    bill = _bill(office)
    office.do(superbills.enter, superbill_id=bill, sheet=_sheet(*named, by=by))
    office.do(superbills.check, superbill_id=bill)
    office.do(superbills.release, superbill_id=bill)
    with at_work(office) as work:
        return work.session.scalars(select(Claim.id).where(Claim.superbill_id == bill)).one()


def _file(office: Office) -> str:
    (batch,) = office.do(batches.build).batch_ids
    return office.ask(batches.file_of, batch_id=batch).text


def test_the_file_names_them_where_they_belong(office: Office) -> None:
    by = provider(office, "Okafor", "Dana")
    _ready(
        office,
        Named(ProviderRole.REFERRING, FARROW),
        Named(ProviderRole.SUPERVISING, NAKAMURA),
        Named(ProviderRole.ORDERING, NAKAMURA, 2),
        Named(ProviderRole.SUPERVISING, FARROW, 2),
        by=by,
    )
    text = _file(office)
    assert pyx12_complaints(text) == ""
    assert x12sdk_models(text) == 1
    first, second = text.index("LX*1~"), text.index("LX*2~")
    head, one, two = text[:first], text[first:second], text[second:]
    assert "NM1*DN*1*FARROW*CELESTE****XX*1234567893~" in head
    assert "NM1*DQ*1*NAKAMURA*KEN****XX*1993999998~" in head
    assert "NM1" not in one
    assert f"NM1*82*1*OKAFOR*DANA****XX*{npi(70_000_000)}~PRV*PE*PXC*207Q00000X~" in two
    assert "~NM1*DQ*1*FARROW*CELESTE****XX*1234567893~NM1*DK*1*NAKAMURA*KEN****XX*1993999998~" in two


def test_the_primary_care_provider_stands_behind_who_referred(office: Office) -> None:
    _ready(office, Named(ProviderRole.REFERRING, FARROW), Named(ProviderRole.PRIMARY_CARE, NAKAMURA))
    text = _file(office)
    assert pyx12_complaints(text) == ""
    assert text.index("NM1*DN*1*FARROW") < text.index("NM1*P3*1*NAKAMURA*KEN****XX*1993999998~")


def test_the_paper_form_has_who_did_each_line_and_who_ordered(office: Office) -> None:
    by = provider(office, "Okafor", "Dana")
    claim = _ready(office, Named(ProviderRole.ORDERING, NAKAMURA, 2), by=by)
    (batch,) = office.do(paper_claims.build, claim_ids=(claim,)).batch_ids
    (page,) = letters(office.ask(paper_claims.printed_pdf, batch_id=batch))
    for said, row, column in (
        ("DK", 36, 1),
        ("KEN NAKAMURA", 36, 4),
        (NAKAMURA.npi, 36, 33),
        (npi(70_000_001), 46, 68),
        (npi(70_000_000), 48, 68),
    ):
        assert stands(page, said, row, column), said


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        (
            Named(ProviderRole.ORDERING, replace(FARROW, npi="1234567890"), 2),
            "The ordering provider of line 2: This NPI is not valid. Compare its ten digits.",
        ),
        (
            Named(ProviderRole.REFERRING, replace(FARROW, last_name=" ")),
            "The referring provider: Enter the provider's last name.",
        ),
        (
            Named(ProviderRole.SUPERVISING, FARROW, 3),
            "The supervising provider of line 3: there is no such line.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_nothing_entered(office: Office, named: Named, sentence: str) -> None:
    bill = _bill(office)
    with refusal(sentence):
        office.do(superbills.enter, superbill_id=bill, sheet=_sheet(named))
    with refusal("One provider is named twice in the same role."):
        twice = Named(ProviderRole.ORDERING, FARROW), Named(ProviderRole.ORDERING, NAKAMURA)
        office.do(superbills.enter, superbill_id=bill, sheet=_sheet(*twice))
    with refusal("Line 2: choose who did it from the office's providers."):
        office.do(superbills.enter, superbill_id=bill, sheet=_sheet(by=999))
    assert office.ask(superbills.sheet_of, superbill_id=bill).lines == ()


def test_the_check_looks_at_them_while_they_are_typed(office: Office) -> None:
    bill = _bill(office)
    sheet = _sheet(
        Named(ProviderRole.PRIMARY_CARE, FARROW), Named(ProviderRole.ORDERING, replace(FARROW, npi=""), 2)
    )
    found = office.ask(claim_outlook.at_entry, superbill_id=bill, sheet=sheet)
    assert [each.message for each in found.stops] == [
        "Line 2: The NPI of the ordering provider is missing.",
        "The primary care provider is named, and nobody who referred.",
    ]


def test_a_superbill_shows_them_and_is_free_of_them_once_reopened(office: Office) -> None:
    by = provider(office, "Okafor", "Dana")
    bill = _bill(office)
    named = (Named(ProviderRole.REFERRING, FARROW), Named(ProviderRole.ORDERING, NAKAMURA, 2))
    office.do(superbills.enter, superbill_id=bill, sheet=_sheet(*named, by=by))
    sheet = office.ask(superbills.sheet_of, superbill_id=bill)
    assert sheet.providers == named
    assert [line.provider_id for line in sheet.lines] == [None, by]
    office.do(superbills.reopen, superbill_id=bill, reason="Another one did it")
    office.do(superbills.enter, superbill_id=bill, sheet=_sheet())
    assert office.ask(superbills.sheet_of, superbill_id=bill).providers == ()


def test_they_are_put_right_at_the_claim_for_one_line(office: Office) -> None:
    claim = _ready(office, Named(ProviderRole.ORDERING, NAKAMURA))
    with refusal("The claim has no line 3."):
        office.do(claim_parts.set_provider, claim_id=claim, line=3, role=ProviderRole.ORDERING, provider=None)
    office.do(claim_parts.set_provider, claim_id=claim, line=2, role=ProviderRole.ORDERING, provider=FARROW)
    said = office.ask(claim_parts.parts, claim_id=claim).providers
    assert said == {(0, ProviderRole.ORDERING): NAKAMURA, (2, ProviderRole.ORDERING): FARROW}
    timeline = office.ask(claim_detail.detail, claim_id=claim).timeline
    assert "Line 2: ordering provider entered" in {event.detail for event in timeline}
    text = _file(office)
    assert text.count("NM1*DK*1*NAKAMURA") == 1
    assert text.index("LX*2~") < text.index("NM1*DK*1*FARROW")


def test_the_database_keeps_one_in_a_role_for_a_line(office: Office) -> None:
    claim = _ready(office, Named(ProviderRole.ORDERING, NAKAMURA, 2))
    again = {"id": 1, "claim_id": claim, "place": 2, "role": "ordering", "last_name": "Ng", "version": 1}
    again |= {"first_name": "", "npi": ""}
    for values, name in (
        (again, "uq_claim_provider_claim_id"),
        ({**again, "place": 51}, "line_possible"),
        ({**again, "place": 1, "last_name": " "}, "named"),
    ):
        with pytest.raises(IntegrityError) as no, office.database.engines.write.begin() as connection:
            connection.execute(insert(ClaimProvider).values(**values))
        assert name in str(no.value) or "claim_provider.claim_id" in str(no.value)
