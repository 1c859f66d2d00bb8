"""What can be done with the claim that is shown: the buttons at the foot of its panel, by its state."""

from typing import Protocol

from frontdesk.services.billing.claim_steps import EDITABLE
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.work import Work
from frontdesk.ui.billing.claim_look import WITH_PAYER
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.wrapping import Wrapping
from frontdesk.ui.text import tr

FIXED_HERE = (ClaimState.FAILED, ClaimState.REJECTED, ClaimState.HELD)
"""Where one key lets the claim go on, and the next one follows."""
_DECIDED = (ClaimState.PART_PAID, ClaimState.DENIED)
_NEXT = {
    ClaimState.FAILED: "Fix and next",
    ClaimState.REJECTED: "Send again and next",
    ClaimState.HELD: "Release and next",
}


class LetGo(Protocol):
    """A command that lets a claim go on as it was seen."""

    def __call__(self, work: Work, /, *, claim_id: int, version: int | None = None) -> None: ...


class ClaimVerbs:
    """The buttons; the page connects them."""

    def __init__(self, foot: Wrapping) -> None:
        self.hold = Button(tr("Hold…"), icon="circle-pause")
        self.check = Button(tr("Check again"), icon="refresh-cw", keys="F5")
        self.correct = Button(tr("Correct…"), icon="replace")
        self.appeal = Button(tr("Appeal…"), icon="scale")
        self.letter = Button(tr("Appeal letter"), icon="file-text")
        self.next_payer = Button(tr("Next payer…"), icon="forward")
        self.close = Button(tr("Close…"), icon="archive")
        self.reopen = Button(tr("Reopen"), icon="archive-restore")
        self.void = Button(tr("Void…"), icon="ban")
        self.ask = Button(tr("Ask payer"), icon="circle-question-mark", keys="Q")
        self.next = Button(tr("Fix and next"), "primary", icon="arrow-right", keys="Ctrl+Enter")
        for button in (
            self.hold,
            self.check,
            self.correct,
            self.appeal,
            self.letter,
            self.next_payer,
            self.close,
            self.reopen,
            self.void,
            self.ask,
        ):
            foot.addWidget(button)
        foot.addStretch()
        foot.addWidget(self.next)

    def show_for(self, state: ClaimState) -> None:
        """Only what the state allows."""
        self.next.setText(tr(_NEXT.get(state, "Fix and next")))
        self.next.updateGeometry()
        set_shown(self.next, state in FIXED_HERE)
        set_shown(self.check, state in (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY))
        set_shown(self.hold, state in (ClaimState.FAILED, ClaimState.READY, ClaimState.REJECTED))
        set_shown(self.correct, state in (*WITH_PAYER[1:], *_DECIDED, ClaimState.PAID))
        set_shown(self.appeal, state in _DECIDED)
        set_shown(self.letter, state is ClaimState.APPEALED)
        set_shown(self.next_payer, state in (*_DECIDED, ClaimState.PAID))
        set_shown(self.close, state in (*_DECIDED, ClaimState.APPEALED))
        set_shown(self.reopen, state is ClaimState.CLOSED)
        set_shown(self.void, state in EDITABLE)
        set_shown(self.ask, state in WITH_PAYER[1:])
