"""The domain's commands: audited, replayed to the same rows on a copy, and taken back."""

from pathlib import Path

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.command import Irreversible, all_commands
from tests.builders.office import site
from tests.office import Office
from tests.services.schedule import every_command
from tests.twin import copy_of, position_of, replayed, rows_of


def test_every_act_replays_to_the_same_rows(office: Office, tmp_path: Path) -> None:
    site(office)
    start = position_of(office)
    with copy_of(office.database, tmp_path) as open_copy:
        every_command.run(office)
        twin = open_copy()
        replayed(office.database, twin, after=start)
        assert rows_of(twin) == rows_of(office.database)


def test_every_act_of_the_schedule_goes_back(office: Office) -> None:
    every_command.run(office)
    went_back: set[str] = set()
    said_no: dict[str, str] = {}
    for entry in reversed(office.database.log_after(0, limit=10_000)):
        try:
            office.database.undo(office.actor, entry.intent.id)
        except FrontdeskError as error:
            said_no[entry.intent.command] = str(error)
        else:
            went_back.add(entry.intent.command)
    reversible = {
        command.name
        for command in all_commands()
        if command.name.startswith("schedule.") and not isinstance(command.undo, Irreversible)
    }
    assert {name: said_no.get(name) for name in reversible - went_back} == {}
