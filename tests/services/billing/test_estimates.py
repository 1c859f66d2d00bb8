"""Good-faith estimates: the clock, what is in them, the list, what was billed above."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from frontdesk.models.billing.journal import Party
from frontdesk.services.billing import (
    asking,
    charges,
    codes,
    estimate_clock,
    estimate_draft,
    estimate_list,
    estimate_papers,
    estimate_rules,
    estimates,
    expected_codes,
    payments,
)
from frontdesk.services.billing.estimate_clock import DISPUTE_CENTS
from frontdesk.services.billing.estimate_draft import EstimateDraft, LineDraft
from frontdesk.services.billing.estimate_list import EstimateLineOfWork, Standing
from frontdesk.services.billing.estimate_rules import EstimateRules
from frontdesk.services.billing.estimates import EstimateWay
from frontdesk.services.billing.patient_share import Benefits, share
from frontdesk.services.billing.payments import Payment
from frontdesk.services.billing.sheet import Ticked
from frontdesk.services.office import holidays
from frontdesk.services.office.holidays import HolidayDraft
from frontdesk.services.registration import verifications
from frontdesk.services.schedule import booking, series
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from tests.builders.billing import TODAY, at_work, cash, charged, code_lists
from tests.builders.office import provider
from tests.builders.registration import coverage, danielle, patient
from tests.formats.pdf.reading import words
from tests.office import Office
from tests.refusal import refusal

MONDAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("booked", "service", "due"),
    [
        # HHS's example: booked on a Monday for Thursday, due on Tuesday.
        (MONDAY, date(2026, 3, 19), date(2026, 3, 17)),
        (MONDAY, date(2026, 3, 18), None),
        (date(2026, 3, 20), date(2026, 3, 24), None),  # Friday to Tuesday: two business days
        (date(2026, 3, 20), date(2026, 3, 25), date(2026, 3, 23)),
        (date(2026, 3, 21), date(2026, 3, 25), date(2026, 3, 23)),  # booked on a Saturday
        (MONDAY, date(2026, 3, 27), date(2026, 3, 17)),  # nine
        (MONDAY, date(2026, 3, 30), date(2026, 3, 19)),  # ten: three business days
    ],
)
def test_the_booking_sets_the_clock(booked: date, service: date, due: date | None) -> None:
    found = estimate_clock.due(booked_on=booked, service_on=service, requested_on=None, closed=())
    assert (found.on if found else None) == due


def test_a_holiday_is_no_business_day() -> None:
    closed = {date(2026, 3, 17), date(2026, 3, 18)}
    service = date(2026, 3, 20)
    found = estimate_clock.due(booked_on=MONDAY, service_on=service, requested_on=None, closed=closed)
    assert found is None
    asked = estimate_clock.due(booked_on=None, service_on=None, requested_on=MONDAY, closed=closed)
    assert asked is not None
    assert asked.on == date(2026, 3, 23)


@given(
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(1, 15),
    st.sets(st.dates(date(2024, 1, 1), date(2030, 12, 31)), max_size=8),
)
def test_business_days_count_the_same_both_ways(start: date, days: int, closed: set[date]) -> None:
    end = estimate_clock.after(start, days, closed)
    assert estimate_clock.is_business_day(end, closed)
    assert estimate_clock.ahead(start, end, closed, most=99) == days


@pytest.mark.parametrize(
    ("allowed", "benefits", "parts"),
    [
        ((13000,), Benefits(copay_cents=3000), (3000,)),
        ((13000, 8000), Benefits(3000, 20, 5000), (3000, 5600)),
        ((13000,), Benefits(None, 20, 0), (2600,)),
        ((13000, 8000), Benefits(None, 20, 41200), (13000, 8000)),
        ((13000, 8000), Benefits(3000, 20, 5000, 4000), (3000, 1000)),
        ((2000,), Benefits(copay_cents=3000), (2000,)),
        ((13000,), Benefits(), (0,)),
    ],
)
def test_what_the_benefits_leave_to_the_patient(
    allowed: tuple[int, ...], benefits: Benefits, parts: tuple[int, ...]
) -> None:
    assert share(allowed, benefits).cents == parts


def kind(office: Office) -> int:
    """A kind of visit that usually comes to an office visit and an ECG."""
    code_lists(office)
    if "estimated" not in office.made:
        office.made["estimated"] = office.do(
            expected_codes.set_up,
            visit_type_id=None,
            draft=VisitTypeDraft("Heart check", 30),
            expected=("99213", "93000"),
        ).visit_type_id
    found: int = office.made["estimated"]
    return found


def booked(office: Office, who: int, day: date, hour: int = 11) -> int:
    return office.do(
        booking.book,
        patient_id=who,
        slot=Slot(provider(office), datetime(day.year, day.month, day.day, hour)),
        visit_type_id=kind(office),
        override_reason="A test needs this visit",
    )


def written(office: Office, who: int, appointment: int) -> int:
    proposal = office.ask(estimate_draft.proposal, patient_id=who, appointment_id=appointment)
    return office.do(estimates.write, draft=proposal.draft)


def lines(office: Office) -> list[tuple[Standing, date | None]]:
    return [(each.standing, each.due_on) for each in listed(office)]


def listed(office: Office) -> tuple[EstimateLineOfWork, ...]:
    return office.ask(estimate_list.work_list)


def test_a_booking_without_insurance_calls_for_an_estimate(office: Office) -> None:
    walter, insured = patient(office, "Walter", "Harris"), danielle(office)
    coverage(office, insured)
    appointment = booked(office, walter, TODAY + timedelta(days=7))
    booked(office, insured, TODAY + timedelta(days=7), 13)
    booked(office, walter, TODAY + timedelta(days=1), 14)  # too soon for the clock
    (line,) = listed(office)
    assert (line.standing, line.due_on, line.appointment_id) == (Standing.DUE, date(2026, 3, 18), appointment)
    office.clock.advance(days=2)
    assert lines(office) == [(Standing.OVERDUE, date(2026, 3, 18))]
    estimate = written(office, walter, appointment)
    assert lines(office) == [(Standing.OVERDUE, date(2026, 3, 18))]
    done = office.done(estimates.give, estimate_id=estimate, way=EstimateWay.PRINTED)
    assert lines(office) == []
    assert len(office.ask(estimate_list.work_list, with_given=True)) == 1
    office.database.undo(office.actor, done.entry_id)
    assert lines(office) == [(Standing.OVERDUE, date(2026, 3, 18))]


def test_a_holiday_puts_the_day_off(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    kind(office)
    office.do(holidays.add_holidays, days=(HolidayDraft(date(2026, 3, 18), "Staff day"),))
    booked(office, walter, TODAY + timedelta(days=9))
    assert lines(office) == [(Standing.DUE, date(2026, 3, 19))]


def test_a_visit_that_moves_calls_for_a_new_version(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    appointment = booked(office, walter, date(2026, 3, 26))
    estimate = written(office, walter, appointment)
    office.do(estimates.give, estimate_id=estimate, way=EstimateWay.MAILED)
    office.do(
        booking.move,
        appointment_id=appointment,
        to=Slot(provider(office), datetime(2026, 3, 30, 11)),
        override_reason="Asked for it",
    )
    assert lines(office) == [(Standing.CHANGED, date(2026, 3, 27))]
    written(office, walter, appointment)
    office.do(estimates.give, estimate_id=estimate, way=EstimateWay.PRINTED)
    assert lines(office) == []
    shown = office.ask(estimates.estimate, estimate_id=estimate)
    assert [each.edition for each in shown.versions] == [2, 1]
    assert [each.service_on for each in shown.versions] == [date(2026, 3, 30), date(2026, 3, 26)]


def test_the_paper_holds_what_the_rule_asks_for(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", date(1961, 2, 3))
    appointment = booked(office, walter, TODAY + timedelta(days=9))
    office.do(estimate_rules.set_rules, rules=EstimateRules(20, 100))
    proposal = office.ask(estimate_draft.proposal, patient_id=walter, appointment_id=appointment)
    draft = EstimateDraft(
        patient_id=walter,
        visit_type_id=proposal.draft.visit_type_id,
        provider_id=proposal.draft.provider_id,
        service="Check of the heart",
        lines=(LineDraft("99213", diagnosis="I10"), LineDraft("93000", units=2)),
        appointment_id=appointment,
        service_on=proposal.draft.service_on,
        separately="Blood test at the laboratory",
    )
    estimate = office.do(estimates.write, draft=draft)
    said = words(office.ask(estimate_papers.pdf, estimate_id=estimate))
    for wanted in (
        "Good-faith estimate E-000001",
        "Walter Harris",
        "02/03/1961",
        "Check of the heart",
        "03/26/2026",
        "Office visit, low 99213 I10 1 $130.00 $104.00",
        "ECG, 12 leads 93000 – 2 $160.00 $128.00",
        "$232.00",
        "20% off the fees",
        "Blood test at the laboratory",
        "Separate good-faith estimates will be given",
        "additional services that we recommend",
        "This is only an estimate",
        "$400 or more above this estimate",
        "www.cms.gov/nosurprises",
        "does not affect the quality of the care",
        "is not a contract",
        "TIN",
    ):
        assert wanted in said, wanted


def test_the_insured_get_an_informal_one(office: Office) -> None:
    dani = danielle(office)
    covered = coverage(office, dani)
    appointment = booked(office, dani, TODAY + timedelta(days=9))
    office.do(
        verifications.record,
        draft=verifications.VerificationDraft(
            coverage_id=covered,
            way=verifications.VerificationWay.PORTAL,
            result=verifications.VerificationResult.ACTIVE,
            service_on=TODAY,
            copay_cents=3000,
            coinsurance_percent=20,
            deductible_cents=150000,
            deductible_left_cents=5000,
        ),
    )
    assert listed(office) == ()
    estimate = written(office, dani, appointment)
    version = office.ask(estimates.estimate, estimate_id=estimate).newest
    assert (version.is_good_faith, version.fees_cents, version.total_cents) == (False, 21000, 3000 + 5600)
    assert version.why.startswith("Copay $30.00. $50.00 goes to what is left of the deductible.")
    assert "Estimate of your share E-000001" in words(office.ask(estimate_papers.pdf, estimate_id=estimate))


def test_one_estimate_for_visits_that_come_back(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    kind_id = kind(office)
    draft = EstimateDraft(
        patient_id=walter,
        visit_type_id=kind_id,
        provider_id=provider(office),
        service="Heart check",
        lines=(LineDraft("93000"),),
        requested_on=TODAY,
        visits=12,
        until_on=TODAY + timedelta(days=350),
    )
    estimate = office.do(estimates.write, draft=draft)
    assert office.ask(estimates.estimate, estimate_id=estimate).newest.total_cents == 12 * 8000
    (line,) = listed(office)
    assert (line.due_on, line.because) == (date(2026, 3, 20), "asked for: three business days")
    said = words(office.ask(estimate_papers.pdf, estimate_id=estimate))
    assert "12 visits until 03/02/2027" in said
    assert "$960.00" in said


def test_a_series_needs_one_estimate(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    first = booked(office, walter, date(2026, 3, 26))
    office.do(
        series.make,
        appointment_id=first,
        slots=tuple(
            Slot(provider(office), datetime(2026, 3, 26, 11) + timedelta(weeks=week)) for week in (1, 2, 3)
        ),
        override_reason="A test needs these visits",
    )
    assert len(listed(office)) == 4
    appointment = listed(office)[0].appointment_id
    assert appointment is not None
    proposal = office.ask(estimate_draft.proposal, patient_id=walter, appointment_id=appointment)
    assert (proposal.draft.visits, proposal.draft.until_on) == (4, date(2026, 4, 16))
    estimate = office.do(estimates.write, draft=proposal.draft)
    assert office.ask(estimates.estimate, estimate_id=estimate).newest.total_cents == 4 * 21000
    assert len(listed(office)) == 1
    office.do(estimates.give, estimate_id=estimate, way=EstimateWay.PRINTED)
    assert listed(office) == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lines": ()}, "List what is expected: a code in each line."),
        ({"service": " "}, "Say in plain words what the visit is for."),
        ({"lines": (LineDraft("99213", 0),)}, "Units are from 1 to 99."),
        ({"lines": (LineDraft("99999"),)}, "99999 is not among the office's codes. Add or import it first."),
        (
            {"lines": (LineDraft("99213", diagnosis="XX"),)},
            "XX is not an ICD-10-CM code. Check the spelling.",
        ),
        ({"lines": (LineDraft("99213", fee_cents=0),)}, "Enter an amount above zero."),
        ({"visits": 61}, "An estimate is for 1 to 60 visits."),
        ({"visits": 3}, "Say until when the visits come back."),
        (
            {"visits": 3, "until_on": TODAY + timedelta(days=367)},
            "One estimate covers twelve months at most.",
        ),
        ({"requested_on": TODAY + timedelta(days=1)}, "The patient cannot have asked in the future."),
        ({"requested_on": None}, "Say when the patient asked for it."),
        (
            {"service": "Card 4111 1111 1111 1111"},
            "That looks like a card number. Enter only its last four digits.",
        ),
    ],
)
def test_what_makes_no_estimate(file_office: Office, change: dict[str, object], sentence: str) -> None:
    walter = patient(file_office, "Walter", "Harris")
    terms: dict[str, object] = {
        "patient_id": walter,
        "visit_type_id": kind(file_office),
        "provider_id": provider(file_office),
        "service": "Heart check",
        "lines": (LineDraft("99213"),),
        "requested_on": TODAY,
    }
    with refusal(sentence):
        file_office.do(estimates.write, draft=EstimateDraft(**(terms | change)))  # type: ignore[arg-type] # the part under test
    assert listed(file_office) == ()


def test_billed_far_above_the_estimate(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    appointment = booked(office, walter, TODAY + timedelta(days=9))
    estimate = written(office, walter, appointment)
    office.do(estimates.give, estimate_id=estimate, way=EstimateWay.PRINTED)
    office.clock.advance(days=10)
    office.do(
        codes.add_procedure, code="J0123", label="Infusion", effective_on=date(2024, 1, 1), is_favourite=False
    )
    _, _, more = charged(
        office,
        walter,
        Ticked("99213"),
        Ticked("93000"),
        Ticked("J0123", amount_cents=DISPUTE_CENTS),
        appointment_id=appointment,
    )
    (line,) = listed(office)
    assert (line.standing, line.total_cents, line.billed_cents) == (Standing.EXCEEDED, 21000, 61000)
    office.do(
        charges.write_off, charge_line_id=more, responsible=Party.PATIENT, amount_cents=1, reason="Small"
    )
    assert listed(office) == ()


def test_the_discount_holds_at_charge_entry_too(office: Office) -> None:
    office.do(estimate_rules.set_rules, rules=EstimateRules(20, 50))
    walter = patient(office, "Walter", "Harris")
    charged(office, walter)
    assert office.ask(asking.ask_for, patient_id=walter).total_cents == 10400
    with refusal("A share is from 0 to 100 percent."):
        office.do(estimate_rules.set_rules, rules=EstimateRules(101, 50))


def test_an_estimate_is_offered_as_a_payment_ahead(office: Office) -> None:
    office.do(estimate_rules.set_rules, rules=EstimateRules(0, 50))
    walter = patient(office, "Walter", "Harris")
    appointment = booked(office, walter, TODAY + timedelta(days=9))
    written(office, walter, appointment)
    (item,) = office.ask(asking.ask_for, patient_id=walter).items
    assert (item.label, item.amount_cents, item.is_asked) == ("Ahead, estimate E-000001", 10500, False)
    office.do(payments.take, payment=Payment(walter, (cash(10500),), item.allocations))
    assert office.ask(asking.ask_for, patient_id=walter).items == ()


@pytest.mark.parametrize("table", ["estimate_version", "estimate_line", "estimate_given"])
def test_what_was_written_is_not_changed_by_a_statement_either(office: Office, table: str) -> None:
    walter = patient(office, "Walter", "Harris")
    estimate = written(office, walter, booked(office, walter, TODAY + timedelta(days=9)))
    office.do(estimates.give, estimate_id=estimate, way=EstimateWay.PRINTED)
    with pytest.raises(DatabaseError, match=f"append_only_{table}"), at_work(office) as work:
        work.session.execute(text(f"DELETE FROM {table}"))
