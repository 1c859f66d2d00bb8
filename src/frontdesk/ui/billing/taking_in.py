"""A file of remittances is chosen, kept and taken in; what came of it is said."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from frontdesk.services.billing import remittances
from frontdesk.services.billing.remittances import TakenIn
from frontdesk.services.records import content
from frontdesk.services.records.sniff import Seen
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import counted, tr

Then = Callable[[int], object]
"""Gets the remittance to be shown."""


def chosen(page: BillingPage) -> Path | None:
    """The file that the person chooses."""
    name, _ = QFileDialog.getOpenFileName(
        page, tr("Import 835"), "", tr("Remittances (*.835 *.edi *.x12 *.txt);;All files (*)")
    )
    return Path(name) if name else None


def take_in(page: BillingPage, desk: Desk, path: Path, then: Then) -> None:
    """Keep the file's bytes, then take in every remittance of it."""

    def kept(seen: Seen) -> None:
        desk.job(page, taken_in, remittances.take_in, sha256=seen.sha256)

    def taken_in(taken: TakenIn) -> None:
        _say(page, taken)
        first = next(iter(taken.remittance_ids or taken.known), None)
        if first is not None:
            then(first)

    page.clear_complaints()
    desk.run(page, kept, content.store, desk.database, path)


def _say(page: BillingPage, taken: TakenIn) -> None:
    if taken.remittance_ids:
        words = counted(
            len(taken.remittance_ids), "Imported {count} remittance", "Imported {count} remittances"
        )
        if taken.posted:
            words = tr("{words}, {count} posted by themselves", words=words, count=len(taken.posted))
            page.banner.say("info", " ".join((words + ".", *taken.waiting)))
        page.told.emit(words)
    elif taken.known:
        page.banner.say("info", tr("This remittance was taken in before. Nothing was changed."))
