"""Every command about duplicates and merges, once."""

from datetime import date

from frontdesk.services.registration import duplicate_pairs, duplicate_sweep
from frontdesk.services.visit import merge_rules, merging
from frontdesk.services.visit.merge_plan import MergeDraft
from tests.builders.merging import SAME, apart, merged, prepared
from tests.builders.registration import coverage, patient
from tests.office import Office

BORN = date(1961, 5, 30)


def run(office: Office) -> None:
    """Find a pair, decide on it in each way, merge two charts for good and two for a while."""
    one = patient(office, "Ruth", "Ashby", BORN, phone="5035550131")
    other = patient(office, "Ruth", "Ashby", BORN, phone="5035550131")
    coverage(office, one, member_id="ASH610530")
    coverage(office, other, member_id="ASH610531")
    office.do(duplicate_sweep.step)
    pair = next(
        each
        for each in office.ask(duplicate_pairs.pairs)
        if {each.one.patient_id, each.other.patient_id} == {one, other}
    )
    office.do(duplicate_pairs.later, pair_id=pair.pair_id, version=pair.version)
    office.do(duplicate_pairs.reopen, pair_id=pair.pair_id, version=pair.version + 1)
    different = office.done(
        duplicate_pairs.not_the_same, pair_id=pair.pair_id, version=pair.version + 2, note="Twins"
    )
    office.do(duplicate_pairs.put_back, before=different.result)
    office.do(duplicate_pairs.suspect, one_id=one, other_id=other)
    withdrawn = office.do(merging.prepare, draft=MergeDraft(one, other, SAME))
    office.do(merging.withdraw, merge_id=withdrawn, reason="The other way round")
    for needs_two in (False, True):
        office.do(merge_rules.set_two_persons, needs_two=needs_two)
    apart(office, merged(office, one, other), are_different=False)
    merged(office, one, other)
    third = patient(office, "Lena", "Ashby", date(1990, 1, 8))
    prepared(office, patient(office, "Helena", "Ashby", date(1990, 8, 1)), third)
