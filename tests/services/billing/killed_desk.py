"""A desk that is killed in the middle of a long act of billing; run as a process of its own.

`python -m tests.services.billing.killed_desk PLACE WORDS post REMITTANCE_ID | statements ACCOUNT_ID...`:
opens the data, begins the act, says "middle" when a statement that begins with WORDS was carried out, and
waits to be killed. Without WORDS it says "done" when the act is done.
"""

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from frontdesk.kernel.clock import SetClock
from frontdesk.services.billing import remittances, statement_run
from frontdesk.services.billing.statement_run import RunFilters
from frontdesk.services.database import Database
from tests.conftest import TUESDAY
from tests.office import DANA, KEY


def main(place: str, words: str, act: str, ids: tuple[int, ...]) -> None:
    clock = SetClock(TUESDAY)
    if place.startswith("postgresql"):
        database = Database.open_server(place, station="Front desk 1", clock=clock)
    else:
        database = Database.open_file(Path(place), KEY, station="Front desk 1", clock=clock)

    def say(_connection: object, _cursor: object, statement: str, *_: Any) -> None:  # Any: SQLAlchemy's own
        if words and statement.startswith(words):
            _wait("middle")

    event.listen(database.engines.write, "after_cursor_execute", say)
    if act == "post":
        database.do(DANA, remittances.post, remittance_id=ids[0])
    else:
        database.do(DANA, statement_run.issue_all, account_ids=ids, filters=RunFilters())
    _wait("done")


def _wait(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], tuple(int(each) for each in sys.argv[4:]))
