"""The windows about the office itself."""
