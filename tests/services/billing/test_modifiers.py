"""Modifiers by their day: what is found, what a superbill and a claim refuse; the tables are whole."""

from datetime import date

from frontdesk.formats.code_lists import CodeList, ListedCode
from frontdesk.models.billing.code_lists import ReleasedSet
from frontdesk.services.billing import claim_outlook, code_rows, modifier_facts, modifiers, superbills
from frontdesk.services.billing.code_ranges import is_written_well
from frontdesk.services.billing.code_releases import ReleaseDraft
from frontdesk.services.billing.sheet import Sheet, Ticked
from tests.builders.billing import MIGRAINE, TODAY, at_work, code_lists, visit
from tests.builders.codes import loaded
from tests.builders.office import provider
from tests.builders.registration import coverage, danielle
from tests.office import Office
from tests.refusal import refusal


def _bill(office: Office) -> int:
    patient = danielle(office)
    coverage(office, patient)
    code_lists(office)
    return office.do(superbills.issue, appointment_id=visit(office, patient))


def _visit_with(*modifiers: str) -> Sheet:
    return Sheet((MIGRAINE,), (Ticked("99213", modifiers=modifiers),))


def test_a_superbill_refuses_what_is_no_modifier_or_has_ended(office: Office) -> None:
    bill = _bill(office)
    left = ListedCode(2, "CS", "Cost sharing waived", last_on=date(2023, 5, 11), is_modifier=True)
    later = ListedCode(3, "Z8", "Made up", is_modifier=True)
    rows = (ListedCode(1, "A0001", "Tray"), left, later)
    on = date(2023, 1, 1)
    for day, some in ((on, rows[:2]), (date(2026, 7, 1), (rows[0], left, later))):
        packed = code_rows.packed(CodeList("Made up", some))
        loaded(office, ReleaseDraft(ReleasedSet.HCPCS, f"{day}", day, packed))
    with refusal("Line 1: Z9 is not a modifier. Check the spelling."):
        office.do(superbills.enter, superbill_id=bill, sheet=_visit_with("25", "Z9"))
    with refusal("Line 1: Modifier CS ended on 05/11/2023. Take it off, or use the one of that day."):
        office.do(superbills.enter, superbill_id=bill, sheet=_visit_with("CS"))
    with refusal("Line 1: Modifier Z8 is not valid before 07/01/2026."):
        office.do(superbills.enter, superbill_id=bill, sheet=_visit_with("Z8"))
    with refusal("Line 1: a modifier is there twice."):
        office.do(superbills.enter, superbill_id=bill, sheet=_visit_with("25", "25"))
    office.do(superbills.enter, superbill_id=bill, sheet=_visit_with("25", "KX"))


def test_charge_entry_says_beforehand_which_modifiers_do_not_go(office: Office) -> None:
    bill, sheet = _bill(office), _visit_with("LT", "RT", "E1", "Z9")
    said = office.ask(claim_outlook.at_entry, superbill_id=bill, sheet=sheet).words
    assert "Line 1: modifier Z9 is not valid on 03/17/2026." in said
    assert "Line 1: modifier E1 is not for visits such as 99213." in said
    assert "Line 1: modifiers LT and RT contradict each other." in said


def test_modifiers_are_found_by_code_and_by_words_where_they_may_be(office: Office) -> None:
    code_lists(office)

    def found(typed: str, code: str = "") -> list[str]:
        return [each.code for each in office.ask(modifiers.find, typed=typed, on=TODAY, code=code)]

    assert found("2") == ["22", "23", "24", "25", "26", "27", "2P"]
    assert found("2", "99213") == ["22", "23", "24", "25", "27", "2P"]
    assert found("rt") == ["RT"]
    assert found("left eye") == ["E1", "E2"]
    assert found("left foot", "28285") == ["T1", "T2", "T3", "T4", "TA"]
    assert found("left hand", "28285") == []
    assert found("right")[0] == "RT"
    assert found("zz") == []


def test_what_the_provider_had_with_the_code_goes_first(office: Office) -> None:
    bill = _bill(office)

    def found() -> list[str]:
        doctor = provider(office)
        rows = office.ask(modifiers.find, typed="", on=TODAY, code="99213", provider_id=doctor)
        return [each.code for each in rows]

    assert "KX" not in found()
    office.do(superbills.enter, superbill_id=bill, sheet=_visit_with("25", "KX"))
    assert found()[:2] == ["25", "KX"]


def test_an_ambulance_says_its_way(office: Office) -> None:
    code_lists(office)
    with at_work(office) as work:
        assert modifiers.problems(work, ("RH", "QN"), "A0428", TODAY) == ()
        assert modifiers.problems(work, ("RH",), "99213", TODAY) == (
            "RH is not a modifier. Check the spelling.",
        )


def test_an_office_without_lists_is_not_held_up(office: Office) -> None:
    with at_work(office) as work:
        assert modifiers.problems(work, ("Z9",), "99213", TODAY) == ()


def test_the_tables_name_known_modifiers_and_whole_codes(office: Office) -> None:
    code_lists(office)
    named = {each for rule in modifier_facts.pairs() for each in (*rule.these, *rule.with_these)}
    named |= {each for fit in modifier_facts.fits() for each in fit.modifiers}
    with at_work(office) as work:
        assert modifiers.problems(work, sorted(named), "99213", TODAY) == ()
    assert all(is_written_well(fit.codes) for fit in modifier_facts.fits())
    assert all(row.why and row.source for row in modifier_facts.pairs())
