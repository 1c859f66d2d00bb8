"""Taking over patients from a file: dry run, each refusal with its line, nothing half-written, run again."""

from datetime import date
from pathlib import Path

import pytest

from frontdesk.formats.patient_columns import look_at
from frontdesk.formats.patient_csv import NotAPatientFile, RefusedLine
from frontdesk.kernel.errors import Cancelled, Conflict
from frontdesk.services.registration import addresses, import_layouts, import_review, patient_file
from frontdesk.services.registration.import_layouts import LayoutDraft
from frontdesk.services.registration.panel import panel
from frontdesk.services.registration.patient_file import import_patients, lines_of
from frontdesk.services.registration.patient_import import ImportReport
from frontdesk.services.registration.search import search
from tests.builders.registration import danielle
from tests.office import Office
from tests.refusal import refusal

HEADER = "Id,First,Last,Birth Date,Date of death,Phone,Address,City,State,Zip\n"
GOOD = (
    "1,Walter,Harris,02/09/1951,,5035550164,12 Pier Street,Portland,OR,97209\n"
    "2,June,Harris,05/02/1953,,5035550165,12 Pier Street,Portland,OR,97209\n"
    "3,Edith,Nowak,01/02/1944,03/02/2026,,,,,\n"
    "4,Ellis,Boyd,08/21/2019,,,784 Stamm Lock,Somerville,MA,2155\n"
)


def written(folder: Path, lines: str, header: str = HEADER) -> Path:
    path = folder / "patients.csv"
    path.write_text(header + lines, encoding="utf-8")
    return path


def run(office: Office, path: Path, *, dry_run: bool = False) -> ImportReport:
    return import_patients(office.database, office.actor, path, dry_run=dry_run)


def test_a_dry_run_says_what_would_be_and_writes_nothing(office: Office, tmp_path: Path) -> None:
    danielle(office)
    path = written(tmp_path, GOOD)
    assert run(office, path, dry_run=True) == ImportReport(4, 0, ())
    assert office.ask(search, typed="harris").patients == ()


def test_a_second_run_finds_its_own_rows_again(office: Office, tmp_path: Path) -> None:
    danielle(office)
    path = written(tmp_path, GOOD)
    assert run(office, path) == ImportReport(4, 0, ())
    assert run(office, path) == ImportReport(0, 4, ())
    [walter] = office.ask(search, typed="harris walter 5035550164").patients
    assert walter.chart_number == "HP-00002"
    edith = office.ask(search, typed="nowak").patients[0]
    assert edith.status == "deceased"
    assert office.ask(panel, patient_id=walter.patient_id).phones[0].number == "(503) 555-0164"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("9,A,B,02/30/1951,,,,,,", "The birth date “02/30/1951” is not a date. Write it as MM/DD/YYYY."),
        ("9,A,B,03/18/2026,,,,,,", "The birth date is in the future. Check the year."),
        ("9,A,B,01/01/1890,,,,,,", "The birth date is more than 130 years ago. Check the year."),
        ("9,A,B,01/01/1990,01/01/1980,,,,,", "The date of death is before the birth date. Check both."),
        ("9,A,B,01/01/1990,01/01/2030,,,,,", "The date of death is in the future. Check the year."),
        (
            "9,A,B,01/01/1990,,555-0148,,,,",
            "The phone number has 7 digits. Enter all ten, with the area code.",
        ),
        ("9,A,B,01/01/1990,,,12 Pier,,OR,97209", "Enter the city."),
        (
            "9,A,B,01/01/1990,,,12 Pier,Portland,OR,ABC",
            "A ZIP code has 5 digits, or 9 with a dash, as in 97005-1234.",
        ),
        ("1,A,B,01/01/1990,,,,,,", "The file has a patient 1 already, further up."),
    ],
)
def test_a_refused_line_says_why_and_keeps_nobody_out(
    file_office: Office, tmp_path: Path, line: str, reason: str
) -> None:
    danielle(file_office)
    path = written(tmp_path, f"{GOOD}{line}\n")
    told = ImportReport(4, 0, (RefusedLine(6, reason),))
    assert run(file_office, path, dry_run=True) == told
    assert run(file_office, path) == told


def test_it_stops_between_batches_and_goes_on_when_run_again(
    file_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    danielle(file_office)
    monkeypatch.setattr(patient_file, "BATCH", 2)
    path = written(tmp_path, GOOD)

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        import_patients(file_office.database, file_office.actor, path, dry_run=False, progress=stop)
    assert run(file_office, path) == ImportReport(2, 2, ())


def test_a_file_that_is_none_is_refused(file_office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotAPatientFile) as refused:
        run(file_office, tmp_path / "missing.csv")
    assert str(refused.value) == "The file cannot be opened: No such file or directory. Check its name."
    workbook = tmp_path / "patients.xlsx"
    workbook.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(NotAPatientFile) as refused:
        run(file_office, workbook)
    assert str(refused.value) == ("This is no text file. In the spreadsheet, choose Save as, CSV (UTF-8).")


def test_what_a_spreadsheet_on_windows_wrote_is_read(file_office: Office, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes((HEADER + "1,José,Núñez,01/01/1990,,,,,,\n").encode("cp1252"))
    assert run(file_office, path) == ImportReport(1, 0, ())
    assert [line.name for line in file_office.ask(search, typed="nunez").patients] == ["José Núñez"]


def test_who_may_be_here_already_is_set_aside_once(office: Office, tmp_path: Path) -> None:
    danielle(office)
    twice = "9,Walter,Harris,02/09/1951,,,,,,\n"
    path = written(tmp_path, f"{GOOD}{twice}10,Dani,Foster,06/14/1982,,5035550148,,,,\n")
    assert run(office, path, dry_run=True) == ImportReport(4, 0, (), for_review=2)
    assert run(office, path) == ImportReport(4, 0, (), for_review=2)
    assert run(office, path) == ImportReport(0, 6, ())
    assert [(line.line, line.name) for line in office.ask(import_review.waiting)] == [
        (6, "Walter Harris"),
        (7, "Dani Foster"),
    ]


def test_the_same_patient_gets_what_the_chart_had_not(office: Office, tmp_path: Path) -> None:
    dani = danielle(office)
    before = office.ask(panel, patient_id=dani)
    run(office, written(tmp_path, "10,Dani,Foster,06/14/1982,,5035550199,1 Elsewhere,Salem,OR,97301\n"))
    [line] = office.ask(import_review.waiting)
    [alike] = office.ask(import_review.alike, review_id=line.id)
    assert alike.patient_id == dani
    done = office.done(import_review.same, review_id=line.id, patient_id=dani, version=line.version)
    after = office.ask(panel, patient_id=dani)
    assert [phone.number for phone in after.phones][-1] == "(503) 555-0199"
    assert len(office.ask(addresses.history, patient_id=dani)) == 1, "what the chart has is kept"
    assert office.ask(import_review.waiting) == ()
    assert run(office, tmp_path / "patients.csv") == ImportReport(0, 1, ()), "known by its number now"

    office.database.undo(office.actor, done.entry_id)
    assert office.ask(panel, patient_id=dani).phones == before.phones
    assert [line.id for line in office.ask(import_review.waiting)] == [line.id]


def test_somebody_else_is_registered_with_a_reason(office: Office, tmp_path: Path) -> None:
    danielle(office)
    run(office, written(tmp_path, "10,Danielle,Foster,06/14/1982,,,,,,\n"))
    [line] = office.ask(import_review.waiting)
    with refusal("Say why this is somebody else, such as twin, or father and son."):
        office.do(import_review.register, review_id=line.id, version=line.version, reason=" ")
    office.do(import_review.register, review_id=line.id, version=line.version, reason="Cousin")
    assert len(office.ask(search, typed="foster danielle").patients) == 2
    with pytest.raises(Conflict):
        office.do(import_review.skip, review_id=line.id, version=line.version)


def test_columns_are_remembered_for_the_next_file_of_the_kind(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path, "Harris;Walter;09/02/1951\n", header="Name A;Name B;Geboren\n")
    file = look_at(path)
    assert (file.delimiter, file.guess.missing) == (";", ("first name", "last name", "birth date"))
    with refusal("No column gives the last name. Choose one."):
        office.do(
            import_layouts.remember,
            header_sha256=file.fingerprint,
            layout=LayoutDraft("Old system", (("born_on", 2), ("first", 1))),
        )
    layout = LayoutDraft("Old system", (("born_on", 2), ("first", 1), ("last", 0)), day_first=True)
    office.do(import_layouts.remember, header_sha256=file.fingerprint, layout=layout)
    kept = office.ask(import_layouts.remembered, header_sha256=look_at(path).fingerprint)
    assert kept == layout
    [line] = lines_of(file, layout.layout_for(file)).lines
    assert (line.first, line.last, line.born_on) == ("Walter", "Harris", date(1951, 2, 9))


def test_a_child_s_birth_date_does_not_stop_an_import(file_office: Office, tmp_path: Path) -> None:
    danielle(file_office)
    run(file_office, written(tmp_path, GOOD))
    assert [line.born_on for line in file_office.ask(search, typed="boyd").patients] == [date(2019, 8, 21)]
