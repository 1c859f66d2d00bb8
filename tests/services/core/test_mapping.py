"""Tables that are mapped after the start, while the desk is at work."""

import subprocess
import sys

ACT = """
import sys, threading
from sqlalchemy import select
from sqlalchemy.orm import aliased
from frontdesk.models import every_table
from frontdesk.models.registration.patient import Patient

sys.setswitchinterval(1e-5)
failed, mapped = [], threading.Event()

def ask():
    while not mapped.is_set():
        try:
            str(select(aliased(Patient)))
        except RuntimeError as error:
            failed.append(error)

threads = [threading.Thread(target=ask) for _ in range(3)]
for thread in threads:
    thread.start()
every_table()
mapped.set()
for thread in threads:
    thread.join()
print(*failed)
"""


def test_tables_are_mapped_while_other_threads_ask() -> None:
    done = subprocess.run([sys.executable, "-c", ACT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
