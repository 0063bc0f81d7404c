"""Who may open the pages of enquiries."""

from tests.access import Row

ROWS: tuple[Row, ...] = ()
PLANTS = ()
