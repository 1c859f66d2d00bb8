"""How the office chases records that others owe it: one set of rules, whichever desk sets them first."""

from collections.abc import Callable

from sqlalchemy import func, select

from frontdesk.models.records.outside import AskingRule
from frontdesk.services.database import Database
from frontdesk.services.records import asking_rules
from frontdesk.services.records.asking_rules import Asking
from tests.at_once import DONE, at_once
from tests.builders.billing import at_work
from tests.builders.office import site
from tests.office import Office


def test_rules_that_two_desks_set_for_the_first_time_are_one_set(
    office: Office, another: Callable[[], Database]
) -> None:
    site(office)
    elsewhere = another()
    came = at_once(
        office.database,
        lambda: office.do(asking_rules.set_asking, asking=Asking(first_after_days=4)),
        lambda: elsewhere.do(office.actor, asking_rules.set_asking, asking=Asking(first_after_days=6)),
    )
    assert came == [DONE, DONE]
    with at_work(office) as work:
        assert work.session.scalar(select(func.count()).select_from(AskingRule)) == 1
