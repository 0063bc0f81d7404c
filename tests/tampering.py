"""Every way to change a row that must never change."""

from django.db import connection

OFF = {
    "sqlite": "DROP TRIGGER {table}_no_{event}",
    "postgresql": "ALTER TABLE {table} DISABLE TRIGGER {table}_no_{event}",
}


def text_column(model) -> str:
    return next(f.column for f in model._meta.concrete_fields if f.get_internal_type() in {"CharField", "TextField"})


def run_sql(statement: str, model) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table, column=text_column(model)))


def go_around(model) -> None:
    """What fires no trigger for rows: TRUNCATE, and on SQLite to put another row in the place of one."""
    if connection.vendor == "postgresql":
        run_sql("SET CONSTRAINTS ALL IMMEDIATE", model)  # or TRUNCATE is refused for want of them
        run_sql("TRUNCATE {table} CASCADE", model)
    names = [field.column for field in model._meta.concrete_fields]
    others = ["'x'" if name == text_column(model) else name for name in names]
    columns, values = ", ".join(names), ", ".join(others)
    run_sql("INSERT OR REPLACE INTO {table} (" + columns + ") SELECT " + values + " FROM {table}", model)  # noqa: S608


TAMPERINGS = {
    "orm update": lambda model: model.objects.update(**{text_column(model): "x"}),
    "orm save": lambda model: model.objects.first().save(),
    "orm delete": lambda model: model.objects.all()._raw_delete(using="default"),
    "sql update": lambda model: run_sql("UPDATE {table} SET {column} = 'x'", model),
    "sql delete": lambda model: run_sql("DELETE FROM {table}", model),
    "around": go_around,
}


def past_triggers(model) -> None:
    """As somebody would who owns the database: from now on rows of `model` can be changed and deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or triggers are not switched while these are pending
        for event in ("update", "delete"):
            cursor.execute(OFF[connection.vendor].format(table=model._meta.db_table, event=event))
