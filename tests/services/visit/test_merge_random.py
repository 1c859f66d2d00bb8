"""Random merges and their undoing leave every table as it was, on both engines, and no cent is lost."""

from importlib import import_module
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from frontdesk.kernel.errors import Refused
from frontdesk.models import every_table
from frontdesk.models.billing.journal import JournalEntry
from frontdesk.models.records.consent import Consent
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.services.records import signed
from frontdesk.services.visit import merge_columns, merging
from frontdesk.services.visit.merge_plan import Side
from tests.builders.merging import apart, approved, prepared
from tests.office import Office

DOMAINS = ("security", "office", "registration", "records", "schedule", "billing", "visit")

NOT_COMPARED = {
    "audit_entry",
    "audit_part",
    "audit_patient",
    "station",
    "patient_merge",
    "patient_merge_change",
}
CHOICES = ("legal_last", "born_on", "email", "preferred_name", "sex", "reminder_way")


def everything(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """All rows but the log and the merges themselves, without their versions."""
    found = {}
    with office.database.engines.read.connect() as connection:
        for table in every_table():
            if table.name not in NOT_COMPARED:
                wanted = [column for column in table.columns if column.name != "version"]
                rows = connection.execute(select(*wanted).order_by(*table.primary_key.columns))
                found[table.name] = [tuple(row) for row in rows]
    return found


def money(office: Office) -> int:
    with office.database.engines.read.connect() as connection:
        return int(connection.scalar(select(func.sum(JournalEntry.amount_cents))) or 0)


def filled(office: Office) -> list[int]:
    """An office in which everything was done once; its patients."""
    for domain in DOMAINS:
        import_module(f"tests.services.{domain}.every_command").run(office)
    with office.database.engines.read.connect() as connection:
        wanted = select(Patient.id).where(Patient.status != PatientStatus.MERGED).order_by(Patient.id)
        return list(connection.scalars(wanted))


@pytest.mark.parametrize("seed", range(2))
def test_merges_and_their_undoing_leave_everything_as_it_was(office: Office, seed: int) -> None:
    chance = Random(seed)
    standing = filled(office)
    cents = money(office)
    snapshots: list[tuple[int, dict[str, list[tuple[Any, ...]]]]] = []
    for _ in range(8):
        stays, goes = chance.sample(standing, 2)
        before = everything(office)
        try:
            merge_id = prepared(
                office,
                stays,
                goes,
                take=tuple(chance.sample(CHOICES, 3)),
                coverage_first=chance.choice(list(Side)),
                address_from=chance.choice(list(Side)),
            )
        except Refused:
            continue  # one of them died, the other not
        approved(office, merge_id)
        standing.remove(goes)
        snapshots.append((merge_id, before))
        assert money(office) == cents
        assert left_behind(office, goes) <= {
            "account",
            "account_member",
            "self_pay",
            "patient_address",
            "patient_contact",
            "document_move",
        }
    assert len(snapshots) > 3
    every_seal_holds(office)
    for merge_id, before in reversed(snapshots):
        apart(office, merge_id, are_different=False)
        after = everything(office)
        assert {name for name in after if after[name] != before[name]} - {"duplicate_pair"} == set()
    assert money(office) == cents
    every_seal_holds(office)


def test_merges_come_apart_in_whatever_order_they_may(office: Office) -> None:
    chance = Random(7)
    standing = filled(office)
    before, cents = everything(office), money(office)
    done: list[int] = []
    for _ in range(14):
        if done and chance.random() < 0.4:
            merge_id = chance.choice(done)
            try:
                apart(office, merge_id, are_different=False)
            except Refused:
                continue  # a later merge of the same chart comes off first
            done.remove(merge_id)
            standing.append(office.ask(merging.merge, merge_id=merge_id).goes.patient_id)
        else:
            stays, goes = chance.sample(standing, 2)
            try:
                merge_id = prepared(office, stays, goes)
            except Refused:
                continue
            approved(office, merge_id)
            standing.remove(goes)
            done.append(merge_id)
        assert money(office) == cents
    for merge_id in reversed(done):
        apart(office, merge_id, are_different=False)
    after = everything(office)
    assert {name for name in after if after[name] != before[name]} - {"duplicate_pair"} == set()


def left_behind(office: Office, goes: int) -> set[str]:
    """The tables in which the merged chart still has rows."""
    with office.database.engines.read.connect() as connection:
        return {
            pointer.table.name
            for pointer in merge_columns.pointers(merge_columns.PATIENT)
            if connection.execute(select(pointer.id).where(pointer.column == goes)).first()
        }


def every_seal_holds(office: Office) -> None:
    with office.database.engines.read.connect() as connection:
        consents = list(connection.scalars(select(Consent.id)))
    assert consents
    assert all(office.ask(signed.verify, consent_id=each).holds for each in consents)
