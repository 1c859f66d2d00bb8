"""Pages as people say them, "1-3, 7", and as numbers counted from 1."""

from collections.abc import Iterable


def read_pages(text: str, of: int) -> tuple[int, ...]:
    """The pages of `text`, each once, in the document's order; "all" and "" are what they say.

    Raises ValueError for what is no page of a document with `of` pages.
    """
    if text.strip().lower() == "all":
        return tuple(range(1, of + 1))
    found: set[int] = set()
    for piece in text.replace(";", ",").split(","):
        if not piece.strip():
            continue
        first, dash, last = (end.strip() for end in piece.replace("\u2013", "-").partition("-"))
        start = int(first) if first else 1
        end = (int(last) if last else of) if dash else start
        if not 1 <= start <= end <= of:
            raise ValueError("no such page")
        found.update(range(start, end + 1))
    return tuple(sorted(found))


def written_pages(pages: Iterable[int]) -> str:
    """ "1-3,7"; the shortest way to say them, and for the same pages always the same."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ",".join(str(start) if start == end else f"{start}-{end}" for start, end in runs)


def said_pages(pages: Iterable[int], of: int) -> str:
    """ "pages 1-3, 7 of 12", "all 3 pages", "no pages", for a sentence or a list."""
    chosen = sorted(set(pages))
    if not chosen:
        return "no pages"
    if len(chosen) == of:
        return "1 page" if of == 1 else f"all {of} pages"
    words = written_pages(chosen).replace(",", ", ")
    return f"{'page' if len(chosen) == 1 else 'pages'} {words} of {of}"
