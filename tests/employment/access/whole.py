"""Who may open the pages of the funnel, the rates and the years."""

from portal.models import Campaign, Union
from tests.access import ABSENT, YEAR, Named, Row, record_row


def shown(union: Union) -> dict:
    return {"campaign": Campaign.objects.open(YEAR).year, "unit": union.code}


def of_union(union: Union) -> dict:
    return {"year": Campaign.objects.open(YEAR).year, "code": union.code}


ROWS: tuple[Row, ...] = (
    record_row("funnel", shown, absent={"campaign": YEAR, "unit": str(ABSENT["pk"])}, named=Named.IN_QUERY),
    record_row("funnel_export", of_union, absent={"year": YEAR, "code": str(ABSENT["pk"])}),
)
PLANTS = ()
