"""Operations of migrations that touch many tables."""

from collections.abc import Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

from portal.operating.finding import index_parts
from portal.text import fold_name


class AtOnce(Operation):
    """Operations that do not build on one another, with the models rendered once for all of them.

    Django renders them after each: for a hundred new columns that takes twenty seconds, for every test database. Only
    for what rewrites no table: new tables, nullable columns, and constraints that are indexes.
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


class Settle(Operation):
    """The indexes and foreign keys of new tables, which Django else makes at the end of a migration.

    For what follows in the same migration and asks which indexes there are, as `no_way_around` does.
    """

    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models have them already."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        waiting, schema_editor.deferred_sql = schema_editor.deferred_sql, []
        for statement in waiting:
            schema_editor.execute(statement)

    def database_backwards(self, *_arguments: object) -> None:
        """They go with their tables."""

    def describe(self) -> str:
        return "Make the indexes and foreign keys of the new tables"


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


class FindByParts(Operation):
    """Names that are found by any part of them: (table, column) of each. Passed over where the database cannot.

    For a migration with `atomic = False`, as no index is made beside writers within a transaction.
    """

    reversible = True

    def __init__(self, *columns: tuple[str, str]) -> None:
        self.columns = columns

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models say nothing of it."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("SET statement_timeout = 0")  # it takes the longer, the more write meanwhile
            try:
                index_parts(self.columns)
            finally:
                schema_editor.execute("RESET statement_timeout")

    def database_backwards(self, *_arguments: object) -> None:
        """An index too many is in nobody's way."""

    def describe(self) -> str:
        return f"Find {len(self.columns)} names by their parts"


def know_earlier_numbers(*tables: str) -> list[RunSQL]:
    """Versions by the number they had, for who searches by one that a union's move has changed."""
    return [
        RunSQL(f"CREATE INDEX IF NOT EXISTS {table}_number ON {table} (number)", f"DROP INDEX {table}_number")
        for table in tables
    ]


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
