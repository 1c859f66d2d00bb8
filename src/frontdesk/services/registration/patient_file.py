"""Imports a whole file of patients: a dry run, or batch after batch, each kept once it is done."""

from collections.abc import Callable
from pathlib import Path

from frontdesk.formats.patient_csv import NotAPatientFile, PatientLine, RefusedLine, read
from frontdesk.services.database import Database
from frontdesk.services.registration.patient_import import ImportReport, take_over, try_out
from frontdesk.services.work import Actor

BATCH = 500


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
    lines, refused = _read(path)
    registered = already_here = 0
    if dry_run:
        report = database.ask(actor, try_out, system=system, lines=tuple(lines))
        registered, already_here = report.registered, report.already_here
        refused += report.refused
    else:
        for at in range(0, len(lines), BATCH):
            progress(at, len(lines))
            batch = tuple(lines[at : at + BATCH])
            done = database.do(actor, take_over, system=system, lines=batch).result
            registered, already_here = registered + done.registered, already_here + done.already_here
            refused += done.refused
    progress(len(lines), len(lines))
    return ImportReport(registered, already_here, tuple(sorted(refused, key=lambda line: line.line)))


def _read(path: Path) -> tuple[list[PatientLine], list[RefusedLine]]:
    lines: list[PatientLine] = []
    refused: list[RefusedLine] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in read(file):
                if isinstance(line, PatientLine):
                    lines.append(line)
                else:
                    refused.append(line)
    except OSError as problem:
        raise NotAPatientFile(f"The file cannot be opened: {problem.strerror}. Check its name.") from problem
    return lines, refused
