"""Taking over patients from a file: dry run, each refusal with its line, nothing half-written, run again."""

from datetime import date
from pathlib import Path

import pytest

from frontdesk.formats.patient_csv import NotAPatientFile, RefusedLine
from frontdesk.kernel.errors import Cancelled
from frontdesk.services.registration import patient_file
from frontdesk.services.registration.panel import panel
from frontdesk.services.registration.patient_file import import_patients
from frontdesk.services.registration.patient_import import ImportReport
from frontdesk.services.registration.search import search
from tests.builders.registration import danielle
from tests.office import Office

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
        (
            "9,Walter,Harris,02/09/1951,,,,,,",
            "Line 2 seems to be the same person: Same last name; Same first name; Same birth date.",
        ),
        (
            "9,Danielle,Foster,06/14/1982,,5035550148,,,,",
            (
                "Chart HP-00001 seems to be the same person: Same last name; Same first name; "
                "Same birth date; Same phone, (503) 555-0148. "
                "Register the patient by hand if this is somebody else."
            ),
        ),
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
    latin = tmp_path / "latin.csv"
    latin.write_bytes((HEADER + "1,José,Ñ,01/01/1990,,,,,,\n").encode("latin-1"))
    with pytest.raises(NotAPatientFile) as refused:
        run(file_office, latin)
    assert str(refused.value) == (
        "The file cannot be read past line 0: it is not text in UTF-8. Save it again as CSV (UTF-8)."
    )


def test_a_child_s_birth_date_does_not_stop_an_import(file_office: Office, tmp_path: Path) -> None:
    danielle(file_office)
    run(file_office, written(tmp_path, GOOD))
    assert [line.born_on for line in file_office.ask(search, typed="boyd").patients] == [date(2019, 8, 21)]
