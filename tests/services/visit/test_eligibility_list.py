"""The worklist: who is on it, in which standing, at a constant number of statements."""

from datetime import date

from frontdesk.services.registration import self_pay, verification_assignments
from frontdesk.services.visit import eligibility_list
from frontdesk.services.visit.eligibility_list import Standing
from tests.builders.eligibility import asked, read, reply
from tests.builders.eligibility_payer import INACTIVE, refuses
from tests.builders.registration import coverage, danielle, patient, verification
from tests.builders.schedule import WEDNESDAY, at, book, walter
from tests.builders.security import user
from tests.builders.visit import statements
from tests.office import Office


def standings(office: Office) -> dict[str, Standing]:
    return {row.patient: row.standing for row in office.ask(eligibility_list.to_verify).rows}


def test_each_coverage_goes_through_its_standings(office: Office) -> None:
    book(office, at("9:00"))
    book(office, at("11:00"))
    coverage_id = coverage(office, danielle(office))
    assert standings(office) == {"Danielle Foster": Standing.DUE}
    question = asked(office, coverage_id, service_on=WEDNESDAY)
    assert standings(office) == {"Danielle Foster": Standing.ASKED}
    office.clock.advance(minutes=1)
    read(office, reply(question, refuses("42", "R")))
    assert standings(office) == {"Danielle Foster": Standing.FAILED}
    office.clock.advance(minutes=1)
    verification(office, coverage_id)
    assert standings(office) == {"Danielle Foster": Standing.GOOD}
    office.clock.advance(minutes=1)
    read(office, reply(asked(office, coverage_id, service_on=WEDNESDAY), INACTIVE, number=2))
    office.clock.advance(minutes=1)
    assert standings(office) == {"Danielle Foster": Standing.INACTIVE}


def test_who_has_none_is_listed_and_who_pays_alone_is_not(office: Office) -> None:
    book(office, at("9:00"), patient_id=walter(office))
    assert standings(office) == {"Walter Harris": Standing.MISSING}
    office.do(
        self_pay.choose, patient_id=walter(office), valid_from=date(2026, 3, 1), reason="Has no insurance"
    )
    assert standings(office) == {}


def test_who_sees_to_it_stands_beside_it_and_can_be_put_back(office: Office) -> None:
    book(office, at("9:00"))
    coverage_id = coverage(office, danielle(office))
    rita = user(office)
    done = office.done(verification_assignments.assign, coverage_ids=(coverage_id,), user_id=rita)
    (row,) = office.ask(eligibility_list.to_verify).rows
    assert row.assignee is not None
    assert row.assignee.name == "Rita Gomez"
    office.database.undo(office.actor, done.entry_id)
    (row,) = office.ask(eligibility_list.to_verify).rows
    assert row.assignee is None


def test_ten_patients_take_no_more_statements_than_one(file_office: Office) -> None:
    office = file_office
    book(office, at("9:00"))
    coverage(office, danielle(office))
    one = statements(office, lambda: office.ask(eligibility_list.to_verify))
    for number in range(9):
        someone = patient(office, "Ann", f"Number{chr(97 + number)}", date(1980, 1, 1 + number))
        coverage(office, someone, member_id=f"NUM{number}")
        book(office, at(f"{1 + number // 4}:{15 * (number % 4):02d}"), patient_id=someone)
    assert len(office.ask(eligibility_list.to_verify).rows) == 10
    assert statements(office, lambda: office.ask(eligibility_list.to_verify)) == one
