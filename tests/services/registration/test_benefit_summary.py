"""What an answer comes to; what was not said stays None."""

from decimal import Decimal

from frontdesk.services.registration.benefit_summary import Share, Sum, has_benefits, summary
from frontdesk.services.registration.benefits import BenefitLine
from frontdesk.services.registration.eligibility_failures import failures_said
from frontdesk.services.registration.eligibility_words import INFORMATION, SERVICES, said, services_said


def line(information: str, *services: str, **more: object) -> BenefitLine:
    return BenefitLine(information, service_types=services, **more)  # type: ignore[arg-type] # named by the test


def test_nothing_said_is_nothing_known() -> None:
    short = summary(())
    assert (short.is_active, short.plan, short.visit, short.needs_authorization) == (None, "", Share(), None)
    assert not short.deductible.is_said
    assert not has_benefits((line("1", "30"), line("L")))


def test_active_is_what_is_said_of_the_whole_plan() -> None:
    assert summary((line("1", "30"), line("6", "35"))).is_active is True
    assert summary((line("6", "30"), line("1", "AL"))).is_active is False
    assert summary((line("1", "98"),)).is_active is True
    assert summary((line("U", "30"),)).is_active is None


def test_the_copay_of_the_closest_service_on_our_side_of_the_network() -> None:
    lines = (
        line("B", "30", amount_cents=9900),
        line("B", "98", "UC", amount_cents=3000, in_network="Y"),
        line("B", "98", amount_cents=6000, in_network="N"),
        line("B", "86", amount_cents=25000, in_network="Y"),
        line("A", "98", percent=Decimal("12.5"), in_network="W"),
    )
    short = summary(lines)
    assert short.visit == Share(3000, 12)
    assert short.visit_outside == Share(6000, None)


def test_a_network_that_does_not_matter_or_was_not_said_counts_as_ours_only_behind_ours() -> None:
    assert summary((line("B", "98", amount_cents=2000, in_network="W"),)).visit.copay_cents == 2000
    both = (line("B", "98", amount_cents=2000), line("B", "98", amount_cents=1500, in_network="Y"))
    assert summary(both).visit.copay_cents == 1500


def test_two_copays_for_an_office_visit_are_left_to_a_person() -> None:
    short = summary(
        (
            line("B", "98", amount_cents=2000, in_network="Y", messages=("PRIMARY CARE",)),
            line("B", "98", amount_cents=4000, in_network="Y", messages=("SPECIALIST",)),
        )
    )
    assert short.visit.copay_cents is None
    assert short.doubts == (
        "The payer gives several amounts as the copay of an office visit. See the lines below.",
    )


def test_total_used_and_left_of_each_kind() -> None:
    lines = (
        line("C", "30", coverage_level="IND", period="23", amount_cents=150000, in_network="Y"),
        line("C", "30", coverage_level="IND", period="24", amount_cents=108800, in_network="Y"),
        line("C", "30", coverage_level="FAM", period="23", amount_cents=300000, in_network="Y"),
        line("C", "30", coverage_level="FAM", period="29", amount_cents=125050, in_network="Y"),
        line("G", "30", coverage_level="IND", period="29", amount_cents=481000, in_network="Y"),
        line("C", "30", coverage_level="IND", period="23", amount_cents=400000, in_network="N"),
    )
    short = summary(lines)
    assert short.deductible == Sum(150000, 108800, 41200)
    assert short.family_deductible == Sum(300000, 174950, 125050)
    assert short.out_of_pocket == Sum(None, None, 481000)
    assert short.deductible_outside == Sum(400000, None, None)


def test_a_payer_that_contradicts_itself_is_not_believed() -> None:
    lines = (
        line("C", "30", period="23", amount_cents=1000, in_network="Y"),
        line("C", "30", period="29", amount_cents=2000, in_network="Y"),
    )
    short = summary(lines)
    assert short.deductible == Sum(1000, None, None)
    assert short.doubts == ("More is left of the deductible than the whole.",)


def test_an_unknown_code_is_said_as_it_came() -> None:
    assert said(INFORMATION, "ZZ", "Information") == "Information ZZ"
    assert services_said(("98", "Q9")) == "Office visit, Service Q9"
    assert SERVICES["30"] == "Whole plan"


def test_a_refusal_says_what_went_wrong_and_what_to_do() -> None:
    assert failures_said("subscriber 72 C, subscriber 72 C, receiver 42 R, source QQ Z") == (
        (
            "The member ID is not one of the payer's",
            "Check the member ID on the card, then ask again. The payer wants it corrected and asked again.",
        ),
        (
            "The payer could not answer at that moment",
            "Ask again later. If the visit is near, call the payer. It may be asked again.",
        ),
        ("The payer gave the reason QQ", "Call the payer. The payer's next step has the code Z."),
    )
    assert failures_said("") == ()
