"""Tables of the money: codes, charges, the ledger, receipts, claims, remittances."""
