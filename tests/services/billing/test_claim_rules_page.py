"""docs/claim-rules.md says what the table says."""

from frontdesk.services.billing.scrub_table import RULES, WORDS
from tools import claim_rules


def test_the_page_is_as_the_table_is() -> None:
    assert claim_rules.PAGE.read_text(encoding="utf-8") == claim_rules.page(), "python -m tools.claim_rules"


def test_every_rule_has_its_words_and_its_source() -> None:
    assert set(WORDS) == {rule.name for rule in RULES}
    assert all(rule.look.__doc__ for rule in RULES)
    assert all(words.endswith(".") for words in WORDS.values())
