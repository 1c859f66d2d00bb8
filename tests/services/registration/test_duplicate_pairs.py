"""The worklist of possible duplicates: where pairs come from, what is decided, and when one comes back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.services.registration import duplicate_pairs, duplicate_sweep, edits, panel, patients, phones
from frontdesk.services.registration.drafts import PhoneDraft
from frontdesk.services.registration.duplicate_pairs import Pair, PairState
from tests.builders.office import site
from tests.builders.registration import draft, patient
from tests.office import Office
from tests.services.registration.test_constraints import PLAIN, around

BORN = date(1961, 5, 30)


@pytest.fixture
def pair(office: Office) -> Pair:
    """Two alike charts, found at the desk."""
    patient(office, "Ruth", "Ashby", BORN, phone="5035550131")
    patient(office, "Ruth", "Ashby", BORN, phone="5035550131")
    (found,) = office.ask(duplicate_pairs.pairs)
    return found


def listed(office: Office, state: PairState = PairState.OPEN) -> list[Pair]:
    return list(office.ask(duplicate_pairs.pairs, states=(state,)))


def look(office: Office) -> int:
    """One pass; how many pairs are new."""
    found = 0
    while True:
        step = office.do(duplicate_sweep.step, portion=3)
        found += step.found
        if not step.left:
            return found


def test_registered_all_the_same_lands_on_the_list(office: Office, pair: Pair) -> None:
    assert (pair.state, pair.is_from_desk, pair.is_certain) == (PairState.OPEN, True, True)
    assert "Same birth date" in pair.reasons
    assert office.ask(duplicate_pairs.counts)["open"] == 1


def test_nobody_alike_lands_on_no_list(office: Office) -> None:
    site(office)
    office.do(patients.register, draft=draft("Ruth", "Ashby", BORN))
    office.do(patients.register, draft=draft("Walter", "Harris", date(1951, 2, 9)), override="Child")
    assert listed(office) == []


def test_two_persons_are_not_offered_again_until_more_speaks_for_it(office: Office, pair: Pair) -> None:
    office.do(duplicate_pairs.not_the_same, pair_id=pair.pair_id, version=pair.version, note="Twins")
    (decided,) = listed(office, PairState.DIFFERENT)
    assert (decided.decided_by, decided.note) == ("Dana Brooks", "Twins")
    assert look(office) == 0
    assert listed(office) == []

    for side in (pair.one, pair.other):  # nothing that speaks for it
        before = office.ask(panel.demographics, patient_id=side.patient_id).details
        after = replace(before, pharmacy="Alder Street Drug")
        office.do(edits.change_details, patient_id=side.patient_id, before=before, after=after)
    assert look(office) == 0
    for side in (pair.one, pair.other):
        before = office.ask(panel.demographics, patient_id=side.patient_id).details
        after = replace(before, email="ruth.ashby@example.com")
        office.do(edits.change_details, patient_id=side.patient_id, before=before, after=after)
    assert look(office) == 1
    (again,) = listed(office)
    assert again.is_again
    assert any("e-mail" in reason for reason in again.reasons)


def test_later_comes_back_by_itself(office: Office, pair: Pair) -> None:
    office.do(duplicate_pairs.later, pair_id=pair.pair_id, version=pair.version)
    assert listed(office) == []
    assert [each.pair_id for each in listed(office, PairState.LATER)] == [pair.pair_id]
    office.clock.advance(days=duplicate_pairs.LATER_DAYS)
    assert [each.pair_id for each in listed(office)] == [pair.pair_id]
    assert listed(office, PairState.LATER) == []


def test_a_decision_goes_back(office: Office, pair: Pair) -> None:
    done = office.done(duplicate_pairs.not_the_same, pair_id=pair.pair_id, version=pair.version)
    office.database.undo(office.actor, done.entry_id)
    (back,) = listed(office)
    assert (back.decided_at, back.note) == (None, "")


def test_the_later_desk_is_told(office: Office, pair: Pair) -> None:
    office.do(duplicate_pairs.later, pair_id=pair.pair_id, version=pair.version)
    with pytest.raises(Conflict):
        office.do(duplicate_pairs.not_the_same, pair_id=pair.pair_id, version=pair.version)


@pytest.mark.parametrize("act", [duplicate_pairs.not_the_same, duplicate_pairs.later])
def test_a_note_too_long_is_refused(office: Office, pair: Pair, act: Callable[..., object]) -> None:
    with pytest.raises(Refused) as refused:
        office.database.do(office.actor, act, pair_id=pair.pair_id, version=pair.version, note="x" * 201)
    assert refused.value.findings[0].field == "note"


def test_a_look_through_all_finds_what_the_desk_did_not(office: Office) -> None:
    one = patient(office, "Ida", "Marsh", date(1950, 2, 10), phone="5035550177")
    other = patient(office, "Walter", "Harris", date(1951, 2, 9))
    assert look(office) == 0
    assert office.ask(duplicate_sweep.state).left == 0
    before = office.ask(panel.demographics, patient_id=other).identity
    named = replace(before, legal_first="Ida", legal_last="Marsh", born_on=date(1950, 10, 2))
    office.do(edits.change_identity, patient_id=other, before=before, after=named)
    office.do(phones.change, patient_id=other, before=(), after=(PhoneDraft("5035550177"),))
    assert office.ask(duplicate_sweep.state).left == 1
    assert look(office) == 1
    (pair,) = listed(office)
    assert {pair.one.patient_id, pair.other.patient_id} == {one, other}
    assert not pair.is_from_desk


def test_a_pass_that_was_stopped_goes_on_where_it_was(office: Office) -> None:
    for day in range(1, 6):
        patient(office, "Ida", "Marsh", date(1950, 2, day), phone=f"503555017{day}")
    first = office.do(duplicate_sweep.step, portion=2)
    assert (first.looked_at, first.left) == (2, 3)
    assert office.ask(duplicate_sweep.state).finished_at is None
    second = office.do(duplicate_sweep.step, portion=10)
    assert (second.sweep_id, second.looked_at, second.left) == (first.sweep_id, 3, 0)
    assert office.ask(duplicate_sweep.state).finished_at is not None


def test_a_pair_that_somebody_noticed_waits_whatever_it_scores(office: Office) -> None:
    one = patient(office, "Ida", "Marsh", date(1950, 2, 10))
    other = patient(office, "Walter", "Harris", date(1951, 2, 9))
    office.do(duplicate_pairs.suspect, one_id=other, other_id=one)
    (pair,) = listed(office)
    assert pair.reasons[0] == "Noticed by Dana Brooks"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE duplicate_pair SET one_id = other_id, other_id = one_id",
        "UPDATE duplicate_pair SET state = 'different'",
        "UPDATE duplicate_pair SET state = 'later', decided_at = found_at",
        "UPDATE duplicate_pair SET later_on = '2026-04-01'",
    ],
)
def test_a_pair_that_cannot_be_true_is_refused(office: Office, pair: Pair, statement: str) -> None:
    assert pair.state is PairState.OPEN
    assert around(office, statement) == PLAIN
