"""What somebody wants of a document's pages, before it is kept: turned, moved, left out, split. No Qt."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from frontdesk.services.records.versions import PageOf


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page where it stands now; `page` is its number in the document as it is kept, from 1."""

    page: int
    turned: int = 0
    is_out: bool = False
    starts: bool = False
    """Whether another document begins with it."""


class PagePlan:
    """The pages in their order. Each act names rows and gives back the rows to be chosen then."""

    def __init__(self, pages: int = 0) -> None:
        self.sheets: list[Sheet] = [Sheet(number) for number in range(1, pages + 1)]

    @property
    def is_changed(self) -> bool:
        """Whether the pages are not as they are kept."""
        return any(
            sheet.page != number or sheet.turned or sheet.is_out
            for number, sheet in enumerate(self.sheets, start=1)
        )

    @property
    def starts(self) -> tuple[int, ...]:
        """The pages with which another document begins."""
        return tuple(
            number for number, sheet in enumerate(self.sheets, start=1) if sheet.starts and number > 1
        )

    def pages(self) -> tuple[PageOf, ...]:
        """What is to be kept."""
        return tuple(PageOf(sheet.page, sheet.turned) for sheet in self.sheets if not sheet.is_out)

    def turn(self, rows: Iterable[int], by: int) -> list[int]:
        """By 90 to the right, by -90 to the left."""
        return self._change(rows, lambda sheet: replace(sheet, turned=(sheet.turned + by) % 360))

    def leave_out(self, rows: Iterable[int]) -> list[int]:
        """Out, or in again where all of them are out."""
        chosen = list(rows)
        out = not all(self.sheets[row].is_out for row in chosen)
        return self._change(chosen, lambda sheet: replace(sheet, is_out=out))

    def split_before(self, row: int) -> list[int]:
        """Another document begins here, or no longer; the first page begins one anyway."""
        if 0 < row < len(self.sheets):
            self.sheets[row] = replace(self.sheets[row], starts=not self.sheets[row].starts)
        return [row]

    def move(self, rows: Iterable[int], by: int) -> list[int]:
        """One place up (-1) or down (1), together; nowhere where one of them stands at the edge."""
        chosen = sorted(rows, reverse=by > 0)
        if not chosen or not all(0 <= row + by < len(self.sheets) for row in chosen):
            return sorted(chosen)
        for row in chosen:
            self.sheets[row], self.sheets[row + by] = self.sheets[row + by], self.sheets[row]
        return sorted(row + by for row in chosen)

    def _change(self, rows: Iterable[int], change: Callable[[Sheet], Sheet]) -> list[int]:
        chosen = sorted(row for row in rows if 0 <= row < len(self.sheets))
        for row in chosen:
            self.sheets[row] = change(self.sheets[row])
        return chosen
