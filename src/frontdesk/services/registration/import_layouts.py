"""What the columns of a kind of file mean, remembered by the names of its columns."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.formats.patient_columns import COLUMNS, Layout, PatientFile
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.patient_import import ImportLayout
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class LayoutDraft:
    """Where each field stands, as chosen on the screen."""

    system: str
    columns: tuple[tuple[str, int], ...]
    """Field and number of its column, from 0; by field."""
    day_first: bool = False

    def layout_for(self, file: PatientFile) -> Layout:
        """As the reader of the file wants it."""
        return Layout(dict(self.columns), day_first=self.day_first, is_synthea=file.guess.is_synthea)


@query(permission="registration.import")
def remembered(work: Work, *, header_sha256: str) -> LayoutDraft | None:
    """What was chosen for the last file with these columns."""
    row = _of(work, header_sha256)
    return None if row is None else _draft_of(row)


def _remembered_before(done: Performed) -> Undo:
    sha256 = done.arguments["header_sha256"]
    if done.result is None:
        return Undo(forget, header_sha256=sha256)
    return Undo(remember, header_sha256=sha256, layout=done.result)


@command("Remember columns of import", permission="registration.import", undo=_remembered_before)
def remember(work: Work, *, header_sha256: str, layout: LayoutDraft) -> LayoutDraft | None:
    """Keep what the columns mean for the next file of the kind; gives back what was kept before."""
    findings = []
    if not layout.system.strip():
        findings.append(Finding("Name the system that the file comes from.", "system"))
    if len(layout.system.strip()) > 60:
        findings.append(Finding("This is longer than 60 letters. Shorten it.", "system"))
    findings += [
        Finding(f"No column gives the {words}. Choose one.", "columns")
        for words in Layout(dict(layout.columns)).missing
    ]
    if unknown := [field for field, _ in layout.columns if field not in COLUMNS]:
        findings.append(Finding(f"“{unknown[0]}” is no field of a patient.", "columns"))
    if findings:
        raise Refused(*findings)
    row = _of(work, header_sha256)
    before = None if row is None else _draft_of(row)
    if row is None:
        row = work.add(ImportLayout(header_sha256=header_sha256))
    row.system, row.day_first, row.used_at = layout.system.strip(), layout.day_first, work.now
    row.columns = json.dumps(dict(layout.columns), sort_keys=True)
    return before


def _forgotten_back(done: Performed) -> Undo:
    return Undo(remember, header_sha256=done.arguments["header_sha256"], layout=done.result)


@command("Forget columns of import", permission="registration.import", undo=_forgotten_back)
def forget(work: Work, *, header_sha256: str) -> LayoutDraft:
    """The next file of the kind is guessed at again."""
    row = _of(work, header_sha256)
    if row is None:
        raise Refused(Finding("These columns are not remembered any more. Nothing was changed."))
    before = _draft_of(row)
    work.session.delete(row)
    return before


def _of(work: Work, header_sha256: str) -> ImportLayout | None:
    return work.session.scalar(select(ImportLayout).where(ImportLayout.header_sha256 == header_sha256))


def _draft_of(row: ImportLayout) -> LayoutDraft:
    columns: dict[str, int] = json.loads(row.columns)
    return LayoutDraft(row.system, tuple(sorted(columns.items())), row.day_first)
