"""Who may still put a case on notice."""

from aid.models import AidCase
from portal.models import User


def against_posting(case: AidCase, _actor: User) -> str:
    """No new notice for who is no more."""
    return case.union.closed_words
