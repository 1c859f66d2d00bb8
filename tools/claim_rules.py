"""Writes docs/claim-rules.md from the table of the claim check; a test compares them."""

from pathlib import Path

from frontdesk.models.billing.claims import Severity
from frontdesk.services.billing import modifier_facts
from frontdesk.services.billing.modifier_facts import Contradiction, Fit
from frontdesk.services.billing.scrub_found import Owner
from frontdesk.services.billing.scrub_table import RULES, Rule, Stage

PAGE = Path(__file__).parent.parent / "docs" / "claim-rules.md"

_HEAD = """# Claim rules

What a claim is checked for before it goes out, from the table in `services/billing/scrub_table.py`;
written by `python -m tools.claim_rules`. A rule that stops keeps the claim out of every file, and so does
the database. It is asked from the step named here on, and at each step after: booking, check-in, charge
entry, making of files, resubmission. Under Billing, Set-up a manager can let a rule weigh less or more,
with one payer or all, for a reason and until a day at most a year ahead; where the law or the format of
claims wants it, there are no exceptions.

| Rule | Weight | Put right by | Asked from | Exceptions | Source |
| --- | --- | --- | --- | --- | --- |
"""
_PAIRS = """
## Modifiers that contradict each other

From `resources/codes/modifier_pairs.csv`.

| These | With | Why | Source |
| --- | --- | --- | --- |
"""
_FITS = """
## Modifiers and the codes that they go on

From `resources/codes/modifier_fit.csv`.

| These | Go | What to do | Source |
| --- | --- | --- | --- |
"""
_WEIGHTS = {Severity.BLOCK: "stops", Severity.WARN: "warns", Severity.INFO: "notes"}
_OWNERS = {
    Owner.DESK: "reception",
    Owner.BILLING: "billing",
    Owner.PROVIDER: "provider",
    Owner.MANAGER: "manager",
}
_STAGES = {
    Stage.BOOKING: "booking",
    Stage.CHECK_IN: "check-in",
    Stage.CHARGE_ENTRY: "charge entry",
    Stage.RESUBMISSION: "resubmission",
}


def page() -> str:
    """The whole page."""
    rows = "".join(f"{_row(rule)}\n" for rule in RULES)
    pairs = "".join(f"{_pair(each)}\n" for each in modifier_facts.pairs())
    fits = "".join(f"{_fit(each)}\n" for each in modifier_facts.fits())
    return _HEAD + rows + _PAIRS + pairs + _FITS + fits


def _pair(each: Contradiction) -> str:
    with_these = " ".join(each.with_these) or "one another"
    return _line(" ".join(each.these), with_these, each.why, each.source)


def _fit(each: Fit) -> str:
    goes = "only on" if each.is_only else "never on"
    return _line(" ".join(each.modifiers), f"{goes} {each.words} ({each.codes})", each.advice, each.source)


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _row(rule: Rule) -> str:
    first = next(words for stage, words in _STAGES.items() if stage in rule.stages)
    exceptions = "none" if rule.is_hard else "yes"
    source = " ".join((rule.look.__doc__ or "").split())
    cells = (rule.words, _WEIGHTS[rule.severity], _OWNERS[rule.owner], first, exceptions, source)
    return _line(*cells)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
