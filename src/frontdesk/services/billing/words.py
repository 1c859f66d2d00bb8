"""Words that people write down about money: whether there are any, not too many, no card number in them."""

from frontdesk.kernel.errors import Finding
from frontdesk.services.billing.cards import card_finding


def words_findings(
    words: str, field: str, *, most: int, wanted: str = "", what: str = "A reason"
) -> list[Finding]:
    """What is wrong with a reason or note; `wanted` says what to write where it may not be empty."""
    plain = words.strip()
    if wanted and not plain:
        return [Finding(wanted, field)]
    findings = []
    if len(plain) > most:
        findings.append(Finding(f"{what} has at most {most} characters. Shorten it.", field))
    return findings + card_finding(words, field)
