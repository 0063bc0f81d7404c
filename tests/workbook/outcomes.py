"""What an import came to, in the form in which tests compare it."""

from django.apps import apps
from django.db import connection

from portal.models import UnitChange
from portal.workbook.importing.service import Outcome


def places(outcome: Outcome) -> list[tuple]:
    """Where the errors stand: sheet, row, column."""
    found = [(error.sheet, error.row, error.column) for error in outcome.errors]
    return sorted(found, key=lambda place: [str(part) for part in place])


def row_counts() -> dict[str, int]:
    """How many rows every table holds, by model, but for how often was written.

    Asked in one go: hundreds of tests ask twice.
    """
    models = [model for model in apps.get_models() if model is not UnitChange]
    tables = {model._meta.label: connection.ops.quote_name(model._meta.db_table) for model in models}
    with connection.cursor() as cursor:
        counts = [f"(SELECT count(*) FROM {table})" for table in tables.values()]  # noqa: S608  our own tables' names
        cursor.execute(f"SELECT {', '.join(counts)}")
        return dict(zip(tables, cursor.fetchone(), strict=True))
