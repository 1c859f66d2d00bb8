"""Documents and consent forms, and the paper they come on."""

import io
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from pypdf import PdfReader
from sqlalchemy import Connection, text

from frontdesk.formats.pdf.letterhead import Letter, Sender
from frontdesk.services.database import Database
from frontdesk.services.records import consents, content, filing, forms, tray
from frontdesk.services.records.consents import Representative
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.seal import Strokes
from frontdesk.services.schedule import visit_forms
from tests.builders.office import site
from tests.office import Office

PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAwS2OUAAAAABJRU5ErkJggg=="
)
STROKES = (
    ((10, 40, 0), (40, 12, 60), (70, 48, 120), (110, 20, 180)),
    ((60, 30, 400), (180, 34, 520)),
)
CASCADE = Sender("Cascade General", ("100 Cascade Avenue", "Portland, OR 97204"))
SECOND_STROKES = (((5, 5, 0), (90, 60, 90), (20, 70, 150), (130, 15, 260)),)


def sheet(*lines: str, pages: int = 1) -> bytes:
    """A made-up letter from outside as PDF."""
    letter = Letter(
        Sender("Cascade General", ("100 Cascade Avenue", "Portland, OR 97204")), "Discharge summary"
    )
    letter.title()
    for line in lines or ("Admitted 03/09/2026, discharged 03/12/2026.",):
        letter.text(line)
    for _ in range(pages - 1):
        letter.new_page()
        letter.text("Continued.")
    return letter.pdf()


def received(
    office: Office,
    data: bytes | None = None,
    *,
    patient_id: int | None = None,
    arrived_as: str = "scan.pdf",
    source: str = "Cascade General",
) -> int:
    """A document in the tray."""
    site(office)
    seen = content.store_bytes(office.database, data if data is not None else sheet(), arrived_as)
    return office.do(
        tray.receive, sha256=seen.sha256, arrived_as=arrived_as, source=source, patient_id=patient_id
    )


def filed(
    office: Office,
    patient_id: int,
    title: str = "Discharge summary",
    *,
    category: Category = Category.HOSPITAL,
    on: date = date(2026, 3, 12),
    reader_ids: tuple[int, ...] = (),
) -> int:
    """A document in the chart; other titles are other papers."""
    document_id = received(office, sheet(title, str(on)), patient_id=patient_id)
    office.do(
        filing.file,
        document_id=document_id,
        patient_id=patient_id,
        indexing=Indexing(category, title, on, "Cascade General", reader_ids),
    )
    return document_id


def library(office: Office) -> dict[str, int]:
    """The shipped forms adopted; the ids of the English wordings by key."""
    site(office)
    office.do(forms.adopt, forms=forms.shipped_forms())
    return {face.key: face.id for face in office.ask(forms.current_forms) if face.language == "en"}


def signed(
    office: Office,
    patient_id: int,
    key: str = "consent_to_treat",
    *,
    representative: Representative | None = None,
    strokes: Strokes = STROKES,
) -> int:
    """A consent signed on the screen in the patient's language."""
    form_id = next(
        stands.form_id
        for stands in office.ask(visit_forms.required_for, patient_id=patient_id)
        if stands.key == key
    )
    shown = office.ask(consents.form_to_sign, patient_id=patient_id, form_id=form_id)
    return office.do(
        consents.sign,
        patient_id=patient_id,
        form_id=form_id,
        fingerprint=shown.fingerprint,
        strokes=strokes,
        representative=representative,
    )


def text_of(pdf: bytes) -> str:
    """The words of a PDF, page after page."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def flip_a_byte(database: Database, address: str, *, position: int = 0) -> None:
    """One bit of one stored chunk, as a failing disk would turn it."""
    at = {"address": address, "position": position}
    where = "WHERE sha256 = :address AND position = :position"
    with _unguarded(database, "document_chunk") as connection:
        kept = connection.execute(text(f"SELECT bytes FROM document_chunk {where}"), at).scalar_one()
        turned = bytearray(kept)
        turned[len(turned) // 2] ^= 1
        connection.execute(
            text(f"UPDATE document_chunk SET bytes = :bytes {where}"), {"bytes": bytes(turned), **at}
        )


def around_the_guards(database: Database, table: str, statement: str) -> None:
    """Change an append-only table as no programme of ours can."""
    with _unguarded(database, table) as connection:
        connection.exec_driver_sql(statement)


@contextmanager
def _unguarded(database: Database, table: str) -> Iterator[Connection]:
    """Without the table's triggers, until the change is made."""
    with database.engines.write.begin() as connection:
        if database.engines.on_server:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield connection
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        asked = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
        triggers = connection.execute(asked, {"table": table}).all()
        for trigger in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
        yield connection
        for trigger in triggers:
            connection.exec_driver_sql(trigger.sql)
