"""A file for a payer or a clearinghouse: its envelope, and its way into the folder for such files."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from frontdesk.formats.x12.envelope import Group, Interchange
from frontdesk.formats.x12.writer import Writer
from frontdesk.kernel.errors import Unavailable

_ENVELOPE_ID = 15
"""What ISA08 and GS03 have room for."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a file goes and who it comes from, by the numbers that the receiver gave the office."""

    name: str
    receiver_number: str
    submitter_number: str
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file itself; its name says nothing of any person."""

    batch_id: int
    name: str
    text: str


@contextmanager
def enveloped(
    out: io.BytesIO, mailbox: Mailbox, kind: str, version: str, *, at: datetime, control_number: int
) -> Iterator[Writer]:
    """One interchange with one group; what is written inside is its transaction sets.

    `kind` is GS01, as "HC" for claims; `version` is GS08.
    """
    writer = Writer(out)
    sender, receiver = mailbox.submitter_number, mailbox.receiver_number[:_ENVELOPE_ID]
    interchange = Interchange(
        sender=sender,
        receiver=receiver,
        control_number=f"{control_number:09}",
        at=at,
        usage="T" if mailbox.is_test else "P",
    )
    group = Group(
        kind=kind,
        sender=sender,
        receiver=receiver,
        control_number=str(control_number),
        at=at,
        version=version,
    )
    with writer.interchange(interchange), writer.group(group):
        yield writer


def write_file(file: MailFile, folder: Path) -> Path:
    """Write a file into a folder, whole or not at all; raises Unavailable when the folder takes nothing."""
    target = folder / file.name
    unfinished = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished.open("w", encoding="ascii", newline="") as out:
            out.write(file.text)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise Unavailable(
            "The folder for files to payers cannot be written to. The file is kept; "
            "choose another folder and write it again."
        ) from error
    return target


def remove_file(file: MailFile, folder: Path) -> bool:
    """Take a file out of its folder again; False where it is not there as it was written."""
    target = folder / file.name
    try:
        if target.read_text(encoding="ascii") != file.text:
            return False
        target.unlink()
    except (OSError, UnicodeError):
        return False
    return True
