"""Old papers in charts, and disposal runs on their way."""

from dataclasses import replace
from datetime import date

from frontdesk.services.records.filing import Category
from frontdesk.services.visit import disposal, disposal_done, disposal_views
from frontdesk.services.visit.disposal import Decided, Decision
from tests.builders.records import filed
from tests.office import DANA, Office

MARIA = replace(DANA, name="Maria Hess", initials="MH")
OLD = date(2009, 6, 4)
METHOD = "Keys destroyed"


def old_paper(
    office: Office,
    patient_id: int,
    title: str = "Chest X-ray",
    on: date = OLD,
    category: Category = Category.IMAGING,
) -> int:
    """A document that nobody needs to keep any more."""
    return filed(office, patient_id, title, category=category, on=on)


def decided(office: Office, run_id: int, *kept: int) -> None:
    """Every entry of a run is to go, but those of these documents."""
    office.do(
        disposal.decide,
        run_id=run_id,
        decisions=tuple(
            Decided(item.id, Decision.KEEP, "Asked for by the patient")
            if item.document_id in kept
            else Decided(item.id, Decision.DISPOSE)
            for item in office.ask(disposal_views.items, run_id=run_id)
        ),
    )


def approved(office: Office, *kept: int) -> int:
    """A run of everything that is due, looked through, and approved by Dana and by Maria."""
    run_id = office.do(disposal.collect)
    decided(office, run_id, *kept)
    office.do(disposal.approve, run_id=run_id)
    office.database.do(MARIA, disposal.approve, run_id=run_id)
    return run_id


def carried_out(office: Office, *kept: int) -> int:
    """The same, destroyed."""
    run_id = approved(office, *kept)
    office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    return run_id
