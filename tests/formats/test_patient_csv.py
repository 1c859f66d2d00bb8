"""Reading patients from CSV: what each line becomes, and each refusal in words."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.formats.patient_csv import NotAPatientFile, PatientLine, RefusedLine, parse_date, read

HEADER = "First Name,Last Name,DOB,Sex,Phone,Address,City,State,Zip\n"


def lines(text: str) -> list[PatientLine | RefusedLine]:
    return list(read(io.StringIO(text)))


def test_a_line_becomes_a_patient_whatever_the_columns_are_called() -> None:
    assert lines(
        HEADER
        + 'Danielle,Foster,06/14/1982,F,503-555-0148,"2218 Alder Court, Apt 4",Beaverton,Oregon,97005\n'
    ) == [
        PatientLine(
            line=2,
            first="Danielle",
            last="Foster",
            born_on=date(1982, 6, 14),
            sex="female",
            mobile="503-555-0148",
            street="2218 Alder Court",
            unit="Apt 4",
            city="Beaverton",
            state="OR",
            postal_code="97005",
        )
    ]


def test_synthea_s_numbered_names_and_unknown_zip_codes_are_cleaned() -> None:
    [found] = lines(
        "Id,BIRTHDATE,DEATHDATE,FIRST,LAST,MAIDEN,MARITAL,GENDER,ADDRESS,CITY,STATE,ZIP,HEALTHCARE_EXPENSES\n"
        "a-1,1942-08-02,2020-03-03,Asley870,Yundt842,Leannon79,M,F,1028 Runte Spur Apt 41,Framingham,"
        "Massachusetts,00000,243565.21\n"
    )
    assert found == PatientLine(
        line=2,
        first="Asley",
        last="Yundt",
        former_last="Leannon",
        born_on=date(1942, 8, 2),
        died_on=date(2020, 3, 3),
        sex="female",
        marital_status="married",
        street="1028 Runte Spur",
        unit="Apt 41",
        city="Framingham",
        state="MA",
        identifier="a-1",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Danielle,Foster,06/14/1982", "The line has 3 columns where the header has 9."),
        (",Foster,06/14/1982,,,,,,", "The first name is missing."),
        (",,06/14/1982,,,,,,", "The first name and the last name are missing."),
        ("A,B,,,,,,,", "The birth date is missing."),
        ("A,B,02/30/1982,,,,,,", "The birth date “02/30/1982” is not a date. Write it as MM/DD/YYYY."),
        ("A,B,soon,,,,,,", "The birth date “soon” is not a date. Write it as MM/DD/YYYY."),
    ],
)
def test_a_line_that_cannot_be_a_patient_is_refused_with_its_reason(line: str, reason: str) -> None:
    good = "Ray,Foster,03/30/1980,M,,,,,\n"
    assert lines(HEADER + line + "\n" + good)[0] == RefusedLine(2, reason)
    assert isinstance(lines(HEADER + line + "\n" + good)[1], PatientLine)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty. Choose a CSV file whose first line names its columns."),
        (
            "a,b\n1,2\n",
            (
                "No column gives the first name, the last name, the birth date. "
                "Name the columns first name, last name and birth date, or choose them."
            ),
        ),
        (
            HEADER + 'Ray,"Foster,03/30/1980,M,,,,,\n',
            "The file cannot be read past line 2: a quote is not closed. Save it again as CSV (UTF-8).",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(text: str, sentence: str) -> None:
    with pytest.raises(NotAPatientFile) as refused:
        lines(text)
    assert str(refused.value) == sentence


@given(st.dates(date(1880, 1, 1), date(2100, 1, 1)))
def test_a_date_reads_back_in_every_usual_form(day: date) -> None:
    for written in (f"{day}", f"{day:%m/%d/%Y}", f"{day.month}-{day.day}-{day.year:04d}", f"{day:%Y%m%d}"):
        assert parse_date(written) == day


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), max_size=12))
def test_nothing_in_a_cell_breaks_the_reading(cells: list[str]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerow(cells)
    found = lines(HEADER + written.getvalue())
    assert all(isinstance(line, PatientLine | RefusedLine) for line in found)
