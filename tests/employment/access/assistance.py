"""Who may open the pages of help, promises, events and attendance."""

from tests.access import Row, editing_rows

ROWS: tuple[Row, ...] = (
    *editing_rows("assistance", "graduate"),
    *editing_rows("jobevent"),
)
PLANTS = ()
