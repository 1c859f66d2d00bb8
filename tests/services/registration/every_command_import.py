"""Taking over patients from a file: what each column means, and the lines that a person decides about."""

from datetime import date

from frontdesk.formats.patient_csv import PatientLine
from frontdesk.services.registration import import_layouts, import_review, patient_import
from frontdesk.services.registration.import_layouts import LayoutDraft
from tests.office import Office

KIND = "ab" * 32


def run(office: Office, dani: int) -> None:
    """Four lines that look like Danielle Foster: two are her, one is somebody else, one is left out."""
    layout = LayoutDraft("old system", (("born_on", 2), ("first", 0), ("last", 1)))
    office.do(import_layouts.remember, header_sha256=KIND, layout=layout)
    office.do(import_layouts.forget, header_sha256=KIND)
    office.do(
        patient_import.take_over,
        system="older system",
        lines=tuple(
            PatientLine(
                line, "Danielle", "Foster", date(1982, 6, 14), mobile=f"503555020{line}", identifier=f"{line}"
            )
            for line in range(2, 6)
        ),
    )
    first, second, third, fourth = office.ask(import_review.waiting)
    office.do(import_review.same, review_id=first.id, patient_id=dani, version=first.version)
    decided = office.do(import_review.same, review_id=second.id, patient_id=dani, version=second.version)
    office.do(import_review.take_back, review_id=second.id, decided=decided)
    office.do(import_review.register, review_id=third.id, version=third.version, reason="Cousin")
    office.do(import_review.skip, review_id=fourth.id, version=fourth.version)
