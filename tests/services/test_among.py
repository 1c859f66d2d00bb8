from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.models.registration.patient import Patient
from frontdesk.services.among import among
from tests.builders.registration import danielle
from tests.office import Office


def _found(office: Office, *ids: int) -> list[int]:
    with Session(office.database.engines.read) as session:
        return list(session.scalars(select(Patient.id).where(among(Patient.id, ids))))


def test_an_id_is_among_those_named_and_none_is_among_none(office: Office) -> None:
    patient = danielle(office)
    assert _found(office, 1, patient, 2) == [patient]
    assert _found(office, 1, 2) == _found(office) == []


def test_what_is_not_among_them_can_be_asked_too(office: Office) -> None:
    patient = danielle(office)
    with Session(office.database.engines.read) as session:
        others = select(Patient.id).where(~among(Patient.id, (1, 2)))
        assert list(session.scalars(others)) == [patient]
