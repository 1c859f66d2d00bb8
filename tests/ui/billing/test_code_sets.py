"""The code sets of the billing set-up: a release is previewed, loaded, or refused with its place."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import code_search, code_synonyms
from frontdesk.services.billing.code_releases import ReleasedSet
from frontdesk.ui.billing.code_sets_part import CodeSetsPart
from frontdesk.ui.billing.synonyms_part import SynonymDialog, SynonymsPart
from frontdesk.ui.desk import Desk
from tests.builders.billing import TODAY
from tests.builders.codes import loaded, release
from tests.builders.office import site
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def practice(file_office: Office) -> Office:
    """With its site, and so with its zone."""
    site(file_office)
    return file_office


HCPCS = "HCPC,RECID,LONG DESCRIPTION\nA0001,3,Tray\nJ0001,3,Drug\n"


def _waited(settle: Settle) -> None:
    for _ in range(5):
        settle()


def _part(desk: Desk, qtbot: QtBot, settle: Settle) -> CodeSetsPart:
    part = CodeSetsPart(desk)
    qtbot.addWidget(part)
    part.resize(1200, 700)
    part.show()
    _waited(settle)
    return part


def test_a_release_is_previewed_and_loaded(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    loaded(practice, release({"A0001": "Tray", "Q0001": "Kit"}, date(2026, 1, 1)))
    part = _part(desk, qtbot, settle)
    path = tmp_path / "HCPC2026_APR_ANWEB.csv"
    path.write_text(HCPCS)
    part.take_in(ReleasedSet.HCPCS, path)
    _waited(settle)
    view = part.release
    assert (view.name.value(), view.effective_on.value()) == ("Apr 2026", date(2026, 4, 1))
    assert view.figures.text() == "1 new, 1 ends by 03/31/2026, 1 as they are"
    with qtbot.waitSignal(part.told) as told:
        view.take_over()
    assert told.args == ["Loaded HCPCS level II Apr 2026: 1 new, 1 ends by 03/31/2026, 1 as they are"]
    _waited(settle)
    line = next(each for each in part.model.rows() if each.code_set is ReleasedSet.HCPCS)
    assert line.release == "Apr 2026"
    assert practice.ask(code_search.find_procedures, typed="J0001", on=date(2026, 4, 1))[0].label == "Drug"
    part.hide()


def test_a_wrong_file_is_said_with_its_place_and_esc_leads_back(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    part = _part(desk, qtbot, settle)
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n")
    part.take_in(ReleasedSet.HCPCS, path)
    _waited(settle)
    assert part.banner.text == (
        "Line 1, column 1: no column is named hcpc, for the code. Choose the list as CSV. Nothing was loaded."
    )
    assert not part.step_back()
    path.write_text(HCPCS)
    part.take_in(ReleasedSet.HCPCS, path)
    _waited(settle)
    assert part.release.figures.text() == "Say from which day the list is valid, then compare."
    assert not part.release.load.isEnabled()
    assert part.step_back()
    part.hide()


def test_the_offices_cpt_file_has_its_columns_chosen(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    part = _part(desk, qtbot, settle)
    path = tmp_path / "cpt2026.txt"
    path.write_text("Number\tWhat\n99001\tMade-up service\n9900\tToo short\n25\tOur own modifier\n")
    part.take_in(ReleasedSet.CPT, path)
    _waited(settle)
    assert part.columns.problem.text == "Choose the column of the code and the description."
    for combo, field in zip(part.columns.combos, ("code", "label"), strict=True):
        combo.set_value(field)
        combo.chosen.emit(field)
    part._go_on()
    _waited(settle)
    assert part.release.figures.text() == "2 new, 1 line refused"
    (refused,) = part.release.refused_model.rows()
    assert refused.line == 3
    part.release.take_over()
    _waited(settle)
    assert practice.ask(code_search.find_procedures, typed="made", on=TODAY)[0].code == "99001"
    part.hide()


def test_a_file_that_contradicts_itself_is_not_loaded(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    part = _part(desk, qtbot, settle)
    path = tmp_path / "cpt2026.txt"
    path.write_text("99001 Made-up service\n99002 Another\n99001 Made-up otherwise\n")
    part.take_in(ReleasedSet.CPT, path)
    _waited(settle)
    part._go_on()
    _waited(settle)
    view = part.release
    assert view.figures.text() == (
        "1 line contradicts another. Mend the file and choose it again; nothing was loaded."
    )
    assert [(each.line, each.reason) for each in view.refused_model.rows()] == [
        (3, "99001 has other words here than in line 1. Keep one of the two lines.")
    ]
    assert not view.load.isEnabled()
    view.take_over()
    _waited(settle)
    assert practice.ask(code_search.find_procedures, typed="99001", on=TODAY) == ()
    part.hide()


def test_a_word_of_the_office_is_added_and_removed(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    part = SynonymsPart(desk)
    qtbot.addWidget(part)
    part.show()
    _waited(settle)
    assert part.nothing.isVisible()
    dialog = SynonymDialog(part, desk, part.told.emit)
    dialog.said.set_value("Sugar")
    dialog.means.set_value("diabetes")
    with qtbot.waitSignal(part.told) as told:
        dialog.go()
    assert told.args == ["Added the word Sugar"]
    qtbot.waitUntil(lambda: part.table.isVisible())
    assert [(each.said, each.means) for each in part.model.rows()] == [("sugar", "diabetes")]
    part.remove()
    qtbot.waitUntil(lambda: part.nothing.isVisible())
    assert practice.ask(code_synonyms.synonyms) == ()
    part.hide()


def test_the_name_of_a_column_is_read_in_a_narrow_window_too(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    part = _part(desk, qtbot, settle)
    path = tmp_path / "cpt2026.txt"
    path.write_text("Number of the service\tWhat\n99001\tMade-up service\n")
    part.take_in(ReleasedSet.CPT, path)
    _waited(settle)
    (name, _), (choice, _) = part.columns._names, part.columns.combos
    assert choice.x() > name.geometry().right(), "beside its name"
    part.resize(560, 700)
    _waited(settle)
    assert choice.y() > name.geometry().bottom(), "under its name"
    part.hide()
