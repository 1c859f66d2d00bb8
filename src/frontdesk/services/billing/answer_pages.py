"""The answers of a remittance a page at a time: however many a payer sends, a page costs the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, literal, or_, select, tuple_

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.names import last_first
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittances import RemittanceClaim
from frontdesk.services.command import query
from frontdesk.services.work import Work

AT_ONCE = 500
_FOUND = 8

Spot = tuple[int | str, ...]
"""Where an answer stands in an order."""


class AnswerOrder(StrEnum):
    """In which order the answers come."""

    LOOK_FIRST = "look_first"
    """Without a claim, to be reviewed, then the others; each as the payer sent them."""
    AS_SENT = "as_sent"
    BY_NAME = "by_name"


class Way(StrEnum):
    """Which page is wanted, as seen from a spot."""

    FROM = "from"
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class PageWish:
    """A page of an order; without a spot the first one."""

    order: AnswerOrder = AnswerOrder.LOOK_FIRST
    spot: Spot | None = None
    way: Way = Way.FROM


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Which answers are on a page, and where it stands among all of them."""

    wish: PageWish
    ids: tuple[int, ...]
    first: int
    """The number of its first answer, from 1; 0 where there is none."""
    count: int
    """All answers of the remittance."""
    starts: Spot | None = None
    ends: Spot | None = None

    @property
    def last(self) -> int:
        return self.first + len(self.ids) - 1 if self.ids else 0

    @property
    def is_whole(self) -> bool:
        return len(self.ids) == self.count


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answer that was looked for by name or number."""

    id: int
    claim_number: str
    patient: str
    paid_cents: int


def page_of(work: Work, remittance_id: int, wish: PageWish, count: int, limit: int) -> AnswerPage:
    """The page that is wished for; the first where nothing stands there, or less than a page before it."""
    if count <= limit:
        wish = PageWish(AnswerOrder.AS_SENT)
    keys = _keys(wish.order)
    own = select(RemittanceClaim.id, *keys).where(RemittanceClaim.remittance_id == remittance_id)
    backward = wish.way is Way.BEFORE
    if wish.spot is not None:
        own = own.where(_compared(keys, wish.spot, wish.way))
    ordered = own.order_by(*(key.desc() if backward else key for key in keys)).limit(limit)
    rows = [tuple(row) for row in work.session.execute(ordered)]
    is_short = backward and len(rows) < limit
    if wish.spot is not None and (is_short or not rows):
        return page_of(work, remittance_id, PageWish(wish.order), count, limit)
    if not rows:
        return AnswerPage(wish, (), 0, count)
    rows = rows[::-1] if backward else rows
    starts, ends = rows[0][1:], rows[-1][1:]
    before = work.session.scalar(
        select(func.count()).where(
            RemittanceClaim.remittance_id == remittance_id, _compared(keys, starts, Way.BEFORE)
        )
    )
    return AnswerPage(
        wish=PageWish(wish.order, starts),
        ids=tuple(row[0] for row in rows),
        first=int(before or 0) + 1,
        count=count,
        starts=starts,
        ends=ends,
    )


@query(permission="billing.view")
def find(work: Work, *, remittance_id: int, typed: str) -> tuple[FoundAnswer, ...]:
    """Answers of which the patient's name or a claim number fits each word that was typed."""
    words = typed.split()
    if not words:
        return ()
    row = RemittanceClaim
    found = work.session.execute(
        select(row, Claim.number)
        .outerjoin(Claim, Claim.id == row.claim_id)
        .where(row.remittance_id == remittance_id, *(_fits(word.casefold()) for word in words))
        .order_by(row.place)
        .limit(_FOUND)
    )
    return tuple(
        FoundAnswer(
            answer.id,
            number or answer.claim_number,
            last_first(answer.patient_last, answer.patient_first),
            answer.paid_cents,
        )
        for answer, number in found
    )


@query(permission="billing.view")
def spot_of(work: Work, *, remittance_claim_id: int, order: AnswerOrder) -> Spot:
    """Where an answer stands in an order: a page from there begins with it."""
    own = select(*_keys(order)).where(RemittanceClaim.id == remittance_claim_id)
    return tuple(work.session.execute(own).one())


def _fits(word: str) -> ColumnElement[bool]:
    row = RemittanceClaim
    names = (row.patient_last, row.patient_first)
    numbers = (row.claim_number, Claim.number, row.member_id)
    return or_(
        *(func.lower(name).startswith(word.strip(","), autoescape=True) for name in names),
        *(func.lower(number).contains(word, autoescape=True) for number in numbers),
    )


def _keys(order: AnswerOrder) -> Sequence[ColumnElement[int] | ColumnElement[str]]:
    row = RemittanceClaim
    if order is AnswerOrder.AS_SENT:
        return (row.place.expression,)
    if order is AnswerOrder.BY_NAME:
        return (func.lower(row.patient_last), func.lower(row.patient_first), row.place.expression)
    is_loose = row.claim_id.is_(None) & row.is_unapplied.is_(False)
    is_open = ((row.review != "") | (row.status == ClaimStatus.DENIED)) & row.decided.is_(None)
    return (case((is_loose, 0), (is_open, 1), else_=2), row.place.expression)


def _compared(
    keys: Sequence[ColumnElement[int] | ColumnElement[str]], spot: Spot, way: Way
) -> ColumnElement[bool]:
    here, there = tuple_(*keys), tuple_(*(literal(value) for value in spot))
    if way is Way.AFTER:
        return here > there
    return here < there if way is Way.BEFORE else here >= there
