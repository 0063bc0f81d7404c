"""The closed ledger day by day: what every way to raise, pay or move money is checked with."""
