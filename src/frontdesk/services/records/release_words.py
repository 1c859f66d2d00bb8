"""How the grounds, the people who ask, the states and the things to check are called."""

from typing import Final

from frontdesk.models.records.document import Category, Sensitivity
from frontdesk.models.records.release import Basis, CameBy, CopyForm, Delivery, Requester
from frontdesk.models.records.release import ReleaseState as ReleaseState
from frontdesk.models.records.release_check import CheckItem, DenialGround

REQUESTERS: Final = {
    Requester.PATIENT: "Patient",
    Requester.REPRESENTATIVE: "Personal representative",
    Requester.ATTORNEY: "Attorney",
    Requester.INSURER: "Insurer",
    Requester.EMPLOYER: "Employer",
    Requester.SCHOOL: "School",
    Requester.COURT: "Court",
    Requester.PROVIDER: "Other provider",
    Requester.PUBLIC_HEALTH: "Public health",
    Requester.GOVERNMENT: "Government office",
    Requester.OTHER: "Somebody else",
}
BASES: Final = {
    Basis.ACCESS: "Access by the patient",
    Basis.AUTHORIZATION: "Signed authorization",
    Basis.TREATMENT: "Treatment",
    Basis.PAYMENT: "Payment",
    Basis.OPERATIONS: "Health care operations",
    Basis.COURT_ORDER: "Court order",
    Basis.SUBPOENA: "Subpoena without an order",
    Basis.REQUIRED_BY_LAW: "Required by law",
    Basis.PUBLIC_HEALTH: "Public health",
}
SOURCES: Final = {
    Basis.ACCESS: "45 CFR 164.524",
    Basis.AUTHORIZATION: "45 CFR 164.508",
    Basis.TREATMENT: "45 CFR 164.506(c)(2)",
    Basis.PAYMENT: "45 CFR 164.506(c)(3)",
    Basis.OPERATIONS: "45 CFR 164.506(c)(4)",
    Basis.COURT_ORDER: "45 CFR 164.512(e)(1)(i)",
    Basis.SUBPOENA: "45 CFR 164.512(e)(1)(ii)",
    Basis.REQUIRED_BY_LAW: "45 CFR 164.512(a)",
    Basis.PUBLIC_HEALTH: "45 CFR 164.512(b)",
}
CAME_BY: Final = {
    CameBy.IN_PERSON: "in person",
    CameBy.MAIL: "by mail",
    CameBy.FAX: "by fax",
    CameBy.EMAIL: "by e-mail",
    CameBy.PORTAL: "through the portal",
    CameBy.PHONE: "by phone",
}
DELIVERIES: Final = {
    Delivery.PICK_UP: "Pick up",
    Delivery.MAIL: "Mail",
    Delivery.FAX: "Fax",
    Delivery.SECURE_EMAIL: "Secure e-mail",
    Delivery.EMAIL: "Plain e-mail",
    Delivery.MEDIA: "Disc or drive",
}
COPY_FORMS: Final = {
    CopyForm.ELECTRONIC: "Electronic copy",
    CopyForm.PAPER: "Paper copy",
    CopyForm.INSPECT: "To look at in the office",
}
STATES: Final = {
    ReleaseState.NEW: "New",
    ReleaseState.IDENTITY_CHECKED: "Identity checked",
    ReleaseState.WAITING_SIGNATURE: "Waiting for a signature",
    ReleaseState.COLLECTING: "Being collected",
    ReleaseState.UNDER_REVIEW: "With the second reader",
    ReleaseState.READY: "Ready to send",
    ReleaseState.SENT: "Sent",
    ReleaseState.CLOSED: "Closed",
    ReleaseState.DENIED: "Denied",
    ReleaseState.RETURNED: "Returned to sender",
    ReleaseState.WITHDRAWN: "Withdrawn",
}
ITEMS: Final = {
    CheckItem.IDENTITY: "Identity of who asks",
    CheckItem.AUTHORITY: "Authority of the person who asks",
    CheckItem.DESCRIBED: "Says what may be sent",
    CheckItem.DISCLOSER: "Names who may send it",
    CheckItem.RECIPIENT: "Names who may have it",
    CheckItem.PURPOSE: "Says what for",
    CheckItem.EXPIRY: "Has an expiry date or event",
    CheckItem.SIGNATURE: "Is signed and dated",
    CheckItem.REVOCATION: "Says that it can be revoked",
    CheckItem.REDISCLOSURE: "Says that it may be passed on",
    CheckItem.CONDITIONS: "Says that care does not depend on it",
    CheckItem.ASSURANCE: "Patient told, or protective order",
    CheckItem.MINIMUM: "No more than the purpose needs",
}
FORM_ITEMS: Final[tuple[CheckItem, ...]] = (
    CheckItem.DESCRIBED,
    CheckItem.DISCLOSER,
    CheckItem.RECIPIENT,
    CheckItem.PURPOSE,
    CheckItem.EXPIRY,
    CheckItem.SIGNATURE,
    CheckItem.REVOCATION,
    CheckItem.REDISCLOSURE,
    CheckItem.CONDITIONS,
)
"""What a valid authorization has: 45 CFR 164.508(c)(1) and (2)."""
STATED: Final[tuple[CheckItem, ...]] = tuple(
    item for item in FORM_ITEMS if item not in (CheckItem.EXPIRY, CheckItem.SIGNATURE)
)
"""Those that somebody reads off the form; expiry and signature follow from their dates."""
LACKS: Final = {
    CheckItem.DESCRIBED: "does not say what may be sent",
    CheckItem.DISCLOSER: "does not name this office as the one that may send",
    CheckItem.RECIPIENT: "does not name who may have the copies",
    CheckItem.PURPOSE: "does not say what for",
    CheckItem.EXPIRY: "has no expiry date or event",
    CheckItem.SIGNATURE: "has no signature or date",
    CheckItem.REVOCATION: "does not say that it can be revoked",
    CheckItem.REDISCLOSURE: "does not say that the copies may be passed on",
    CheckItem.CONDITIONS: "does not say whether care depends on it",
}
CLASSES: Final = {
    Sensitivity.ORDINARY: "ordinary",
    Sensitivity.MENTAL_HEALTH: "mental health",
    Sensitivity.SUBSTANCE_USE: "substance use",
    Sensitivity.HIV: "HIV",
    Sensitivity.REPRODUCTIVE: "reproductive health",
    Sensitivity.GENETIC: "genetic",
    Sensitivity.PSYCHOTHERAPY: "psychotherapy notes",
}
CATEGORIES: Final = {
    Category.VISIT_NOTE: "visit notes",
    Category.LAB_RESULT: "lab results",
    Category.IMAGING: "imaging",
    Category.HOSPITAL: "hospital",
    Category.LETTER: "letters",
    Category.CONSENT: "consents",
    Category.IDENTITY: "ID and insurance",
}
GROUNDS: Final = {
    DenialGround.PSYCHOTHERAPY_NOTES: "These are psychotherapy notes, which are kept apart from the chart.",
    DenialGround.LITIGATION: "This was compiled for a court or administrative proceeding.",
    DenialGround.INMATE: "A copy would endanger the safety of an institution or of people in it.",
    DenialGround.RESEARCH: "The research in which the patient takes part is still under way.",
    DenialGround.PRIVACY_ACT: "The Privacy Act (5 U.S.C. 552a) does not allow it.",
    DenialGround.CONFIDENTIAL_SOURCE: "It was given by somebody else in confidence, and would show who.",
    DenialGround.ENDANGERS: "A licensed professional holds that it would endanger somebody's life or safety.",
    DenialGround.ENDANGERS_OTHER: "It tells of another person, to whom access could do substantial harm.",
    DenialGround.REPRESENTATIVE_HARM: "Access by the representative could do substantial harm.",
    DenialGround.NOT_KEPT: "The office does not keep what was asked for.",
    DenialGround.FORM_NOT_VALID: "Nothing that was sent in allows the office to give copies.",
}
ACCESS_GROUNDS: Final = tuple(ground for ground in GROUNDS if ground is not DenialGround.FORM_NOT_VALID)
"""Grounds that hold against the patient's own access (45 CFR 164.524(a)(2), (a)(3), (d)(3))."""


def capital(words: str) -> str:
    """With its first letter large: as it stands in a list to choose from."""
    return words[:1].upper() + words[1:]


def kind_of(requester: Requester, basis: Basis) -> str:
    """The word of the Kind column: "Access", "Treatment", "Attorney"."""
    if basis is Basis.ACCESS:
        return "Access"
    if requester is Requester.PROVIDER:
        return BASES[basis]
    if requester in (Requester.PATIENT, Requester.REPRESENTATIVE):
        return "Patient" if requester is Requester.PATIENT else "Representative"
    return REQUESTERS[requester]
