"""The retention rules that come with Frontdesk: a place to start from, each with what it rests on.

What stands as law here are federal minimums. What the states ask differs, and some of it is advice and
no rule: those are marked for counsel, and every office changes them under Retention, Rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from frontdesk.models.records.document import RetentionClass, Sensitivity
from frontdesk.models.records.retention import Trigger

LAST_CONTACT_YEARS: Final = 10
"""Oregon Medical Board: advised are ten years after the last contact, of the dead too; no requirement."""
MINOR_YEARS: Final = 7
"""From the age of majority: an infant's claims are tolled while it is a minor (ORS 12.160)."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A rule as it ships."""

    key: str
    name: str
    retention_class: RetentionClass
    trigger: Trigger
    years: int
    source: str
    needs_counsel: bool = False
    sensitivity: Sensitivity | None = None


def _of_the_chart(what: RetentionClass, words: str) -> Iterator[Shipped]:
    """Care as the payers, the boards and the courts may still ask about it; on paper or not."""
    key = what.value
    yield Shipped(
        f"{key}.cms",
        f"{words}: seven years, Medicare",
        what,
        Trigger.DOCUMENT_DATE,
        7,
        "42 CFR 424.516(f): ordering and certifying records, seven years from the date of service",
    )
    yield Shipped(
        f"{key}.last_contact",
        f"{words}: ten years after the last contact",
        what,
        Trigger.LAST_VISIT,
        LAST_CONTACT_YEARS,
        "Oregon Medical Board, Patient Records: advised, ten years after the last contact",
        needs_counsel=True,
    )
    yield Shipped(
        f"{key}.minor",
        f"{words} of a minor: seven years after coming of age",
        what,
        Trigger.MAJORITY,
        MINOR_YEARS,
        "ORS 12.160 and the like in other states: a minor's claims wait until majority",
        needs_counsel=True,
    )
    yield Shipped(
        f"{key}.death",
        f"{words}: ten years after death",
        what,
        Trigger.DEATH,
        LAST_CONTACT_YEARS,
        "Oregon Medical Board, Patient Records: the same for deceased patients",
        needs_counsel=True,
    )
    yield Shipped(
        f"{key}.medicare_contract",
        f"{words}: ten years after Medicare coverage",
        what,
        Trigger.COVERAGE_END,
        10,
        "42 CFR 422.504(d): Medicare Advantage, ten years from the end of the contract period",
    )


SHIPPED: Final[tuple[Shipped, ...]] = (
    *_of_the_chart(RetentionClass.MEDICAL, "Medical record"),
    *_of_the_chart(RetentionClass.PAPER_CHART, "Paper chart"),
    Shipped(
        "consent.hipaa",
        "Consents and authorizations: six years",
        RetentionClass.CONSENT,
        Trigger.DOCUMENT_DATE,
        6,
        "45 CFR 164.508(b)(6), 164.530(j)(2): six years from when it was made or last in effect",
    ),
    Shipped(
        "consent.last_contact",
        "Consents: six years after the last contact",
        RetentionClass.CONSENT,
        Trigger.LAST_VISIT,
        6,
        "45 CFR 164.530(j)(2): a standing consent is in effect as long as the patient comes",
    ),
    Shipped(
        "consent.minor",
        "Consents for a minor: seven years after coming of age",
        RetentionClass.CONSENT,
        Trigger.MAJORITY,
        MINOR_YEARS,
        "ORS 12.160 and the like in other states: a minor's claims wait until majority",
        needs_counsel=True,
    ),
    Shipped(
        "identity.last_contact",
        "Photo ID and insurance cards: seven years after the last contact",
        RetentionClass.IDENTITY,
        Trigger.LAST_VISIT,
        7,
        "42 CFR 424.516(f): they show for whom the services were billed",
        needs_counsel=True,
    ),
    Shipped(
        "claim.false_claims",
        "Claims and financial papers: ten years",
        RetentionClass.CLAIM,
        Trigger.DOCUMENT_DATE,
        10,
        "31 U.S.C. 3731(b)(2): False Claims Act, no action after ten years",
    ),
    Shipped(
        "claim.medicare_contract",
        "Claims: ten years after Medicare coverage",
        RetentionClass.CLAIM,
        Trigger.COVERAGE_END,
        10,
        "42 CFR 422.504(d): Medicare Advantage, ten years from the end of the contract period",
    ),
    Shipped(
        "disclosure.hipaa",
        "Accounting of disclosures and requests: six years",
        RetentionClass.DISCLOSURE,
        Trigger.DOCUMENT_DATE,
        6,
        "45 CFR 164.528(a), 164.530(j)(2): six years",
    ),
    Shipped(
        "permanent",
        "Kept for good: certificates of destruction, and what the office marks so",
        RetentionClass.PERMANENT,
        Trigger.NEVER,
        0,
        "The office's own proof that a record was destroyed under a rule",
    ),
)
