"""The pages behind rows of the access table, as one person is shown them."""

from collections.abc import Iterable, Iterator

from django.test import Client

from portal.models import Union, User
from tests.access import Row
from tests.factories import sign_in


def pages_of(user: User, rows: Iterable[Row], union: Union) -> Iterator[tuple[str, str]]:
    """Address and text of every row that shows `user` a page, about objects of `union`; no files."""
    client = Client()
    sign_in(client, user)
    for row in rows:
        address, _form = row.request(row.make(union) if row.make else {})
        response = client.get(address)
        is_file = response.has_header("Content-Disposition")
        if response.status_code == 200 and not is_file and response.headers["Content-Type"].startswith("text/html"):
            yield address, response.text
        response.close()
