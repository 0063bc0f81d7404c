"""A random sample of a campaign's cases, which the same seed draws again."""

import hashlib
import heapq
import secrets

from aid.models import AidCase
from portal.models import Campaign, User

MOST = 50
SEED_DIGITS = 8


def new_seed() -> str:
    return f"{secrets.randbelow(10**SEED_DIGITS):0{SEED_DIGITS}d}"


def drawn(user: User, campaign: Campaign, *, seed: str, count: int) -> list[int]:
    """The keys of `count` cases of `campaign` in the scope of `user`, all of them where there are fewer.

    Drawn are those whose SHA-256 of "seed:key" is lowest: each case has its lot by itself, so that one entered since
    changes the sample by itself alone, and anybody can work it out again.
    """
    cases = AidCase.objects.visible_to(user).filter(campaign=campaign).order_by().values_list("pk", flat=True)
    return heapq.nsmallest(count, cases.iterator(), key=lambda pk: _lot(seed, pk))


def _lot(seed: str, pk: int) -> bytes:
    return hashlib.sha256(f"{seed}:{pk}".encode()).digest()
