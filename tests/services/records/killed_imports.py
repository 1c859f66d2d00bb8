"""Imports that are killed in the middle, again and again; run as a process of its own.

`python -m tests.services.records.killed_imports ROUNDS URL|FILE`: in each round a child keeps one scan of
3 MB after another, and puts each into the tray, telling each document that is there, until SIGKILL ends it.
Prints the documents' ids, one a line.
"""

import os
import random
import signal
import sys
import time

from frontdesk.services.records import content, tray
from frontdesk.services.records.sniff import CHUNK_BYTES
from tests.builders.long_scans import scan
from tests.office import DANA
from tests.services.core.killed_writers import SEED, opened


def keep_until_killed(place: str, round_: int, pipe: int) -> None:
    database = opened(place)
    chance = random.Random(round_)
    while True:
        data = scan(chance, pages=3, page_bytes=CHUNK_BYTES)
        seen = content.store_bytes(database, data, "scan.pdf")
        done = database.do(DANA, tray.receive, sha256=seen.sha256)
        os.write(pipe, f"{done.result}\n".encode())


def main(rounds: int, place: str) -> None:
    chance = random.Random(SEED)
    for round_ in range(rounds):
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reads)
            keep_until_killed(place, round_, writes)
        os.close(writes)
        with os.fdopen(reads) as told:
            first = told.readline()  # it keeps scans: now at any moment
            time.sleep(chance.uniform(0, 0.15))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            sys.stdout.write(first + told.read())


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
