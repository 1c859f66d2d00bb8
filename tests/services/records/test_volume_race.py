"""Two desks at the same instant, and many moves one after another: one volume, one place, one log."""

from collections.abc import Callable
from threading import Barrier, Thread

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.records.volume import Place
from frontdesk.services.database import Database
from frontdesk.services.records import movements, volumes
from frontdesk.services.records.movements import Holder
from tests.builders.office import provider
from tests.builders.paper import volume
from tests.builders.registration import patient
from tests.office import Office

ROUNDS = 6
KIM = Holder(Place.PERSON, words="Kim")


def test_two_desks_take_the_same_volume(office: Office, another: Callable[[], Database]) -> None:
    walter, lee = patient(office, "Walter", "Harris"), provider(office)
    one = volume(office, walter)
    desks = ((office.database, Holder(Place.DESK, provider_id=lee)), (another(), KIM))
    told: list[str] = []
    for _ in range(ROUNDS):
        version = office.ask(volumes.volume, volume_id=one).version
        start = Barrier(2)

        def take(database: Database, to: Holder, version: int = version, start: Barrier = start) -> None:
            start.wait()
            try:
                database.do(office.actor, movements.check_out, volume_id=one, to=to, version=version)
            except Conflict as conflict:
                told.append(str(conflict))

        threads = [Thread(target=take, args=desk) for desk in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        office.do(movements.refile, volume_id=one)
    assert len(told) == ROUNDS
    assert {sentence.split(": ")[1] for sentence in told} <= {
        "it is at Dr. Lee's desk. Nothing of yours was saved.",
        "it is with Kim. Nothing of yours was saved.",
    }
    assert len(office.ask(movements.log, volume_id=one)) == 2 * ROUNDS


ACTS = ("out", "hand", "back", "refile", "missing", "found", "undo")


@given(acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=14))
@settings(max_examples=12)
def test_whatever_happens_a_volume_goes_back_to_its_shelf_by_undo(
    file_office: Office, acts: list[str]
) -> None:
    """Each undo gives the place before; in the end it stands where it was opened."""
    office = file_office
    one = volume(office, patient(office, "Ada", f"Winters{'x' * (len(office.made) % 9)}"))
    done: list[tuple[int, str]] = []
    for act in acts:
        before = office.ask(volumes.volume, volume_id=one).where
        try:
            if act == "undo":
                if done:
                    entry, where = done.pop()
                    office.database.undo(office.actor, entry)
                    assert office.ask(volumes.volume, volume_id=one).where == where
                continue
            done.append((_move(office, one, act), before))
        except Refused:
            continue
    while done:
        entry, where = done.pop()
        office.database.undo(office.actor, entry)
        assert office.ask(volumes.volume, volume_id=one).where == where
    stands = office.ask(volumes.volume, volume_id=one)
    assert (stands.place, stands.out_since, stands.for_on) == (Place.SHELF, None, None)


def _move(office: Office, one: int, act: str) -> int:
    """The entry of the act, where it was not refused."""
    if act == "out":
        return office.done(movements.check_out, volume_id=one, to=KIM).entry_id
    if act == "hand":
        there = office.ask(volumes.volume, volume_id=one).where
        to = Holder(Place.PERSON, words="Lee") if there.endswith("Kim") else KIM
        return office.done(movements.hand_over, volume_id=one, to=to).entry_id
    if act == "back":
        return office.done(movements.bring_back, volume_id=one).entry_id
    if act == "refile":
        return office.done(movements.refile, volume_id=one).entry_id
    if act == "missing":
        return office.done(movements.report_missing, volume_id=one).entry_id
    return office.done(movements.found, volume_id=one, note="there").entry_id
