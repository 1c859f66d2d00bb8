"""The Billing tab with the keyboard and the mouse, on a real database."""
