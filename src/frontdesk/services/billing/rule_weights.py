"""What the rules of the claim check weigh today: the exceptions that hold, by payer."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.models.billing.claim_rules import RuleOverride, Weight
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Today:
    """The exceptions that hold on a day."""

    of_all: Mapping[str, Weight]
    of_payer: Mapping[int, Mapping[str, Weight]]

    def with_payer(self, payer_id: int) -> dict[str, Weight]:
        """What a payer's own exceptions say, else those for all payers."""
        return {**self.of_all, **self.of_payer.get(payer_id, {})}


def today(work: Work) -> Today:
    """In one statement; an exception whose day has passed counts no more, without anybody's doing."""
    of_all: dict[str, Weight] = {}
    of_payer: dict[int, dict[str, Weight]] = {}
    for row in work.session.scalars(
        select(RuleOverride)
        .where(
            RuleOverride.ended_at.is_(None),
            RuleOverride.from_on <= work.today,
            RuleOverride.until_on >= work.today,
        )
        .order_by(RuleOverride.id)
    ):
        own = of_all if row.payer_id is None else of_payer.setdefault(row.payer_id, {})
        own[row.rule] = row.weight
    return Today(of_all, of_payer)
