"""Imports a whole file of patients: a dry run, or batch after batch, each kept once it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from frontdesk.formats.patient_columns import Layout, PatientFile, look_at
from frontdesk.formats.patient_csv import PatientLine, RefusedLine, read_file
from frontdesk.services.database import Database
from frontdesk.services.registration.patient_import import ImportReport, take_over, try_out
from frontdesk.services.work import Actor

BATCH = 500


@dataclass(frozen=True, slots=True)
class FileLines:
    """What a file holds: lines that can be read as patients, and those that cannot."""

    lines: tuple[PatientLine, ...]
    refused: tuple[RefusedLine, ...]

    def batches(self) -> Iterator[tuple[PatientLine, ...]]:
        """As many lines as are registered in one go."""
        for at in range(0, len(self.lines), BATCH):
            yield self.lines[at : at + BATCH]

    @property
    def report(self) -> ImportReport:
        """Before anything is done: the refused lines only."""
        return ImportReport(0, 0, self.refused)


def lines_of(file: PatientFile, layout: Layout | None = None) -> FileLines:
    """Reads the file; raises `NotAPatientFile`."""
    lines: list[PatientLine] = []
    refused: list[RefusedLine] = []
    for line in read_file(file, layout):
        if isinstance(line, PatientLine):
            lines.append(line)
        else:
            refused.append(line)
    return FileLines(tuple(lines), tuple(refused))


def import_patients(
    database: Database,
    actor: Actor,
    path: Path,
    *,
    dry_run: bool,
    system: str = "import",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> ImportReport:
    """What became of each line. Stopped halfway, it goes on where it was when it is run again.

    Raises `NotAPatientFile`, then nothing was written.
    """
    found = lines_of(look_at(path))
    report, done = found.report, 0
    if dry_run:
        report = report.plus(database.ask(actor, try_out, system=system, lines=found.lines))
    else:
        for batch in found.batches():
            progress(done, len(found.lines))
            report = report.plus(database.do(actor, take_over, system=system, lines=batch).result)
            done += len(batch)
    progress(len(found.lines), len(found.lines))
    return report
