"""The window around the pages: header, command field, patient panel, status bar, lock."""
