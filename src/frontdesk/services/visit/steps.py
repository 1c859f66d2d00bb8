"""The steps of a check-in: what each still needs, in one line."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import clock_time, us_date
from frontdesk.models.registration.review import Section as Section
from frontdesk.models.registration.verification import UNANSWERED, VerificationResult
from frontdesk.services.billing.asking import AskFor
from frontdesk.services.records.standing import FormStanding, Standing
from frontdesk.services.registration.panel import PanelCoverage
from frontdesk.services.registration.required import Missing
from frontdesk.services.registration.reviews import Change, Review
from frontdesk.services.visit.identity import Identified

DEMOGRAPHICS = (Section.DETAILS, Section.ADDRESS, Section.PHONES, Section.CONTACTS)


class StepKind(StrEnum):
    """The steps of the page, in its order."""

    IDENTITY = "identity"
    DEMOGRAPHICS = "demographics"
    INSURANCE = "insurance"
    CONSENTS = "consents"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its one-line result. `must` ends the check-in only when it is done."""

    kind: StepKind
    title: str
    is_done: bool
    result: str
    must: bool = False


def identity(compared: Identified | None, reviewed: tuple[Review, ...], since: datetime) -> Step:
    """Two identifiers were compared with the record."""
    if compared is not None:
        return Step(StepKind.IDENTITY, "Identity", True, f"{compared.words}, {clock_time(compared.at)}")
    seen = next((r for r in reviewed if r.section is Section.IDENTITY and r.at and r.at >= since), None)
    if seen is None or seen.at is None:
        return Step(StepKind.IDENTITY, "Identity", False, "Ask for name and birth date")
    return Step(StepKind.IDENTITY, "Identity", True, f"Name and birth date match, {clock_time(seen.at)}")


def demographics(
    reviewed: tuple[Review, ...],
    changed: tuple[Change, ...],
    since: datetime,
    missing: tuple[Missing, ...] = (),
) -> Step:
    """The patient confirmed what is on file, or it was changed; what the office must know is there."""
    if musts := [each.words for each in missing if each.is_must]:
        return Step(StepKind.DEMOGRAPHICS, "Demographics", False, f"Missing: {', '.join(musts)}")
    stamps = {r.section: r.at for r in reviewed if r.at and r.at >= since}
    is_done = all(section in stamps for section in DEMOGRAPHICS)
    sections = sorted({change.section for change in changed if change.section in DEMOGRAPHICS})
    if sections:
        newest = max(change.at for change in changed if change.section in DEMOGRAPHICS)
        words = " and ".join(section.value for section in sections).capitalize()
        return Step(StepKind.DEMOGRAPHICS, "Demographics", is_done, f"{words} changed, {clock_time(newest)}")
    if is_done:
        at = clock_time(max(stamps[section] for section in DEMOGRAPHICS))
        return Step(StepKind.DEMOGRAPHICS, "Demographics", True, f"Confirmed with patient, {at}")
    last = [r.at for r in reviewed if r.section in DEMOGRAPHICS and r.at]
    asked = (
        f"Last confirmed {us_date(min(last).date())}" if len(last) == len(DEMOGRAPHICS) else "Never confirmed"
    )
    return Step(StepKind.DEMOGRAPHICS, "Demographics", False, asked)


def insurance(coverages: tuple[PanelCoverage, ...], is_self_pay: bool) -> Step:
    """A payer said that the coverage holds, or the patient pays alone."""
    title = "Insurance"
    if is_self_pay:
        return Step(StepKind.INSURANCE, title, True, "Pays for this visit without insurance")
    if not coverages:
        return Step(StepKind.INSURANCE, title, False, "No coverage on file", must=True)
    first = coverages[0]
    answer = first.verification
    if answer is None or answer.result in UNANSWERED:
        return Step(StepKind.INSURANCE, title, False, f"{first.line.plan} not verified")
    if answer.result is not VerificationResult.ACTIVE:
        return Step(
            StepKind.INSURANCE, title, False, f"{first.line.plan} not active on {us_date(answer.at.date())}"
        )
    if answer.is_stale:
        return Step(
            StepKind.INSURANCE, title, False, f"{first.line.plan} last verified {us_date(answer.at.date())}"
        )
    return Step(
        StepKind.INSURANCE, title, True, f"{first.line.plan} active, verified {us_date(answer.at.date())}"
    )


def consents(forms: tuple[FormStanding, ...]) -> Step:
    """Nothing is left to sign."""
    title = "Consents"
    missing = [form for form in forms if form.is_open]
    if not missing:
        signed = sum(form.standing is Standing.SIGNED for form in forms)
        return Step(StepKind.CONSENTS, title, True, f"{signed} of {len(forms)} signed")
    names = ", ".join(form.title.lower() for form in missing)
    return Step(StepKind.CONSENTS, title, False, f"{len(missing)} of {len(forms)} to sign: {names}")


def payment(ask_for: AskFor, not_today: str) -> Step:
    """What is asked for this visit is paid, or left for another day; an old balance holds nobody up."""
    title = "Payment"
    if not any(item.is_asked for item in ask_for.items):
        return Step(StepKind.PAYMENT, title, True, "Nothing due")
    if not_today:
        return Step(StepKind.PAYMENT, title, True, f"{dollars(ask_for.total_cents)} another day: {not_today}")
    now = {
        purpose: sum(a.amount_cents for i in ask_for.items for a in i.allocations if a.purpose == purpose)
        for purpose in ("copay", "deposit")
    }
    past = ask_for.total_cents - sum(now.values())
    parts = [f"{dollars(cents)} {purpose}" for purpose, cents in now.items() if cents]
    parts += [f"{dollars(past)} balance"] if past else []
    return Step(StepKind.PAYMENT, title, not any(now.values()), ", ".join(parts))
