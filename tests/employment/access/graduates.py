"""Who may open the pages of graduates, proposals and their board."""

from tests.access import Row

ROWS: tuple[Row, ...] = ()
PLANTS = ()
