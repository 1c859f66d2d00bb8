"""An erased content is gone: its key with the record of the erasure, and never without one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import NotFound, Refused
from frontdesk.models.records.content import DocumentErasure
from frontdesk.services.command import command, irreversible
from frontdesk.services.database import Database
from frontdesk.services.records import content, erasure, tray
from frontdesk.services.records import text as words
from frontdesk.services.records.content import Erased
from frontdesk.services.work import Work
from tests.builders.records import received, sheet
from tests.office import DANA, Office
from tests.refusal import refusal
from tests.twin import copy_of, position_of, replayed, rows_of


@command("Erase for a test", permission="records.file", undo=irreversible("It is gone."))
def erase(
    work: Work, *, sha256: str, documents: tuple[int, ...] = (), reason: str = "Its time was over"
) -> bool:
    """What a disposal run does for each content."""
    return content.erase(work, sha256=sha256, documents=documents, reason=reason, run_id=7)


def _counts(office: Office) -> dict[str, int]:
    tables = ("document_content", "document_key", "document_chunk", "document_erasure")
    with office.database.engines.read.connect() as connection:
        return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in tables}


def test_what_is_erased_is_gone_and_its_stub_stays(office: Office, tmp_path: Path) -> None:
    document_id = received(office)
    seen = content.store_bytes(office.database, sheet(), "scan.pdf")
    start = position_of(office)
    with copy_of(office.database, tmp_path) as open_copy:
        assert office.do(erase, sha256=seen.sha256, documents=(document_id,))
        assert not office.do(erase, sha256=seen.sha256, documents=(document_id,))
        erasure.scrub(office.database)

        assert _counts(office) == {
            "document_content": 1,
            "document_key": 0,
            "document_chunk": 0,
            "document_erasure": 1,
        }
        assert office.ask(words.text_of, sha256=seen.sha256).state is words.TextState.ERASED
        with Session(office.database.engines.read) as session:
            assert content.is_erased(session, seen.sha256)
            assert not content.is_erased(session, "0" * 64)
            with pytest.raises(Erased, match="destroyed when its time was over"):
                content.read(session, seen.sha256)

        twin = open_copy()
        content.carry(office.database, twin)
        replayed(office.database, twin, after=start)
        assert rows_of(twin) == rows_of(office.database)


def test_what_was_erased_elsewhere_is_carried_as_a_stub_and_may_be_erased_there(
    office: Office, tmp_path: Path
) -> None:
    start = position_of(office)
    with copy_of(office.database, tmp_path) as open_copy:
        document_id = received(office)
        (address,) = _addresses(office)
        office.do(erase, sha256=address, documents=(document_id,))
        twin = open_copy()
        assert content.carry(office.database, twin) == 1
        assert content.carry(office.database, twin) == 0
        replayed(office.database, twin, after=start)
        assert rows_of(twin, log=False) == rows_of(office.database, log=False)


def test_the_same_bytes_may_come_in_again_under_a_new_key(office: Office) -> None:
    document_id = received(office)
    (address,) = _addresses(office)
    office.do(erase, sha256=address, documents=(document_id,))
    with refusal("The file's content did not arrive. Add the file again."):
        office.do(tray.receive, sha256=address, again=True)
    again = content.store_bytes(office.database, sheet(), "again.pdf")

    assert again.sha256 == address
    assert office.ask(words.text_of, sha256=address).state is words.TextState.PENDING
    with Session(office.database.engines.read) as session:
        assert content.read(session, address) == sheet()
    assert office.do(erase, sha256=address, documents=(document_id,))
    assert _counts(office)["document_erasure"] == 2


def test_bytes_that_another_desk_takes_in_meanwhile_are_not_erased_under_it(
    office: Office, another: Callable[[], Database]
) -> None:
    document_id = received(office)
    (address,) = _addresses(office)
    other, together = another(), Barrier(2)

    def take_in() -> str:
        together.wait()
        try:
            other.do(DANA, tray.receive, sha256=address, again=True)
        except Refused:
            return "refused"
        return "taken in"

    def destroy() -> str:
        together.wait()
        try:
            office.do(erase, sha256=address, documents=(document_id,))
        except Refused:
            return "refused"
        return "erased"

    with ThreadPoolExecutor(2) as pool:
        took, destroyed = (pool.submit(act) for act in (take_in, destroy))
        assert {took.result(), destroyed.result()} in ({"taken in", "refused"}, {"erased", "refused"})


def test_nothing_is_erased_that_is_still_shown(office: Office) -> None:
    first = received(office)
    (address,) = _addresses(office)
    second = office.do(tray.receive, sha256=address, again=True)
    with refusal(f"These bytes cannot be erased: they are still shown by document {second}."):
        office.do(erase, sha256=address, documents=(first,))
    office.do(tray.withdraw, document_id=second, reason="Twice")
    with refusal(f"These bytes cannot be erased: they are still shown by document {first}."):
        office.do(erase, sha256=address)
    with refusal("Write why the content is erased."):
        office.do(erase, sha256=address, documents=(first,), reason=" ")
    with pytest.raises(NotFound, match="Nothing was erased"):
        office.do(erase, sha256="0" * 64)
    assert _counts(office)["document_key"] == 1


def test_the_database_lets_a_key_go_only_with_the_record_of_its_erasure(office: Office) -> None:
    document_id = received(office)
    (address,) = _addresses(office)
    refused = {
        "DELETE FROM document_key": "append_only_document_key",
        "UPDATE document_key SET generation = 1": "append_only_document_key",
        "DELETE FROM document_chunk": "append_only_document_chunk",
        f"INSERT INTO document_erasure VALUES (1, '{address}', 5, '2026-03-17', NULL, 'No', NULL)": (
            "document_erasure_generation"
        ),
    }
    for statement, message in refused.items():
        _is_refused(office, statement, message)
    office.do(erase, sha256=address, documents=(document_id,))
    key = "x'" + "00" * 32 + "'" if not office.database.engines.on_server else "'\\x" + "00" * 32 + "'"
    for statement, message in {
        f"INSERT INTO document_key VALUES ('{address}', 0, {key})": "document_key_erased",
        "UPDATE document_erasure SET reason = 'Another'": "append_only_document_erasure",
        "DELETE FROM document_erasure": "append_only_document_erasure",
    }.items():
        _is_refused(office, statement, message)
    with Session(office.database.engines.read) as session:
        (record,) = session.query(DocumentErasure).all()
        assert (record.sha256, record.generation, record.reason, record.run_id) == (
            address,
            0,
            "Its time was over",
            7,
        )


def _is_refused(office: Office, statement: str, message: str) -> None:
    with (
        pytest.raises(IntegrityError, match=message),
        office.database.engines.write.begin() as connection,
    ):
        connection.exec_driver_sql(statement)


def _addresses(office: Office) -> list[str]:
    with office.database.engines.read.connect() as connection:
        return list(connection.scalars(text("SELECT sha256 FROM document_content ORDER BY sha256")))
