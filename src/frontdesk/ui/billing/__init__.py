"""The Billing tab: superbills, claims, remittances, statements, the close of the day."""
