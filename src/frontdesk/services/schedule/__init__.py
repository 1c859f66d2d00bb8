"""Booking, the day, and finding a time."""
