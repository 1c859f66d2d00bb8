"""A panel at the side of a page: sections with a caption, one under another, scrolling."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from frontdesk.ui.kit.card import Frame, scrolled
from frontdesk.ui.kit.label import IconLabel, Label, Rule
from frontdesk.ui.theme import Role, theme


class Section(QWidget):
    """A caption and what stands under it, with a line above."""

    def __init__(self, caption: str = "", *, ruled: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if ruled:
            whole.addWidget(Rule())
        inner = QVBoxLayout()
        inner.setContentsMargins(px(14), px(12), px(14), px(12))
        inner.setSpacing(px(6))
        whole.addLayout(inner)
        self.head = QHBoxLayout()
        if caption:
            self.setAccessibleName(caption)
            self.head.addWidget(Label(caption, "caption", "text-3"))
            self.head.addStretch()
            inner.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(5))
        inner.addLayout(self.body)

    def add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)

    def clear(self) -> None:
        """Takes out everything under the caption."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class SidePanel(Frame):
    """Sections under one another; the width is the caller's."""

    def __init__(self, look: str = "detail", parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(1, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(scrolled(content), 1)

    def add(self, section: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, section)

    def set_head(self, head: QWidget) -> None:
        """What does not scroll, on top."""
        self._whole.insertWidget(0, head)

    def set_foot(self, foot: QWidget) -> None:
        """What does not scroll, at the bottom: the verbs of a detail."""
        self._whole.addWidget(foot)


class Facts(QWidget):
    """Names and values in two columns: "Verified", "Today 8:12 AM, electronic"."""

    def __init__(self, facts: tuple[tuple[str, str], ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnStretch(1, 1)
        self.show_facts(facts)

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line, (name, value) in enumerate(facts):
            label = Label(name, "secondary", "text-3")
            label.setMinimumWidth(theme().px(84))
            self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Label(value, "secondary", "text", wrap=True), line, 1)


class IconLine(QWidget):
    """An icon, words, and quieter words at the end: a phone, a consent, an alert."""

    def __init__(
        self,
        icon: str,
        text: str,
        end: str = "",
        *,
        icon_color: str = "text-2",
        end_color: str = "text-3",
        role: Role = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(7))
        row.addWidget(IconLabel(icon, icon_color))
        row.addWidget(Label(text, role))
        row.addStretch()
        row.addWidget(Label(end, "secondary", end_color))

    def add(self, widget: QWidget) -> None:
        """At the end: a link that acts."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)
