"""Who may open the pages of help, promises, events and attendance."""

from tests.access import Row

ROWS: tuple[Row, ...] = ()
PLANTS = ()
