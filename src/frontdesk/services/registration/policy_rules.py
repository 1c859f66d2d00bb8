"""What an insurance card must say before it is kept."""

import re
from datetime import date

from frontdesk.kernel.errors import Finding
from frontdesk.models.registration.coverage import Policy
from frontdesk.services.registration.drafts import PolicyDraft
from frontdesk.services.registration.member_ids import plain_member_id
from frontdesk.services.registration.rules import STATES, check_birth_date, check_lengths, check_one_phone

_MEMBER_ID = re.compile(r"[A-Z0-9]{2,40}")


def check_policy(draft: PolicyDraft, today: date) -> list[Finding]:
    """Member id, subscriber, dates and case of an insurance card."""
    findings = [
        finding
        for finding in check_lengths(draft, Policy)
        if finding.field not in ("member_id", "adjuster_phone", "case_state")
    ]
    plain = plain_member_id(draft.member_id)
    is_case = bool(draft.case_number.strip())
    if not plain and not is_case:
        findings.append(Finding("Enter the member ID as printed on the card.", "member_id"))
    elif plain and not _MEMBER_ID.fullmatch(plain):
        findings.append(Finding("A member ID has 2 to 40 letters and digits.", "member_id"))
    elif is_case and not plain and not _MEMBER_ID.fullmatch(plain_member_id(draft.case_number)):
        findings.append(Finding("A claim number has 2 to 40 letters and digits.", "case_number"))
    if draft.subscriber_patient_id is None and not draft.subscriber_last.strip():
        findings.append(Finding("Enter the last name of the subscriber.", "subscriber_last"))
    if draft.subscriber_born_on is not None:
        findings += check_birth_date(draft.subscriber_born_on, today, "subscriber_born_on")
    if draft.effective_until is not None and draft.effective_until < draft.effective_from:
        findings.append(Finding("The policy ends before it starts. Check both dates.", "effective_until"))
    return findings + _check_case(draft, today, is_case=is_case)


def _check_case(draft: PolicyDraft, today: date, *, is_case: bool) -> list[Finding]:
    findings: list[Finding] = []
    if draft.injured_on is not None and draft.injured_on > today:
        findings.append(Finding("The date of injury is in the future. Check the year.", "injured_on"))
    elif draft.injured_on is not None and not is_case:
        findings.append(Finding("Enter the claim number of the injury.", "case_number"))
    elif draft.injured_on is None and is_case:
        findings.append(Finding("Enter the date of the injury.", "injured_on"))
    if draft.adjuster_phone.strip():
        findings += check_one_phone(draft.adjuster_phone, "adjuster_phone")
    state = draft.case_state.strip().upper()
    if state and state not in STATES:
        findings.append(
            Finding(f"“{draft.case_state}” is not a state. Use its two letters, such as OR.", "case_state")
        )
    return findings
