"""The office's money: every cent with a reason."""
