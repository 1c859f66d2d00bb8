"""What the codes of acknowledgments and claim status mean, in our own words.

The categories of STC01-1 (X12 external code list 507) and the most usual statuses (508); the codes of TA105,
AK905, IK502 and IK304/IK403. What is not here is shown by its number.
"""

from enum import StrEnum
from typing import Final

from frontdesk.formats.x12.acknowledgment import SegmentError
from frontdesk.formats.x12.claim_status import Status, StatusCode


class Outcome(StrEnum):
    """What an answer does to the claim it is about."""

    RECEIVED = "received"
    """Somebody on the way has it; nothing is decided."""
    ACCEPTED = "accepted"
    """The payer's system took it in to be decided."""
    REJECTED = "rejected"
    """It was turned back and is with no one: fix it and send it again."""
    IN_PROCESS = "in_process"
    WANTS_MORE = "wants_more"
    """The payer waits for papers or facts."""
    PAID = "paid"
    DENIED = "denied"
    NOT_FOUND = "not_found"
    TROUBLE = "trouble"
    """The question could not be answered; ask again."""
    UNKNOWN = "unknown"


CATEGORIES: Final[dict[str, tuple[Outcome, str]]] = {
    "A0": (Outcome.RECEIVED, "Passed on to another payer or system"),
    "A1": (Outcome.RECEIVED, "Received"),
    "A2": (Outcome.ACCEPTED, "Taken in by the payer"),
    "A3": (Outcome.REJECTED, "Turned back, cannot be processed"),
    "A4": (Outcome.NOT_FOUND, "The payer cannot find it"),
    "A5": (Outcome.IN_PROCESS, "Split into several claims by the payer"),
    "A6": (Outcome.REJECTED, "Turned back, something is missing"),
    "A7": (Outcome.REJECTED, "Turned back, something is not valid"),
    "A8": (Outcome.REJECTED, "Turned back, two values do not fit each other"),
    "D0": (Outcome.NOT_FOUND, "The payer finds no such claim"),
    "E0": (Outcome.TROUBLE, "The question was not understood"),
    "E1": (Outcome.TROUBLE, "The payer's system is down"),
    "E2": (Outcome.TROUBLE, "Nothing came back from the payer's system"),
    "E3": (Outcome.TROUBLE, "The question lacks something"),
    "E4": (Outcome.TROUBLE, "The trading partner agreement does not allow it"),
    "F0": (Outcome.IN_PROCESS, "Decided, details follow"),
    "F1": (Outcome.PAID, "Decided and paid"),
    "F2": (Outcome.DENIED, "Decided and denied"),
    "F3": (Outcome.IN_PROCESS, "Decided again, the decision changed"),
    "F3F": (Outcome.IN_PROCESS, "Decided and forwarded to another payer"),
    "F3N": (Outcome.IN_PROCESS, "Decided, not forwarded"),
    "F4": (Outcome.PAID, "Decided, nothing is to be paid"),
    "P0": (Outcome.IN_PROCESS, "Pending"),
    "P1": (Outcome.IN_PROCESS, "Being processed"),
    "P2": (Outcome.IN_PROCESS, "Being reviewed"),
    "P3": (Outcome.WANTS_MORE, "Waits for information that the payer asked for"),
    "P4": (Outcome.WANTS_MORE, "Waits for information from the patient"),
    "P5": (Outcome.IN_PROCESS, "Waits at the payer's plan or administrator"),
}
_REQUESTS = (Outcome.WANTS_MORE, "The payer asks for information")
_UNKNOWN = (Outcome.UNKNOWN, "")

STATUSES: Final[dict[str, str]] = {
    "0": "no details can be given this way",
    "1": "details are in the remittance",
    "2": "details are in a letter",
    "3": "decided, waits for the payment run",
    "12": "services were put together",
    "15": "a service code was changed",
    "16": "passed on to somebody else",
    "17": "passed on by a third party",
    "19": "receipt acknowledged",
    "20": "taken in for processing",
    "21": "missing or invalid information",
    "23": "sent back",
    "24": "not approved to send electronically",
    "25": "not approved",
    "26": "not found",
    "27": "policy canceled",
    "29": "subscriber and policy number do not belong together",
    "30": "subscriber and member number do not belong together",
    "31": "subscriber and policyholder's name do not belong together",
    "32": "subscriber and policy number not found",
    "33": "subscriber and member number not found",
    "34": "subscriber and policyholder's name not found",
    "35": "claim not found",
    "38": "waits for the next run",
    "40": "waits for the final approval",
    "41": "handled by hand at the payer",
    "42": "waits for related charges",
    "45": "waits for a decision on benefits",
    "46": "internal review",
    "49": "waits for a review of the provider's standing",
    "50": "waits for a check of the provider",
    "51": "an accident or illness at work is looked into",
    "52": "other insurance is looked for",
    "53": "the member or group number is looked for",
    "54": "duplicate of a claim decided before",
    "55": "with somebody at the payer",
    "56": "waits for a decision on eligibility",
    "59": "information was asked for by letter or phone",
    "60": "information was asked for electronically",
    "65": "paid",
    "78": "duplicate of a claim that still waits",
    "81": "existing conditions are not covered",
    "84": "service not authorized",
    "85": "not the primary payer",
    "86": "diagnosis and sex do not fit",
    "88": "not covered on the days of service",
    "90": "no medical benefits on the days of service",
    "91": "not approved on the days of service",
    "92": "no longer covered as a dependent",
    "93": "not the chosen primary care provider",
    "94": "not referred by the primary care provider",
    "95": "information asked for did not come",
    "96": "no agreement with this party",
    "97": "coverage not found",
    "98": "charges went to the deductible",
    "101": "processed as a change of an earlier claim",
    "103": "put together with another claim",
    "104": "processed by the plan's rules",
    "105": "covered by a fixed monthly payment",
    "106": "not this party's to pay",
    "107": "processed by the contract",
    "109": "not eligible",
    "114": "another payer has to process it",
    "116": "sent to the wrong payer",
    "117": "signature on file is missing",
    "121": "more lines than the payer takes",
    "122": "missing or invalid data",
    "123": "more information is wanted",
    "124": "name, address, phone or number",
    "125": "name",
    "126": "address",
    "127": "phone or e-mail",
    "128": "tax number",
    "131": "Medicare number",
    "132": "Medicaid number",
    "135": "number given by the health plan",
    "142": "license number",
    "144": "state license number",
    "145": "taxonomy code",
    "153": "number",
    "154": "relationship to the patient",
    "156": "patient's relationship to the subscriber",
    "157": "sex",
    "158": "birth date",
    "163": "policy number",
    "164": "member number",
    "171": "other insurance",
    "178": "charges",
    "183": "amount paid before",
    "187": "days of service",
    "188": "days from and through",
    "189": "day of admission",
    "218": "NDC number",
    "228": "type of bill",
    "247": "a line of the claim",
    "248": "accident: day, state and cause",
    "249": "place of service",
    "252": "authorization number",
    "254": "main diagnosis",
    "255": "diagnosis",
    "287": "medical necessity",
    "294": "supporting papers",
    "297": "medical notes",
    "317": "patient's medical records",
    "400": "the claim does not balance",
    "402": "the amount has to be more than zero",
    "453": "modifier",
    "454": "procedure code",
    "455": "revenue code",
    "464": "payer's claim number",
    "475": "code and age do not fit",
    "476": "units",
    "477": "pointer to a diagnosis",
    "478": "the office's claim number",
    "479": "other payer's number",
    "480": "other payer's filing code",
    "481": "format of the claim",
    "483": "the limit of the benefit period is reached",
    "484": "the payer's system is not available",
    "488": "diagnoses of the services",
    "496": "not approved to send for this party",
    "500": "ZIP code",
    "501": "state",
    "502": "city",
    "503": "street",
    "504": "last name",
    "505": "first name",
    "507": "HCPCS code",
    "510": "a date in the future",
    "511": "a character that is not allowed",
    "516": "day of the other payer's decision",
    "521": "adjustment reason",
    "535": "claim frequency code",
    "560": "further number",
    "562": "NPI",
    "585": "not covered",
    "718": "not sent in time",
    "732": "does not follow the billing rules",
    "746": "duplicate",
}
"""What an answer is about: the category says what is wrong with it."""
ENTITIES: Final[dict[str, str]] = {
    "03": "the dependent",
    "1P": "the provider",
    "40": "the receiver",
    "41": "the submitter",
    "71": "the attending provider",
    "77": "the place of service",
    "82": "the rendering provider",
    "85": "the billing provider",
    "87": "the pay-to provider",
    "DK": "the ordering provider",
    "DN": "the referring provider",
    "DQ": "the supervising provider",
    "IL": "the subscriber",
    "PR": "the payer",
    "QC": "the patient",
    "TT": "the other payer",
}
ENVELOPE_NOTES: Final[dict[str, str]] = {
    "000": "nothing is wrong",
    "001": "the control numbers of its beginning and end differ",
    "002": "the standard it names is not supported",
    "003": "the version is not supported",
    "005": "the kind of the sender's number is not known",
    "006": "the sender's number is not known",
    "007": "the kind of the receiver's number is not known",
    "008": "the receiver's number is not known",
    "009": "the receiver's number belongs to somebody else",
    "014": "the date is not valid",
    "015": "the time is not valid",
    "018": "the control number is not valid",
    "021": "the number of groups is not right",
    "022": "its control structure is not right",
    "023": "it ends too early",
    "024": "its content is not valid",
    "025": "its control number came before",
    "026": "the data element separator is not valid",
    "027": "the component separator is not valid",
    "029": "the syntax is not supported",
}
_GROUP_ERRORS: Final[dict[str, str]] = {
    "1": "this kind of message is not taken",
    "2": "its version is not taken",
    "3": "the end of the group is missing",
    "4": "the control numbers of its beginning and end differ",
    "5": "the number of messages is not right",
    "6": "its control number is not valid",
    "17": "no messages are in it that can be read",
}
_SET_ERRORS: Final[dict[str, str]] = {
    "1": "this kind of message is not taken",
    "2": "its end is missing",
    "3": "the control numbers of its beginning and end differ",
    "4": "the number of segments is not right",
    "5": "one or more segments are wrong",
    "6": "its identifier is missing or not valid",
    "7": "its control number is missing or not valid",
    "23": "its control number came before",
    "I5": "the implementation guide was not followed",
    "I6": "the implementation convention is not taken",
}
_SEGMENT_ERRORS: Final[dict[str, str]] = {
    "1": "is not known",
    "2": "is not expected here",
    "3": "is missing",
    "4": "occurs too often",
    "5": "is too long a loop",
    "6": "is not in this message",
    "7": "is in the wrong order",
    "8": "has an element that is wrong",
    "I4": "is not used by this receiver",
    "I6": "depends on something that is missing",
    "I7": "is too often",
    "I8": "may not stand here",
    "I9": "does not fit the rest",
}
_ELEMENT_ERRORS: Final[dict[str, str]] = {
    "1": "is missing",
    "2": "is missing, as another one is there",
    "3": "is one too many",
    "4": "is too short",
    "5": "is too long",
    "6": "has a character that is not allowed",
    "7": "has a code that is not known",
    "8": "is no date",
    "9": "is no time",
    "10": "excludes another one",
    "12": "is repeated too often",
    "13": "is repeated too often",
    "I6": "has a code that this receiver does not take",
    "I9": "is missing, as something else is there",
    "I10": "may not be used here",
    "I11": "is repeated too seldom",
    "I12": "does not fit its pattern",
    "I13": "has a value that is not allowed",
}


def outcome(code: StatusCode) -> Outcome:
    """What a code does to its claim; the R codes all ask for information."""
    return _category(code)[0]


def said(code: StatusCode) -> str:
    """A code as people say it: "Turned back, something is not valid: NPI (the billing provider)"."""
    kind = _category(code)[1] or f"Answer {code.category}"
    status = STATUSES.get(code.status, "") if code.qualifier != "RX" else ""
    if not status and code.status:
        status = f"status {code.status}" + (" of the pharmacy list" if code.qualifier == "RX" else "")
    entity = ENTITIES.get(code.entity, "")
    about = f" ({entity})" if entity else ""
    return (f"{kind}: {status}" if status else kind) + about


def sentence(status: Status) -> str:
    """All that an STC says, the payer's own words behind ours."""
    words = ". ".join(dict.fromkeys(said(code) for code in status.codes))
    own = status.message.strip().rstrip(".")
    return ". ".join(part for part in (words, own) if part) + "."


def envelope_said(note: str) -> str:
    """TA105 in words."""
    return ENVELOPE_NOTES.get(note, f"note {note}")


def group_said(code: str) -> str:
    """A code of AK9 in words."""
    return _GROUP_ERRORS.get(code, f"error {code}")


def set_said(code: str) -> str:
    """A code of IK5 in words."""
    return _SET_ERRORS.get(code, f"error {code}")


def segment_said(error: SegmentError) -> str:
    """A wrong segment in words, without what stood in it: "REF at place 57 is missing"."""
    words = f"{error.segment} at place {error.position} "
    words += _SEGMENT_ERRORS.get(error.code, f"has error {error.code}" if error.code else "is wrong")
    for wrong in error.elements:
        place = "-".join(part for part in wrong.position if part)
        told = _ELEMENT_ERRORS.get(wrong.code, f"has error {wrong.code}")
        words += f"; element {place} {told}"
    return words


def _category(code: StatusCode) -> tuple[Outcome, str]:
    if code.category.startswith("R") and code.category[1:].isdecimal():
        return _REQUESTS
    return CATEGORIES.get(code.category, _UNKNOWN)
