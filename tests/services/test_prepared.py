"""Prepared statements: the same rows as by the session, whatever is asked for and however many."""

from datetime import date

import pytest
from sqlalchemy import bindparam, delete, event, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.models.base import Base
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.search_key import PatientRecency
from frontdesk.services.prepared import Prepared, among
from tests.builders.registration import patient
from tests.office import Office

_AMONG = (
    select(Patient.id, Patient.born_on, Patient.sex, Patient.interpreter_needed)
    .where(among(Patient.id, "ids"), Patient.status.in_((PatientStatus.ACTIVE, PatientStatus.INACTIVE)))
    .order_by(Patient.id)
)
_prepared = Prepared(_AMONG)
_whole = Prepared(select(Patient).where(Patient.id == bindparam("id")))


@pytest.fixture
def three(office: Office) -> list[int]:
    return [patient(office, "Ana", f"Quillfeather{letter}") for letter in "abc"]


def test_many_ids_are_one_value_of_one_text(office: Office, three: list[int]) -> None:
    with Session(office.database.engines.read) as session:
        for ids in ([], three[:1], three, [*three, 7, *range(10_000, 10_400)]):
            plain = select(*_AMONG.selected_columns).where(Patient.id.in_(ids)).order_by(Patient.id)
            naive = [tuple(row) for row in session.execute(plain)]
            assert _prepared.rows(session, {"ids": ids}) == naive
            assert [tuple(row) for row in session.execute(_AMONG, {"ids": ids})] == naive
            assert _prepared.sent(session.connection(), {"ids": ids})[0].count("ids") <= 1


def test_what_is_not_among_the_ids_can_be_asked_for(office: Office, three: list[int]) -> None:
    others = select(Patient.id).where(~among(Patient.id, "ids")).order_by(Patient.id)
    with Session(office.database.engines.read) as session:
        assert list(session.scalars(others, {"ids": three[1:]})) == three[:1]


def test_a_row_by_the_names_of_its_columns_is_the_mapped_row(office: Office, three: list[int]) -> None:
    with Session(office.database.engines.read) as session:
        (row,) = _whole.named(session, {"id": three[1]})
        mapped = session.get_one(Patient, three[1])
        for column in Patient.__table__.columns:
            assert getattr(row, column.key) == getattr(mapped, column.key)


def test_whoever_listens_hears_what_is_asked(office: Office, three: list[int]) -> None:
    heard: list[str] = []

    def hear(*told: object) -> None:
        heard.append(str(told[2]))

    engine = office.database.engines.read
    event.listen(engine, "before_cursor_execute", hear)
    with Session(engine) as session:
        rows = _prepared.rows(session, {"ids": three})
    event.remove(engine, "before_cursor_execute", hear)
    with Session(engine) as session:
        assert _prepared.rows(session, {"ids": three}) == rows
    assert len(heard) == 1


def test_what_waits_to_be_written_is_written_before_it_is_read(office: Office, three: list[int]) -> None:
    with Session(office.database.engines.write) as session:
        pattern = session.get_one(Patient, three[0])
        pattern.preferred_name = "Annie"
        (row,) = _whole.named(session, {"id": three[0]})
        assert row.preferred_name == "Annie"
        session.rollback()


def test_a_servers_no_is_told_as_sqlalchemy_tells_it(office: Office, three: list[int]) -> None:
    again = Prepared(insert(Base.metadata.tables["patient_recency"]))
    row = {"day": date(2026, 3, 17), "patient_id": three[0]}
    with Session(office.database.engines.write) as session:
        session.execute(delete(PatientRecency))
        assert again.run(session, row) == []
        with pytest.raises(IntegrityError):
            again.run(session, row)
        session.rollback()


def test_words_are_one_value_too(office: Office, three: list[int]) -> None:
    named = Prepared(select(Patient.id).where(among(Patient.legal_last, "names")).order_by(Patient.id))
    with Session(office.database.engines.read) as session:
        found = named.rows(session, {"names": ["Quillfeathera", "Quillfeatherc", "O'Nobody"]})
    assert [patient_id for (patient_id,) in found] == [three[0], three[2]]
