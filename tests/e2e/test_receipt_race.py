"""Two processes take two hundred payments each at the same moments: no number twice, none left out."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontdesk.services import audit
from frontdesk.services.billing import balances, drawers, receipts
from tests.builders.registration import danielle
from tests.builders.schedule import walter
from tests.office import Office
from tests.twin import file_of

ROUNDS = 200
VOID_EVERY = 20
CHECKOUT = Path(__file__).parents[2]


def test_two_desks_that_print_at_once_never_share_a_number(office: Office) -> None:
    dani, harris = danielle(office), walter(office)
    given: list[str] = []
    with _desk(office, "Front desk 1", dani) as one, _desk(office, "Phone 2", harris) as two:
        for round_ in range(ROUNDS):
            given += _at_once(one, two, f"{100 + round_}\n")
            if round_ % VOID_EVERY == 0:  # a void gives no number back
                assert _at_once(one, two, "void\n") == ["void", "void"]

    assert sorted(given) == [f"R-{number:06d}" for number in range(1, 2 * ROUNDS + 1)]
    for patient_id in (dani, harris):
        kept = office.ask(receipts.of_patient, patient_id=patient_id)
        assert len(kept) == ROUNDS
        standing = [row for row in kept if not row.is_void]
        assert len(standing) == ROUNDS - ROUNDS // VOID_EVERY
        credit = office.ask(balances.of_patient, patient_id=patient_id).credit_cents
        assert credit == sum(row.total_cents for row in standing)
    assert len(office.ask(drawers.drawers)) == 2
    assert office.ask(audit.verify).broken == ()


@contextmanager
def _desk(office: Office, station: str, patient_id: int) -> Iterator["subprocess.Popen[str]"]:
    url = office.database.engines.write.url
    place = (
        url.set(drivername="postgresql").render_as_string(hide_password=False)
        if office.database.engines.on_server
        else str(file_of(office.database))
    )
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.paying_desk", station, place, str(patient_id)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    with desk:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "ready\n"
        yield desk


def _at_once(one: "subprocess.Popen[str]", two: "subprocess.Popen[str]", wanted: str) -> list[str]:
    """Both get the same wish at the same moment; what each answers."""
    for desk in (one, two):
        assert desk.stdin is not None
        desk.stdin.write(wanted)
    answers = []
    for desk in (one, two):
        assert desk.stdout is not None
        answers.append(desk.stdout.readline().rstrip("\n"))
    return answers
