"""The practice, its sites, and everything a visit can be booked on."""
