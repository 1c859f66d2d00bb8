"""The heart of the house: what happens around every command, on both engines."""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Conflict, FrontdeskError, NotAllowed, NotFound, Refused
from frontdesk.kernel.ids import IdMaker
from frontdesk.models.office.practice import Site
from frontdesk.services import audit
from frontdesk.services.billing import missed_fees
from frontdesk.services.changes import Changes
from frontdesk.services.database import Database
from frontdesk.services.office import sites
from frontdesk.services.office.sites import SiteDraft
from frontdesk.services.work import Actor
from tests.at_once import DONE, at_once
from tests.builders.office import site
from tests.office import KEY, Office
from tests.twin import copy_of, file_of, position_of, replayed, rows_of


def a_site_draft(name: str) -> SiteDraft:
    return SiteDraft(
        name=name, zone="America/Los_Angeles", address1="9 Pier", city="Portland", state="OR", zip="97204"
    )


NORTH = a_site_draft(name="Northside")


@pytest.fixture(autouse=True)
def _practice(request: pytest.FixtureRequest) -> None:
    name = "file_office" if "file_office" in request.fixturenames else "office"
    site(request.getfixturevalue(name))


def test_a_command_leaves_one_entry_with_what_changed(office: Office) -> None:
    before = position_of(office)
    done = office.done(sites.add_site, draft=NORTH)

    (entry,) = office.database.log_after(before)
    assert entry.intent.id == done.entry_id
    assert entry.intent.command == "office.sites.add_site"
    assert entry.intent.name == "Dana Brooks"
    assert entry.intent.at == office.clock.now()
    assert ("site", "insert") in {(change.table, change.act) for change in entry.changes}
    assert done.changes.topics >= {"site"}


def test_without_the_right_nothing_happens(office: Office) -> None:
    before = position_of(office)
    reader = Actor(None, "Reader", "R", frozenset({"office.view"}))
    with pytest.raises(NotAllowed, match="You do not have the right to do this"):
        office.database.do(reader, sites.add_site, draft=NORTH)
    assert position_of(office) == before


def test_a_refused_command_leaves_nothing(office: Office) -> None:
    office.do(sites.add_site, draft=NORTH)
    before = rows_of(office.database)
    with pytest.raises(Refused):
        office.do(sites.add_site, draft=NORTH)
    assert rows_of(office.database) == before


def test_a_question_cannot_write(office: Office) -> None:
    with office.database.engines.read.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("INSERT INTO number_sequence (name, last) VALUES ('x', 1)"))


def test_an_answer_is_of_one_moment(office: Office) -> None:
    count = select(func.count()).select_from(Site)
    with Session(office.database.engines.read) as session:
        before = session.scalar(count)
        office.do(sites.add_site, draft=NORTH)
        assert session.scalar(count) == before
    with Session(office.database.engines.read) as session:
        assert session.scalar(count) == (before or 0) + 1


def test_two_desks_that_drew_the_same_id_both_get_their_act(
    office: Office, another: Callable[[], Database]
) -> None:
    elsewhere = another()
    for database in (office.database, elsewhere):
        database._ids = IdMaker(Random("the same for both").getrandbits)
    for number in range(20):
        first = office.done(sites.add_site, draft=a_site_draft(name=f"North {number}"))
        second = elsewhere.do(office.actor, sites.add_site, draft=a_site_draft(name=f"South {number}"))
        assert first.entry_id != second.entry_id
    assert office.ask(audit.verify).broken == ()


def test_undo_takes_an_act_back_once(office: Office) -> None:
    done = office.done(sites.add_site, draft=NORTH)
    undone = office.database.undo(office.actor, done.entry_id)
    assert undone.title == "Close site"
    assert NORTH.name not in [site.draft.name for site in office.ask(sites.sites)]
    with pytest.raises(Conflict, match="“Add site” was undone already"):
        office.database.undo(office.actor, done.entry_id)


def test_an_unknown_act_cannot_be_undone(office: Office) -> None:
    with pytest.raises(NotFound, match="not in the log"):
        office.database.undo(office.actor, 42)


def test_the_later_of_two_desks_is_told(office: Office) -> None:
    site_id = office.do(sites.add_site, draft=NORTH)
    (seen,) = [site for site in office.ask(sites.sites) if site.id == site_id]
    office.do(sites.edit_site, site_id=site_id, draft=a_site_draft(name="First"), version=seen.version)
    with pytest.raises(Conflict, match="Another desk changed this site while you had it open"):
        office.do(sites.edit_site, site_id=site_id, draft=a_site_draft(name="Second"), version=seen.version)


def test_recorded_intents_replayed_on_a_copy_give_the_same_rows(office: Office, tmp_path: Path) -> None:
    start = position_of(office)
    with copy_of(office.database, tmp_path) as open_copy:
        site_id = office.do(sites.add_site, draft=NORTH)
        office.clock.advance(minutes=3)
        office.do(sites.edit_site, site_id=site_id, draft=a_site_draft(name="Southside"))
        done = office.done(sites.deactivate_site, site_id=site_id)
        office.database.undo(office.actor, done.entry_id)

        twin = open_copy()
        assert replayed(office.database, twin, after=start) == 4
        assert rows_of(twin) == rows_of(office.database)
        assert replayed(office.database, twin, after=start) == 0
        assert rows_of(twin) == rows_of(office.database)


def test_the_chain_verifies_and_tells_a_changed_letter(office: Office) -> None:
    office.do(sites.add_site, draft=NORTH)
    office.do(sites.add_site, draft=a_site_draft(name="Southside"))
    assert office.ask(audit.verify).broken == ()

    _without_guard(
        office.database, "audit_entry", "UPDATE audit_entry SET intent = replace(intent, 'South', 'West')"
    )
    (sentence,) = office.ask(audit.verify).broken
    assert sentence.startswith("The text of entry ")


def test_the_log_refuses_change_and_removal(office: Office) -> None:
    office.do(sites.add_site, draft=NORTH)
    for statement in ("UPDATE audit_entry SET intent = ''", "DELETE FROM audit_entry"):
        with (
            office.database.engines.write.begin() as connection,
            pytest.raises(DBAPIError, match="append_only"),
        ):
            connection.execute(text(statement))


def test_two_programmes_that_change_one_row_meet_the_version(office: Office) -> None:
    site_id = office.do(sites.add_site, draft=NORTH)
    with office.database.engines.write.begin() as connection:
        connection.execute(update(Site).where(Site.id == site_id).values(version=9))
    with pytest.raises(Conflict):
        office.do(sites.edit_site, site_id=site_id, draft=NORTH, version=1)


def test_an_act_of_a_newer_version_is_named(office: Office) -> None:
    office.do(sites.add_site, draft=NORTH)
    _without_guard(
        office.database,
        "audit_entry",
        "UPDATE audit_entry SET intent = replace(intent, 'add_site', 'fly_site')",
    )
    entry = office.database.log_after(0, limit=100_000)[-1]
    with pytest.raises(FrontdeskError, match="does not know the act"):
        office.database.undo(office.actor, entry.intent.id)


def test_an_act_is_undone_once_by_two_desks_at_the_same_moment(
    office: Office, another: Callable[[], Database]
) -> None:
    elsewhere, was_set = another(), office.done(missed_fees.set_fees, late_cancel_cents=2500, no_show_cents=0)
    came = at_once(
        office.database,
        lambda: office.database.undo(office.actor, was_set.entry_id),
        lambda: elsewhere.undo(office.actor, was_set.entry_id),
    )
    assert DONE in came
    assert set(came) - {DONE} <= {
        "This was undone already, at another desk. Nothing was changed.",
        "“Set fees for missed visits” was undone already. Nothing was changed.",
    }
    assert came.count(DONE) == 1


def test_another_process_hears_of_a_change(office: Office, another: Callable[[], Database]) -> None:
    heard: list[Changes] = []
    elsewhere = another()
    elsewhere.listen(heard.append)
    elsewhere.watch_others()
    office.do(sites.add_site, draft=NORTH)
    _until(lambda: bool(heard))
    (changes,) = heard
    assert changes.topics >= {"site"}
    assert not changes.here
    elsewhere.do(office.actor, sites.add_site, draft=a_site_draft(name="Ours"))
    _until(lambda: len(heard) == 2)
    assert heard[1].here


def test_the_file_on_disk_shows_no_text(file_office: Office) -> None:
    file_office.do(sites.add_site, draft=a_site_draft(name="Zanzibar Clinic"))
    path = file_of(file_office.database)
    for part in path.parent.glob(path.name + "*"):
        content = part.read_bytes()
        assert b"Zanzibar" not in content
        assert b"SQLite format" not in content


def test_a_wrong_key_is_said_in_a_sentence(file_office: Office, tmp_path: Path) -> None:
    with pytest.raises(FrontdeskError, match="cannot be opened with this key"):
        Database.open_file(tmp_path / "office.db", bytes(reversed(KEY)))


def _without_guard(database: Database, table: str, statement: str) -> None:
    """Change what the triggers protect, as somebody with the file and its key could."""
    with database.engines.write.begin() as connection:
        trigger = f"append_only_{table}_update"
        on = f" ON {table}" if database.engines.on_server else ""
        connection.execute(text(f"DROP TRIGGER {trigger}{on}"))
        connection.execute(text(statement))


def _until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "nothing was heard"
        time.sleep(0.02)
