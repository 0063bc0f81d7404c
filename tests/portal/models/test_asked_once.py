"""A question is asked once while a page is drawn, and anew for the next."""

from portal.models.asked_once import asked_once, once


def test_answer_is_kept_as_long_as_the_page_is_drawn():
    asked = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [once("a", ask), once("a", ask)] == [1, 2]
    for first in (3, 4):
        with asked_once():
            assert [once("a", ask), once("a", ask)] == [first, first]
    with asked_once():
        assert [once("a", ask), once("b", ask), once("a", ask)] == [5, 6, 5]
