"""Accounts: as they are kept, as a second person agrees, and where one's own is signed in."""
