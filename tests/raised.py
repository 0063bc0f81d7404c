"""What was written to the database meanwhile, and whether a revision was raised with it (decision 0016)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from aid.models import AidStandard, BankLayout, CardPrefix, FundBalance, MinimumIncome
from portal.models import UnitChange

WRITE = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')
SAVEPOINT = re.compile(r'(ROLLBACK TO )?SAVEPOINT "(\w+)"')
# Of no union, or not counted: the standards of the city, banks and their layouts, the guard of the ledger.
OF_NO_UNIT = {AidStandard, BankLayout, CardPrefix, FundBalance, MinimumIncome}


def counted_tables() -> set[str]:
    """The tables of records that a unit counts."""
    models = {model for app in ("aid", "employment") for model in apps.get_app_config(app).get_models()}
    return {model._meta.db_table for model in models - OF_NO_UNIT if not model.__name__.startswith("Historical")}


@contextmanager
def unraised() -> Iterator[set[str]]:
    """The tables of counted records that were written meanwhile; none of them where a revision was raised as well.

    What was rolled back was not written.
    """
    counted, written, before = counted_tables(), [], {}
    found: set[str] = set()

    def look(execute, sql, params, many, context):
        if match := WRITE.match(sql):
            written.append(match[1])
        elif match := SAVEPOINT.match(sql):
            if match[1]:
                del written[before[match[2]] :]
            else:
                before[match[2]] = len(written)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found
    if UnitChange._meta.db_table not in written:
        found.update(counted.intersection(written))
