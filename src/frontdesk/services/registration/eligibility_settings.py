"""How this office verifies: how far ahead, how long an answer is good, where the files lie."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ScalarSelect, select

from frontdesk.kernel.errors import Conflict, Finding, refuse_if_any
from frontdesk.models.registration.eligibility import EligibilitySettings
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "uq_eligibility_settings_singleton",
    "Another desk set up eligibility first. Look at it, then save.",
)


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """The settings as they are typed."""

    days_ahead: int = 3
    eligibility_days: int = 30
    before_visit_days: int | None = None
    benefits_days: int = 365
    benefits_renew_yearly: bool = True
    service_types: tuple[str, ...] = ("30",)
    outgoing_folder: str = ""
    incoming_folder: str = ""

    def eligibility_due(self, answered_on: date | None, visit_on: date, today: date) -> bool:
        """Whether the payer must be asked anew if the coverage holds, before a visit."""
        if answered_on is None or (today - answered_on).days > self.eligibility_days:
            return True
        if self.before_visit_days is None:
            return False
        opens = visit_on - timedelta(days=self.before_visit_days)
        return answered_on < opens <= today

    def benefits_due(self, answered_on: date | None, visit_on: date, today: date) -> bool:
        """Whether the payer must be asked anew what the plan pays."""
        if answered_on is None or (today - answered_on).days > self.benefits_days:
            return True
        return self.benefits_renew_yearly and answered_on.year < visit_on.year <= today.year


DEFAULT = SettingsDraft()


@dataclass(frozen=True, slots=True)
class SettingsView:
    """The settings with their version, 0 before the first time."""

    draft: SettingsDraft
    version: int


@query(permission="registration.view")
def settings(work: Work) -> SettingsView:
    """What is set up, else what an office starts with; one statement."""
    row = work.session.scalar(select(EligibilitySettings))
    return SettingsView(DEFAULT if row is None else _draft(row), 0 if row is None else row.version)


def _set_back(done: Performed) -> Undo:
    return Undo(set_up, draft=done.result)


@command("Set up eligibility", permission="registration.payers", undo=_set_back)
def set_up(work: Work, *, draft: SettingsDraft, version: int | None = None) -> SettingsDraft:
    """Verifies by these rules from now on; gives back what was set."""
    refuse_if_any(_findings(draft))
    row = work.session.scalar(select(EligibilitySettings))
    seen = row.version if row is not None else 0
    if version is not None and version != seen:
        raise Conflict(
            "Another desk changed these settings while you had them open. Nothing of yours was saved. "
            "To put yours in their place, save again."
        )
    before = DEFAULT if row is None else _draft(row)
    row = row or EligibilitySettings()
    row.days_ahead, row.eligibility_days = draft.days_ahead, draft.eligibility_days
    row.before_visit_days, row.benefits_days = draft.before_visit_days, draft.benefits_days
    row.benefits_renew_yearly = draft.benefits_renew_yearly
    row.service_types = " ".join(code.strip().upper() for code in draft.service_types)
    row.outgoing_folder, row.incoming_folder = draft.outgoing_folder.strip(), draft.incoming_folder.strip()
    work.add(row)
    return before


def good_for_days() -> ScalarSelect[int]:
    """For a statement: how long an answer is good; None before the office has set it."""
    return select(EligibilitySettings.eligibility_days).scalar_subquery()


def _draft(row: EligibilitySettings) -> SettingsDraft:
    return replace(
        DEFAULT,
        days_ahead=row.days_ahead,
        eligibility_days=row.eligibility_days,
        before_visit_days=row.before_visit_days,
        benefits_days=row.benefits_days,
        benefits_renew_yearly=row.benefits_renew_yearly,
        service_types=tuple(row.service_types.split()),
        outgoing_folder=row.outgoing_folder,
        incoming_folder=row.incoming_folder,
    )


def _findings(draft: SettingsDraft) -> list[Finding]:
    findings: list[Finding] = []
    if not 0 <= draft.days_ahead <= 60:
        findings.append(Finding("Enter how many days ahead the list looks, from 0 to 60.", "days_ahead"))
    if not 1 <= draft.eligibility_days <= 366:
        findings.append(Finding("Enter a number of days from 1 to 366.", "eligibility_days"))
    if draft.before_visit_days is not None and not 0 <= draft.before_visit_days <= 60:
        findings.append(Finding("Enter a number of days from 0 to 60, or nothing.", "before_visit_days"))
    if not 1 <= draft.benefits_days <= 1000:
        findings.append(Finding("Enter a number of days from 1 to 1000.", "benefits_days"))
    codes = [code.strip() for code in draft.service_types]
    if not codes or any(not (1 <= len(code) <= 2 and code.isascii() and code.isalnum()) for code in codes):
        findings.append(
            Finding("Enter service type codes of one or two characters, such as 30 and 98.", "service_types")
        )
    return findings
