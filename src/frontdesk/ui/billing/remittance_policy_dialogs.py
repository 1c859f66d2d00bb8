"""What is asked for the remittance policy: a row, its last day, and how far a payer is trusted."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import auto_post, remittance_policy
from frontdesk.services.billing.auto_post import AutoPostLevel, PayerLevel
from frontdesk.services.billing.remittance_policy import PolicyRow, Treated, Treatment
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import counted, tr

TREATMENTS = {
    Treatment.CONTRACT: "Written off by contract",
    Treatment.PATIENT: "The patient owes it",
    Treatment.PRIOR: "Settled by a payer before",
    Treatment.ACCOUNT: "To the payer's own account",
    Treatment.OPEN: "Stays open for a person",
}
LEVELS = {
    AutoPostLevel.NEVER: "Never: a person posts each one",
    AutoPostLevel.CLEAN: "When all is matched by number and nothing is to review",
    AutoPostLevel.POLICY: "Also with reasons that your policy settles, and interest",
    AutoPostLevel.OPEN_TOO: "Also with denials and open amounts, which go to the list of claims",
}
_ALL = 0
Told = Callable[[str], object]


class TreatDialog(ActDialog):
    """A new row: whose reason, and what becomes of it from which day on."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        payers: tuple[PayerLevel, ...],
        told: Told,
        *,
        code: str = "",
        payer_id: int | None = None,
        remark: str = "",
    ) -> None:
        super().__init__(
            parent,
            desk,
            tr("What becomes of this reason?"),
            tr("It counts for payments from that day on, and at once for what is not posted yet."),
            icon="scale",
            width=520,
            verb=tr("Set"),
            told=told,
        )
        self.payer: Combo[int] = Combo(
            ((_ALL, tr("All payers")), *((each.payer_id, each.payer) for each in payers))
        )
        self.payer.set_value(payer_id or _ALL)
        group, _, reason = code.partition("-")
        self.group: Combo[str] = Combo(tuple((each, each) for each in ("CO", "PR", "OA", "PI")))
        self.group.set_value(group or "CO")
        self.reason, self.remark = TextEdit(reason), TextEdit(remark)
        self.treatment: Combo[Treatment] = Combo(
            tuple((each, tr(words)) for each, words in TREATMENTS.items())
        )
        self.starts_on = DateEdit()
        self.starts_on.set_value(desk.today)
        self.form.add("payer_id", tr("Payer"), self.payer, span=12)
        self.form.add("group", tr("Group"), self.group, span=4)
        self.form.add("reason", tr("Reason"), self.reason, span=4)
        self.form.add("remark", tr("Only with remark"), self.remark, span=4)
        self.form.add("treatment", tr("What becomes of it"), self.treatment, span=7)
        self.form.add("starts_on", tr("From"), self.starts_on, span=5)
        (self.treatment if code else self.reason).setFocus()

    def act(self) -> None:
        on = self.starts_on.value()
        if on is not None:
            self.desk.do(
                self,
                self._saved,
                remittance_policy.treat,
                payer_id=self.payer.value() or None,
                group=self.group.value() or "",
                reason=self.reason.value(),
                treatment=self.treatment.value() or Treatment.OPEN,
                starts_on=on,
                remark=self.remark.value(),
            )

    def _saved(self, done: Treated) -> None:
        waiting = counted(
            done.answers,
            "{count} waiting claim was looked at anew",
            "{count} waiting claims were looked at anew",
        )
        self.close_with(
            tr("Set the policy; {waiting}", waiting=waiting) if done.answers else tr("Set the policy")
        )


class EndDialog(Dialog):
    """The last day of a row, or that it goes as if it had never been."""

    def __init__(self, parent: QWidget, desk: Desk, shown: PolicyRow, told: Told) -> None:
        super().__init__(
            parent,
            tr("Until when does {code} stand?", code=shown.code),
            tr("Empty: until another row replaces it."),
            icon="calendar-x",
            icon_color="accent",
        )
        self._desk, self._shown, self._told = desk, shown, told
        self.ends_on = DateEdit()
        self.ends_on.set_value(shown.ends_on or desk.today)
        self.form = Form()
        self.form.add("ends_on", tr("Last day"), self.ends_on)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("Take it back"), self._take_back, closes=False)
        self.add_verb(tr("Save"), self._save, kind="primary", keys="Enter", closes=False)
        self.ends_on.setFocus()

    def _save(self) -> None:
        if self.form.check() and self._shown.id is not None:
            self._desk.do(
                self,
                self._saved,
                remittance_policy.end,
                policy_id=self._shown.id,
                ends_on=self.ends_on.value(),
            )

    def _take_back(self) -> None:
        if self._shown.id is not None:
            self._desk.do(
                self,
                lambda _: self._done(tr("Took {code} back", code=self._shown.code)),
                remittance_policy.take_back,
                policy_id=self._shown.id,
                instead_of=None,
                ended_before_on=None,
            )

    def _saved(self, _: date | None) -> None:
        self._done(tr("Saved the last day of {code}", code=self._shown.code))

    def _done(self, words: str) -> None:
        self.accept()
        self._told(words)


class LevelDialog(ActDialog):
    """How far a payer's remittances post by themselves."""

    def __init__(self, parent: QWidget, desk: Desk, shown: PayerLevel, told: Told) -> None:
        super().__init__(
            parent,
            desk,
            tr("When do remittances of {payer} post by themselves?", payer=shown.payer),
            tr("Posting is final: the ledger keeps every entry. What does not post says why it waits."),
            icon="zap",
            width=520,
            verb=tr("Save"),
            keep=tr("Keep as it was"),
            told=told,
        )
        self._shown = shown
        self.level: Combo[AutoPostLevel] = Combo(tuple((each, tr(words)) for each, words in LEVELS.items()))
        self.level.set_value(shown.level)
        self.form.add("level", tr("By itself"), self.level)
        self.level.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            self._saved,
            auto_post.set_level,
            payer_id=self._shown.payer_id,
            level=self.level.value() or AutoPostLevel.NEVER,
        )

    def _saved(self, _: AutoPostLevel) -> None:
        self.close_with(tr("Saved for {payer}", payer=self._shown.payer))
