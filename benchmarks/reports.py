"""The billing dashboard over many open lines, beside its own SQL, bare."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from benchmarks.measure import Measure, compared
from benchmarks.on_claims import with_claims
from benchmarks.on_engines import office_on
from frontdesk.services.billing import reports
from frontdesk.services.billing.reports_filter import Wanted
from tests.builders.billing import TODAY

NAMES = ("reports_200k",)
_OPEN = int(os.environ.get("OPEN_LINES", "200000"))


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The row that is wanted."""
    if "reports_200k" not in wanted:
        return
    about = Wanted(TODAY - timedelta(days=89), TODAY)
    with office_on("sqlite") as office:
        with_claims(office, _OPEN, patients=10)
        statements: list[tuple[str, Any]] = []
        engine = office.database.engines.read

        def heard(_: object, __: object, statement: str, parameters: Any, *rest: object) -> None:
            statements.append((statement, parameters))

        event.listen(engine, "before_cursor_execute", heard)
        assert not office.ask(reports.dashboard, wanted=about).is_empty
        event.remove(engine, "before_cursor_execute", heard)
        asked = [each for each in statements if each[0].lstrip().upper().startswith("SELECT")]

        def limit() -> int:
            with engine.connect() as connection:
                return sum(len(connection.exec_driver_sql(*each).fetchall()) for each in asked)

        yield compared("reports_200k", lambda: office.ask(reports.dashboard, wanted=about), limit, goal=2.0)
