"""What an import came to, in the form in which tests compare it."""

from django.apps import apps

from portal.workbook.importing.service import Outcome


def places(outcome: Outcome) -> list[tuple]:
    """Where the errors stand: sheet, row, column."""
    found = [(error.sheet, error.row, error.column) for error in outcome.errors]
    return sorted(found, key=lambda place: [str(part) for part in place])


def row_counts() -> dict[str, int]:
    """How many rows every table holds."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}
