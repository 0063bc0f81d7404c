"""Every address × every role × own, child, sibling, parent and absent object × GET and POST, against `access_rows`."""

import copy
import html
import io
import re
import zipfile
from collections import Counter
from itertools import product

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from aid.models import Document
from portal.models import WorkbookUpload
from portal.models.upload import KeptFile
from tests.access import ABSENT, ACTORS, RELATIONS, SCOPE, Row
from tests.access_rows import PLANTS, ROWS
from tests.builders import household
from tests.factories import sign_in
from tests.known import people_known
from tests.raised import unraised

MARKS = {"own": "甪禺", "child": "毖禼", "sibling": "熥鬯", "parent": "燚翯"}
METHODS = ("GET", "POST")
OK = 200
UNIT_ROLES = ("clerk", "lead")
# What a role may never do is refused before anything is looked up: an own and a foreign object show it.
REFUSED_ALIKE = ("child", "parent", "absent")
# To who sees the whole city one union is like another.
SEEN_ALIKE = ("child", "parent")
ERRORS_TOLD = "有内容需要更正："  # on top of a form, once
# Where what is written about a report stands: with the lists, most of what is planted is found on these.
TELLING = ("review_show", "report_show", "report_comments")
BATCH = 32  # rows that share one planting, which takes as long as trying a row
BATCHES = [ROWS[start : start + BATCH] for start in range(0, len(ROWS), BATCH)]


def url_names(patterns, prefix=""):
    """Full names of all addresses; None for one that has no name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, inner)
        else:
            yield pattern.name and prefix + pattern.name


def contents(response) -> str:
    """The text of an answer; of a workbook or another zip, the text of all its parts, zips among them."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    # Characters in a packed file may be written as references, by number.
    return html.unescape(unpacked(body)) if body[:2] == b"PK" else unpacked(body)


def unpacked(body: bytes) -> str:
    """The text of a file, or of all the parts of a zip, whatever is packed in it again."""
    if body[:2] != b"PK":
        return body.decode("utf-8", "replace")  # a picture of the manual has no text
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(unpacked(archive.read(name)) for name in archive.namelist())


@pytest.fixture
def unions(district, grassroots, foreign_district, city):
    return {"own": district, "child": grassroots, "sibling": foreign_district, "parent": city}


@pytest.fixture
def people(clerk, lead, reviewer, auditor, admin, security):
    people = {"clerk": clerk, "lead": lead, "reviewer": reviewer, "auditor": auditor}
    return people | {"admin": admin, "security": security}


def open_clients(people) -> dict[str, Client]:
    opened = {"anonymous": Client()}
    for actor, person in people.items():
        opened[actor] = Client()
        sign_in(opened[actor], person)
    return opened


def as_opened(opened: dict[str, Client]) -> dict[str, Client]:
    """Clients as they were before any of them was signed out or sent another cookie."""
    fresh = {actor: Client() for actor in opened}
    for actor, client in fresh.items():
        client.cookies = copy.deepcopy(opened[actor].cookies)
    return fresh


@pytest.fixture
def plain_refusals(monkeypatch):
    """Refusals without the frame around them, which is drawn for nobody but the person, and told to no auditor.

    Half of what is tried is refused; what is told of it is tried in `portal/refusals`.
    """
    monkeypatch.setattr("portal.refusals.middleware.tell_of", lambda _request, _refused: None)
    monkeypatch.setattr("portal.urls.handler404", lambda _request, exception: HttpResponse(status=404))
    monkeypatch.setattr("portal.urls.handler403", lambda _request, exception: HttpResponse(exception, status=403))
    monkeypatch.setattr("portal.web.base.not_allowed", lambda _request, _allowed: HttpResponse(status=405))


@pytest.fixture
def clients(people):
    return open_clients(people)


@pytest.fixture
def canaries(unions):
    return {
        relation: [canary for plant in PLANTS for canary in plant(union, MARKS[relation])]
        for relation, union in unions.items()
    }


def requests(row: Row, unions) -> dict[str | None, tuple[str, dict]]:
    """The addresses and forms to try, by relation; {None: …} for a page that is about no object."""
    if row.make is None:
        return {None: row.request({})}
    made = {relation: row.make(union) for relation, union in unions.items()} | {"absent": row.absent}
    return {relation: row.request(made[relation]) for relation in RELATIONS}


def ask(client: Client, method: str, address: str, data: dict) -> tuple[int, str, set[str]]:
    """One request whose effects on the database are taken back; the tables it wrote, where it raised no revision."""
    with transaction.atomic(), unraised() as written:
        response = client.get(address) if method == "GET" else client.post(address, data)
        text = contents(response)
        transaction.set_rollback(True)
    return response.status_code, text, written


def kept_with_records() -> set[str]:
    """The files that are kept with records, as `contents` reads them: an auditor needs a second person's consent."""
    models = [each for each in apps.get_models() if issubclass(each, KeptFile | Document) and not of_reports(each)]
    found = (each.objects.values_list("content", flat=True) for each in models)
    return {bytes(content).decode("utf-8", "replace") for rows in found for content in rows if content}


def of_reports(model) -> bool:
    """Whether a unit wrote the file for the city: no family's papers."""
    return model._meta.app_label == "reports"


def strange(actor: str, canaries) -> list[str]:
    """Planted texts that `actor` must never see."""
    if actor in {"admin", "security"}:
        return [canary.text for planted in canaries.values() for canary in planted if canary.case]
    scope = set() if actor == "anonymous" else SCOPE[actor]
    return [
        canary.text
        for relation, planted in canaries.items()
        for canary in planted
        if relation not in scope or (actor in UNIT_ROLES and not canary.unit)
    ]


def test_every_address_has_one_row():
    names = Counter(url_names(get_resolver().url_patterns))
    rows = Counter(row.name for row in ROWS)
    assert sorted(names - rows, key=str) == []  # addresses without a row
    assert sorted(rows - names) == []  # rows without an address


@pytest.mark.parametrize("rows", BATCHES, ids=lambda rows: f"{rows[0].name} to {rows[-1].name}")
@pytest.mark.usefixtures("plain_refusals")
def test_codes_and_leaks(rows, unions, people, canaries):
    """A batch of rows shares what was planted; what a row makes itself is taken back before the next."""
    wrong, leaks, opened = [], [], open_clients(people)
    never = {actor: strange(actor, canaries) for actor in ACTORS}
    for row in rows:
        with transaction.atomic(), people_known():
            found = tried(row, unions, as_opened(opened), never)
            transaction.set_rollback(True)
        wrong, leaks = wrong + found[0], leaks + found[1]
    assert wrong == []
    assert leaks == []


def tried(row: Row, unions, clients, never: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """The answers to `row` that are not those expected, and the texts that came out to who must never see them."""
    wrong, leaks = [], []
    for relation, (address, data) in requests(row, unions).items():
        for actor, method in product(ACTORS, METHODS):
            if relation in alike(row, actor, method):
                continue
            code, text, written = ask(clients[actor], method, address, data)
            expected = row.expected(method, actor, relation)
            if code != expected:
                wrong.append(f"{method} {address} ({relation}) as {actor}: {code}, expected {expected}")
            if text.count(ERRORS_TOLD) > 1:
                wrong.append(f"{method} {address} ({relation}) as {actor} tells twice what is wrong")
            if written:
                wrong.append(f"{method} {address} ({relation}) as {actor} writes {written} and raises no revision")
            leaks += [f"{method} {address} as {actor} shows {planted}" for planted in never[actor] if planted in text]
            if actor == "auditor" and code == OK and "<html" not in text and text in kept_with_records():
                leaks.append(f"{method} {address} hands a kept file to an auditor whom nobody agreed to")
    return wrong, leaks


def test_the_page_of_a_refusal_is_the_same_whatever_was_refused(clients, unions):
    """What the matrix leaves out: the frame and the words around a refusal."""
    own, foreign = (household(unions[relation]).pk for relation in ("own", "sibling"))
    paths = [reverse("household_detail", args=[pk]) for pk in (foreign, ABSENT["pk"])]
    not_found = {drawn(clients["clerk"].get(path)) for path in paths}
    edits = [reverse("household_edit", args=[pk]) for pk in (own, foreign, ABSENT["pk"])]
    forbidden = {drawn(clients["auditor"].get(path)) for path in edits}
    assert [len(not_found), len(forbidden)] == [1, 1]


def drawn(response) -> tuple[int, str]:
    """The answer without what is new each time."""
    return response.status_code, re.sub(r'value="\w{64}"', "", response.text)


def alike(row: Row, actor: str, method: str) -> tuple[str, ...]:
    """The relations that need no trying, since the answer cannot differ from that to an own or a foreign object."""
    if row.refuses(method, actor):
        return REFUSED_ALIKE
    return SEEN_ALIKE if row.scope.get(actor) == set(RELATIONS) else ()


def test_there_is_something_to_leak(unions, clients, canaries):
    """What is planted is on some page for the reviewer, who may see it; otherwise the test above proves nothing."""
    unseen = {canary.text for texts in canaries.values() for canary in texts if canary.shown}
    assert unseen
    readable = [row for row in ROWS if row.get["reviewer"] == 200]
    # Lists first, before other rows' records fill their first page.
    for row in sorted(readable, key=lambda row: (row.make is not None, row.name not in TELLING)):
        for address, data in requests(row, unions).values() if unseen else ():
            page = ask(clients["reviewer"], "GET", address, data)[1]
            unseen = {text for text in unseen if text not in page}
    assert unseen == set()


def test_accounts_planted_are_on_the_administrators_page(clients, canaries):
    found = {
        mark: clients["security"].get(reverse("account_list"), {"person": f"账号{mark}"}).text
        for mark in MARKS.values()
    }
    assert [mark for mark, page in found.items() if page.count(f"账号{mark}") < 2] == []  # once is the search box


def test_uploads_planted_are_on_the_clerks_pages(clients, canaries):
    upload = WorkbookUpload.objects.get(file_name=f"{MARKS['own']}工作簿.xlsx")
    addresses = [
        reverse("workbook_upload"),
        *(reverse(f"workbook_{act}", args=[upload.pk]) for act in ("check", "marked")),
    ]
    pages = [contents(clients["clerk"].get(address)) for address in addresses]
    missing = [word for word in ("工作簿.xlsx", "格", "因", "提示") if MARKS["own"] + word not in "".join(pages)]
    assert missing == []
