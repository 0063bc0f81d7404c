"""Accounts: as they are kept, and as a second person agrees."""
