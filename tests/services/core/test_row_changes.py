"""An act on very many rows: its changes go to the disk in parts, and the log tells them all, sealed."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm.exc import StaleDataError

from frontdesk.models.registration.payer import Payer, PayerKind
from frontdesk.services import audit, row_changes
from frontdesk.services.audit import AuditedSession, Entry, Heads, Intent, RowChange, Update
from frontdesk.services.changes import changes_in
from frontdesk.services.command import command_of
from frontdesk.services.office import sites
from frontdesk.services.work import Work
from tests.builders.office import site
from tests.office import Office

MANY = 250
PAYERS = frozenset({"payer"})


def written_by(office: Office, count: int) -> Entry:
    """The entry of an act that adds so many payers, and gives each another name and a phone."""
    database, at = office.database, office.clock.now()
    first = database._ids.first_of_block(at)
    intent = Intent(first, at, database.station.id, None, "Dana Brooks", "DB", "office.sites.add_site", {})
    with AuditedSession(database.engines.write, expire_on_commit=False) as session, session.begin():
        work = Work(session, office.actor, database.station, at, database.zone)
        session.entry_id = work.last_id = first
        rows: list[dict[str, Any]] = [  # Any: column values
            {"id": work.new_id(), "version": 1, "name": f"Payer {n}", "kind": PayerKind.COMMERCIAL}
            for n in range(count)
        ]
        audit.insert_rows(work, Payer, rows)
        audit.update_rows(
            work,
            Payer,
            [
                Update(
                    row["id"],
                    1,
                    {"name": row["name"], "phone": "", "city": ""},
                    {"name": f"{row['name']} of Oregon", "phone": "5035550100", "city": ""},
                )
                for row in rows
            ],
        )
        declared = command_of(sites.add_site)
        return audit.write(session, work, declared, intent, None, None, heads=Heads())


def told_by(office: Office, entry: Entry, tables: frozenset[str] = PAYERS) -> list[RowChange]:
    with AuditedSession(office.database.engines.read) as session:
        return list(row_changes.each_of(session, entry.intent.id, entry.changes, tables))


def shape(change: RowChange) -> tuple[str, str, object, object]:
    return change.table, change.act, change.values["name"], change.values.get("phone")


def test_an_act_on_many_rows_is_told_as_one_on_few(office: Office) -> None:
    site(office)
    many = written_by(office, MANY)
    assert [change.act for change in many.changes] == ["part", "part"]
    told = told_by(office, many)
    assert len(told) == 2 * MANY
    assert shape(told[0]) == ("payer", "insert", "Payer 0", None)
    assert "city" not in told[-1].values
    assert shape(told[-1]) == (
        "payer",
        "update",
        ["Payer 249", "Payer 249 of Oregon"],
        ["", "5035550100"],
    )
    with AuditedSession(office.database.engines.read) as session:
        kept = session.execute(select(Payer.id, Payer.version).order_by(Payer.id)).all()
    assert kept == [(change.id, 2) for change in told[:MANY]]
    assert office.ask(audit.verify).broken == ()


def test_few_rows_stand_in_the_entry_itself(office: Office) -> None:
    site(office)
    few = written_by(office, 2)
    assert [shape(change) for change in few.changes] == [shape(change) for change in told_by(office, few)]
    assert [change.act for change in few.changes] == ["insert", "insert", "update", "update"]


def test_pages_and_readers_learn_whose_rows_the_parts_hold(office: Office) -> None:
    site(office)
    many = written_by(office, MANY)
    assert changes_in(many, here=True).topics == {"payer"}
    assert told_by(office, many, frozenset({"patient"})) == []


def test_a_part_that_was_changed_breaks_the_log(office: Office) -> None:
    site(office)
    written_by(office, MANY)
    trigger = "append_only_audit_part_update"
    with office.database.engines.write.begin() as connection:
        on = " ON audit_part" if office.database.engines.on_server else ""
        connection.execute(text(f"DROP TRIGGER {trigger}{on}"))
        connection.execute(
            text(
                "UPDATE audit_part SET changes = (SELECT other.changes FROM audit_part AS other"
                " WHERE other.place = 2) WHERE place = 1"
            )
        )
    (said,) = office.ask(audit.verify).broken
    assert said.startswith("A part of entry ")
    assert said.endswith(" was changed after it was written.")


def test_of_two_desks_at_the_same_rows_one_wins(office: Office) -> None:
    site(office)
    entry = written_by(office, 2)
    row = int(entry.changes[0].id)
    with AuditedSession(office.database.engines.write) as session:
        work = Work(session, office.actor, office.database.station, office.clock.now(), office.database.zone)
        with pytest.raises(StaleDataError):
            audit.update_rows(work, Payer, [Update(row, 1, {"city": ""}, {"city": "Salem"})])
