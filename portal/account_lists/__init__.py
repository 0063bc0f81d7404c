"""Accounts opened from a list, by the rules by which they are opened one by one."""
