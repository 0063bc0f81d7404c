"""Operations of migrations that touch many tables."""

from collections.abc import Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

from portal.text import fold_name


class AtOnce(Operation):
    """Operations that do not build on one another, with the models rendered once for all of them.

    Django renders them after each: for a hundred new columns that takes twenty seconds, for every test database. Only
    for what rewrites no table: nullable columns, and constraints that are indexes.
    """

    reversible = False

    def __init__(self, operations: Iterable[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


class AddIndexBesideWriters(AddIndex):
    """An index of a table that may be full: where PostgreSQL holds it nobody waits who writes meanwhile.

    For a migration with `atomic = False`. One that breaks off leaves an invalid index, which is dropped by hand before
    the migration is run again.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        connection = schema_editor.connection
        if connection.vendor != "postgresql" or connection.in_atomic_block:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        schema_editor.execute("SET statement_timeout = 0")  # it takes the longer, the more write meanwhile
        try:
            model = to_state.apps.get_model(app_label, self.model_name)
            schema_editor.add_index(model, self.index, concurrently=True)  # type: ignore[call-arg]
        finally:
            schema_editor.execute("RESET statement_timeout")


def fold_names(*names: tuple[str, str, str]) -> RunPython:
    """Fold names that came in before names were folded, as they are stored and searched: (app, model, field) of each.

    Histories stay as they were typed, and no version is written: the name is the same.
    """

    def fold(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
        for app, model, field in names:
            rows = apps.get_model(app, model)._base_manager
            for pk, name in rows.values_list("pk", field).iterator():
                if (folded := fold_name(name)) != name:
                    rows.filter(pk=pk).update(**{field: folded})

    return RunPython(fold, RunPython.noop, elidable=True)
