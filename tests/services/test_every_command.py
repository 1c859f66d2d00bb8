"""One walk over all commands: each is declared whole, leaves its entry, replays the same, and goes back.

Each domain shows its commands at work in `tests/services/<domain>/every_command.py: run(office)`.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import frontdesk.services
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services import audit
from frontdesk.services.command import Command, Irreversible, all_commands
from frontdesk.services.records import content
from tests.builders.office import site
from tests.office import Office
from tests.twin import copy_of, position_of, replayed, rows_of

for _module in walk_packages(frontdesk.services.__path__, "frontdesk.services."):
    import_module(_module.name)

DOMAINS = ("security", "office", "registration", "records", "schedule", "billing", "visit")
# The demo's own bulk command, and what tests declare, count only where a test has loaded them.
COMMANDS = [command for command in all_commands() if not command.name.startswith(("frontdesk.", "tests."))]
SHOWN_ELSEWHERE = {"visit.starting_set.prepare"}
"""It wants an office without kinds of visit: tests/services/visit/test_starting_set.py."""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_is_declared_whole(command: Command) -> None:
    assert command.title[0].isupper()
    assert not command.title.endswith(".")
    assert "." in command.permission
    assert command.function.__doc__, "what its name cannot say"
    if isinstance(command.undo, Irreversible):
        assert command.undo.because.endswith("."), "the reason is a sentence"


def test_every_command_is_audited_replays_the_same_and_goes_back(office: Office, tmp_path: Path) -> None:
    start = position_of(office)
    with copy_of(office.database, tmp_path) as open_copy:
        for domain in DOMAINS:
            import_module(f"tests.services.{domain}.every_command").run(office)

        entries = office.database.log_after(start, limit=100_000)
        shown = {entry.intent.command for entry in entries}
        missing = {command.name for command in COMMANDS} - shown - SHOWN_ELSEWHERE
        assert missing == set()
        assert office.ask(audit.verify).broken == ()

        twin = open_copy()
        content.carry(office.database, twin)
        replayed(office.database, twin, after=start)
        assert rows_of(twin) == rows_of(office.database)
        assert replayed(office.database, twin, after=start) == 0
        assert rows_of(twin) == rows_of(office.database)


def test_what_has_an_inverse_goes_back_in_reverse_order(office: Office) -> None:
    site(office)
    start = position_of(office)
    for domain in DOMAINS:
        import_module(f"tests.services.{domain}.every_command").run(office)

    went_back: set[str] = set()
    said_no: dict[str, str] = {}
    for entry in reversed(office.database.log_after(start, limit=100_000)):
        try:
            office.database.undo(office.actor, entry.intent.id)
        except FrontdeskError as error:
            said_no[entry.intent.command] = str(error)
        else:
            went_back.add(entry.intent.command)
    reversible = {command.name for command in COMMANDS if not isinstance(command.undo, Irreversible)}
    assert {name: said_no.get(name) for name in reversible - went_back} == {}
    assert office.ask(audit.verify).broken == ()
