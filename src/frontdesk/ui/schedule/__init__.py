"""The Schedule tab: the day, finding a time, booking."""
