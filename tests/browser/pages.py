"""The pages behind rows of the access table, as one person is shown them."""

from collections.abc import Iterable, Iterator

from django.test import Client

from portal.models import Union, User
from tests.access import Row
from tests.factories import sign_in

HTML = "text/html; charset=utf-8"


def pages_of(user: User, rows: Iterable[Row], union: Union) -> Iterator[tuple[str, str]]:
    """Address and text of every row that shows `user` a page, about objects of `union`; no files.

    To be opened before the next is asked for, whose objects may change what this one shows.
    """
    client = Client()
    sign_in(client, user)
    for row in rows:
        address, _form = row.request(row.make(union) if row.make else {})
        response = client.get(address)
        is_file = response.has_header("Content-Disposition")
        is_page = response.status_code == 200 and not is_file and response.headers["Content-Type"] == HTML
        text = response.text if is_page else ""
        response.close()
        if is_page:
            yield address, text
