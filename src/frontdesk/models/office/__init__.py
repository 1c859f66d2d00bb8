"""The practice and everything in it that a visit can be booked on."""
