"""Chains: the best of at most three steps, against trying everything; and the plan that the desk reads."""

from datetime import UTC, datetime
from itertools import permutations
from random import Random

import pytest

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.services.schedule import booking, chain_plan, waitlist, waitlist_holes, waitlist_offers
from frontdesk.services.schedule.chain import MOST_STEPS, Step, best_chain, score
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.waitlist import Hole
from frontdesk.services.schedule.waitlist_fit import Fit, Gap, Waiting
from frontdesk.services.schedule.waitlist_offers import NextStep
from frontdesk.services.schedule.words import Urgency
from tests.builders.registration import danielle, patient
from tests.builders.schedule import TODAY, at, book, doctor, walter
from tests.builders.waitlist import waits
from tests.office import Office

LEE = 1


def _random_case(chance: Random) -> tuple[Gap, list[Waiting], dict[tuple[int, int], bool]]:
    starts = chance.randrange(0, 3) * DAY + 600
    several = []
    for number in range(chance.randrange(1, 7)):
        own = starts + chance.randrange(1, 20) * DAY if chance.random() < 0.6 else None
        minutes = chance.choice((15, 30, 45))
        several.append(
            Waiting(
                entry_id=number,
                patient_id=chance.randrange(100, 105),
                urgency=chance.choice(list(Urgency)),
                since=datetime(2026, 3, chance.randrange(1, 17), tzinfo=UTC),
                minutes=minutes,
                phases=(),
                opens_blocks=(),
                new_from=None,
                own_starts=own,
                own_ends=own + minutes if own is not None else None,
                own_provider_id=LEE if own is not None else None,
                own_appointment_id=number + 1000 if own is not None else None,
            )
        )
    gaps = [starts, *(each.own_starts for each in several if each.own_starts is not None)]
    fits = {(each.entry_id, gap): chance.random() < 0.6 for each in several for gap in gaps}
    return Gap(LEE, starts, starts + chance.choice((15, 30, 45))), several, fits


@pytest.mark.parametrize("seed", range(60))
def test_the_chain_is_as_good_as_the_best_of_all(seed: int) -> None:
    gap, several, allowed = _random_case(Random(seed))

    def fits(who: Waiting, into: Gap, moved: tuple[Waiting, ...]) -> Fit | None:
        is_earlier = who.own_starts is None or into.starts < who.own_starts
        long_enough = who.minutes <= into.ends - into.starts
        if not (allowed[who.entry_id, into.starts] and is_earlier and long_enough):
            return None
        return Fit(into.provider_id, into.starts, None)

    every = []
    for length in range(1, MOST_STEPS + 1):
        for order in permutations(several, length):
            here: Gap = gap
            steps: list[Step] = []
            for who in order:
                fit = fits(who, here, ())
                is_again = who.patient_id in {step.waiting.patient_id for step in steps}
                if fit is None or is_again:
                    break
                steps.append(Step(who, fit))
                freed = steps[-1].frees
                if freed is None and who is not order[-1]:
                    break
                here = freed or here
            else:
                every.append(steps)

    found = best_chain(gap, several, fits)
    assert bool(found) == bool(every)
    if every:
        assert score(found) == max(score(steps) for steps in every)


def three_in_a_row(office: Office) -> tuple[Hole, list[int], list[int]]:
    """Today at 2:00 is canceled; Danielle has Wednesday, Walter Thursday, Ann none."""
    lee = doctor(office)
    visit = book(office, at("2:00", TODAY), patient_id=patient(office, "Zoe", "Quinn"))
    for hour in ("11:00", "1:00", "3:00"):
        book(office, at(hour, TODAY), patient_id=patient(office, "Full", "House"), minutes=60)
    first = book(office, "9:00")
    second = book(office, at("9:00", TODAY.replace(day=19)), patient_id=walter(office))
    ann = patient(office, "Ann", "Grant")
    entries = [
        waits(office, appointment_id=first, urgency=Urgency.THIS_WEEK, provider_ids=(lee,)),
        waits(office, patient_id=walter(office), appointment_id=second, provider_ids=(lee,)),
        waits(office, patient_id=ann, provider_ids=(lee,)),
    ]
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    return Hole(lee, at("2:00", TODAY), at("2:15", TODAY)), entries, [first, second]


def test_a_plan_of_three_calls_says_who_moves_where(file_office: Office) -> None:
    hole, entries, _ = three_in_a_row(file_office)
    plan = file_office.ask(chain_plan.plan_for, hole=hole)

    assert [step.entry.id for step in plan.steps] == entries
    assert [step.fit.slot.starts for step in plan.steps] == [
        at("2:00", TODAY),
        at("9:00"),
        at("9:00", TODAY.replace(day=19)),
    ]
    assert plan.says == "3 calls, 45 min filled, 2 days gained"
    assert plan.steps[0].say.startswith(
        "Your visit tomorrow at 9:00 AM could be earlier: with Dr. Lee, today at 2:00 PM. Your old time stays"
    )


def test_the_calls_one_after_another_fill_everything(file_office: Office) -> None:
    """Each yes keeps the freed time for the next; nobody loses a place before the new one is theirs."""
    hole, _, visits_before = three_in_a_row(file_office)
    plan = file_office.ask(chain_plan.plan_for, hole=hole)
    first, second, third = plan.steps
    offer = file_office.do(waitlist_offers.offer, entry_id=first.entry.id, slot=first.fit.slot)
    assert first.frees is not None
    following = file_office.ask(chain_plan.plan_for, hole=first.frees)
    assert [step.entry.id for step in following.steps] == [second.entry.id, third.entry.id]

    for step in (second, third):
        made = file_office.do(
            waitlist_offers.accept, offer_id=offer, then=NextStep(step.entry.id, step.fit.slot)
        )
        assert made.next_offer_id is not None
        offer = made.next_offer_id
    made = file_office.do(waitlist_offers.accept, offer_id=offer)
    assert file_office.ask(waitlist.entries) == ()
    assert made.appointment_id not in visits_before


def test_a_no_leaves_what_was_done_standing(file_office: Office) -> None:
    hole, entries, (first_visit, _) = three_in_a_row(file_office)
    first, second, _third = file_office.ask(chain_plan.plan_for, hole=hole).steps
    made = file_office.do(
        waitlist_offers.accept,
        offer_id=file_office.do(waitlist_offers.offer, entry_id=first.entry.id, slot=first.fit.slot),
        then=NextStep(second.entry.id, second.fit.slot),
    )
    assert made.next_offer_id is not None
    file_office.do(waitlist_offers.decline, offer_id=made.next_offer_id)

    assert made.appointment_id == first_visit
    assert [each.id for each in file_office.ask(waitlist.entries)] == entries[1:]
    assert first.frees is not None
    again = file_office.ask(
        chain_plan.plan_for,
        hole=Hole(first.frees.provider_id, first.frees.starts, first.frees.ends),
        without=(second.entry.id,),
    )
    assert [step.entry.id for step in again.steps] == entries[2:]


def test_holes_are_what_was_given_up_and_is_still_free(file_office: Office) -> None:
    three_in_a_row(file_office)
    moved = book(file_office, "2:00", patient_id=danielle(file_office))
    file_office.do(booking.move, appointment_id=moved, to=Slot(doctor(file_office), at("3:00")))
    found = file_office.ask(waitlist_holes.holes)
    assert [(line.words, line.why, line.fitting, line.first) for line in found] == [
        ("Lee 2:00, 15 min", "canceled", 3, "Foster, Danielle"),
        ("Lee Wed 2:00, 15 min", "moved away", 2, "Harris, Walter"),
    ]
    book(file_office, at("2:00", TODAY), patient_id=patient(file_office, "Eve", "Lund"))
    assert [line.why for line in file_office.ask(waitlist_holes.holes)] == ["moved away"]


def test_the_next_times_of_one_who_waits(file_office: Office) -> None:
    entry = waits(file_office, provider_ids=(doctor(file_office),))
    fits = file_office.ask(waitlist.fits_of, entry_id=entry)
    assert [fit.words for fit in fits[:3]] == [
        "Fits Lee 10:45, open",
        "Fits Lee Wed 8:00, open",
        "Fits Lee Thu 8:00, open",
    ]
