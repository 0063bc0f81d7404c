"""Who may open the pages of graduates, proposals and their board."""

from tests.access import Row, editing_rows

ROWS: tuple[Row, ...] = (*editing_rows("graduate", "household"),)
PLANTS = ()
