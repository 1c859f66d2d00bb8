"""A morning's tray: ten files of every kind, four of them not to be kept; indexed with the keyboard alone."""

import io
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo.papers import Paper, printed
from frontdesk.formats.pdf import page_work
from frontdesk.formats.pdf.page_work import Taken
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.patient import Patient
from frontdesk.services.records import filing, forms, paper, tray, versions
from frontdesk.services.records.chart import chart
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.paper import Wanted
from frontdesk.services.records.versions import VersionCause
from frontdesk.services.work import SYSTEM
from frontdesk.ui.records.page import RecordsPage
from tests.builders.page_pictures import png, tiff
from tests.e2e.tour import Tour

_WHO = ("Raymond", "Castillo")
_ON = date(2026, 3, 16)
_REFUSED = 4


def ten_files_arrive(tour: Tour) -> str:
    """Dropped together: six come into the tray, each of the other four is named with its reason."""
    hands, page = tour.driver, _page(tour)
    page.open_chart(None)
    hands.settle()
    before = {line.document_id for line in _waiting(tour)}
    with tempfile.TemporaryDirectory(prefix="frontdesk-tray-") as folder:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in _files(tour, Path(folder))])
        none = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        page.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, *none))
        hands.until(lambda: not page.bringing.intake.is_busy, "the files are not all looked at")
        hands.settle()
    said = page.banner.text
    for sentence in ("damaged", "password", "here already", "but it is"):
        assert sentence in said, f"“{sentence}” is not said: {said}"
    tour.look("six of ten files are in the tray")
    tour.remembers["tray"] = before
    came = len(_waiting(tour)) - len(before)
    assert came == 10 - _REFUSED, f"{came} came in"
    return f"{came} of 10 in the tray, the others named"


def two_letters_are_split(tour: Tour) -> str:
    """A fax and a PDF of two letters each become two documents; what came in stays."""
    hands, page = tour.driver, _page(tour)
    parts = 0
    for name in ("fax.tif", "two-letters.pdf"):
        page.table.choose(_line(tour, name))
        hands.until(
            lambda name=name: page.preview.opened is not None and page.preview.opened.arrived_as == name,  # type: ignore[misc]
            "it is not opened",
        )
        hands.settle()
        hands.press("Ctrl+G")
        hands.until(lambda: page.preview.tools.strip.plan.sheets != [], "the pages are not shown")
        hands.press("Down", "S")
        tour.look("another document begins with the second page")
        before = len(_waiting(tour))
        hands.press("Ctrl+S")
        hands.until(lambda before=before: len(_waiting(tour)) == before + 1, "it was not split")  # type: ignore[misc]
        parts += 2
        hands.press("Ctrl+G")
    told = hands.desk.database.ask(SYSTEM, versions.versions_of, document_id=_new(tour)[-1])
    assert told[0].cause is VersionCause.SPLIT
    return f"{parts} documents of two"


def all_by_keyboard(tour: Tour) -> str:
    """Enter takes the chart that the document names; then its part, title and date; Enter files it."""
    hands, page = tour.driver, _page(tour)
    patient = _patient(tour)
    at, filed, found = hands.keystrokes, 0, 0
    page.table.setFocus()
    while new := _new(tour):
        page.table.choose((new[0], None))
        hands.until(lambda new=new: _shown(page) == new[0], "it is not opened")  # type: ignore[misc]
        hands.settle()
        form = page.preview.form
        page.table.setFocus()
        if page.preview.whose.list.candidates:
            hands.press("Return")
            found += 1
        else:
            hands.press("Return")
            assert hands.refusals(form), "nobody's document was filed"
            hands.write("castillo ray")
            hands.until(lambda: bool(form.patient.listed), "nobody is found")  # noqa: B023 - the one form
            hands.press("Return")
        if not filed:
            tour.look("the chart it names is taken")
        hands.choose("Category", "Lab results", form)
        hands.press("Tab")
        hands.press("Ctrl+A")
        hands.write(f"Paper {filed + 1} of the tray")
        hands.press("Tab", "Tab", "Tab")
        hands.write(f"{_ON:%m%d%Y}")
        hands.press("Return")
        hands.until(lambda new=new: new[0] not in _new(tour), "it was not filed")  # type: ignore[misc]
        filed += 1
    listed = hands.desk.database.ask(hands.desk.actor, chart, patient_id=patient.id)
    titles = {line.title for year in listed.years for line in year.lines}
    assert {f"Paper {number + 1} of the tray" for number in range(filed)} <= titles
    keys = hands.keystrokes - at
    return f"{filed} filed, {found} of them named their chart; {keys / filed:.0f} keystrokes each"


def another_desk_was_first(tour: Tour) -> str:
    """A second desk files the document that is open here: it is said, and what was typed stays."""
    hands, page = tour.driver, _page(tour)
    line = next(line for line in _waiting(tour) if line.patient_id is None)
    page.table.choose((line.document_id, None))
    hands.until(lambda: _shown(page) == line.document_id, "it is not opened")
    hands.settle()
    hands.fill(page.preview.form.heading, "What I was typing")
    other = tour.another()
    try:
        indexing = Indexing(Category.LETTER, "Reply to the referral", _ON)
        patient = _patient(tour)
        other.do(SYSTEM, filing.file, document_id=line.document_id, patient_id=patient.id, indexing=indexing)
    finally:
        other.close()
    page.preview.reload()
    hands.until(lambda: "Another desk" in page.preview.news.text, "it is not said")
    assert page.preview.form.heading.value() == "What I was typing", "what was typed is lost"
    tour.look("another desk was first")
    said = page.preview.news.text
    hands.click_button("Take theirs", page)
    hands.settle()
    return said


def _files(tour: Tour, folder: Path) -> Iterator[Path]:
    patient = _patient(tour)
    letter = _letter(patient, "Reply to your referral")
    other = _letter(patient, "Nerve conduction study")
    locked = PdfWriter(clone_from=PdfReader(io.BytesIO(letter)))
    locked.encrypt("harbor", algorithm="AES-256")
    sealed = io.BytesIO()
    locked.write(sealed)
    form_id = tour.driver.desk.database.ask(SYSTEM, forms.current_forms)[0].id
    wanted = (Wanted(patient.id, form_id),)
    sheets = tour.driver.desk.database.do(SYSTEM, paper.print_forms, wanted=wanted).result
    born = us_date(patient.born_on)
    contents = {
        "letter.pdf": letter,
        "photo of a sheet.png": png("Home blood pressure", "128/78, 131/80, 126/77"),
        "fax.tif": tiff(("First letter",), ("Second letter",)),
        "call.txt": f"Call from {patient.legal_first} {patient.legal_last}, born {born}".encode(),
        "broken.pdf": b"%PDF-1.7\n" + bytes(4000),
        "locked.pdf": sealed.getvalue(),
        "letter again.pdf": letter,
        "really a picture.pdf": png("Not a PDF at all"),
        "form with a code.pdf": tour.driver.desk.database.ask(SYSTEM, paper.printed_pdf, print_ids=sheets),
        "two-letters.pdf": page_work.put((letter, other), (Taken(0, 0), Taken(1, 0))),
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
        yield folder / name


def _letter(patient: Patient, title: str) -> bytes:
    name = f"{patient.legal_last}, {patient.legal_first}"
    facts = (("Patient", name), ("Birth date", us_date(patient.born_on)))
    said = (("Seen", "Well. Next visit in six months."),)
    return printed(Paper("Rose City Neurology", title, _ON, facts=facts, sections=said))


def _patient(tour: Tour) -> Patient:
    with Session(tour.driver.desk.database.engines.read) as session:
        named = select(Patient).where(Patient.legal_first == _WHO[0], Patient.legal_last == _WHO[1])
        return session.scalars(named.order_by(Patient.id)).all()[-1]


def _page(tour: Tour) -> RecordsPage:
    hands = tour.driver
    if not isinstance(hands.page, RecordsPage):
        hands.workplace.go("records")
        hands.settle()
    page = hands.page
    assert isinstance(page, RecordsPage)
    return page


def _shown(page: RecordsPage) -> int | None:
    return page.preview.opened.document_id if page.preview.opened is not None else None


def _waiting(tour: Tour) -> tuple[tray.TrayLine, ...]:
    return tour.driver.desk.database.ask(tour.driver.desk.actor, tray.tray)


def _new(tour: Tour) -> list[int]:
    """What came in with the ten files and still waits."""
    before = tour.remembers["tray"]
    assert isinstance(before, set)
    return [line.document_id for line in _waiting(tour) if line.document_id not in before]


def _line(tour: Tour, name: str) -> tuple[int, None]:
    return next((line.document_id, None) for line in _waiting(tour) if line.arrived_as == name)
