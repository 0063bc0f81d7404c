"""The words of a list after what the city did, worked out from its changes alone."""

from aid.enums import Housing
from portal.codes.words import as_changed
from portal.enums import CodeAct
from portal.models import CodeChange

BUILT_IN = ["owned", "public", "rented", "borrowed", "dormitory"]


def changed(*acts):
    return as_changed(Housing, [CodeChange(number=number, **act) for number, act in enumerate(acts, start=1)])


def added(code="shared", word="合租房", year=2026):
    return {"act": CodeAct.ADDED, "code": code, "word": word, "year": year}


def withdrawn(code, year, successor=""):
    return {"act": CodeAct.WITHDRAWN, "code": code, "year": year, "successor": successor}


def given_back(code, year):
    return {"act": CodeAct.GIVEN_BACK, "code": code, "year": year}


def test_without_changes_the_words_are_those_of_the_enum():
    codes = changed()
    assert (list(codes.labels), codes.version, codes.is_limited) == (BUILT_IN, 0, False)
    assert codes.offered(1999) == tuple(str(label) for label in Housing.labels)
    assert codes.by_code["owned"].years == "一直"


def test_added_word_holds_from_its_year_on():
    codes = changed(added())
    assert [("合租房" in codes.offered(year)) for year in (2025, 2026, 2040)] == [False, True, True]
    assert codes.by_code["shared"].years == "2026 年起"
    assert codes.version == 1


def test_withdrawn_word_holds_to_its_last_year_and_keeps_its_label():
    codes = changed(withdrawn("borrowed", 2025, "rented"))
    assert [("借住" in codes.offered(year)) for year in (2025, 2026)] == [True, False]
    word = codes.by_code["borrowed"]
    assert (word.word, word.years, word.successor, codes.is_limited) == ("借住", "至 2025 年", "rented", True)


def test_word_given_back_the_year_after_was_never_away():
    word = changed(withdrawn("borrowed", 2025, "rented"), given_back("borrowed", 2026)).by_code["borrowed"]
    assert (word.years, word.successor) == ("一直", "")


def test_word_given_back_later_has_a_gap():
    codes = changed(added(), withdrawn("shared", 2027), given_back("shared", 2030))
    held = [year for year in range(2024, 2033) if codes.by_code["shared"].holds_in(year)]
    assert held == [2026, 2027, 2030, 2031, 2032]
    assert codes.by_code["shared"].years == "2026 至 2027 年、2030 年起"


def test_word_added_by_mistake_holds_in_no_year():
    word = changed(added(), withdrawn("shared", 2025)).by_code["shared"]
    assert not any(map(word.holds_in, range(2000, 2101)))
    assert word.years == "从未使用"


def test_last_order_counts_and_what_it_does_not_name_comes_behind():
    order = {"act": CodeAct.ORDERED, "ordered_codes": "rented,owned"}
    codes = changed({"act": CodeAct.ORDERED, "ordered_codes": "public,owned"}, order, added())
    assert list(codes.labels) == ["rented", "owned", "public", "borrowed", "dormitory", "shared"]
