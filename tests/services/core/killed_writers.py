"""Writers that are killed in mid-write, again and again; run as a process of its own.

`python -m tests.services.core.killed_writers ROUNDS URL|FILE`: in each round a child opens the data and
adds sites as fast as it can, telling each acknowledged one through a pipe, until SIGKILL ends it.
Prints the acknowledged entries' ids, one a line.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from frontdesk.services.database import Database
from frontdesk.services.office import sites
from frontdesk.services.office.sites import SiteDraft
from tests.office import DANA, KEY

SEED = 20260317


def opened(place: str) -> Database:
    if place.startswith("postgresql"):
        return Database.open_server(place, station="Killed desk")
    return Database.open_file(Path(place), KEY, station="Killed desk")


def site_draft(name: str) -> SiteDraft:
    return SiteDraft(
        name=name, zone="America/Los_Angeles", address1="9 Pier", city="Portland", state="OR", zip="97204"
    )


def write_until_killed(place: str, round_: int, pipe: int) -> None:
    database = opened(place)
    count = 0
    while True:
        done = database.do(DANA, sites.add_site, draft=site_draft(f"Site {round_}-{count}"))
        os.write(pipe, f"{done.entry_id}\n".encode())
        count += 1


def warm_up(place: str) -> None:
    """One act in this process, so that no child has to load and compile what all of them need."""
    database = opened(place)
    database.do(DANA, sites.add_site, draft=site_draft("Site before"))
    database.close()


def main(rounds: int, place: str) -> None:
    warm_up(place)
    chance = random.Random(SEED)
    for round_ in range(rounds):
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reads)
            write_until_killed(place, round_, writes)
        os.close(writes)
        with os.fdopen(reads) as told:
            first = told.readline()  # it writes: now at any moment
            time.sleep(chance.uniform(0, 0.02))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            sys.stdout.write(first + told.read())


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
