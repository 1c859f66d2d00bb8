"""The tray and the work on pages: every command, once."""

from frontdesk.services.records import splitting, versions
from frontdesk.services.records.splitting import Piece
from frontdesk.services.records.versions import PageOf
from tests.builders.records import received, sheet
from tests.office import Office


def run(office: Office) -> None:
    """Pages are turned and brought back, a fax is split, two papers become one."""
    fax = received(office, sheet("A fax of two letters", pages=2), arrived_as="fax.pdf")
    office.do(versions.arrange, document_id=fax, pages=(PageOf(2, 90), PageOf(1)), reason="On its side")
    office.do(versions.bring_back, document_id=fax, number=1)
    parts = office.do(splitting.split_at, document_id=fax, starts=(2,)).part_ids
    office.do(splitting.join, pieces=tuple(Piece(part) for part in parts), title="One letter after all")
