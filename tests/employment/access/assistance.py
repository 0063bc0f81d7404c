"""Who may open the pages of help, promises, events and attendance."""

from portal.models import Union
from tests import builders
from tests.access import ABSENT, Named, Row, codes, editing_rows


def chosen_in(union: Union) -> dict:
    return {"ids": builders.graduate(union).pk}


ROWS: tuple[Row, ...] = (
    *editing_rows("assistance", "graduate"),
    *editing_rows("jobevent"),
    # Somebody else's graduates are nobody chosen: back to the list.
    Row(
        "help_many",
        get=codes(clerk=302),
        post=codes(clerk=200),
        make=chosen_in,
        absent={"ids": ABSENT["pk"]},
        named=Named.IN_FORM,
        outside=302,
    ),
)
PLANTS = ()
