"""Who the patients are, how to reach them, who pays for them, and what their plans cover."""
