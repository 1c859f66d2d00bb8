"""What a payer's refusal to answer (AAA) means, and what the desk should do, in the office's own words."""

from collections.abc import Mapping
from typing import Final

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "04": ("The payer takes fewer questions at a time", "Write a smaller file, or ask one by one."),
    "15": (
        "Something that the payer needs was missing",
        "Check member ID, name and birth date, then ask again.",
    ),
    "33": ("Something did not reach the payer whole", "Ask again. If it comes back, call the payer."),
    "35": ("The office is not known to the network", "Call the payer about the office's enrolment."),
    "41": (
        "The office may not ask this payer electronically",
        "Call the payer about the office's enrolment.",
    ),
    "42": (
        "The payer could not answer at that moment",
        "Ask again later. If the visit is near, call the payer.",
    ),
    "43": ("The payer does not know the office's NPI", "Check the NPI in the practice's details, then call."),
    "44": ("The payer could not read the provider's name", "Check the practice's details, then ask again."),
    "45": (
        "The payer could not read the provider's specialty",
        "Check the practice's details, then ask again.",
    ),
    "46": ("The payer could not read the provider's phone", "Check the practice's details, then ask again."),
    "47": ("The payer could not read the provider's state", "Check the practice's details, then ask again."),
    "48": (
        "The payer could not read the referring provider",
        "Check the referring provider, then ask again.",
    ),
    "49": (
        "The provider is not the patient's primary care provider",
        "Ask the patient who is, and about a referral.",
    ),
    "50": ("The provider may not ask this payer", "Call the payer about the office's enrolment."),
    "51": ("The provider is not in the payer's files", "Call the payer about the office's enrolment."),
    "52": ("The payer could not read the service dates", "Ask again for the day of the visit."),
    "53": ("The kind of question is not one the payer answers", "Call the payer."),
    "54": ("The payer could not read a product or service", "Ask about the whole plan, or call the payer."),
    "55": ("The payer could not read a product or service", "Ask about the whole plan, or call the payer."),
    "56": ("The payer could not read the date", "Ask again for the day of the visit."),
    "57": ("The payer could not read the service dates", "Ask again for the day of the visit."),
    "58": ("The payer could not read the birth date", "Check the birth date against the card or an ID."),
    "60": ("The birth date is after the day asked about", "Check the birth date against the card or an ID."),
    "61": ("The day of death is before the day asked about", "Check with the family, then call the payer."),
    "62": ("The day is not within what the payer answers", "Ask again nearer to the visit."),
    "63": ("The day lies ahead of what the payer answers", "Ask again nearer to the visit."),
    "64": ("The payer could not read the patient's ID", "Check the member ID on the card, then ask again."),
    "65": ("The payer could not read the patient's name", "Spell the name as the card does, then ask again."),
    "66": ("The payer needs the patient's sex", "Add it to the demographics, then ask again."),
    "67": (
        "The payer does not find the patient",
        "Check name, birth date and member ID on the card, then ask again.",
    ),
    "68": ("The payer has the same patient ID twice", "Call the payer."),
    "69": ("The service does not fit the patient's age", "Call the payer."),
    "70": ("The service does not fit the patient's sex", "Call the payer."),
    "71": ("The birth date is not the one the payer has", "Check the birth date against the card or an ID."),
    "72": ("The member ID is not one of the payer's", "Check the member ID on the card, then ask again."),
    "73": (
        "The subscriber's name is not the one the payer has",
        "Spell the name as the card does, then ask again.",
    ),
    "74": ("The payer needs the subscriber's sex", "Add it to the policy, then ask again."),
    "75": (
        "The payer does not find the subscriber",
        "Check the card: is it this payer, and the newest card?",
    ),
    "76": ("The payer has this subscriber ID twice", "Call the payer."),
    "77": (
        "The subscriber was found, the patient was not",
        "Check the patient's name and birth date, then ask again.",
    ),
    "78": ("The subscriber is not in the group that was named", "Check the group number on the card."),
    "79": ("The question reached the wrong payer", "Check the payer's electronic number in the payer list."),
    "80": ("The payer did not answer in time", "Ask again later."),
    "97": ("The payer needs an address or phone", "Check the demographics, then call the payer."),
    "98": ("The day is too far in the past or the future", "Ask again nearer to the visit."),
    "T4": (
        "The payer's name or number was missing",
        "Check the payer's electronic number in the payer list.",
    ),
}
"""AAA03: what went wrong, and what to do."""

FOLLOW_UPS: Final[Mapping[str, str]] = {
    "C": "The payer wants it corrected and asked again.",
    "N": "The payer wants no second question like it.",
    "P": "The payer wants the same question again.",
    "R": "It may be asked again.",
    "S": "It must not be asked again; ask another payer.",
    "W": "Wait 30 days, then ask again.",
    "X": "Wait 10 days, then ask again.",
    "Y": "Do not ask again; the payer will answer on its own.",
}
"""AAA04."""


def failures_said(reject_codes: str) -> tuple[tuple[str, str], ...]:
    """What went wrong and what to do, for each of "subscriber 72 C, receiver 42 R"."""
    lines: list[tuple[str, str]] = []
    for each in reject_codes.split(", "):
        _, _, codes = each.partition(" ")
        reason, _, follow_up = codes.partition(" ")
        if not reason and not follow_up:
            continue
        words, advice = REASONS.get(
            reason, (f"The payer gave the reason {reason or 'of no code'}", "Call the payer.")
        )
        wanted = FOLLOW_UPS.get(
            follow_up, f"The payer's next step has the code {follow_up}." if follow_up else ""
        )
        line = (words, " ".join(part for part in (advice, wanted) if part))
        if line not in lines:
            lines.append(line)
    return tuple(lines)
