"""Two charts of one person: prepared by one, approved by another, apart again weeks later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models import every_table
from frontdesk.models.base import Base
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.services.billing import balances
from frontdesk.services.registration import (
    accounts,
    coverages,
    duplicate_pairs,
    edits,
    merged,
    panel,
    patients,
    search,
)
from frontdesk.services.registration.drafts import GuarantorDraft
from frontdesk.services.registration.duplicate_pairs import PairState
from frontdesk.services.visit import merge_columns, merge_fields, merge_rules, merging, unmerging
from frontdesk.services.visit.merge_fields import Outcome
from frontdesk.services.visit.merge_plan import MergeDraft, Side
from tests.builders.billing import charged, paid, visit
from tests.builders.merging import SAME, apart, approved, prepared
from tests.builders.merging import merged as merge_of
from tests.builders.registration import coverage, draft, patient
from tests.office import DANA, Office

BORN = date(1961, 5, 30)


def refused(office: Office, act: Callable[..., object], **arguments: object) -> dict[str, str]:
    """What is said no with, by field. Any command: the arguments are named."""
    with pytest.raises(Refused) as said:
        office.database.do(office.actor, act, **arguments)
    return {finding.field: finding.message for finding in said.value.findings}


@pytest.fixture
def charts(office: Office) -> tuple[int, int]:
    """Ruth Ashby twice; the second time under her maiden name, with what the first lacks."""
    one = patient(office, "Ruth", "Ashby", BORN, phone="5035550131")
    other = office.do(
        patients.register,
        draft=replace(
            draft("Ruth", "Coleman", BORN, phone="5035550131", preferred="Ruthie"),
            details=replace(draft().details, email="ruth@example.com", employer="Alder Mill"),
        ),
        override="No such name on file",
    )
    return one, other


def test_a_merge_fills_blanks_keeps_the_other_name_and_finds_both_numbers(
    office: Office, charts: tuple[int, int]
) -> None:
    stays, goes = charts
    shown = office.ask(merging.preview, draft=MergeDraft(stays, goes))
    outcomes = {line.name: (line.outcome, line.result) for line in shown.fields}
    assert outcomes["legal_last"] == (Outcome.KEPT, "Ashby")
    assert outcomes["former_last_name"] == (Outcome.ADDED, "Coleman")
    assert outcomes["email"] == (Outcome.FILLED, "ruth@example.com")
    assert outcomes["preferred_name"] == (Outcome.FILLED, "Ruthie")
    assert [each.sentence for each in shown.collisions] == [
        "Both charts have the phone (503) 555-0131.",
        "Both charts have an account: A-00001 and A-00002.",
    ]

    merge_of(office, stays, goes)
    kept = office.ask(panel.demographics, patient_id=stays)
    assert kept.details.email == "ruth@example.com"
    assert kept.identity.former_last_name == "Coleman"
    for typed in (shown.goes.chart_number, shown.stays.chart_number, "coleman ruth", "ruthie ashby"):
        found = office.ask(search.search, typed=typed).patients
        assert [each.patient_id for each in found] == [stays], typed


def test_a_field_can_be_taken_over(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    merge_of(office, stays, goes, take=("legal_last",))
    kept = office.ask(panel.demographics, patient_id=stays).identity
    assert (kept.legal_last, kept.former_last_name) == ("Coleman", "Ashby")


def test_an_old_link_leads_to_the_chart_that_stands(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    assert office.ask(merged.leads_to, patient_id=goes) is None
    merge_of(office, stays, goes)
    leads = office.ask(merged.leads_to, patient_id=goes)
    assert leads is not None
    assert leads.patient_id == stays
    assert leads.sentence == (
        "Chart HP-00002 was merged into HP-00001 on 3/17/2026 by Maria Santos. This is that chart."
    )
    third = patient(office, "Ruth", "Ashby", BORN)
    merge_of(office, third, stays)
    through = office.ask(merged.leads_to, patient_id=goes)
    assert through is not None
    assert through.patient_id == third


def test_two_persons_make_a_merge(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    assert refused(office, merging.prepare, draft=MergeDraft(stays, goes)) == {
        "reason": "Enter why these two are one person, such as what they showed."
    }
    merge_id = prepared(office, stays, goes)
    seen = office.ask(merging.merge, merge_id=merge_id)
    assert (seen.is_mine, seen.may_approve) == (True, False)
    assert refused(office, merging.approve, merge_id=merge_id, version=seen.version) == {
        "": "You prepared this merge yourself. A second person with the right to merge approves it."
    }
    assert refused(office, merging.prepare, draft=MergeDraft(goes, stays, SAME)) == {
        "": "A merge of one of these charts waits for approval, prepared by Dana Brooks. "
        "Approve or withdraw that one first."
    }
    approved(office, merge_id)
    with pytest.raises(Conflict):
        approved(office, merge_id)
    assert refused(office, merging.prepare, draft=MergeDraft(stays, goes, SAME)) == {
        "goes_id": "Chart HP-00002 was merged into another already. Choose that one."
    }
    assert refused(office, merging.prepare, draft=MergeDraft(stays, stays, SAME)) == {
        "goes_id": "This is one and the same chart. Choose another to merge with."
    }


def test_an_office_of_one_may_do_without_a_second_person(office: Office, charts: tuple[int, int]) -> None:
    office.do(merge_rules.set_two_persons, needs_two=False)
    merge_id = prepared(office, *charts)
    version = office.ask(merging.merge, merge_id=merge_id).version
    office.do(merging.approve, merge_id=merge_id, version=version)
    assert office.ask(merging.merge, merge_id=merge_id).merged_by == DANA.name


def test_what_was_withdrawn_is_not_approved(office: Office, charts: tuple[int, int]) -> None:
    merge_id = prepared(office, *charts)
    office.do(merging.withdraw, merge_id=merge_id, reason="The other way round")
    with pytest.raises(Conflict):
        approved(office, merge_id)


def test_two_cards_in_one_place_get_an_order(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    coverage(office, stays, member_id="ASH1")
    coverage(office, stays, rank=2, member_id="ASH2")
    coverage(office, goes, member_id="COL1")
    coverage(office, goes, rank=2, member_id="ASH2")
    shown = office.ask(merging.preview, draft=MergeDraft(stays, goes))
    assert [each.choice for each in shown.collisions] == ["", "coverage_first", "", ""]
    merge_of(office, stays, goes, coverage_first=Side.GOES)
    ranked = [(line.rank, line.member_id) for line in office.ask(coverages.coverages, patient_id=stays)]
    assert sorted(ranked) == [(1, "COL1"), (2, "ASH2"), (3, "ASH1")]


def test_money_of_both_is_one_account_and_can_be_paid(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    (mine,) = charged(office, stays)
    (theirs,) = charged(office, goes)
    before = office.ask(balances.receivable)
    both = sum(office.ask(balances.of_patient, patient_id=each).total_cents for each in charts)
    merge_id = merge_of(office, stays, goes)
    assert office.ask(balances.receivable) == before
    assert office.ask(balances.of_patient, patient_id=stays).total_cents == both
    account = office.ask(accounts.account_of, patient_id=stays)
    assert account is not None
    assert office.ask(balances.of_account, account_id=account.id).total_cents == both
    paid(office, stays, 5000, line=theirs)

    apart(office, merge_id)
    assert office.ask(balances.receivable) == before - 5000
    assert office.ask(balances.of_patient, patient_id=goes).total_cents == both - 13000 - 5000
    again = office.ask(accounts.account_of, patient_id=goes)
    assert again is not None
    assert again.id != account.id
    assert mine != theirs


def test_a_family_goes_with_the_account_of_its_guarantor(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    child = patient(office, "Ellis", "Ashby", date(2019, 8, 21), guarantor=GuarantorDraft(goes))
    charged(office, child)
    charged(office, stays)
    family = account_id(office, child)
    assert family == account_id(office, goes) != account_id(office, stays)
    merge_id = merge_of(office, stays, goes)
    together = account_id(office, stays)
    assert account_id(office, child) == together
    assert office.ask(balances.of_account, account_id=together).total_cents == 26000
    assert office.ask(balances.of_account, account_id=family).total_cents == 0

    office.clock.advance(days=14)
    since = visit(office, child, datetime(2026, 3, 31, 14))
    charged(office, child, appointment_id=since)
    assert office.ask(balances.of_account, account_id=together).total_cents == 39000
    apart(office, merge_id)
    assert account_id(office, child) == family
    assert office.ask(balances.of_account, account_id=together).total_cents == 13000
    assert office.ask(balances.of_account, account_id=family).total_cents == 26000


def test_what_was_paid_since_goes_with_its_visit(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    coverage(office, goes)
    theirs = visit(office, goes)
    merge_id = merge_of(office, stays, goes)
    office.clock.advance(days=14)
    taken = paid(office, stays, 3000, copay_of=theirs)
    paid(office, stays, 1000)
    shown = office.ask(unmerging.preview, merge_id=merge_id)
    said = {each.row_id: (each.goes, each.can_choose, each.because) for each in shown.since}
    assert said[taken.receipt_id] == (True, False, "Goes with its visit.")
    before = office.ask(balances.receivable)
    apart(office, merge_id)
    assert office.ask(balances.receivable) == before
    assert office.ask(balances.of_patient, patient_id=goes).credit_cents == 3000
    assert office.ask(balances.of_patient, patient_id=stays).credit_cents == 1000
    assert office.ask(balances.of_account, account_id=account_id(office, goes)).credit_cents == 3000
    assert office.ask(balances.of_account, account_id=account_id(office, stays)).credit_cents == 1000


def test_the_history_of_the_chart_that_stays_includes_the_others(
    office: Office, charts: tuple[int, int]
) -> None:
    stays, goes = charts
    before = office.ask(panel.demographics, patient_id=goes)
    office.do(
        edits.change_details,
        patient_id=goes,
        before=before.details,
        after=replace(before.details, pharmacy="Alder Street Drug"),
    )
    merge_of(office, stays, goes)
    assert office.ask(merged.chart_ids, patient_id=stays) == (stays, goes)


def test_what_happened_since_is_sorted_and_field_edits_stay(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    theirs = visit(office, goes)
    merge_id = merge_of(office, stays, goes)
    office.clock.advance(days=21)
    since = visit(office, stays, datetime(2026, 4, 8, 9))
    other = visit(office, stays, datetime(2026, 4, 8, 10))
    before = office.ask(panel.demographics, patient_id=stays)
    office.do(
        edits.change_details,
        patient_id=stays,
        before=before.details,
        after=replace(before.details, email="new@example.com"),
    )

    shown = office.ask(unmerging.preview, merge_id=merge_id)
    assert {(each.kind, each.row_id, each.goes, each.can_choose) for each in shown.since} >= {
        ("Visit", since, False, True),
        ("Visit", other, False, True),
    }
    assert {(field.label, field.changed_since) for field in shown.fields} == {
        ("E-mail", True),
        ("Employer", False),
        ("Former last name", False),
        ("Preferred name", False),
    }
    assert refused(
        office, unmerging.take_apart, merge_id=merge_id, reason=" ", goes=(), are_different=True
    ) == {"reason": "Enter why the charts are taken apart."}
    apart(office, merge_id, ("appointment", since))

    rows = _appointments(office)
    assert (rows[theirs], rows[since], rows[other]) == (goes, goes, stays)
    details = office.ask(panel.demographics, patient_id=stays).details
    assert (details.email, details.employer) == ("new@example.com", "")
    found = office.ask(search.search, typed="coleman ruth").patients
    assert [each.patient_id for each in found] == [goes]
    with pytest.raises(Conflict):
        apart(office, merge_id)


def test_the_later_merge_comes_off_first(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    first = merge_of(office, stays, goes)
    third = patient(office, "Ruth", "Ashby", BORN)
    office.clock.advance(minutes=1)
    second = merge_of(office, third, stays)
    assert refused(
        office, unmerging.take_apart, merge_id=first, reason="Two", goes=(), are_different=True
    ) == {"": "This chart was merged with chart HP-00003 later. Take that merge apart first."}
    apart(office, second)
    apart(office, first)
    with office.database.engines.read.connect() as connection:
        states = set(connection.scalars(select(Patient.status)))
    assert states == {PatientStatus.ACTIVE}


def test_the_pair_follows_the_merge(office: Office, charts: tuple[int, int]) -> None:
    (pair,) = office.ask(duplicate_pairs.pairs)
    assert {pair.one.patient_id, pair.other.patient_id} == set(charts)
    merge_id = merge_of(office, *charts)
    assert office.ask(duplicate_pairs.pairs) == ()
    apart(office, merge_id)
    (pair,) = office.ask(duplicate_pairs.pairs, states=(PairState.DIFFERENT,))
    assert pair.decided_by == DANA.name


def test_a_restricted_chart_stays_restricted(office: Office, charts: tuple[int, int]) -> None:
    stays, goes = charts
    office.do(patients.restrict, patient_id=goes, restricted=True)
    office.actor = replace(DANA, permissions=frozenset({"registration.view", "registration.prepare_merge"}))
    assert refused(office, merging.prepare, draft=MergeDraft(stays, goes, SAME)) == {
        "": "One of these charts is restricted. Somebody with the right to open it merges them."
    }
    office.actor = DANA
    merge_of(office, stays, goes)
    assert office.ask(panel.identity, patient_id=stays).is_restricted


def test_every_column_that_points_at_a_patient_is_moved_or_named() -> None:
    pointing = {
        (table.name, column.name)
        for table in every_table()
        for column in table.columns
        if any(key.target_fullname == "patient.id" for key in column.foreign_keys)
    }
    moved = {(each.of, each.name) for each in merge_columns.pointers(merge_columns.PATIENT)}
    named = {pair for pair in pointing if pair[0] in merge_columns.DERIVED | merge_columns.RECORDS}
    assert pointing == moved | named | merge_columns.CHAIN
    assert all("id" in each.table.c for each in merge_columns.pointers(merge_columns.PATIENT))
    assert {"legal_last", "email", "born_on"} <= set(merge_fields.fields())


def account_id(office: Office, patient_id: int) -> int:
    found = office.ask(accounts.account_of, patient_id=patient_id)
    assert found is not None
    return found.id


def _appointments(office: Office) -> dict[int, int]:
    table = Base.metadata.tables["appointment"]
    with office.database.engines.read.connect() as connection:
        return {row.id: row.patient_id for row in connection.execute(select(table.c.id, table.c.patient_id))}
