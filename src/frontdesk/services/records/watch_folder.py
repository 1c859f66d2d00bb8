"""The folder that this station looks through for files of a fax server or a scanner."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.models.records.watch_folder import Afterwards as Afterwards
from frontdesk.models.records.watch_folder import WatchFolder
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("ck_watch_folder_path", "Enter the folder, in at most 400 characters.", field="path")
says("ck_watch_folder_source", "Enter at most 120 characters.", field="source")


@dataclass(frozen=True, slots=True)
class Folder:
    """What a station's folder is, and what becomes of files that came in."""

    path: str
    afterwards: Afterwards = Afterwards.MOVE
    source: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class FolderView:
    """The folder as it is set up; version 0 before anybody did."""

    folder: Folder
    version: int


NONE = FolderView(Folder("", is_active=False), 0)


def _set_back(done: Performed) -> Undo:
    return Undo(set_up, folder=done.result.folder, version=None)


@query(permission="records.view")
def of_this_station(work: Work) -> FolderView:
    """The folder of the station that asks."""
    row = _row(work)
    return NONE if row is None else FolderView(_folder(row), row.version)


@command("Set up watch folder", permission="records.edit_intake", undo=_set_back)
def set_up(work: Work, *, folder: Folder, version: int | None) -> FolderView:
    """From now on this station looks there, or nowhere; gives back what was before."""
    row = _row(work)
    if version is not None and version != (row.version if row is not None else 0):
        raise Conflict(
            "Another person changed this folder. Nothing of yours was saved. Look at it, then save again."
        )
    path = folder.path.strip()
    findings = []
    if folder.is_active and not path:
        findings.append(Finding("Choose the folder.", "path"))
    if len(path) > 400:
        findings.append(Finding("Enter the folder, in at most 400 characters.", "path"))
    if len(folder.source.strip()) > 120:
        findings.append(Finding("Enter at most 120 characters.", "source"))
    refuse_if_any(findings)
    before = NONE if row is None else FolderView(_folder(row), row.version)
    if row is None and not path:
        raise Refused(Finding("Choose the folder.", "path"))
    if row is None:
        row = work.add(WatchFolder(station_id=work.station.id, path=path))
    if path:
        row.path = path
    row.afterwards = folder.afterwards
    row.source = folder.source.strip()
    row.is_active = folder.is_active
    return before


def _row(work: Work) -> WatchFolder | None:
    return work.session.scalar(select(WatchFolder).where(WatchFolder.station_id == work.station.id))


def _folder(row: WatchFolder) -> Folder:
    return Folder(row.path, row.afterwards, row.source, row.is_active)
