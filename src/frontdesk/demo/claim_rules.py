"""What the office keeps for the check of claims: payers' wishes, its laboratories, two exceptions."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.services.billing import code_rules, rule_overrides
from frontdesk.services.billing.code_rules import Certificate, CodeRuleDraft, CodeRuleKind, LaboratoryDraft
from frontdesk.services.billing.rule_overrides import OverrideDraft, Weight
from frontdesk.services.database import Database
from frontdesk.services.work import SYSTEM

_KEPT_AT: Final = datetime(2026, 3, 2, 8, 10)
_ECG: Final = "BCBS pays it for a symptom or a heart condition."
_WISHES: Final = (
    (
        "BCBS",
        CodeRuleDraft(CodeRuleKind.DIAGNOSIS, "93000 93005 93010", diagnoses="I R00 R07 R55", note=_ECG),
    ),
    ("Medicare", CodeRuleDraft(CodeRuleKind.INTERVAL, "83036", days=90, source="NCD 190.23")),
    ("OHP", CodeRuleDraft(CodeRuleKind.NDC, "J* Q5101-Q5199", source="OAR 410-130-0180")),
    ("Cigna", CodeRuleDraft(CodeRuleKind.REFERRING, "97010-97799")),
    (
        "",
        CodeRuleDraft(
            CodeRuleKind.NOT_WITH,
            "93005 93010",
            other_codes="93000",
            note="93000 is tracing and reading together.",
            source="NCCI",
        ),
    ),
)
_NUMBERS: Final = ("38D2098765", "38D2098773", "38D2098781")


def keep(database: Database, clock: SetClock) -> None:
    """The wishes and certificates, in the first days of March, by the real commands."""
    clock.set(instant(_KEPT_AT))
    for place, row in enumerate(database.ask(SYSTEM, code_rules.laboratories)):
        database.do(
            SYSTEM,
            code_rules.set_laboratory,
            site_id=row.site_id,
            certificate=LaboratoryDraft(_NUMBERS[place], Certificate.FULL, date(2027, 9, 30)),
        )
    payers = {name: id for id, name in database.ask(SYSTEM, rule_overrides.payers)}
    for payer, draft in _WISHES:
        if not payer or payer in payers:
            database.do(SYSTEM, code_rules.keep, draft=replace(draft, payer_id=payers.get(payer)))


def make_exceptions(database: Database) -> None:
    """This morning; what waits is checked anew with them."""
    payers = {name: id for id, name in database.ask(SYSTEM, rule_overrides.payers)}
    for payer, rule, reason, until_on in (
        ("Cigna", "rendering_taxonomy", "Cigna asks for none, its letter of 02/27", date(2026, 3, 27)),
        ("OHP", "child_of_age", "OHP covers adult children with a disability", date(2026, 12, 31)),
    ):
        if payer in payers:
            database.do(
                SYSTEM,
                rule_overrides.make,
                draft=OverrideDraft(rule, Weight.INFO, reason, until_on, payers[payer]),
            )
