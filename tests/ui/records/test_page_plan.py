"""What is wanted of pages before it is kept: nothing is lost, whatever is pressed."""

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.services.records.versions import PageOf
from frontdesk.ui.records.page_plan import PagePlan

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["left", "right", "out", "up", "down", "split"]),
        st.sets(st.integers(0, 5), min_size=1, max_size=3),
    ),
    max_size=12,
)


def _press(plan: PagePlan, act: str, rows: set[int]) -> list[int]:
    if act in ("left", "right"):
        return plan.turn(rows, 90 if act == "right" else -90)
    if act == "out":
        return plan.leave_out(rows)
    if act in ("up", "down"):
        return plan.move(rows, -1 if act == "up" else 1)
    return plan.split_before(min(rows))


@given(ACTS)
def test_every_page_stays_somewhere_and_is_turned_by_quarters(acts: list[tuple[str, set[int]]]) -> None:
    plan = PagePlan(6)
    for act, rows in acts:
        chosen = _press(plan, act, rows)
        assert len(chosen) == (1 if act == "split" else len(rows))
        assert all(0 <= row < 6 for row in chosen)
    assert sorted(sheet.page for sheet in plan.sheets) == [1, 2, 3, 4, 5, 6]
    assert all(sheet.turned in (0, 90, 180, 270) for sheet in plan.sheets)
    assert 1 not in plan.starts
    kept = plan.pages()
    assert plan.is_changed == (kept != tuple(PageOf(number) for number in range(1, 7)))


def test_what_is_pressed_twice_is_undone() -> None:
    plan = PagePlan(3)
    for act in ("out", "split"):
        _press(plan, act, {1})
        _press(plan, act, {1})
    _press(plan, "left", {0, 2})
    _press(plan, "right", {0, 2})
    _press(plan, "down", {0})
    _press(plan, "up", {1})
    assert plan.move([0], -1) == [0], "nowhere beyond the edge"
    assert not plan.is_changed
    assert plan.starts == ()
