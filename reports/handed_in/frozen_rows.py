"""Of what was frozen the rows of certain records, found by the database: to read all of a city's took seconds."""

import json
from collections.abc import Collection, Iterator

from django.db import connection

from reports.figures.registry import Fact

_POSTGRESQL = """
SELECT kept.submission_id, kept.headings, part.value
FROM reports_frozenrecords kept
CROSS JOIN LATERAL jsonb_array_elements(kept.rows) AS part(value)
JOIN jsonb_array_elements_text(%s::jsonb) AS wanted(pk) ON wanted.pk::bigint = (part.value->>'pk')::bigint
WHERE kept.fact = %s AND kept.submission_id IN (SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb))
"""
_SQLITE = """
SELECT kept.submission_id, kept.headings, part.value
FROM reports_frozenrecords kept
CROSS JOIN json_each(kept.rows) AS part
JOIN json_each(%s) AS wanted ON wanted.value = json_extract(part.value, '$.pk')
WHERE kept.fact = %s AND kept.submission_id IN (SELECT value FROM json_each(%s))
"""
_STATEMENTS = {"postgresql": _POSTGRESQL, "sqlite": _SQLITE}


def frozen_rows(fact: Fact, submissions: Collection[int], keys: Collection[int]) -> Iterator[tuple[int, dict]]:
    """The rows of `fact` frozen with `submissions` whose record is one of `keys`, each with its submission.

    A row is as `FrozenRecords` holds it, with the headings of its cells. One query, whatever their number.
    """
    with connection.cursor() as cursor:
        asked = [json.dumps(sorted(keys)), fact.name, json.dumps(sorted(submissions))]
        cursor.execute(_STATEMENTS[connection.vendor], asked)
        headings: dict[str, list[str]] = {}
        for submission, heading, row in cursor:
            if heading not in headings:
                headings[heading] = json.loads(heading)
            yield submission, json.loads(row) | {"headings": headings[heading]}
