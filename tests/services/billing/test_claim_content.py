"""A claim as its file says it: who bills alone, who pays in which place, what a payer before decided."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from frontdesk.models.registration.coverage import MedicareSecondary
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing import claim_content
from frontdesk.services.billing.claim_facts import DecidedLine, Decision, OtherPayerFacts
from tests.builders.claim_facts import GOOD, RAYMOND, having, with_lines
from tests.builders.claim_facts import line as service

KAISER = replace(GOOD.payer, name="Kaiser", number="94135", kind=PayerKind.HMO)
REASONS = (("CO", "45", 2500), ("PR", "3", 3000), ("PR", "1", 1000))


def test_who_bills_alone_is_named_once_and_as_a_person() -> None:
    alone = having("practice", npi=GOOD.provider.npi)
    said = claim_content.written(alone)
    assert (said.billing.name, said.billing.first, said.rendering) == ("Lee", "Susan", None)
    said = claim_content.written(GOOD)
    assert said.rendering is not None
    assert (said.billing.name, said.billing.first, said.rendering.last) == ("Harbor Point", "", "Lee")


@pytest.mark.parametrize(
    ("own", "others", "ranks"),
    [
        (1, (), "P"),
        (2, (), "P"),
        (2, (3,), "PS"),
        (2, (1,), "SP"),
        (3, (1, 4), "SPT"),
        (5, (1, 2, 3, 4), "BPSTA"),
    ],
)
def test_places_are_counted_among_the_coverages_of_the_day(
    own: int, others: tuple[int, ...], ranks: str
) -> None:
    facts = replace(
        having("payer", rank=own),
        others=tuple(OtherPayerFacts(replace(KAISER, rank=rank), RAYMOND, None) for rank in others),
    )
    said = claim_content.written(facts)
    assert said.policy.rank + "".join(other.policy.rank for other in said.other_payers) == ranks


def test_medicare_second_says_why_and_first_says_nothing() -> None:
    facts = having("payer", kind=PayerKind.MEDICARE, rank=2, secondary_reason=MedicareSecondary.WORKING_AGED)
    assert claim_content.written(facts).policy.secondary_reason == ""
    second = replace(facts, others=(OtherPayerFacts(KAISER, RAYMOND, None),))
    assert claim_content.written(second).policy.secondary_reason == "12"


def test_the_payer_before_is_quoted_with_units_and_with_what_it_leaves() -> None:
    line = DecidedLine("26-1-1", 1, "99214", (), 16500, 10000, REASONS)
    decided = Decision(date(2026, 3, 20), 10000, "K1", (), (line,))
    facts = replace(
        with_lines(service(units=3)),
        payer=replace(GOOD.payer, rank=2),
        others=(OtherPayerFacts(KAISER, RAYMOND, decided),),
    )
    said = claim_content.written(facts)
    (prior,) = said.lines[0].prior
    assert (prior.units, prior.patient_cents, said.other_payers[0].patient_cents) == (Decimal(3), 4000, None)
    whole = Decision(date(2026, 3, 20), 10000, "K1", REASONS, ())
    said = claim_content.written(replace(facts, others=(OtherPayerFacts(KAISER, RAYMOND, whole),)))
    assert said.lines[0].prior == ()
    assert (said.other_payers[0].patient_cents, said.other_payers[0].decided_on) == (4000, date(2026, 3, 20))
