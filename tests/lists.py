"""What a list shows, for tests."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def shown(client, name, **params):
    """The first column of the list of `name` under `params`."""
    response = client.get(reverse(f"{name}_list"), params)
    assert response.status_code == 200
    return {row[0].text for row in response.context["table"].rows}


def questions(client, name, **params) -> int:
    """How many questions the list of `name` asks the database, once it has been opened before."""
    shown(client, name, **params)
    with CaptureQueriesContext(connection) as asked:
        shown(client, name, **params)
    return len(asked)
