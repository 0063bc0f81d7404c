"""Kinds of records across the floors: one that stands in the end for each name, and every address shows that one."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLResolver, get_resolver

from aid import records as of_aid
from employment import records
from employment.records import FINAL
from portal.records.attribute import NAMED
from portal.records.kind import RecordKind, Related, by_name
from portal.records.views import RecordList

HOLDING_KINDS = ("kind", "kinds", "kinds_of_text", "people")
COMPLETED = ["child", "employer", "followup", "household", "office", "officequestion", "visit"]


def views(patterns=None):
    """Name, view class and what it was given, of every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif hasattr(pattern.callback, "view_class"):
            yield pattern.name, pattern.callback.view_class, pattern.callback.view_initkwargs


def kinds_of(view, given) -> list[RecordKind]:
    held = [given.get(name, getattr(view, name, None)) for name in HOLDING_KINDS]
    found = [kind for each in held for kind in (each if isinstance(each, tuple) else (each,))]
    return [kind for kind in found if isinstance(kind, RecordKind)]


SHOWN = [(name, kind) for name, view, given in views() for kind in kinds_of(view, given)]


def test_addresses_show_kinds():
    assert {kind.name for _name, kind in SHOWN} == set(FINAL) - {"retentioncheck"}  # on the pages of others only
    assert len({name for name, _kind in SHOWN if name.endswith("_list")}) == len(FINAL) - 1


def test_no_address_shows_a_kind_that_was_replaced():
    assert [(name, kind.name) for name, kind in SHOWN if kind is not FINAL[kind.name]] == []


def test_kinds_that_are_completed_are_those_called_plain():
    plain = {name: kind for name, kind in vars(of_aid).items() if name.startswith("PLAIN_")}
    assert sorted(kind.name for kind in plain.values()) == COMPLETED
    for name, kind in plain.items():
        assert getattr(records, name.removeprefix("PLAIN_")) is FINAL[kind.name] is not kind


def test_one_name_means_one_kind():
    both = {name for name, kind in vars(of_aid).items() if isinstance(kind, RecordKind)} & set(vars(records))
    assert [name for name in both if getattr(of_aid, name) is not getattr(records, name)] == []
    assert [name for name in records.__all__ if name.startswith("PLAIN_")] == []


@pytest.mark.parametrize("kind", FINAL.values(), ids=lambda kind: kind.name)
def test_records_below_another_show_what_their_own_list_shows(kind):
    """A section may hold the plain kind, of whose list nothing is completed."""
    for section in (each for each in kind.sections if isinstance(each, Related)):
        final = FINAL[section.kind.name]
        assert {column.path for column in section.columns} <= {column.path for column in final.columns}
        if any(column.path.startswith(f"{NAMED}.") for column in section.columns):
            assert section.kind.named_by == final.named_by


def test_two_kinds_of_one_name_raise_at_import():
    with pytest.raises(ImproperlyConfigured, match="two record kinds are called household"):
        by_name(records.HOUSEHOLD, of_aid.PLAIN_HOUSEHOLD)
    assert by_name(records.HOUSEHOLD, records.HOUSEHOLD) == {"household": records.HOUSEHOLD}


def test_addresses_of_aid_stand_in_aid():
    """Employment adds to them by name, and says the address of none."""
    tree = ast.parse((Path(settings.BASE_DIR) / "employment/urls.py").read_text())
    asked = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [module for module in asked if module.startswith("aid.views")] == []
    lists = {given["kind"].model for _name, view, given in views() if "kind" in given and issubclass(view, RecordList)}
    assert {model._meta.app_label for model in lists} == {"aid", "employment"}
