"""Whether what a request rests on holds on a day: the form of 45 CFR 164.508, and the other grounds."""

from collections.abc import Iterator
from datetime import date

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import us_date
from frontdesk.models.records.release import Basis, ReleaseRequest
from frontdesk.models.records.release_check import CheckItem, FormEnd
from frontdesk.services.records.release_facts import (
    Known,
    items_of,
    needs_authority,
    needs_form,
)
from frontdesk.services.records.release_words import LACKS, STATED


def form_findings(row: ReleaseRequest, known: Known, on: date) -> Iterator[Finding]:
    """Why the authorization does not hold on a day: 45 CFR 164.508(b)(2) and (c)."""
    form = known.form
    if form is None:
        yield Finding("The signed form is missing. Ask the patient to sign, or return the request.", "form")
        return
    if form.ended_on is not None and form.ended_on <= on:
        if form.ended_how is FormEnd.EVENT_PASSED:
            yield Finding(
                f"The form ended on {us_date(form.ended_on)}, when its event came. Ask for a new one.", "form"
            )
        else:
            yield Finding(
                f"The form was revoked on {us_date(form.ended_on)}. Nothing may leave on it.", "form"
            )
    if form.expires_on is not None and form.expires_on < on:
        yield Finding(f"The form expired on {us_date(form.expires_on)}. Ask for a new one.", "form")
    lacks = []
    if form.signed_on is None:
        lacks.append(LACKS[CheckItem.SIGNATURE])
    if form.expires_on is None and not form.expires_event:
        lacks.append(LACKS[CheckItem.EXPIRY])
    unread = []
    for item in STATED:
        fact = known.facts.get(item)
        if fact is None:
            unread.append(item)
        elif not fact.holds:
            lacks.append(LACKS[item])
    if lacks:
        yield Finding(f"The form {_listed(lacks)}. Have it completed, or return the request.", "form")
    if unread:
        yield Finding("The form was not read to its end. Check each thing that it must say.", "form")
    if form.relation and not form.authority:
        yield Finding(
            f"{form.signer} signed for the patient, and what the right rests on is not written down.",
            CheckItem.AUTHORITY,
        )


def findings(row: ReleaseRequest, known: Known, on: date) -> Iterator[Finding]:
    """Everything about the ground that speaks against sending on a day; not the pages, not the reader."""
    if not known.holds(CheckItem.IDENTITY):
        yield Finding("Nobody has checked the identity of who asks. Check it first.", CheckItem.IDENTITY)
    if needs_authority(row):
        if not known.holds(CheckItem.AUTHORITY):
            yield Finding(
                "The authority of the person who asks is not on file. Ask for the paper.", CheckItem.AUTHORITY
            )
        elif known.contact_ended:
            yield Finding(
                "The representative is no longer on file with the patient. Ask for the paper again.",
                CheckItem.AUTHORITY,
            )
        elif known.authority_until is not None and known.authority_until < on:
            yield Finding(
                f"The representative's right ended on {us_date(known.authority_until)}. Ask for a new paper.",
                CheckItem.AUTHORITY,
            )
    if needs_form(row):
        yield from form_findings(row, known, on)
    items = items_of(row)
    if CheckItem.ASSURANCE in items and not known.holds(CheckItem.ASSURANCE):
        yield Finding(
            "A subpoena without a judge's order needs proof that the patient was told, or that a protective "
            "order was asked for. Ask the sender for it.",
            CheckItem.ASSURANCE,
        )
    if CheckItem.MINIMUM in items and not known.holds(CheckItem.MINIMUM):
        yield Finding(
            "Nobody has said that no more is sent than the purpose needs. Check it.", CheckItem.MINIMUM
        )


def form_holds(row: ReleaseRequest, known: Known, on: date) -> bool:
    """Whether the request needs no form, or has a valid one."""
    return not needs_form(row) or not any(True for _ in form_findings(row, known, on))


def can_be_extended(row: ReleaseRequest, today: date) -> bool:
    """Once, and before the time is over (45 CFR 164.524(b)(2)(ii))."""
    return row.extended_on is None and row.due_on >= today


def is_access(row: ReleaseRequest) -> bool:
    """Whether the patient's own right is the ground."""
    return row.basis is Basis.ACCESS


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
