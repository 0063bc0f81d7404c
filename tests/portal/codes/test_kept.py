"""What a process keeps of the lists, and when it looks again."""

from types import SimpleNamespace

import pytest

from aid.enums import Housing, WorkerCategory
from portal.codes import kept
from portal.codes.kept import codes_of, forget, word_of
from portal.models import CodeChange


def write(number=1, code="shared"):
    """As another worker would: this process is not told."""
    CodeChange.objects.create(
        list_name="housing", number=number, act="added", code=code, word=f"房{number}", year=2026, reason="通知"
    )


@pytest.fixture
def clock(settings, monkeypatch):
    """A worker of production whose clock stands still until it is moved."""
    now = [1000.0]
    settings.CODES_LOOKED_AT_EVERY = 5.0
    monkeypatch.setattr(kept, "time", SimpleNamespace(monotonic=lambda: now[0]))
    forget()
    return now


def test_lists_are_read_once_and_looked_at_after_some_seconds(db, clock, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert "shared" not in codes_of(Housing).labels
    write()
    with django_assert_num_queries(0):
        assert "shared" not in codes_of(Housing).labels
    clock[0] += 5
    with django_assert_num_queries(2):
        assert codes_of(Housing).labels["shared"] == "房1"
    clock[0] += 5
    with django_assert_num_queries(1):
        codes_of(Housing)


def test_code_that_is_not_known_makes_it_look_once_a_second(db, clock, django_assert_num_queries):
    codes_of(Housing)
    write()
    clock[0] += 1
    with django_assert_num_queries(2):
        assert word_of(Housing, "shared") == "房1"
    with django_assert_num_queries(0):
        assert word_of(Housing, "unheard_of") == "unheard_of"


def test_change_of_a_lower_key_that_came_later_is_seen(db, clock):
    write(2, "second")
    codes_of(Housing)
    CodeChange.objects.create(
        pk=-1, list_name="health", number=1, act="added", code="h", word="康复中", year=2026, reason="通知"
    )
    clock[0] += 5
    assert kept._current().changes == 2


def test_words_of_other_enums_are_as_the_program_has_them(django_assert_num_queries):
    assert codes_of(WorkerCategory).labels == {"worker": "困难职工", "migrant": "困难农民工"}
