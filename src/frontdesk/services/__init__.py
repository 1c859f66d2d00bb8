"""The office's rules: functions on a `Work`, run by `Database` (and, for widgets, by `Desk`)."""
