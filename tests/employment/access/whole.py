"""Who may open the pages of the funnel, the rates and the years."""

from tests.access import Row

ROWS: tuple[Row, ...] = ()
PLANTS = ()
