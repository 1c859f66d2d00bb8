"""Random acts on claims to two payers, checked to the cent against a naive second ledger after each."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.builders.billing import visit
from tests.builders.claims import billing_office, insured, twice_insured
from tests.office import Office
from tests.services.billing.two_payers import Claims


@pytest.fixture
def template(file_office: Office, tmp_path: Path) -> Path:
    """An office with a patient of two insurers and one of one, copied for each run of acts."""
    billing_office(file_office)
    twice, once = twice_insured(file_office), insured(file_office, "Minh", "Tran", "TRA100004")
    visit(file_office, once)
    Claims.made = {**file_office.made, "twice": twice, "once": once}
    target = tmp_path / "template.db"
    file_office.database.close()
    shutil.copy(tmp_path / "office.db", target)
    return target


def test_any_order_of_claims_and_answers_keeps_every_sum(template: Path) -> None:
    Claims.template = template
    run_state_machine_as_test(
        Claims,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
