"""The red-flag script: every command, once."""

from dataclasses import replace

from frontdesk.services.schedule import red_flags
from frontdesk.services.schedule.red_flags import STARTING_SCRIPT, Answer
from tests.builders.registration import danielle
from tests.office import Office


def run(office: Office) -> None:
    """A question is added, written anew, asked, and no longer asked."""
    flag = office.do(red_flags.add, draft=STARTING_SCRIPT[0])
    office.do(
        red_flags.change,
        red_flag_id=flag,
        draft=replace(STARTING_SCRIPT[0], question="Is it hard to breathe?"),
        version=None,
    )
    office.do(red_flags.answer, answers=(Answer(flag, 2, is_yes=False),), patient_id=danielle(office))
    office.do(red_flags.set_active, red_flag_id=flag, is_active=False)
