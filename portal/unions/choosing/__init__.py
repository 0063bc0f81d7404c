"""Choosing a union: from a list where they are few, by code or name where they are many."""
