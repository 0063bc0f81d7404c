"""Every way in for files is known by name, leads through the gate, and bears what is hostile.

A new field for files fails here until it stands in WAYS; from then on it gets its part of the hostile files, and all of
them by `HOSTILE_FILES=all python -m pytest tests/test_uploads.py`.
"""

import ast
import os

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLResolver, get_resolver

from portal.gate.field import UploadField
from portal.models import WorkbookUpload
from portal.models.upload import KeptFile, UploadState
from portal.web.bodies import TYPED, largest_upload
from tests.hostile import EICAR, samples
from tests.source import EVERY, FLOORS, ROOT, name_of, tree_of
from tests.uploading import WAYS, send, told

pytestmark = pytest.mark.usefixtures("by_child")

NOT_IN_SERVICE = "reports.development"  # imported where a test before has asked for it
# Who keeps a file, and by which address its content comes in.
KEEPERS = {
    "aid/casework/notices.py": "publicnotice_photo",
    "aid/casework/objections.py": "objection_create",
    "aid/households/papers.py": "household_documents",
    "aid/payments/confirming.py": "contribution_voucher_add",
    "aid/offices/papers.py": "officequestion_detail",
    "aid/sponsors/exemplars.py": "exemplar_detail",
    "aid/visits/services.py": "visit_create",
    "reports/preparing/adjustment_file.py": "report_adjust",
    "reports/preparing/preparation.py": "report_summary",
}
# What the suite sends on every way; the whole is sent by the command.
PART = ("PDF: script when opened", "picture of 3600 million points", "document with macros", "workbook with entities")
ALL_SAMPLES = os.environ.get("HOSTILE_FILES") == "all"
SAMPLES = {sample.name: sample for sample in samples()}


def views(patterns=None):
    """Each address by its name, with the class that answers it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif view := getattr(pattern.callback, "view_class", None):
            yield pattern.name, view


def descendants(of: type) -> set[type]:
    return {of}.union(*(descendants(child) for child in of.__subclasses__()))


def form_of(view: type) -> type | None:
    return getattr(view, "upload_form", None) or getattr(view, "form_class", None)


def file_fields(form: type | None) -> list[str]:
    fields = getattr(form, "base_fields", {})
    return [name for name, field in fields.items() if isinstance(field, forms.FileField)]


def sources() -> list[tuple[str, ast.Module]]:
    return [(name_of(path), tree_of(path)) for path in EVERY]


def test_every_field_for_files_is_one_of_the_gate():
    assert get_resolver().url_patterns  # by which every form is loaded
    ours = [form for form in descendants(forms.BaseForm) if form.__module__.split(".")[0] in FLOORS]
    known = [form for form in ours if not form.__module__.startswith(NOT_IN_SERVICE)]
    found = [(form, form.base_fields[name]) for form in known for name in file_fields(form)]
    assert [form for form, field in found if not isinstance(field, UploadField)] == []
    assert {form.__name__ for form, _field in found} == {form_of(dict(views())[way]).__name__ for way in WAYS}


def test_every_way_in_is_known_by_name():
    assert {(name, field) for name, view in views() for field in file_fields(form_of(view))} == {
        (name, way.field) for name, way in WAYS.items()
    }


def test_nobody_makes_a_field_for_files_past_the_gate():
    made = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("FileField", "ImageField", "MultipleFileField")
    }
    assert made == {"portal/gate/field.py"}


def test_what_is_sent_is_read_by_forms_and_by_who_counts_it():
    readers = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "FILES"
    }
    counting = {"portal/web/bodies.py", "portal/web/kept_forms.py", "portal/web/sent_once.py"}
    pages = {"aid/views/casework/notice.py", "aid/views/exemplar.py", "aid/views/office.py"}
    assert readers - counting == pages


def test_every_keeper_of_files_is_reached_by_a_known_way():
    keepers = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "portal.keeping"
        and any(name.name == "attach" for name in node.names)
    }
    assert keepers == set(KEEPERS)
    assert set(KEEPERS.values()) <= set(WAYS)


def test_nginx_lets_through_what_the_portal_takes():
    conf = (ROOT / "deploy" / "nginx" / "portal.conf").read_text(encoding="utf-8")
    megabytes = int(conf.split("client_max_body_size ")[1].split("m;")[0])
    assert max(largest_upload(view) for _name, view in views()) + TYPED <= megabytes * 1024**2
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < TYPED


def kept() -> int:
    """Files with records, and workbooks that could be imported; those with faults are kept to show where."""
    models = [model for model in apps.get_models() if issubclass(model, KeptFile)]
    good = WorkbookUpload.objects.exclude(state=UploadState.FAULTY)
    return sum(model._base_manager.count() for model in models) + good.count()


@pytest.mark.parametrize("name", WAYS)
def test_hostile_files_are_refused_in_words_on_every_way(client_of, request, district, name):
    way = WAYS[name]
    browser = client_of(request.getfixturevalue(way.who))
    address = way.address(name, district)
    before = kept()
    for sample in (SAMPLES[each] for each in (SAMPLES if ALL_SAMPLES else PART)):
        answer = send(browser, address, way, SimpleUploadedFile(sample.file_name, sample.make()))
        assert answer.status_code < 500, sample.name
        if sample.name in PART:
            assert told(answer, way), sample.name
    assert ALL_SAMPLES or kept() == before


@pytest.mark.parametrize("name", WAYS)
def test_infected_file_is_refused_and_none_is_taken_while_nobody_searches(
    client_of, request, district, name, settings, monkeypatch
):
    way = WAYS[name]
    browser = client_of(request.getfixturevalue(way.who))
    address = way.address(name, district)
    settings.CLAMD_SOCKET = "/nowhere/clamd.ctl"
    answer = send(browser, address, way, SimpleUploadedFile(way.good[0], way.good[1]()))
    assert "请稍后再试" in "".join(told(answer, way))
    monkeypatch.setattr("portal.gate.inspecting.is_infected", lambda _content: True)
    answer = send(browser, address, way, SimpleUploadedFile(way.good[0], way.good[1]()))
    assert "发现病毒" in "".join(told(answer, way))
    assert EICAR.decode() not in answer.content.decode()
