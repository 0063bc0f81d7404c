"""The policies: what PostgreSQL asks of every row, whoever asks for it and however."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.second_lock.scope import EVERYTHING

# NULL where nobody has set it, and also where somebody has on this connection before: then it is ''.
SCOPE = "nullif(current_setting('portal.scope', true), '')"
# Asked once a statement, and not of each row: for figures of all units, and for who sees the whole city.
EVERYTHING_ASKED = f"(SELECT {SCOPE} = '{EVERYTHING}')"
PATHS = ("union_path",)


def in_scope(*columns: str) -> str:
    """The condition, as SQL, that one of the paths in `columns` is that of the scope or below it (decision 0002)."""
    return " OR ".join(f"({column} >= {SCOPE} AND {column} < {SCOPE} || '~')" for column in columns)


@dataclass(frozen=True)
class WithParent:
    """Rows that are given out with those of another table: the `parent` whose column `theirs` is this table's `own`.

    The parent is told apart by its `columns`, or in turn `through` another.
    """

    parent: str
    own: str
    theirs: str = "id"
    columns: tuple[str, ...] = PATHS
    through: "WithParent | None" = None

    def condition(self, own: str) -> str:
        """The same as SQL, with `own` for the column."""
        same = f"{self.parent}.{self.theirs} = {own}"
        if self.through:
            asked = self.through.condition(f"{self.parent}.{self.through.own}")
        else:
            asked = in_scope(*(f"{self.parent}.{column}" for column in self.columns))
        return f"EXISTS (SELECT 1 FROM {self.parent} WHERE {same} AND ({asked}))"  # noqa: S608  names of ours


@dataclass(frozen=True)
class Lock:
    """How the rows of a table are told apart: by paths of their own, or with those of other tables.

    With both, what comes with the others is given out and never written.
    """

    table: str
    columns: tuple[str, ...] = PATHS
    through: tuple[WithParent, ...] = ()

    @property
    def policy(self) -> str:
        return f"{self.table}_second_lock"

    @property
    def function(self) -> str:
        return f"{self.table}_with_others"

    def conditions(self) -> tuple[str, str]:
        """What a row that is given out keeps, and what one that is written keeps."""
        if not self.columns:
            with_others = " OR ".join(each.condition(f"{self.table}.{each.own}") for each in self.through)
            # Everything: also what has lost its parent past the portal, so that evidence can name just what is gone.
            with_others = f"{EVERYTHING_ASKED} OR {with_others}"
            return with_others, with_others
        own = in_scope(*self.columns)
        with_others = f" OR {self.function}({', '.join(self._asked_by)})" if self.through else ""
        return f"{EVERYTHING_ASKED} OR {own}{with_others}", own

    @property
    def _asked_by(self) -> list[str]:
        return list(dict.fromkeys(each.own for each in self.through))

    def _asking(self) -> str:
        """The function that asks the other tables: planned once a connection, and called where the row's own path
        does not do. Within the policy itself every question about the table would be planned with all of them."""
        numbers = {own: f"${number}" for number, own in enumerate(self._asked_by, start=1)}
        asked = " OR ".join(each.condition(numbers[each.own]) for each in self.through)
        return (
            f"CREATE FUNCTION {self.function}({', '.join('bigint' for _each in numbers)}) RETURNS boolean"
            f" LANGUAGE plpgsql STABLE SET search_path = public AS $$ BEGIN RETURN {asked}; END $$"
        )

    def locking(self) -> Iterator[str]:
        """The statements that lock the table. FORCE: who owns it is asked as well."""
        given, written = self.conditions()
        if self.columns and self.through:
            yield self._asking()
        yield f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {self.table} FORCE ROW LEVEL SECURITY"
        yield f"CREATE POLICY {self.policy} ON {self.table} USING ({given}) WITH CHECK ({written})"

    def unlocking(self) -> Iterator[str]:
        """The statements that take it away, also where it is not there."""
        yield f"DROP POLICY IF EXISTS {self.policy} ON {self.table}"
        yield f"ALTER TABLE {self.table} NO FORCE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY"
        if self.columns and self.through:
            yield f"DROP FUNCTION IF EXISTS {self.function}({', '.join('bigint' for _each in self._asked_by)})"


def by_path(*tables: str) -> tuple[Lock, ...]:
    """The locks of tables that are told apart by the path of their rows and by nothing else."""
    return tuple(Lock(table) for table in tables)
