"""The codes that a kind of visit usually comes to: set up with it, offered first on its superbill."""

from frontdesk.services.billing import entering, expected_codes, superbills
from frontdesk.services.schedule import visit_types
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from tests.builders.billing import code_lists, visit
from tests.builders.registration import danielle
from tests.office import Office
from tests.refusal import refusal


def test_a_type_is_set_up_with_its_codes(office: Office) -> None:
    code_lists(office)
    made = office.do(
        expected_codes.set_up,
        visit_type_id=None,
        draft=VisitTypeDraft("ECG visit", 15),
        expected=("93000", " 99213 ", "93000", ""),
    )
    assert office.ask(expected_codes.expected, visit_type_id=made.visit_type_id) == ("93000", "99213")
    changed = office.do(
        expected_codes.set_up,
        visit_type_id=made.visit_type_id,
        draft=VisitTypeDraft("ECG", 20),
        expected=("99213",),
    )
    assert changed.former == VisitTypeDraft("ECG visit", 15)
    assert changed.former_codes == ("93000", "99213")
    assert office.ask(expected_codes.expected, visit_type_id=made.visit_type_id) == ("99213",)
    assert [each.minutes for each in office.ask(visit_types.visit_types) if each.name == "ECG"] == [20]


def test_a_code_that_is_not_the_offices_is_refused_with_all_else(office: Office) -> None:
    code_lists(office)
    both = "Give the visit type a name. 12345 is not among the office's codes. Add or import it first."
    with refusal(both):
        office.do(
            expected_codes.set_up, visit_type_id=None, draft=VisitTypeDraft("", 15), expected=("12345",)
        )
    with refusal("A visit type has at most 12 expected codes."):
        office.do(
            expected_codes.set_up,
            visit_type_id=None,
            draft=VisitTypeDraft("Scan", 15),
            expected=tuple(f"{number}" for number in range(10000, 10013)),
        )
    assert all(each.name != "Scan" for each in office.ask(visit_types.visit_types))


def test_they_stand_first_on_the_superbill(office: Office) -> None:
    code_lists(office)
    appointment = visit(office, danielle(office))
    bill = office.do(superbills.issue, appointment_id=appointment)
    before = [each.code for each in office.ask(entering.usual, superbill_id=bill)]
    office.do(
        expected_codes.set_up,
        visit_type_id=office.made["visit_type"],
        draft=VisitTypeDraft("Follow-up of half an hour", 30),
        expected=(before[-1],),
    )
    after = [each.code for each in office.ask(entering.usual, superbill_id=bill)]
    assert after == [before[-1], *before[:-1]]
