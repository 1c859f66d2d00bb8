"""Plain values everything else is built of: no database, no Qt, no office rules."""
