"""The visit's label: two identifiers and a barcode on one small page, also with the longest names."""

from dataclasses import replace

import pytest

from frontdesk.formats.pdf.visit_label import VisitLabel, visit_label_pdf
from tests.formats.pdf.reading import pages

DANIELLE = VisitLabel("Foster, Danielle", "06/14/1982", "HP-20418", "03/17/2026, 10:45 AM", "Dr. Lee")


def test_it_names_the_patient_by_two_identifiers_and_the_visit() -> None:
    (said,) = pages(visit_label_pdf(DANIELLE))
    for words in ("Foster, Danielle", "Born 06/14/1982", "03/17/2026, 10:45 AM, Dr. Lee", "HP-20418"):
        assert words in said


@pytest.mark.parametrize("name", ["Wolfeschlegelsteinhausen-Bergerdorff, " * 6, "Nguyễn, Thị Ánh", "A" * 240])
def test_a_name_of_any_length_keeps_to_its_page(name: str) -> None:
    (said,) = pages(visit_label_pdf(replace(DANIELLE, patient=name)))
    assert "Born 06/14/1982" in said
    assert "HP-20418" in said
