"""How the states of a claim look: word, icon, tone; and which of them are worked together."""

from dataclasses import dataclass

from frontdesk.services.billing.claim_views import ClaimState


@dataclass(frozen=True, slots=True)
class StateLook:
    """A state as a chip shows it."""

    words: str
    icon: str
    tone: str


LOOK: dict[ClaimState, StateLook] = {
    ClaimState.DRAFT: StateLook("Draft", "file-pen", "outline"),
    ClaimState.FAILED: StateLook("Needs fix", "circle-alert", "block"),
    ClaimState.READY: StateLook("Ready", "circle-check", "ok"),
    ClaimState.HELD: StateLook("On hold", "circle-pause", "warn"),
    ClaimState.BATCHED: StateLook("In a batch", "file-up", "info"),
    ClaimState.SENT: StateLook("Sent", "send", "info"),
    ClaimState.PASSED: StateLook("Passed the check", "check", "info"),
    ClaimState.ACCEPTED: StateLook("Accepted", "check-check", "info"),
    ClaimState.IN_PROCESS: StateLook("In process", "hourglass", "info"),
    ClaimState.REJECTED: StateLook("Rejected", "undo-2", "block"),
    ClaimState.PAID: StateLook("Paid", "banknote", "ok"),
    ClaimState.PART_PAID: StateLook("Paid in part", "banknote", "warn"),
    ClaimState.DENIED: StateLook("Denied", "circle-x", "warn"),
    ClaimState.APPEALED: StateLook("Appealed", "scale", "info"),
    ClaimState.CORRECTED: StateLook("Replaced", "replace", "neutral"),
    ClaimState.VOID: StateLook("Void", "ban", "neutral"),
    ClaimState.CLOSED: StateLook("Closed", "archive", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """A figure of the strip, and the states it counts."""

    name: str
    words: str
    icon: str
    states: tuple[ClaimState, ...]
    color: str = "text"


WITH_PAYER = (
    ClaimState.BATCHED,
    ClaimState.SENT,
    ClaimState.PASSED,
    ClaimState.ACCEPTED,
    ClaimState.IN_PROCESS,
    ClaimState.APPEALED,
)
"""On their way, or with the payer: one figure and one list."""

COUNTERS = (
    Counter("draft", "Draft", "file-pen", (ClaimState.DRAFT,)),
    Counter("fix", "Needs fix", "circle-alert", (ClaimState.FAILED,), "block-tx"),
    Counter("ready", "Ready", "circle-check", (ClaimState.READY,)),
    Counter("sent", "Sent", "send", WITH_PAYER),
    Counter("rejected", "Rejected", "undo-2", (ClaimState.REJECTED,), "block-tx"),
    Counter("denied", "Denied", "circle-x", (ClaimState.DENIED,), "warn-tx"),
    Counter("paid", "Paid, 30 days", "banknote", (ClaimState.PAID, ClaimState.PART_PAID)),
)

WORKED = (ClaimState.FAILED, ClaimState.REJECTED, ClaimState.DENIED, ClaimState.HELD)
"""The states that wait for somebody: one list."""

LISTS: dict[str, tuple[ClaimState, ...]] = {
    "draft": (ClaimState.DRAFT,),
    "fix": WORKED,
    "ready": (ClaimState.READY,),
    "sent": WITH_PAYER,
    "rejected": WORKED,
    "denied": WORKED,
    "paid": (ClaimState.PART_PAID, ClaimState.PAID),
}
"""What the table lists for a figure of the strip."""

_NO_WORK = ("No claim waits for work", "Problems, rejections and denials come here by themselves.")
NOTHING: dict[str, tuple[str, str]] = {
    "draft": ("No claim is in draft", "Release a superbill, and its claim is made."),
    "fix": _NO_WORK,
    "ready": ("No claim is ready to send", "Claims come here once the check finds no problem."),
    "sent": ("No claim is with a payer", "Send what is ready. It stays here until the payer answers."),
    "rejected": _NO_WORK,
    "denied": _NO_WORK,
    "paid": ("No claim was paid in 30 days", "Import the payers' files at Remittances."),
}
"""What is so where a figure has no claims, and what could be done now."""

HEADS: dict[ClaimState, tuple[str, str]] = {
    ClaimState.DRAFT: ("Superbill not released yet", ""),
    ClaimState.FAILED: ("Needs fix before sending", ""),
    ClaimState.READY: ("Ready to send", ""),
    ClaimState.HELD: ("On hold", "until somebody releases them"),
    ClaimState.BATCHED: ("In a batch, not marked as sent", ""),
    ClaimState.SENT: ("Sent, no answer yet", ""),
    ClaimState.PASSED: ("Passed the receiver's check", ""),
    ClaimState.ACCEPTED: ("Accepted by the payer", ""),
    ClaimState.IN_PROCESS: ("In process at the payer", ""),
    ClaimState.APPEALED: ("Appealed", "the payer decides again"),
    ClaimState.REJECTED: ("Rejected by the clearinghouse", "fix and send again"),
    ClaimState.DENIED: ("Denied by the payer", "appeal or bill"),
    ClaimState.PART_PAID: ("Paid in part", ""),
    ClaimState.PAID: ("Paid", ""),
}
"""The heads of the groups: title and what to do."""
