"""The kit: every widget of DESIGN-SYSTEM.md, and how a page is put together from them.

    class WaitlistPage(Page):
        title = "Waitlist"
        permission = "schedule.view"
        topics = frozenset({"waitlist_entry"})            # tables whose changes make it reload

        def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
            super().__init__(desk, parent)
            self.model = TableModel[Entry](
                [
                    Column("Patient", lambda e: Cell(e.name, role="strong")),          # width 0: the rest
                    Column("Since", lambda e: us_date(e.since), width=90),
                    Column("State", lambda e: Cell(e.state, tone="warn", icon="clock-alert"), width=120),
                    Column("Deposit", lambda e: ledger(e.cents), width=90, align="right"),
                ],
                key=lambda e: e.id,                       # keeps the chosen row over new answers
            )
            self.table = Table(self.model, says=tr("People who wait"))
            self.table.chosen.connect(self.show_entry)    # Entry or None
            self.table.opened.connect(self.edit_entry)    # Enter, double click
            self.form = Form()                            # twelve columns; names as in Finding.field
            self.amount = AmountEdit()
            self.form.add("amount", tr("Deposit"), self.amount, span=4)
            self.save = Button(tr("Record deposit"), "primary", icon="check", keys="Ctrl+Enter")
            self.save.clicked.connect(self.record)
            toolbar = Toolbar(tr("Waitlist"))             # 44 px: title left, what acts right
            toolbar.add(self.save)
            self.set_toolbar(toolbar)
            content = Frame("surface", row(self.table, column(self.form, None), gap=0))
            self.set_content(content)
            self.bind_keys()

        def keys(self) -> tuple[Key, ...]:                # status bar, F1 sheet; bound while shown
            return (Key("Ctrl+Return", tr("Record deposit"), self.record),)

        def reload(self) -> None:                         # on first show, and when a topic changed
            self.desk.ask(self, self.show_entries, waitlist.entries)

        def show_entries(self, entries: tuple[Entry, ...]) -> None:
            self.model.show(entries)

        def record(self) -> None:
            self.clear_complaints()
            if self.form.check():                         # what cannot be read: message and focus
                self.desk.do(self, self.recorded, waitlist.take_deposit, cents=self.amount.value() or 0)

        def recorded(self, receipt_id: int) -> None:
            self.amount.set_value(None)

A refusal comes to `Page.refused`: each Finding goes under its field, the rest into the page's banner.
Say `self.patient_chosen.emit(patient_id)` when a row about a patient gets the focus, and
`self.go.emit("check_in", Errand("check_in", appointment_id=7))` to open another page: its `open_with` gets
the errand. `self.told.emit("Booked Allison Grant, Thu 9:30 AM")` words the status bar and its Undo.
`panes` says what F6 walks through, `home` where the focus goes first (the last pane, if not said),
`park` and `take_up` what F12 puts aside, `recount` and `count_changed` the number on the tab.
A dialog may own an act (`desk.do(dialog, ...)`): it says refusals in itself. `then` may be any bound method.
Put the class into `shell/pages.py`, one line. Names of tones: "ok", "info", "warn", "block", a status
("st-sched", "st-conf", "st-arr", "st-ready", "st-room", "st-prov", "st-out", "st-done", "st-noshow",
"st-canc"), draw.NEUTRAL, draw.OUTLINE, draw.ACCENT. Icons are Lucide's names. Sizes are design pixels:
`theme().px(n)` wherever Qt wants real ones. `python -m frontdesk.ui.kit.gallery FOLDER` shows all of it.
"""
