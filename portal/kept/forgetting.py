"""Forgetting what is kept, where records may have been written past the functions that raise a revision."""

from typing import Any

from django.db import connections

from portal.models import KeptCount


def forget_all(using: str = "default", **_told: Any) -> None:
    """Let everything be counted again. For the end of a migration; before the table is made there is nothing."""
    if KeptCount._meta.db_table in connections[using].introspection.table_names():
        KeptCount.objects.using(using).all().delete()
