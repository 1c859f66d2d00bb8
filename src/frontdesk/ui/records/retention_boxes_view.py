"""Boxes off site: what is in each, where it is, and from when it may be destroyed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records import boxes
from frontdesk.services.records.boxes import BoxMoveKind, BoxPlace
from frontdesk.services.visit import box_list
from frontdesk.services.visit.box_list import BoxLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column
from frontdesk.ui.records.retention_view import RetentionView, verb
from frontdesk.ui.text import counted, tr

_PLACES = {
    BoxPlace.HERE: ("here", "info", "package-open"),
    BoxPlace.OFF_SITE: ("off site", "", "warehouse"),
    BoxPlace.RECALLED: ("recalled", "warn", "undo-2"),
    BoxPlace.DESTROYED: ("destroyed", "", "archive-x"),
}
_MOVES = {
    BoxMoveKind.PACKED: "Packed",
    BoxMoveKind.SENT: "Sent",
    BoxMoveKind.RECALLED: "Recalled",
    BoxMoveKind.CAME_BACK: "Came back",
    BoxMoveKind.TAKEN_BACK: "Taken back",
    BoxMoveKind.DESTROYED: "Destroyed",
}
_MAY = "records.file"


class BoxesView(RetentionView[BoxLine]):
    """V puts a volume in by its barcode, T takes one out, M notes where the box goes, P prints its label."""

    topics = frozenset(
        {"storage_box", "boxed_volume", "box_move", "chart_volume", "legal_hold", "legal_hold_release"}
    )
    new_words = "New box"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            [
                Column(tr("Box"), lambda each: Cell(each.number, role="strong"), width=90),
                Column(tr("Vendor"), lambda each: Cell(each.vendor, detail=each.location)),
                Column(tr("Volumes"), lambda each: str(len(each.volumes)), width=80, align="right"),
                Column(tr("Destroy from"), self._due, width=130),
                Column(tr("Where"), _place, width=120),
                Column(tr("Since"), lambda each: us_date(each.since_on), width=100),
            ],
            key=lambda each: each.id,
            says=tr("Storage boxes"),
            empty=(
                "package",
                tr("No boxes"),
                tr("Closed paper charts that go to a vendor are packed here. Ctrl+N makes the first box."),
            ),
            first_to_go=(tr("Since"), tr("Volumes"), tr("Where")),
        )
        self.table.opened.connect(lambda _: self.move_box())
        self._inside = self.detail.section(tr("In the box"))
        self._log = self.detail.section(tr("Moves"))
        self._move = verb("Move…", self.move_box, keys="M", icon="truck", main=True)
        self._in = verb("Put in…", self.put_in, keys="V", icon="package-plus")
        self._out = verb("Take out…", self.take_out, keys="T", icon="package-minus")
        label = verb("Label", self.open_label, keys="P", icon="tag")
        new = verb("New box…", self.new, keys="Ctrl+N", icon="plus")
        set_shown(new, desk.may(_MAY))
        self.detail.verbs((self._move,), (self._in, self._out), (label, new))

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("M", tr("Move"), self.by_letter(self.move_box)),
            Key("V", tr("Put in"), self.by_letter(self.put_in)),
            Key("T", tr("Take out"), self.by_letter(self.take_out)),
            Key("P", tr("Label"), self.by_letter(self.open_label)),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, box_list.boxes)

    def new(self) -> None:
        """A box with its number."""
        if self.desk.may(_MAY):
            self.clear_complaints()
            NewBox(self, self.desk, self.told.emit).open()

    def put_in(self) -> None:
        """A volume, by its barcode."""
        self._by_barcode(True)

    def take_out(self) -> None:
        """A volume, by its barcode."""
        self._by_barcode(False)

    def move_box(self) -> None:
        """Sent, recalled, or here again."""
        line = self.table.current()
        if line is not None and line.place is not BoxPlace.DESTROYED and self.desk.may(_MAY):
            self.clear_complaints()
            MoveBox(self, self.desk, line, self.told.emit).open()

    def open_label(self) -> None:
        """The label as paper."""
        line = self.table.current()
        if line is not None:
            paper = PaperDialog(self, self.desk, tr("Label of {n}", n=line.number), f"{line.number}.pdf")
            self.desk.ask(paper, paper.show_pdf, box_list.label, box_id=line.id)
            paper.open()

    def show_chosen(self, line: BoxLine | None) -> None:
        if line is None:
            return
        self.detail.show_head(line.number, _joined(line.vendor, line.location))
        self._inside.show_facts(
            [
                (
                    tr("hold") if each.hold else us_date(each.until) if each.until else tr("not yet"),
                    f"{each.title}. {each.patient}" + (f". {each.hold}" if each.hold else ""),
                )
                for each in line.volumes
            ]
            or [(tr("Nothing"), tr("The box is empty"))]
        )
        self._log.show_facts(
            [
                (
                    us_date(each.on),
                    ", ".join(part for part in (tr(_MOVES[each.kind]), each.by, each.note) if part),
                )
                for each in line.moves
            ]
        )
        may = self.desk.may(_MAY)
        set_shown(self._move, may and line.place is not BoxPlace.DESTROYED)
        for button in (self._in, self._out):
            set_shown(button, may and line.place is BoxPlace.HERE)

    def _by_barcode(self, goes_in: bool) -> None:
        line = self.table.current()
        if line is not None and line.place is BoxPlace.HERE and self.desk.may(_MAY):
            self.clear_complaints()
            VolumeByBarcode(self, self.desk, line, goes_in=goes_in).open()

    def _show(self, found: tuple[BoxLine, ...]) -> None:
        self.model.show(found)
        over = [line for line in found if line.due_on is not None and line.due_on <= self.desk.today]
        words = counted(len(over), "1 box may be destroyed", "{count} boxes may be destroyed")
        self.say(tr("{words}: its volumes stand under Due", words=words) if over else "")
        self.show_rows(len(found))

    def _due(self, each: BoxLine) -> str | Cell:
        if each.due_on is None:
            return tr("not yet") if each.volumes else ""
        if each.due_on <= self.desk.today:
            return Cell(us_date(each.due_on), tone="warn", icon="clock-alert")
        return us_date(each.due_on)


def _place(each: BoxLine) -> Cell:
    words, tone, icon = _PLACES[each.place]
    return Cell(tr(words), tone=tone, icon=icon) if tone else Cell(tr(words), color="text-2", icon=icon)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


class NewBox(Dialog):
    """Who keeps it, and where."""

    def __init__(self, parent: QWidget, desk: Desk, told: Callable[[str], object]) -> None:
        super().__init__(parent, tr("Make a new box?"), tr("It gets the next number."), icon="package")
        self._desk, self._told = desk, told
        self.vendor, self.location, self.barcode = TextEdit(), TextEdit(), TextEdit()
        form = Form()
        form.add("vendor", tr("Vendor"), self.vendor)
        form.add("location", tr("Where it stands there"), self.location, span=6)
        form.add("barcode", tr("The vendor's barcode"), self.barcode, span=6)
        self.body.addWidget(form)
        self.add_verb(tr("No box"), keys="Esc")
        self.add_verb(tr("Make box"), self._make, kind="primary", closes=False)
        self.vendor.setFocus()

    def _make(self) -> None:
        self._desk.do(
            self,
            self._made,
            boxes.new_box,
            vendor=self.vendor.value(),
            location=self.location.value(),
            barcode=self.barcode.value(),
        )

    def _made(self, _: int) -> None:
        self.accept()
        self._told(tr("Made a new box"))


class VolumeByBarcode(Dialog):
    """One after another, as they are scanned."""

    def __init__(self, view: BoxesView, desk: Desk, box: BoxLine, *, goes_in: bool) -> None:
        question = tr("Which volume goes into {n}?") if goes_in else tr("Which volume comes out of {n}?")
        super().__init__(
            view,
            question.format(n=box.number),
            tr("Scan the labels one after another. Esc when all are done."),
            icon="scan-barcode",
            icon_color="accent",
        )
        self._desk, self._box_id, self._goes_in, self._told = desk, box.id, goes_in, view.told.emit
        self.barcode = TextEdit(hint="HP-00123-1")
        form = Form()
        form.add("barcode", tr("Barcode of the volume"), self.barcode)
        self.body.addWidget(form)
        self.add_verb(tr("Done"), keys="Esc")
        self.add_verb(tr("Put in") if goes_in else tr("Take out"), self._do, kind="primary", closes=False)
        self.barcode.setFocus()

    def _do(self) -> None:
        act = boxes.put_in if self._goes_in else boxes.take_out
        self._desk.do(self, self._done, act, box_id=self._box_id, barcode=self.barcode.value())

    def _done(self, moved: boxes.Boxed) -> None:
        self.banner.say("", "")
        self.barcode.set_value("")
        self.barcode.setFocus()
        words = tr("Put {code} into the box") if self._goes_in else tr("Took {code} out of the box")
        self._told(words.format(code=moved.barcode))


class MoveBox(Dialog):
    """Where it goes now, and since when."""

    def __init__(self, parent: QWidget, desk: Desk, box: BoxLine, told: Callable[[str], object]) -> None:
        super().__init__(parent, tr("Where does {n} go?", n=box.number), icon="truck", icon_color="accent")
        self._desk, self._box, self._told = desk, box, told
        self.moved_on, self.note = DateEdit(), TextEdit(hint=tr("Pick-up number, driver"))
        self.moved_on.set_value(desk.today)
        self._form = Form()
        self._form.add("moved_on", tr("On"), self.moved_on, span=4)
        self._form.add("note", tr("Note"), self.note, span=8)
        self.body.addWidget(self._form)
        self.add_verb(tr("Nowhere"), keys="Esc")
        if box.place is BoxPlace.HERE:
            self.add_verb(tr("Send it"), lambda: self._go(BoxMoveKind.SENT), kind="primary", closes=False)
        else:
            if box.place is BoxPlace.OFF_SITE:
                self.add_verb(tr("Recall it"), lambda: self._go(BoxMoveKind.RECALLED), closes=False)
            came = tr("It is here again")
            self.add_verb(came, lambda: self._go(BoxMoveKind.CAME_BACK), kind="primary", closes=False)
        self.note.setFocus()

    def _go(self, kind: BoxMoveKind) -> None:
        if self._form.check():
            self._desk.do(
                self,
                self._done,
                boxes.move,
                box_id=self._box.id,
                kind=kind,
                moved_on=self.moved_on.value() or self._desk.today,
                note=self.note.value(),
                version=self._box.version,
            )

    def _done(self, _: object) -> None:
        self.accept()
        self._told(tr("Noted the move of {n}", n=self._box.number))
