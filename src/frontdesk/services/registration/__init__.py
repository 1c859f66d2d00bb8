"""Registering patients, finding them, and keeping what their plans cover."""
