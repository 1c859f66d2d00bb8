"""Explain this balance: why a patient, household or line owes what it does, in sentences that sum to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from sqlalchemy import ColumnElement

from frontdesk.kernel.money import dollars
from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.services.billing import explain_entries
from frontdesk.services.billing.explain_entries import Sentence as Sentence
from frontdesk.services.command import query
from frontdesk.services.work import Work

MOST = 120
"""Sentences that are told one by one; the others are one sentence with their sum."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences whose amounts sum to the total; the last one says what is left and who owes it."""

    sentences: tuple[Sentence, ...]
    conclusion: str
    total_cents: int
    payer_cents: int = 0
    patient_cents: int = 0
    title: str = ""
    """What the amount is: "Claim 26-00012 for Danielle Foster"."""
    is_count: bool = False
    """Whether the amounts are numbers of claims, visits or days: no cents."""

    @property
    def settled(self) -> int:
        """How many of the first sentences come to zero together, the rest explains the balance alone."""
        if not self.total_cents:
            return 0
        sums = accumulate(sentence.amount_cents for sentence in self.sentences[:-1])
        return max((number for number, cents in enumerate(sums, 1) if cents == 0), default=0)


@query(permission="billing.view")
def balance(work: Work, *, patient_id: int) -> Explanation:
    """Why a patient's balance is what it is."""
    return of_entries(work, JournalEntry.patient_id == patient_id)


@query(permission="billing.view")
def account(work: Work, *, account_id: int) -> Explanation:
    """Why a household's balance is what it is."""
    return of_entries(work, JournalEntry.account_id == account_id)


@query(permission="billing.view")
def line(work: Work, *, charge_line_id: int) -> Explanation:
    """Why a charge line's balance is what it is."""
    return of_entries(work, JournalEntry.charge_line_id == charge_line_id)


def of_entries(work: Work, *which: ColumnElement[bool], title: str = "") -> Explanation:
    """Why the entries that fit come to what they do."""
    found = explain_entries.told(work, *which)
    payer = sum(e.amount_cents for e, *_ in found if e.responsible is Party.PAYER)
    patient = sum(e.amount_cents for e, *_ in found if e.responsible is Party.PATIENT)
    return Explanation(
        sentences=explain_entries.sentences(found),
        conclusion=conclusion(payer, patient),
        total_cents=payer + patient,
        payer_cents=payer,
        patient_cents=patient,
        title=title,
    )


def conclusion(payer: int, patient: int) -> str:
    """What is left, and who owes it."""
    parts = []
    if payer > 0:
        parts.append(f"The insurer owes {dollars(payer)}.")
    elif payer < 0:
        parts.append(f"The insurer paid {dollars(-payer)} too much.")
    if patient > 0:
        parts.append(f"The patient owes {dollars(patient)}.")
    elif patient < 0:
        parts.append(f"The patient has {dollars(-patient)} to their credit.")
    return " ".join(parts) or "Nothing is open."


def concluded(found: Explanation, words: str) -> Explanation:
    """With another last sentence."""
    return replace(found, conclusion=words)


def negated(found: Explanation) -> Explanation:
    """As a positive amount what the ledger holds as a negative one: a credit, a payment."""
    turned = tuple(replace(each, amount_cents=-each.amount_cents) for each in found.sentences)
    return replace(
        found,
        sentences=turned,
        total_cents=-found.total_cents,
        payer_cents=-found.payer_cents,
        patient_cents=-found.patient_cents,
    )


def listed(title: str, sentences: Sequence[Sentence], conclusion: str) -> Explanation:
    """Sentences that are the whole of it."""
    total = sum(each.amount_cents for each in sentences)
    return Explanation(tuple(sentences), conclusion, total, title=title)


def counted(title: str, sentences: Sequence[Sentence], conclusion: str) -> Explanation:
    """Sentences whose amounts are no money but numbers."""
    return replace(listed(title, sentences, conclusion), is_count=True)


def folded(said: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The first of many one by one, the others in one sentence."""
    if len(said) <= MOST:
        return tuple(said)
    rest = said[MOST:]
    return (
        *said[:MOST],
        Sentence(f"And {len(rest)} more of the kind.", sum(each.amount_cents for each in rest)),
    )
