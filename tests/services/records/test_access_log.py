"""Who opened, printed, copied, sent or changed what."""

from datetime import date, timedelta

import pytest

from frontdesk.kernel.errors import NotAllowed, Refused
from frontdesk.models.records.document import Sensitivity
from frontdesk.services.command import all_commands
from frontdesk.services.records import access_kinds, access_log, filing, viewing
from frontdesk.services.records.access_log import AccessWanted, Kind
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.security.roles import STANDARD_ROLES
from frontdesk.services.visit import access_marks
from frontdesk.services.visit.access_marks import Mark
from frontdesk.services.work import Actor
from tests.builders.records import filed, received, text_of
from tests.builders.registration import patient
from tests.builders.schedule import at, book
from tests.builders.security import user
from tests.office import Office

CLERK = Actor(None, "Rosa Vega", "RV", frozenset({"records.*", "records.access_log"}))
READER = Actor(None, "Rosa Vega", "RV", frozenset({"records.view", "records.access_log"}))


def _said(office: Office, wanted: AccessWanted) -> list[tuple[Kind, str]]:
    lines = office.ask(access_log.acts, wanted=wanted).lines
    return [(line.kind, line.words) for line in lines]


def test_acts_are_told_in_words_and_narrowed(office: Office) -> None:
    walter, marcus = patient(office, "Walter", "Harris"), patient(office, "Marcus", "Bell")
    summary = filed(office, walter, "Hospital discharge summary")
    other = filed(office, marcus, "Lipid panel")
    office.clock.set(office.clock.now() + timedelta(days=3))
    office.do(viewing.open_document, document_id=summary)
    office.do(viewing.note_print, document_id=summary, pages=3)
    office.database.do(CLERK, viewing.open_document, document_id=other)
    office.do(access_log.export, wanted=AccessWanted(patient_id=walter))

    mine = AccessWanted(patient_id=walter)
    said = _said(office, mine)
    assert said[:3] == [
        (Kind.EXPORTED, "Export access log"),
        (Kind.PRINTED, "Printed Hospital discharge summary"),
        (Kind.LOOKED, "Opened Hospital discharge summary"),
    ]
    assert (Kind.CHANGED, "File document: Hospital discharge summary") in said
    assert _said(office, AccessWanted(kind=Kind.LOOKED)) == [
        (Kind.LOOKED, "Opened Lipid panel"),
        (Kind.LOOKED, "Opened Hospital discharge summary"),
    ]
    assert _said(office, AccessWanted(kind=Kind.SENT)) == []
    thursday = office.clock.now().date() - timedelta(days=1)
    assert len(_said(office, AccessWanted(patient_id=walter, from_on=thursday))) == 3
    earlier = _said(office, AccessWanted(patient_id=walter, until_on=thursday))
    assert earlier == said[3:]
    assert {kind for kind, _ in _said(office, AccessWanted(kind=Kind.CHANGED))} == {Kind.CHANGED}
    assert _said(office, AccessWanted(user_id=12345)) == []
    assert _said(office, AccessWanted(user_id=12345, kind=Kind.LOOKED)) == []

    first = office.ask(access_log.acts, wanted=mine, limit=2)
    assert len(first.lines) == 2
    rest = office.ask(access_log.acts, wanted=mine, before=first.before)
    assert [line.words for line in (*first.lines, *rest.lines)] == [words for _, words in said]
    line = office.ask(access_log.acts, wanted=AccessWanted(kind=Kind.LOOKED)).lines[0]
    assert (line.who, line.patient_name, line.desk) == ("Rosa Vega", "Bell, Marcus", "Front desk 2")


def test_a_file_and_a_report_say_what_the_log_holds(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = received(office, b"note", patient_id=walter, arrived_as="a.txt", source="")
    indexing = Indexing(Category.LETTER, "=HYPERLINK(1)", date(2026, 3, 1), "", (), Sensitivity.HIV)
    office.do(filing.file, document_id=document, patient_id=walter, indexing=indexing)
    office.do(viewing.open_document, document_id=document)
    wanted = AccessWanted(patient_id=walter)
    rows = office.ask(access_log.as_csv, wanted=wanted).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Date,Time,Person,Desk,Kind,What,Patient,Chart")
    assert rows[1].startswith("03/17/2026,10:42 AM,Dana Brooks,Front desk 2,looked,Opened =HYPERLINK(1),")
    guarded = office.database.ask(READER, access_log.acts, wanted=wanted).lines[0]
    assert guarded.words == "Opened a restricted document"
    pdf = text_of(
        office.ask(
            access_log.report_pdf, patient_id=walter, from_on=date(2026, 1, 1), until_on=date(2026, 3, 17)
        )
    )
    assert "Opened =HYPERLINK(1)" in pdf
    assert "45 CFR 164.528" in pdf
    none = office.ask(
        access_log.report_pdf, patient_id=walter, from_on=date(2025, 1, 1), until_on=date(2025, 1, 2)
    )
    assert "Nothing was written down between these days." in text_of(none)
    with pytest.raises(Refused, match=r"The first day is after the last\. Change one of them\."):
        office.ask(access_log.acts, wanted=AccessWanted(from_on=date(2026, 3, 2), until_on=date(2026, 3, 1)))
    with pytest.raises(Refused, match=r"The first day is after the last\. Change one of them\."):
        office.do(
            access_log.note_print_report,
            patient_id=walter,
            from_on=date(2026, 3, 2),
            until_on=date(2026, 3, 1),
        )
    nobody = Actor(None, "Reception", "R", frozenset({"records.*"}))
    with pytest.raises(NotAllowed):
        office.database.ask(nobody, access_log.acts, wanted=wanted)


def test_unusual_looks_are_marked(office: Office) -> None:
    gomez, walter = patient(office, "Ann", "Gomez"), patient(office, "Walter", "Harris")
    visited = patient(office, "Marcus", "Bell")
    book(office, at("9:00", date(2026, 3, 25)), patient_id=visited)
    rita = user(office)
    looks = Actor(rita, "Rita Gomez", "RG", frozenset({"*"}))
    for whose in (gomez, walter, visited):
        document = filed(office, whose, f"Note {whose}")
        office.database.do(looks, viewing.open_document, document_id=document)
    lines = office.ask(access_log.acts, wanted=AccessWanted(user_id=rita, kind=Kind.LOOKED)).lines
    marks = office.ask(access_marks.marks, lines=lines)
    by_patient = {line.patient_id: marks.get(line.entry_id) for line in lines}
    assert by_patient == {
        gomez: Mark(same_name=True, no_visit_near=True),
        walter: Mark(same_name=False, no_visit_near=True),
        visited: None,
    }
    assert office.ask(access_marks.marks, lines=()) == {}
    assert "Rita Gomez" in [person.name for person in office.ask(access_log.people)]


def test_every_command_has_its_kind_and_who_may_see_it() -> None:
    kinds = access_kinds.kinds()
    assert kinds["records.viewing.open_document"] is kinds["records.signed.open_consent"] is Kind.LOOKED
    assert kinds["records.signed.note_print"] is kinds["records.paper.print_forms"] is Kind.PRINTED
    assert kinds["records.access_log.export"] is Kind.EXPORTED
    assert kinds["billing.superbills.release"] is kinds["office.sites.reactivate_site"] is Kind.CHANGED
    every = {command.name for command in all_commands()}  # other tests bring commands of their own
    assert [name for name in kinds.keys() ^ every if not name.startswith("tests.")] == []
    may = {role.key for role in STANDARD_ROLES if "records.access_log" in role.permissions}
    assert may >= {"office_manager", "records_clerk"}
    assert not may & {"receptionist", "biller", "read_only"}
    assert access_kinds.words_of("records.viewing.gone", "x") == "records.viewing.gone: x"
