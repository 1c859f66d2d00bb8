"""The command line: opens the client, or does one thing to the office's data and says what it did.

Everything else is loaded by the act that needs it: the collector must be off before the tables are mapped.
"""

import argparse
import gc
import getpass
import linecache
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Concatenate, Final, TypeVar

from frontdesk.kernel.errors import FrontdeskError

if TYPE_CHECKING:
    from frontdesk.services.database import Database
    from frontdesk.services.places import Place
    from frontdesk.services.work import Work

T = TypeVar("T")

_BEFORE_QT: Final = ("frontdesk.services.places", "frontdesk.services.visit.board")
"""What the first day stands on: Qt reads, and keeps, the source of every module that is imported after it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 when all went well, 1 when the office's rules or data say no, 2 when it cannot start."""
    options = _parser().parse_args(arguments)
    try:
        if options.act is None:
            ended: int = window().run(_place(options), is_demo=options.demo, patients=options.patients)
            return ended
        return int(options.act(options))
    except FrontdeskError as error:
        print(error, file=sys.stderr)
        return 1


def window() -> ModuleType:
    """The client, loaded; the commands below need no window.

    What loading makes stays for good: the collector neither looks through it meanwhile nor later.
    """
    gc.disable()
    for name in _BEFORE_QT:
        import_module(name)
    from frontdesk import app

    linecache.clearcache()
    gc.freeze()
    gc.enable()
    return app


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontdesk", description="The reception desk of a medical office.")
    parser.add_argument("--demo", action="store_true", help="open a synthetic practice")
    parser.add_argument("--patients", type=int, default=2500, help="how many the demo practice has")
    parser.add_argument(
        "--database", metavar="URL|FILE", help="postgresql://user@host/office, or an encrypted file"
    )
    parser.set_defaults(act=None)
    topics = parser.add_subparsers(title="without a window")

    database = topics.add_parser("db", help="look after the office's data").add_subparsers(required=True)
    database.add_parser("upgrade", help="bring the tables to this version").set_defaults(act=_upgrade)
    look = database.add_parser("check", help="read everything that is stored, and say what does not fit")
    look.add_argument("--audit", action="store_true", help="recompute the audit log's chains too")
    look.add_argument("--to-tray", action="store_true", help="put what was never put anywhere into the tray")
    look.set_defaults(act=_check)
    database.add_parser("verify-audit", help="recompute the audit log's chains").set_defaults(act=_verify)
    database.add_parser("verify-consents", help="recompute the seal of every signed form").set_defaults(
        act=_verify_consents
    )
    texts = database.add_parser("index-text", help="read the text of documents, so that search finds it")
    texts.add_argument("--again", action="store_true", help="try once more what could not be read")
    texts.set_defaults(act=_index_text)

    imports = topics.add_parser("import", help="bring data in").add_subparsers(required=True)
    patients = imports.add_parser("patients", help="patients from a CSV file")
    patients.add_argument("file", type=Path)
    patients.add_argument("--dry-run", action="store_true", help="only say what would be refused")
    patients.set_defaults(act=_import_patients)
    remittance = imports.add_parser("remittance", help="a payer's 835 file, to be posted in Billing")
    remittance.add_argument("file", type=Path)
    remittance.set_defaults(act=_import_remittance)
    answers = imports.add_parser("answers", help="a payer's TA1, 999, 277CA or 277 file about claims")
    answers.add_argument("file", type=Path)
    answers.set_defaults(act=_import_answers)
    eligibility = imports.add_parser("eligibility", help="a payer's 271 file: who is covered, and for what")
    eligibility.add_argument("file", type=Path)
    eligibility.set_defaults(act=_import_eligibility)

    reminders = topics.add_parser("reminders", help="texts and e-mail to patients").add_subparsers(
        required=True
    )
    send = reminders.add_parser("send", help="plan and send what is due, once; for a scheduler")
    send.set_defaults(act=_send_reminders)
    return parser


def _place(options: argparse.Namespace) -> "Place | None":
    """The place that was named, else the remembered one; None before the first set-up."""
    from frontdesk.services import places

    named: str | None = options.database
    if named is None:
        return places.remembered()
    if named.startswith("postgresql"):
        return places.Place(url=named)
    return places.Place(file=str(Path(named).absolute()))


def _open(options: argparse.Namespace) -> "Database":
    from frontdesk.services import keys, places

    place = _place(options)
    if place is None:
        raise FrontdeskError("This desk is not set up yet. Start frontdesk, or name --database.")
    try:
        return places.open_place(place)
    except keys.PassphraseNeeded:
        return places.open_place(place, passphrase=getpass.getpass("Passphrase of the office's file: "))


def _upgrade(options: argparse.Namespace) -> int:
    from frontdesk.services import migrate

    _open(options).close()  # opening brings the tables to this version
    print(f"The office's data is at version {migrate.newest()}.")
    return 0


def _check(options: argparse.Namespace) -> int:
    from frontdesk.services import audit
    from frontdesk.services.records import checking, tray
    from frontdesk.services.work import SYSTEM

    database = _open(options)
    try:
        found = checking.check(database, _say_progress)
        chains = database.ask(SYSTEM, audit.verify).broken if options.audit else ()
        for address in found.unclaimed if options.to_tray else ():
            database.do(SYSTEM, tray.receive, sha256=address, title="Found without an entry")
    finally:
        database.close()
    for sentence in (*found.broken, *chains):
        print(sentence)
    for address in found.unclaimed:
        where = "is in the tray now" if options.to_tray else "was never put anywhere: --to-tray does it"
        print(f"Content {address[:12]} came in and {where}.")
    broken = len(found.broken) + len(chains)
    megabytes = found.size_bytes / 1024**2
    print(f"{found.contents} contents, {megabytes:,.1f} MB, {found.erased} erased, {broken} that do not fit.")
    return 1 if broken else 0


def _verify(options: argparse.Namespace) -> int:
    from frontdesk.services import audit
    from frontdesk.services.work import SYSTEM

    database = _open(options)
    check = database.ask(SYSTEM, audit.verify)
    database.close()
    for sentence in check.broken:
        print(sentence)
    print(f"{check.entries} entries, {len(check.broken)} that do not fit.")
    return 1 if check.broken else 0


def _verify_consents(options: argparse.Namespace) -> int:
    from frontdesk.services.records import verifying
    from frontdesk.services.work import SYSTEM

    database = _open(options)
    report = database.ask(SYSTEM, verifying.verify_all)
    database.close()
    for broken in report.broken:
        print(broken.sentence)
    print(f"{report.checked} consents, {len(report.broken)} that do not fit.")
    return 1 if report.broken else 0


def _index_text(options: argparse.Namespace) -> int:
    from frontdesk.services.records import text, text_reading
    from frontdesk.services.work import SYSTEM

    database = _open(options)
    try:
        read = text_reading.read_all(database, again=options.again)
        now = database.ask(SYSTEM, text.counts)
    finally:
        database.close()
    print(
        f"{read} read. Of all: {now.with_text} with text, {now.without_text} scans without, "
        f"{now.failed} that cannot be read, {now.pending} waiting."
    )
    return 1 if now.failed else 0


def _import_patients(options: argparse.Namespace) -> int:
    from frontdesk.services.registration.patient_file import import_patients
    from frontdesk.services.work import SYSTEM

    database = _open(options)
    try:
        report = import_patients(
            database, SYSTEM, options.file, dry_run=options.dry_run, progress=_say_progress
        )
    finally:
        database.close()
    for line in report.refused:
        print(f"Line {line.line}: {line.reason}")
    registered = "would be registered" if options.dry_run else "registered"
    refused = len(report.refused)
    print(
        f"{report.registered} {registered}, {report.already_here} here already, {refused} refused, "
        f"{report.for_review} look like somebody who is registered: see Check-in, Import."
    )
    return 1 if report.refused else 0


def _taken_in(options: argparse.Namespace, take_in: "Callable[Concatenate[Work, ...], T]") -> T:
    """Keep the payer's file in the store, and let a command read it there."""
    from frontdesk.services.records import content
    from frontdesk.services.work import SYSTEM

    database = _open(options)
    try:
        seen = content.store(database, options.file)
        return database.do(SYSTEM, take_in, sha256=seen.sha256).result
    finally:
        database.close()


def _import_remittance(options: argparse.Namespace) -> int:
    from frontdesk.services.billing import remittances

    taken = _taken_in(options, remittances.take_in)
    for sentence in taken.waiting:
        print(sentence)
    print(
        f"{len(taken.remittance_ids)} taken in: {len(taken.posted)} posted, {len(taken.held)} held, "
        f"{len(taken.waiting) - len(taken.held)} to be posted in Billing, Remittances. "
        f"{len(taken.known)} here already."
    )
    return 0


def _import_answers(options: argparse.Namespace) -> int:
    from frontdesk.services.billing import claim_answers

    taken = _taken_in(options, claim_answers.take_in)
    if taken.is_known:
        print("This file was read before. Nothing was changed.")
        return 0
    print(
        f"{taken.accepted} claims accepted, {taken.rejected} rejected, {taken.worked_on} with the payer, "
        f"{taken.unmatched} answers that fit no claim. See Billing, Claims."
    )
    return 0


def _import_eligibility(options: argparse.Namespace) -> int:
    from frontdesk.services.visit import eligibility_intake

    taken = _taken_in(options, eligibility_intake.take_in)
    print(
        f"{taken.answers} answers: {taken.matched} matched, {taken.failed} of them refused by the payer, "
        f"{taken.unmatched} fit nobody here, {taken.known} here already. "
        "See Check-in, Coverage to verify."
    )
    if taken.note:
        print(taken.note)
    return 0


def _send_reminders(options: argparse.Namespace) -> int:
    from frontdesk.services.schedule import reminder_sender
    from frontdesk.services.work import SYSTEM

    database = _open(options)
    try:
        sent = reminder_sender.send_due(database, SYSTEM)
    finally:
        database.close()
    print(
        f"{sent.planned} planned, {sent.withdrawn} withdrawn, {sent.sent} sent, "
        f"{sent.again} to be tried again, {sent.to_call} to call."
    )
    return 0


def _say_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)
