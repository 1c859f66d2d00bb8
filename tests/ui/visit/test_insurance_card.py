"""The Insurance card: a corrected card with a claim out, a secondary, a case, scans, authorizations."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from frontdesk.services.registration import coverages, policies
from frontdesk.services.registration.drafts import CoverageDraft
from frontdesk.services.registration.payers import PayerKind
from frontdesk.services.schedule import visit_authorizations
from frontdesk.services.visit import check_in
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.registration.authorization_dialogs import GrantDialog
from frontdesk.ui.visit.card_dialogs import AddCoverageDialog, AddPlanDialog, NewCardDialog
from frontdesk.ui.visit.check_in_page import CheckInPage
from frontdesk.ui.visit.coverages_dialog import CoveragesDialog
from frontdesk.ui.visit.scan_tiles import IdDialog
from tests.builders.records import PNG, library
from tests.builders.registration import card, coverage, danielle, patient, plan
from tests.builders.schedule import visit_type
from tests.builders.visit import TODAY, at_the_desk, covered
from tests.office import Office
from tests.services.registration.test_coverage import used

Settle = Callable[[], None]
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def page(file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle) -> CheckInPage:
    library(file_office)
    covered(file_office)
    visit = at_the_desk(file_office)
    made = CheckInPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 860)
    made.show()
    made.open_with(Errand("check_in", danielle(file_office), visit))
    settle()
    return made


def dialog(kind: type[D]) -> D:
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return shown[-1]


def first(office: Office) -> coverages.CoverageLine:
    return office.ask(coverages.coverages, patient_id=danielle(office))[0]


def test_a_card_with_a_claim_out_is_corrected_by_a_new_edition(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    old = first(file_office).policy_id
    used(file_office, old)
    page.reload()
    settle()
    page.insurance._member.setText("XQP 884-120-558")
    assert page.insurance.correct_button.text() == "Correct this card…"
    page.insurance.correct()
    settle()
    asked = dialog(NewCardDialog)
    asked.starts.set_value(date(2025, 1, 1))
    asked.save()
    settle()
    assert asked.form.row("effective_from").error == (
        "The policy before starts on 01/01/2026. The new one cannot start earlier."
    )
    asked.starts.set_value(TODAY)
    asked.save()
    settle()
    assert (first(file_office).member_id, first(file_office).effective_from) == ("XQP884120558", TODAY)
    assert file_office.ask(policies.policy, policy_id=old).draft.member_id == "XQP884120557"


def test_a_secondary_is_added_from_the_table_and_put_first(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    plan(file_office, "Medigap", "Plan G", PayerKind.OTHER)
    page.insurance.benefits.add_wanted.emit()
    settle()
    added = dialog(AddCoverageDialog)
    added.save()
    settle()
    assert added.form.row("member_id").error == "Enter the member ID as printed on the card."
    added.plan.set_value(file_office.made["plan:Medigap Plan G"])
    added.member.set_value("MGP 55 204 318")
    added.save()
    settle()
    page.insurance.open_coverages()
    settle()
    shown = dialog(CoveragesDialog)
    lines = file_office.ask(coverages.coverages, patient_id=danielle(file_office))
    assert [line.plan for line in lines] == ["BCBS PPO", "Medigap Plan G"]
    shown.list.choose(lines[1].id)
    shown.put_first()
    settle()
    lines = file_office.ask(coverages.coverages, patient_id=danielle(file_office))
    assert [line.plan for line in lines] == ["Medigap Plan G", "BCBS PPO"]
    shown.reject()


def test_a_case_on_file_is_offered_for_the_visit_and_taken_back(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    comp = plan(file_office, "Cascade Mutual", "Comp", PayerKind.WORKERS_COMP)
    injury = card(
        file_office,
        danielle(file_office),
        "",
        plan_id=comp,
        case_number="WC-118",
        injured_on=date(2026, 3, 2),
        effective_from=date(2026, 3, 2),
    )
    file_office.do(coverages.add, patient_id=danielle(file_office), policy=injury, coverage=CoverageDraft())
    page.reload()
    settle()
    assert page.insurance.case.text == "Is this visit for the injury? Cascade Mutual Comp, claim WC-118."
    page.insurance.use_case()
    settle()
    assert page.insurance.case.text == "Cascade Mutual Comp pays for this visit, claim WC-118."
    assert page._appointment_id is not None
    shown = file_office.ask(check_in.check_in, appointment_id=page._appointment_id)
    assert shown.coverages[0].line.case_number == "WC-118"
    page.insurance.use_case()
    settle()
    assert page.insurance.chip.text().startswith("Active")


def test_scans_are_added_by_file_and_a_file_that_lies_is_refused(
    page: CheckInPage, file_office: Office, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    tiles = page.insurance.tiles
    assert tiles.card.caption.text() == "Not scanned"
    for name, data in (("front.png", PNG), ("back.png", PNG), ("lies.jpg", PNG), ("none.png", b"")):
        (tmp_path / name).write_bytes(data)
    tiles.add_card((tmp_path / "lies.jpg",))
    qtbot.waitUntil(lambda: tiles.banner.text.startswith("The file's name says") or bool(tiles.banner.text))
    assert "it is a PNG picture" in tiles.banner.text
    tiles.add_card((tmp_path / "none.png",))
    qtbot.waitUntil(lambda: "0 bytes" in tiles.banner.text)
    tiles.add_card((tmp_path / "front.png", tmp_path / "back.png"))
    qtbot.waitUntil(lambda: tiles.card.caption.text() == "Scanned today 10:42")
    tiles.add_photo((tmp_path / "front.png",))
    asked = dialog(IdDialog)
    asked.issued_by.set_value("Oregon")
    asked.expires_on.set_value(date(2028, 6, 1))
    asked.save()
    qtbot.waitUntil(lambda: tiles.photo.caption.text() == "Oregon, expires 06/2028")
    settle()


def test_a_family_policy_is_offered_when_its_member_id_is_typed(
    file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    library(file_office)
    coverage(file_office, danielle(file_office))
    ellis = patient(file_office, "Ellis", "Foster-Boyd", date(2019, 8, 21))
    visit = at_the_desk(file_office, ellis)
    made = CheckInPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 860)
    made.show()
    made.open_with(Errand("check_in", ellis, visit))
    settle()
    made.insurance._member.setText("XQP 884 120 557")
    made.insurance._look_for_family()
    settle()
    assert made.insurance.family.text == "Use the policy of Danielle Foster?"
    made.insurance.share()
    made.insurance.add()
    settle()
    [hers], [childs] = (
        file_office.ask(coverages.coverages, patient_id=who) for who in (danielle(file_office), ellis)
    )
    assert hers.policy_id == childs.policy_id


def test_a_plan_that_is_not_listed_is_added_with_its_payer(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    page.insurance.add_plan()
    settle()
    asked = dialog(AddPlanDialog)
    asked.save()
    settle()
    assert asked.form.row("payer_name").error == "Enter the name of the payer."
    assert asked.form.row("name").error == "Enter the name of the plan as printed on the card."
    asked.payer_name.set_value("Summit Health")
    asked.plan.set_value("Silver")
    asked.save()
    settle()
    assert page.insurance._plan.currentText() == "Summit Health Silver"


def test_a_missing_authorization_stands_beside_its_field_and_is_recorded(
    file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    library(file_office)
    covered(file_office)
    visit_type(file_office, "Follow-up", 15, needs_authorization=True)
    visit = at_the_desk(file_office)
    made = CheckInPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.open_with(Errand("check_in", danielle(file_office), visit))
    settle()
    assert made.insurance._authorization.text() == "Missing"
    made.insurance.authorize()
    granted = dialog(GrantDialog)
    granted.number.set_value("A-5521")
    granted.units.set_value(12)
    granted.save()
    settle()
    assert file_office.ask(visit_authorizations.of_visit, appointment_id=visit).missing == 0
    qtbot.waitUntil(lambda: made.insurance._authorization.text() == "A-5521, 11 of 12 left")
