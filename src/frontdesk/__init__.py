"""Frontdesk: the reception desk of a medical office."""
