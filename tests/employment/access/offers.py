"""Who may open the pages of employers, vacancies, referrals and the feed."""

from tests.access import Row

ROWS: tuple[Row, ...] = ()
PLANTS = ()
