"""Paper charts: those of tomorrow on a list, one pulled, handed over, returned, refiled; one searched for."""

from frontdesk.services.records import misfiled
from frontdesk.services.visit import preparation, pull_list, pull_sheet
from frontdesk.services.visit.pull_list import PullLine, PullState
from frontdesk.ui.records.packet_dialog import PacketDialog
from frontdesk.ui.records.pull_page import PaperChartsPage
from frontdesk.ui.records.volume_dialogs import NoteDialog
from tests.e2e.tour import Tour


def the_charts_of_tomorrow(tour: Tour) -> str:
    """In shelf order; once printed, what is booked later is a late add."""
    hands = tour.driver
    hands.workplace.go("paper_charts")
    hands.settle()
    page = _page(tour)
    page.bar.go_to(hands.desk.today)
    hands.settle()
    hands.press("PgDown")
    while not any(line.state is PullState.NEEDED for line in page.pulls.rows()):
        hands.press("PgDown")
    pdf = hands.desk.database.ask(hands.desk.actor, pull_sheet.pull_list_pdf, day=page.bar.day)
    page._printed()
    hands.settle()
    hands.until(lambda: "printed" in page.bar._count.text(), "nobody knows that the list was printed")
    return f"{page.bar._count.text()}; {tour.keep_paper('pull-list.pdf', pdf)}"


def one_is_pulled(tour: Tour) -> str:
    """One key."""
    hands, page = tour.driver, _page(tour)
    line = next(each for each in page.pulls.rows() if each.state is PullState.NEEDED)
    page.pull_table.setFocus()
    page.pull_table.choose(line.volume.volume_id)
    hands.settle()
    hands.press("Return")
    tour.remembers["pulled"] = line.volume.volume_id
    hands.until(lambda: _line(tour).state is PullState.PULLED, "it is not pulled")
    return f"{line.volume.home}, for {_line(tour).volume.out_for}"


def its_packet_is_made(tour: Tour) -> str:
    """What is electronic goes along as one PDF."""
    hands, page = tour.driver, _page(tour)
    page.pull_table.setFocus()
    hands.press("P")
    dialog = hands.dialog
    assert isinstance(dialog, PacketDialog)
    hands.until(dialog.verb.isEnabled, "the documents did not come")
    wanted = dialog.wanted
    tour.look("the documents of a packet")
    dialog.make()
    hands.settle()
    hands.press("Esc")
    pdf = hands.desk.database.ask(hands.desk.actor, preparation.packet_pdf, wanted=(wanted,))
    return f"{len(wanted.document_ids)} documents, {tour.keep_paper('preparation-packet.pdf', pdf)}"


def handed_to_the_provider(tour: Tour) -> str:
    """By its barcode: the field takes what the scanner types."""
    hands, page = tour.driver, _page(tour)
    hands.press("/")
    hands.write(_line(tour).volume.barcode)
    hands.press("Return")
    hands.until(lambda: _line(tour).state is PullState.WITH_PROVIDER, "it is not with the provider")
    page.pull_table.setFocus()
    return _line(tour).volume.where


def returned_and_refiled(tour: Tour) -> str:
    """R brings it back from whoever has it, Enter puts it onto its shelf."""
    hands, page = tour.driver, _page(tour)
    page.pull_table.choose(_line(tour).volume.volume_id)
    hands.settle()
    hands.press("R")
    hands.until(lambda: _line(tour).state is PullState.RETURNED, "it did not come back")
    tour.look("a chart came back")
    page.pull_table.setFocus()
    hands.press("Return")
    hands.until(lambda: _line(tour).state is PullState.REFILED, "it is not refiled")
    return _line(tour).volume.where


def a_missing_one_is_searched(tour: Tour) -> str:
    """Places ticked off in order, until it turns up in one of them."""
    hands, page = tour.driver, _page(tour)
    hands.press("Ctrl+3")
    hands.until(lambda: page.missing_table.current() is not None, "no chart is missing in the demo")
    volume = page.missing_table.current()
    assert volume is not None
    hands.until(lambda: bool(page.detail._looks.rows()), "there is no place to look at")
    places = len(page.detail._looks.rows())
    hands.press("Return")
    spot = next(each for each in page.detail._looks.rows() if each.looked_at is None)
    page.detail.spots.choose(spot.name)
    hands.press("Return")
    desk = hands.desk
    hands.until(
        lambda: any(
            each.name == spot.name and each.looked_at is not None
            for each in desk.database.ask(desk.actor, misfiled.search, volume_id=volume.volume_id).spots
        ),
        "the place is not ticked",
    )
    tour.look("places ticked off")
    page.note()
    dialog = hands.dialog
    assert isinstance(dialog, NoteDialog)
    hands.write(spot.where)
    hands.press("Return")
    hands.until(lambda: page.stack.currentWidget() is page.nothing, "it is still missing")
    hands.press("Ctrl+1")
    return f"{places} places, found {spot.where[:1].lower()}{spot.where[1:]}"


def _page(tour: Tour) -> PaperChartsPage:
    page = tour.driver.page
    assert isinstance(page, PaperChartsPage)
    return page


def _line(tour: Tour) -> PullLine:
    """The pulled chart as the database has it now."""
    desk, day = tour.driver.desk, _page(tour).bar.day
    lines = desk.database.ask(desk.actor, pull_list.pull_list, day=day, all_volumes=True).lines
    return next(each for each in lines if each.volume.volume_id == tour.remembers["pulled"])
