"""Retention: a run refused for a legal hold, the hold released, carried out; its stub in the chart."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.records import legal_holds, viewing
from frontdesk.services.records.content import Erased
from frontdesk.services.visit import disposal
from frontdesk.services.visit.disposal_views import RunState
from frontdesk.services.work import Actor
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.disposal_dialogs import CarryOut
from frontdesk.ui.records.hold_dialogs import ReleaseHold
from frontdesk.ui.records.page import RecordsPage
from frontdesk.ui.records.retention_due_view import DueView
from frontdesk.ui.records.retention_holds_view import HoldsView
from frontdesk.ui.records.retention_page import RetentionPage
from frontdesk.ui.records.retention_runs_view import RunsView
from tests.e2e.checking_in import shown_pdf
from tests.e2e.tour import Tour

_MATTER = "Ortega v. Rose City Imaging"


def a_run_is_collected(tour: Tour) -> str:
    """What is due, and why; one entry is kept, the others are to go; Maria and Dr. Lee approve."""
    hands = tour.driver
    page = _page(tour)
    due = page.view("due")
    assert isinstance(due, DueView)
    hands.until(lambda: due.count > 0, "nothing is due")
    hands.settle()
    tour.look("what may be destroyed, and why")
    count = due.count
    hands.press("Ctrl+N")
    runs = _runs(page)
    hands.until(lambda: len(runs.entries.rows()) == count, "the run is not shown")
    runs.items.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.press("K")
    hands.enter({"Reason": "The surgeon's office asked for it"}, hands.dialog)
    hands.press("Return")
    hands.until(lambda: runs.model.rows()[0].keep_count == 1, "it is not kept")
    runs.items.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.press("A")
    hands.until(lambda: runs.model.rows()[0].open_count == 0, "not every entry is decided")
    hands.press("Ctrl+Return")
    hands.click_button("Approve", hands.dialog)
    hands.until(lambda: runs.model.rows()[0].state is RunState.APPROVED_ONCE, "it is not approved")
    run = runs.model.rows()[0]
    other = tour.another()
    try:
        other.do(_lee(tour), disposal.approve, run_id=run.id)
        first = runs.entries.rows()[-1]
        other.do(_lee(tour), legal_holds.place, patient_id=first.patient_id, matter=_MATTER)
    finally:
        other.close()
    tour.remembers["disposal"] = (run.id, first.patient_id, first.document_id)
    return f"{run.number}: {run.dispose_count} to destroy, {run.keep_count} kept; approved by two"


def it_is_refused_for_a_hold(tour: Tour) -> str:
    """The other desk placed a hold meanwhile: nothing at all is destroyed, and its matter is named."""
    hands = tour.driver
    page = _page(tour)
    page.show_view("runs")
    runs = _runs(page)
    runs.reload()
    hands.until(lambda: runs.model.rows()[0].state is RunState.APPROVED, "it is not approved by two")
    hands.settle()
    runs.table.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.press("Ctrl+Return")
    assert isinstance(hands.dialog, CarryOut)
    hands.click_button("Destroy now", hands.dialog)
    hands.expect(_MATTER, hands.dialog)
    said = hands.dialog.banner.text
    tour.look("refused for a legal hold")
    hands.press("Esc")
    return said


def the_hold_is_released(tour: Tour) -> str:
    """The matter is over, and somebody says so by name."""
    hands = tour.driver
    page = _page(tour)
    page.show_view("holds")
    holds = page.view("holds")
    assert isinstance(holds, HoldsView)
    holds.reload()
    hands.until(lambda: any(row.matter == _MATTER for row in holds.model.rows()), "no hold is shown")
    hold = next(row for row in holds.model.rows() if row.matter == _MATTER)
    holds.table.choose(hold.id)
    holds.table.setFocus(Qt.FocusReason.OtherFocusReason)
    tour.look("the legal holds")
    hands.press("R")
    assert isinstance(hands.dialog, ReleaseHold)
    hands.enter({"Who says that the matter is over": "Counsel, letter of 03/16"}, hands.dialog)
    hands.click_button("Release hold", hands.dialog)
    hands.until(
        lambda: not next(row for row in holds.model.rows() if row.id == hold.id).stands, "it still stands"
    )
    return f"{hold.number}, {hold.matter}"


def it_is_carried_out(tour: Tour) -> str:
    """Destroyed; the certificate is kept; the document cannot be read, and its stub is in the chart."""
    hands = tour.driver
    run_id, patient_id, document_id = _remembered(tour)
    page = _page(tour)
    page.show_view("runs")
    runs = _runs(page)
    hands.settle()
    runs.table.choose(run_id)
    runs.table.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.press("Ctrl+Return")
    hands.enter({"Witness": "Rita Gomez"}, hands.dialog)
    hands.click_button("Destroy now", hands.dialog)
    hands.until(lambda: runs.model.rows()[0].has_certificate, "it was not carried out")
    hands.settle()
    runs.table.setFocus(Qt.FocusReason.OtherFocusReason)
    tour.look("a disposal run carried out")
    hands.press("P")
    hands.settle()
    told = tour.keep_paper("certificate-of-destruction.pdf", shown_pdf(tour))
    hands.press("Esc")
    with pytest.raises(Erased):
        hands.desk.database.ask(hands.desk.actor, viewing.document_bytes, document_id=document_id)
    hands.workplace.go("records", Errand("chart", patient_id))
    chart = hands.page
    assert isinstance(chart, RecordsPage)
    hands.until(lambda: chart.table.choose((document_id, None)), "its entry is not in the chart")
    hands.settle()
    hands.expect("Destroyed 03/17/2026")
    tour.look("what is left in the chart")
    return told


def _page(tour: Tour) -> RetentionPage:
    tour.driver.workplace.go("retention")
    page = tour.driver.page
    assert isinstance(page, RetentionPage)
    return page


def _runs(page: RetentionPage) -> RunsView:
    runs = page.view("runs")
    assert isinstance(runs, RunsView)
    return runs


def _lee(tour: Tour) -> Actor:
    with Session(tour.driver.desk.database.engines.read) as session:
        user = session.scalars(select(UserAccount).where(UserAccount.login == "lee")).one()
    return Actor(user.id, user.name, user.initials, frozenset({"records.*", disposal.DESTROY}))


def _remembered(tour: Tour) -> tuple[int, int, int]:
    found = tour.remembers["disposal"]
    assert isinstance(found, tuple)
    return found
