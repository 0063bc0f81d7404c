"""Every list has an index for every order it can be read in: no page of the city sorts all that is in its scope."""

from itertools import product

import pytest
from django.db import connection

from employment.records import FINAL
from portal.enums import Role
from portal.records.lists.paging import PAGE_SIZE, Keyset
from tests.factories import UserFactory


@pytest.mark.postgresql
def test_no_list_sorts_its_whole_scope(city):
    """An empty table is read whole and sorted: both are forbidden here, so that who sorts knows no other way."""
    reviewer = UserFactory(role=Role.REVIEWER, union=city)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    sorting = []
    for kind in FINAL.values():
        asked = kind.model.objects.visible_to(reviewer)
        for order, backwards in product(kind.orderings, (False, True)):
            page = Keyset.parse(order).sort(asked, backwards=backwards)[: PAGE_SIZE + 1]
            steps = [line.strip().removeprefix("->").strip() for line in page.explain().splitlines()]
            # Within the records of one day, say, an incremental sort puts the keys in order.
            if any(step.startswith("Sort  (") for step in steps):
                sorting.append((kind.noun, order, backwards))
    assert sorting == []
