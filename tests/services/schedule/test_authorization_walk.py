"""Whatever is done to visits in whatever order, what is left of each authorization is never negative."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.services.command import command, irreversible
from frontdesk.services.registration import authorizations
from frontdesk.services.registration.authorizations import GrantDraft, UnitKind
from frontdesk.services.schedule import authorization_steps, booking, visit_authorizations
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.work import Work
from tests.builders.registration import coverage, danielle
from tests.builders.schedule import at, book, doctor, visit_type
from tests.office import Office

DAYS = [date(2026, 3, 18) + timedelta(days=day) for day in (0, 1, 2, 5, 6)]
TIMES = ("8:00", "8:30", "9:00", "9:30", "10:00", "10:30", "11:00")
STEPS = 40


@command("Charge", permission="billing.enter_charges", undo=irreversible("It is charged."))
def charge(work: Work, *, appointment_id: int, units: int) -> None:
    visit_authorizations.charged(work, appointment_id, {"97110": units})


@command("Uncharge", permission="billing.enter_charges", undo=irreversible("It is not charged."))
def uncharge(work: Work, *, appointment_id: int) -> None:
    visit_authorizations.uncharged(work, appointment_id)


def check(office: Office, visits: list[int]) -> None:
    """What the service says is left equals the sum made anew from the rows, and is not below zero."""
    with office.database.engines.write.connect() as connection:
        naive: dict[int, dict[str, int]] = {}
        for grant_id, state, units in connection.execute(
            text("SELECT grant_id, state, units FROM authorization_use")
        ):
            per = naive.setdefault(grant_id, {"booked": 0, "used": 0, "released": 0})
            per[state] += units
        over = connection.execute(
            text(
                "SELECT count(*) FROM visit_authorization v JOIN authorization_use u ON u.id = v.use_id "
                "JOIN appointment a ON a.id = v.appointment_id "
                "JOIN authorization_grant g ON g.id = u.grant_id WHERE u.state = 'booked' AND ("
                "a.lifecycle IN ('cancelled', 'no_show', 'rescheduled', 'entered_in_error') "
                "OR NOT g.is_active OR u.for_day <> date(a.starts) "
                "OR u.for_day < g.valid_from OR u.for_day > coalesce(g.valid_until, u.for_day))"
            )
        ).scalar_one()
    assert over == 0
    for grant in office.ask(authorizations.grants, patient_id=danielle(office)):
        sums = naive.get(grant.id, {"booked": 0, "used": 0})
        assert (grant.booked, grant.used) == (sums["booked"], sums["used"])
        assert grant.remaining == grant.units - sums["booked"] - sums["used"]
        assert grant.remaining >= 0
    for visit in visits:
        found = office.ask(visit_authorizations.of_visit, appointment_id=visit)
        assert sum(each.units for each in found.held if not each.is_used) <= found.wanted


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_acts_keeps_the_sums(office: Office, seed: int) -> None:
    chance = Random(seed)
    covered = coverage(office, danielle(office))
    scan = visit_type(office, "Therapy", 30, needs_authorization=True)
    lee = doctor(office)
    grants: list[int] = []
    visits: list[int] = []
    undoable: list[int] = []

    def granted() -> None:
        kind = chance.choice(list(UnitKind))
        until = chance.choice([None, *DAYS[1:]])
        draft = GrantDraft(
            covered, f"A-{len(grants)}", chance.randint(1, 5), date(2026, 3, 1), until, counts=kind
        )
        done = office.done(authorization_steps.grant, draft=draft)
        grants.append(done.result.grant_id)
        undoable.append(done.entry_id)

    def slot() -> Slot:
        return Slot(lee, at(chance.choice(TIMES), chance.choice(DAYS)))

    def undo() -> None:
        if undoable:
            office.database.undo(office.actor, undoable.pop(chance.randrange(len(undoable))))

    def kept(act: Any, **arguments: Any) -> None:
        undoable.append(office.done(act, **arguments).entry_id)

    def visit() -> int:
        return chance.choice(visits)

    def booked() -> None:
        visits.append(book(office, slot().starts, visit_type_id=scan))

    acts = (
        (5, booked),
        (3, lambda: kept(booking.cancel, appointment_id=visit(), by=CancelledBy.PATIENT)),
        (3, lambda: kept(booking.move, appointment_id=visit(), to=slot())),
        (2, lambda: kept(booking.restore, appointment_id=visit())),
        (2, lambda: kept(booking.rebook, appointment_id=visit(), slot=slot())),
        (3, lambda: office.do(charge, appointment_id=visit(), units=chance.randint(0, 6))),
        (1, lambda: office.do(uncharge, appointment_id=visit())),
        (4, undo),
        (2, granted),
        (1, lambda: kept(authorization_steps.revoke, grant_id=chance.choice(grants))),
        (
            2,
            lambda: kept(
                authorization_steps.change,
                grant_id=chance.choice(grants),
                units=chance.randint(1, 6),
                valid_until=chance.choice([None, *DAYS]),
            ),
        ),
        (
            2,
            lambda: kept(visit_authorizations.take_units, appointment_id=visit(), units=chance.randint(1, 4)),
        ),
    )
    granted()
    booked()
    done = 0
    for _ in range(STEPS):
        [act] = chance.choices([act for _, act in acts], [weight for weight, _ in acts])
        try:
            act()
            done += 1
        except FrontdeskError:
            pass
        check(office, visits)
    assert done > STEPS // 3
