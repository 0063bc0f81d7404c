"""Money: the ledger by source, payment batches, files for the bank and from it, receipts, and the path of every fen."""
