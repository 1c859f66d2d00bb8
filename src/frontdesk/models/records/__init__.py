"""Documents with their bytes, and what patients signed."""
