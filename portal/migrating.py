"""Operations of migrations that touch many tables."""

from collections.abc import Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
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
