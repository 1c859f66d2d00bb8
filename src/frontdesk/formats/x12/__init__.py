"""X12 5010 in and out: envelopes, 837P claims and 835 remittances as plain values; no database."""
