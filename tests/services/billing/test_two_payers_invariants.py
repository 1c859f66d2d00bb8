"""Random acts on claims to two payers, checked to the cent against a naive second ledger after each."""

import shutil
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from tests import postgres_server
from tests.builders.billing import visit
from tests.builders.claims import billing_office, insured, twice_insured
from tests.office import Office
from tests.services.billing.two_payers import Claims


class OnServer(Claims):
    """The same on a PostgreSQL server: each run on a copy of the office's database."""

    source: str
    copies = 0

    def opened(self) -> Database:
        OnServer.copies += 1
        self.name = f"{self.source}_{OnServer.copies}"[-60:]
        url = postgres_server.create_database(self.name, template=self.source)
        return Database.open_server(url, station="Front desk 2", clock=self.clock)

    def teardown(self) -> None:
        super().teardown()
        postgres_server.drop_database(self.name)


def _prepared(office: Office) -> None:
    """A patient of two insurers and one of one."""
    billing_office(office)
    twice, once = twice_insured(office), insured(office, "Minh", "Tran", "TRA100004")
    visit(office, once)
    Claims.made = {**office.made, "twice": twice, "once": once}
    office.database.close()


def _run(machine: type[Claims], examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_order_of_claims_and_answers_keeps_every_sum(file_office: Office, tmp_path: Path) -> None:
    _prepared(file_office)
    Claims.template = tmp_path / "template.db"
    shutil.copy(tmp_path / "office.db", Claims.template)
    _run(Claims, 6)


def test_the_same_holds_on_a_server(server_database: Database, clock: SetClock) -> None:
    _prepared(Office(server_database, clock))
    name = server_database.engines.write.url.database
    assert name is not None
    OnServer.source = name
    _run(OnServer, 2)
