"""Posts at the addresses of the access matrix, as a browser makes them: the form as it is opened, and sent."""

import copy
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus

import pytest
from django.db import connection, transaction
from django.forms import BaseForm, BooleanField, DateField, DecimalField, Field, IntegerField
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localdate

from portal.days import ONE_DAY
from portal.records.editing.fields import CellField
from portal.workbook.cells import TextCell
from tests.access import ACTORS, RELATIONS, Row
from tests.known import people_known

TAKEN = (200, 302)  # by a page that takes the form, whatever it thinks of it
EMPTY = (None, "", False)
Written = list[tuple[str, tuple]]


def sender(row: Row) -> str:
    """Who may post there; '' for nobody."""
    return next((actor for actor in ACTORS[1:] if row.post[actor] in TAKEN), "")


def asked(row: Row, unions: dict) -> tuple[str, dict]:
    """The address and the fields of the row, for an object in the scope of its `sender`."""
    scope = row.scope[sender(row)]
    return row.request(row.make(unions[next(each for each in RELATIONS if each in scope)]) if row.make else {})


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fresh(client: Client) -> Client:
    """Another with the same cookies: what one post signs out or opens is not the next one's."""
    made = Client()
    made.cookies = copy.deepcopy(client.cookies)
    return made


def read(response: HttpResponseBase) -> HttpResponseBase:
    """The answer, read to its end: what it is made from is closed then."""
    for _part in response.streaming_content if response.streaming else ():
        pass
    return response


def opened(client: Client, address: str) -> dict:
    """What stands in the form of a page as it is opened, with what it cannot do without; {} where there is none."""
    with taken_back():
        response = read(fresh(client).get(address))
        form = response.context and response.context.get("form")
        if response.status_code != HTTPStatus.OK or not isinstance(form, BaseForm):
            return {}
        values = {name: form[name].value() for name in form.fields}
        filled = {name: typed(field) for name, field in form.fields.items() if values[name] in EMPTY and field.required}
        values |= filled | changed(form)
    return {form.add_prefix(name): as_sent(value) for name, value in values.items() if value not in EMPTY}


def each_tried(rows: Iterable[Row], tried: Callable[[Row], tuple]) -> dict[str, tuple]:
    """What `tried` tells of each post, by the name of its address; what it writes is taken back."""
    found = {}
    for row in rows:
        with taken_back(), people_known():
            found[row.name] = tried(row)
    return found


def as_sent(value: object) -> object:
    """Words that wait for a language are a text: the client of the tests would send each sign of it by itself."""
    return str(value) if isinstance(value, Promise) else value


def typed(field: Field) -> object:
    """Something that may be said in a field: the first that can be chosen, a day, a number, a word."""
    choices = [value for value, _label in getattr(field.widget, "choices", ()) if str(value)]
    if choices:
        return str(choices[0])
    kinds = {BooleanField: "on", DateField: localdate().isoformat(), IntegerField: "1", DecimalField: "1"}
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), "据实填写")


def changed(form: BaseForm) -> dict:
    """Of a record's form a line of text with a word more in it: what is sent as it was opened writes nothing."""
    lines = [name for name, field in form.fields.items() if is_line(field) and name != "number"]
    return {name: f"{form[name].value() or ''}添" for name in lines[-1:]}


def is_line(field: Field) -> bool:
    return isinstance(field, CellField) and type(field.column.cell) is TextCell


@contextmanager
def writes() -> Iterator[Written]:
    """What is written to the database meanwhile: statements with their parameters."""
    found: Written = []

    def look(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


@contextmanager
def forms_read() -> Iterator[set[str]]:
    """The names of the fields of every form that is judged meanwhile."""
    found: set[str] = set()
    judge = BaseForm.full_clean

    def look(form):
        found.update(form.add_prefix(name) for name in form.fields)
        judge(form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseForm, "full_clean", look)
        yield found


def sent(client: Client, address: str, data: dict) -> tuple[int, Written]:
    """The code of a post and what it wrote, which is taken back. What is made at random is the same each time."""
    with numbers_taken_back(), taken_back(), writes() as written, nothing_by_chance():
        response = read(fresh(client).post(address, data))
    return response.status_code, written


@contextmanager
def numbers_taken_back() -> Iterator[None]:
    """The next rows have the same keys. Where keys come from sequences, nothing else takes those back."""
    if connection.vendor != "postgresql":
        yield
        return
    before = last_numbers()
    yield
    gone_on = {name: before[name] for name, last in last_numbers().items() if last != before[name]}
    with connection.cursor() as cursor:
        for name, last in gone_on.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])


def last_numbers() -> dict[str, int | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return dict(cursor.fetchall())


@contextmanager
def nothing_by_chance() -> Iterator[None]:
    """Keys, nonces and tokens come in the same order each time, and time stands still: to compare what is written."""
    drawn, moment = random.Random(1), last_noon()  # noqa: S311
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "urandom", drawn.randbytes)
        patch.setattr(random, "_urandom", drawn.randbytes)
        patch.setattr(time, "time", moment.timestamp)
        patch.setattr(timezone, "now", lambda: moment)
        yield


def last_noon() -> datetime:
    """The last one there was here: by one that is still to come everybody's session would have ended."""
    noon = timezone.now().replace(hour=4, minute=0, second=0, microsecond=0)
    return noon if noon <= timezone.now() else noon - ONE_DAY
