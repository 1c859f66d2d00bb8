"""The tray and the work on pages: every command, once."""

from frontdesk.services.records import archiving, splitting, versions, viewing, watch_folder
from frontdesk.services.records.splitting import Piece
from frontdesk.services.records.versions import PageOf
from frontdesk.services.records.watch_folder import Folder
from tests.builders.records import filed, received, sheet
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office) -> None:
    """Pages are turned and brought back, a fax is split, two papers become one."""
    fax = received(office, sheet("A fax of two letters", pages=2), arrived_as="fax.pdf")
    office.do(versions.arrange, document_id=fax, pages=(PageOf(2, 90), PageOf(1)), reason="On its side")
    office.do(versions.bring_back, document_id=fax, number=1)
    parts = office.do(splitting.split_at, document_id=fax, starts=(2,)).part_ids
    office.do(splitting.join, pieces=tuple(Piece(part) for part in parts), title="One letter after all")
    old = filed(office, patient(office, "Olga", "Prentiss"), "Preliminary report")
    office.do(viewing.export, document_id=old)
    office.do(archiving.archive, document_id=old, reason="The final report is there")
    office.do(archiving.unarchive, document_id=old)
    office.do(watch_folder.set_up, folder=Folder("/srv/fax", source="Fax"), version=None)
