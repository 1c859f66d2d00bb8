"""Paying without insurance today, and with it again."""

from datetime import timedelta

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.registration import self_pay
from frontdesk.services.registration.self_pay import EndedSelfPay
from frontdesk.services.work import Work


def _self_paying_again(done: Performed) -> Undo:
    ended = done.result
    return Undo(
        self_pay.choose,
        patient_id=ended.patient_id,
        valid_from=ended.valid_from,
        valid_until=ended.valid_until,
        withholds_from_payer=ended.withholds_from_payer,
        reason=ended.reason,
    )


@command("Use insurance again", permission="registration.coverage", undo=_self_paying_again)
def insured_again(work: Work, *, patient_id: int) -> EndedSelfPay:
    """Self-pay ended yesterday; a choice made today never was."""
    choice = self_pay.in_force(work, patient_id, work.today)
    if choice is None:
        raise Refused(Finding("The patient does not pay without insurance today."))
    last_day = None if choice.valid_from == work.today else work.today - timedelta(days=1)
    return self_pay.end(work, self_pay_id=choice.id, last_day=last_day)
