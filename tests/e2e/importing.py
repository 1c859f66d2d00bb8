"""What others wrote: patients of another system, remittances of payers we never met."""

import os
import shutil
from pathlib import Path

from frontdesk.services.registration.patient_file import import_patients
from frontdesk.ui.billing.remittances_page import RemittancesPage
from tests.e2e.tour import Tour

COPIES = Path(__file__).parents[1] / "data"
SHARED = Path(os.environ.get("FRONTDESK_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
SOMEBODY = "Maynard"
"""One of the synthetic population's first names, as the desk would type it."""


def patients_of_another_system(tour: Tour) -> str:
    """A dry run, then for real, then once more: nobody twice; the desk finds them at once."""
    hands = tour.driver
    shared = SHARED / "patients" / "synthea-27" / "patients.csv"
    file = shared if shared.exists() else COPIES / "patients" / "synthea-27.csv"
    database, actor = hands.desk.database, hands.desk.actor
    tried = import_patients(database, actor, file, dry_run=True)
    done = import_patients(database, actor, file, dry_run=False)
    again = import_patients(database, actor, file, dry_run=False)
    assert tried.registered == done.registered > 0
    assert (again.registered, again.already_here) == (0, done.registered + done.for_review)
    assert all(line.line > 1 and line.reason.endswith(".") for line in done.refused)
    hands.press("Ctrl+K")
    hands.write(SOMEBODY)
    hands.expect(SOMEBODY, hands.dialog)
    tour.look("a patient of another system is found")
    hands.press("Esc")
    return f"{done.registered} registered, {len(done.refused)} refused, none twice"


def remittances_of_strangers(tour: Tour) -> str:
    """Each sample is taken in and waits for a person, or is refused with its place; none of it posts."""
    hands = tour.driver
    hands.workplace.go("remittances", None)
    hands.settle()
    page = hands.page
    assert isinstance(page, RemittancesPage)
    samples = sorted((SHARED / "x12" / "emedny").glob("835*")) or sorted((COPIES / "x12").glob("835-*"))
    broken = COPIES / "x12" / "moov-835-one-cent-off.txt"
    for number, sample in enumerate((*samples, broken)):
        file = tour.out / f"stranger-{number}.835"  # names of our own: no spaces, no parentheses
        shutil.copyfile(sample, file)
        hands.answer_file_question(file, lambda: hands.press("Ctrl+N"))
        hands.settle()
        page.clear_complaints()
    tour.look("a stranger's remittance waits for a person")
    return f"{len(samples) + 1} files read, held or refused"
