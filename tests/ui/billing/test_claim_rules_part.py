"""Claim rules and payers' wishes in the billing set-up: shown in words, excepted, ended, refused."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import code_rules, rule_overrides
from frontdesk.services.billing.code_rules import CodeRuleKind
from frontdesk.services.billing.rule_overrides import OverrideDraft, Weight
from frontdesk.ui.billing.claim_rules_part import ClaimRulesPart, OverrideDialog
from frontdesk.ui.billing.code_rules_part import CodeRuleDialog, CodeRulesPart, LaboratoryDialog
from frontdesk.ui.desk import Desk
from tests.builders.office import site
from tests.builders.registration import plan
from tests.office import Office

Settle = Callable[[], None]
TAXONOMY = OverrideDraft("billing_taxonomy", Weight.WARN, "BCBS asks for none", date(2026, 3, 27))


@pytest.fixture
def part(file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle) -> ClaimRulesPart:
    site(file_office)
    plan(file_office)
    file_office.do(rule_overrides.make, draft=TAXONOMY)
    made = ClaimRulesPart(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    settle()
    return made


@pytest.fixture
def wishes(file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle) -> CodeRulesPart:
    site(file_office)
    plan(file_office)
    made = CodeRulesPart(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    settle()
    return made


def dialog(kind: type) -> object:
    windows = QApplication.topLevelWidgets()
    return next(each for each in windows if isinstance(each, kind) and each.isVisible())


def _choose(part: ClaimRulesPart, rule: str, override: int = 0) -> None:
    line = next(
        each
        for each in part.model.rows()
        if each.rule.name == rule and (each.override is not None) == bool(override)
    )
    assert part.table.choose(line.key)


def test_exceptions_stand_below_their_rule_and_those_that_end_soon_are_counted(part: ClaimRulesPart) -> None:
    places = [(line.rule.name, line.override is not None) for line in part.model.rows()]
    at = places.index(("billing_taxonomy", False))
    assert places[at + 1] == ("billing_taxonomy", True)
    assert part.soon.text() == "1 exception ends soon"


def test_an_exception_is_made_until_a_day(part: ClaimRulesPart, file_office: Office, settle: Settle) -> None:
    _choose(part, "modifier_25")
    part.new()
    shown = dialog(OverrideDialog)
    assert isinstance(shown, OverrideDialog)
    shown.go()
    assert shown.form.row("until_on").error == "Enter the last day."
    shown.until.set_value(date(2028, 1, 1))
    shown.go()
    settle()
    assert shown.form.row("reason").error == "Say why."
    assert shown.form.row("until_on").error == "An exception holds for a year at most. Choose an earlier day."
    shown.until.set_value(date(2026, 12, 31))
    shown.reason.set_value("Its letter of May")
    shown.go()
    settle()
    made = next(rule for rule in file_office.ask(rule_overrides.rules) if rule.name == "modifier_25")
    assert [(each.weight, each.until_on) for each in made.overrides] == [(Weight.WARN, date(2026, 12, 31))]


def test_what_the_law_wants_says_so(part: ClaimRulesPart) -> None:
    _choose(part, "self_pay")
    part.new()
    assert part.banner.text == "The law or the format of claims wants this. It has no exceptions."


def test_an_exception_is_ended(part: ClaimRulesPart, file_office: Office, settle: Settle) -> None:
    _choose(part, "billing_taxonomy", 1)
    part.end()
    settle()
    assert not any(rule.overrides for rule in file_office.ask(rule_overrides.rules))
    _choose(part, "modifier_25")
    part.end()
    assert part.banner.text == "This rule has no exception that could be ended."


def test_a_payers_wish_is_kept_changed_and_dropped(
    wishes: CodeRulesPart, file_office: Office, settle: Settle
) -> None:
    wishes.new()
    shown = dialog(CodeRuleDialog)
    assert isinstance(shown, CodeRuleDialog)
    shown.codes.set_value("eighty")
    shown.go()
    settle()
    assert shown.form.row("codes").error == (
        "Write codes such as 93000, beginnings such as J*, or ranges such as 80000-89999."
    )
    shown.codes.set_value("93000")
    shown.diagnoses.set_value("i10 r00")
    shown.go()
    settle()
    (row,) = file_office.ask(code_rules.code_rules)
    assert (row.draft.kind, row.draft.codes, row.draft.diagnoses) == (
        CodeRuleKind.DIAGNOSIS,
        "93000",
        "I10 R00",
    )
    wishes.reload()
    settle()
    wishes.table.choose_first()
    wishes.drop()
    settle()
    assert file_office.ask(code_rules.code_rules) == ()


def test_a_certificate_is_entered_and_taken_off(
    wishes: CodeRulesPart, file_office: Office, settle: Settle
) -> None:
    wishes.certificates()
    shown = dialog(LaboratoryDialog)
    assert isinstance(shown, LaboratoryDialog)
    shown.number.set_value("38X2098765")
    shown.until.set_value(date(2027, 9, 30))
    shown.go()
    settle()
    assert shown.form.row("number").error == "A CLIA number has ten characters, such as 38D2098765."
    shown.number.set_value("38d2098765")
    shown.go()
    settle()
    (row,) = file_office.ask(code_rules.laboratories)
    assert row.certificate is not None
    assert row.certificate.number == "38D2098765"
