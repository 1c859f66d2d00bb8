"""Words for people: each goes through `tr` as a whole sentence."""

from PySide6.QtCore import QCoreApplication


def tr(text: str, /, **values: object) -> str:
    """The sentence in the desk's language; `{name}` takes the value of that name."""
    translated = QCoreApplication.translate("frontdesk", text)
    return translated.format(**values) if values else translated


def counted(count: int, one: str, many: str) -> str:
    """`one` or `many` with `{count}` filled in: "1 visit", "3 visits"."""
    return tr(one if count == 1 else many, count=count)
