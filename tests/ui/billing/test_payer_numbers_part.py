"""The numbers that payers gave, in the billing set-up; and what payers seldom ask, at the claim."""

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import assigned_numbers, claim_circumstances, claims
from frontdesk.services.billing.assigned_numbers import Holder, Qualifier
from frontdesk.services.billing.claim_circumstances import (
    Assignment,
    LineMarks,
    NoteKind,
    Reference,
    ReferenceKind,
)
from frontdesk.ui.billing.claim_more_dialog import ClaimMoreDialog
from frontdesk.ui.billing.claims_page import ClaimsPage
from frontdesk.ui.billing.payer_numbers_part import NumberDialog, PayerNumbersPart
from frontdesk.ui.desk import Desk
from tests.builders.claims import ready
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def part(file_office: Office, desk: Desk, qtbot: QtBot) -> PayerNumbersPart:
    ready(file_office)
    made = PayerNumbersPart(desk)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.nothing.isVisible)
    qtbot.waitUntil(lambda: bool(made._payers and made._holders))
    return made


def _dialog(part: PayerNumbersPart) -> NumberDialog:
    dialog = part.window().findChild(NumberDialog)
    assert isinstance(dialog, NumberDialog)
    return dialog


def test_a_number_is_kept_changed_and_dropped(
    part: PayerNumbersPart, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    part.new()
    dialog = _dialog(part)
    provider = next(each for each in part._holders if each.holder is Holder.PROVIDER)
    dialog.holder.set_value((Holder.PROVIDER, provider.id))
    dialog.save()
    assert dialog.form.row("valid_from").error == "Enter the first day."
    dialog.valid_from.set_value(date(2026, 1, 1))
    dialog.save()
    qtbot.waitUntil(lambda: bool(dialog.form.row("number").error))
    assert dialog.form.row("number").error == "Enter the number as the payer wrote it."
    dialog.number.set_value("LEE77")
    with qtbot.waitSignal(part.told) as told:
        dialog.save()
    assert told.args == ["Saved the number LEE77"]
    qtbot.waitUntil(lambda: len(part.model.rows()) == 1)
    (row,) = file_office.ask(assigned_numbers.numbers)
    assert (row.whose, row.draft.qualifier, row.draft.number) == (provider.name, Qualifier.OF_PAYER, "LEE77")
    settle()
    with qtbot.waitSignal(part.told) as told:
        part.drop()
    assert told.args == ["Dropped a number of BCBS"]
    qtbot.waitUntil(part.nothing.isVisible)
    part.hide()


def test_somebody_outside_is_named_by_npi(part: PayerNumbersPart, settle: Settle) -> None:
    part.new()
    dialog = _dialog(part)
    assert dialog.form.row("npi").isHidden()
    dialog.holder.set_value((Holder.OTHER, 0))
    dialog._dress()
    assert not dialog.form.row("npi").isHidden()
    dialog.reject()
    settle()
    part.hide()


def test_what_a_payer_seldom_asks_is_entered_at_the_claim(
    shown: Callable[[type[ClaimsPage]], ClaimsPage], file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    claim = ready(file_office)
    file_office.do(claims.set_place_of_service, claim_id=claim, code="")
    page = shown(ClaimsPage)
    qtbot.waitUntil(lambda: page._claim is not None)
    page.enter("more")
    qtbot.waitUntil(lambda: page.window().findChild(ClaimMoreDialog) is not None)
    dialog = page.window().findChild(ClaimMoreDialog)
    assert isinstance(dialog, ClaimMoreDialog)
    dialog.assignment.set_value(Assignment.NOT_ACCEPTED)
    dialog.number.set_value("NCT1")
    dialog.description.set_value("Long visit")
    dialog.note.set_value("See letter")
    dialog.note_kind.set_value(NoteKind.THIRD_PARTY)
    dialog.save()
    qtbot.waitUntil(lambda: bool(dialog.form.row("references").error))
    assert dialog.form.row("references").error == (
        "The number of a clinical trial has eight digits, without NCT."
    )
    dialog.number.set_value("01234567")
    dialog.kind.set_value(ReferenceKind.CROSSOVER)
    dialog._change_kind()
    dialog.number.set_value("Y")
    with qtbot.waitSignal(page.told) as told:
        dialog.save()
    assert told.args == ["Saved what claim 26-00001 says"]
    said = file_office.ask(claim_circumstances.circumstances, claim_id=claim)
    assert said.assignment is Assignment.NOT_ACCEPTED
    assert said.references == (
        Reference(ReferenceKind.CROSSOVER, "Y"),
        Reference(ReferenceKind.TRIAL, "01234567"),
    )
    assert said.lines == (
        LineMarks(1, description="Long visit", note="See letter", note_kind=NoteKind.THIRD_PARTY),
    )
    settle()
