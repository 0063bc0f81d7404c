"""The pages of the code lists: who reads and who keeps them, what they tell, and that nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from portal.models import CodeChange
from tests import builders
from tests.forms import errors, opened
from tests.posts import read

YEAR = localdate().year
SHOW = reverse("codelist_show", args=["housing"])
ADD = reverse("codelist_add", args=["housing"])
ORDER = reverse("codelist_order", args=["housing"])
WITHDRAW = reverse("codelist_withdraw", args=["housing", "borrowed"])
WORD = {"word": "合租房", "code": "shared", "reason": "沪工总保〔2026〕1号", "after": "rented"}


@pytest.fixture
def city_desk(client_of, reviewer):
    return client_of(reviewer)


def fresh(client, address) -> dict:
    """The form with the version of the list, which is 0 of one that nobody changed."""
    return opened(client, address) | {"seen": CodeChange.objects.count()}


def send(client, address, /, **typed):
    return client.post(address, fresh(client, address) | typed)


def shown(client, **query) -> dict[str, tuple]:
    """By code: whether the word may be chosen in that year, and how many records hold it."""
    rows = client.get(SHOW, query).context["rows"]
    return {row.word.code: (row.holds, row.records) for row in rows}


def test_word_is_added_withdrawn_and_given_back_in_the_browser(city_desk):
    assert send(city_desk, ADD, **WORD).headers["Location"] == SHOW
    assert send(city_desk, WITHDRAW, year=YEAR, reason="通知", successor="shared").status_code == 302
    assert shown(city_desk)["borrowed"] == (True, 0)
    assert shown(city_desk, year=YEAR + 1)["borrowed"] == (False, 0)
    page = city_desk.get(SHOW, {"year": YEAR + 1}).text
    assert "不可选，改用“合租房”" in " ".join(page.split())
    assert (
        send(city_desk, reverse("codelist_give_back", args=["housing", "borrowed"]), reason="通知").status_code == 302
    )
    assert shown(city_desk, year=YEAR + 1)["borrowed"] == (True, 0)
    told = [" ".join(each.get_act_display().split()) for each in CodeChange.objects.order_by("number")]
    assert told == ["新增一项", "调整顺序", "停用", "恢复使用"]


@pytest.mark.parametrize(
    ("typed", "order", "told"),
    [
        ({"moved": "dormitory"}, "dormitory owned public rented borrowed", "“单位宿舍”排到最前"),
        # and before 借住, which is the fourth and stays so
        (
            {"moved": "owned", "after": "rented"},
            "public rented owned borrowed dormitory",
            "“自有住房”排到“租房”之后",
        ),
        (
            {"moved": "owned", "after": "dormitory"},
            "public rented borrowed dormitory owned",
            "“自有住房”排到“单位宿舍”之后",
        ),
    ],
)
def test_one_word_is_moved_and_the_history_tells_where(city_desk, typed, order, told):
    assert send(city_desk, ORDER, **typed).status_code == 302
    assert list(shown(city_desk)) == order.split()
    assert [each.told for each in city_desk.get(SHOW).context["changes"]] == [told]


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"moved": "owned", "after": "owned"}, {"after": ["请选另外一项。"]}),
        ({"moved": ""}, {"moved": ["必须填写"]}),
        ({"moved": "owned"}, {"__all__": ["顺序没有变化：这一项已经在那里。"]}),
    ],
)
def test_a_move_that_moves_nothing_is_refused_in_words(city_desk, typed, refused):
    assert errors(send(city_desk, ORDER, **typed)) == refused
    assert CodeChange.objects.count() == 0


def test_word_added_by_mistake_leaves_the_table_and_can_be_given_back(city_desk):
    send(city_desk, ADD, **WORD)
    send(city_desk, reverse("codelist_withdraw", args=["housing", "shared"]), year=YEAR - 1, reason="录错")
    assert "shared" not in shown(city_desk)
    again = reverse("codelist_give_back", args=["housing", "shared"])
    assert "从未使用、不再列出的： 合租房（shared）" in " ".join(city_desk.get(SHOW).text.split())
    send(city_desk, again, year=YEAR, reason="要用")
    assert shown(city_desk)["shared"] == (True, 0)


def test_files_of_two_lists_have_two_names(city_desk):
    names = set()
    for name in ("housing", "ethnicity"):
        answer = read(city_desk.get(reverse("codelist_words", args=[name]), {"format": "csv"}))
        names.add(answer.headers["Content-Disposition"])
    assert len(names) == 2


def test_a_year_in_which_nothing_can_hold_is_not_taken_for_this_one_silently(city_desk):
    assert "只能看 2000 至 2100 年" in city_desk.get(SHOW, {"year": "1999"}).text
    assert "只能看" not in city_desk.get(SHOW, {"year": "2000"}).text


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(city_desk):
    answer = send(city_desk, ADD, **WORD | {"code": "owned", "word": ""})
    assert set(errors(answer)) == {"word"}
    answer = send(city_desk, ADD, **WORD | {"code": "owned"})
    assert errors(answer) == {"code": ["代码“owned”已是“自有住房”（一直）。"]}
    assert answer.context["form"]["word"].value() == "合租房"
    assert CodeChange.objects.count() == 0


def test_who_saves_second_loses_nothing_of_what_was_typed(city_desk):
    stale = fresh(city_desk, ADD)
    send(city_desk, WITHDRAW, reason="通知")
    answer = city_desk.post(ADD, stale | WORD)
    assert "他人改过这张代码表" in errors(answer)["__all__"][0]
    assert answer.context["form"]["word"].value() == "合租房"
    assert CodeChange.objects.count() == 1


def test_records_are_counted_in_the_readers_own_scope(client_of, clerk, city_desk, district, foreign_district):
    builders.household(district, housing="borrowed")
    builders.household(foreign_district, name="赵", housing="borrowed")
    assert shown(city_desk)["borrowed"] == (True, 2)
    assert shown(client_of(clerk))["borrowed"] == (True, 1)


def test_sealed_words_are_not_counted_and_the_administrator_counts_nothing(city_desk, client_of, admin):
    assert "加密保存，不统计" in city_desk.get(reverse("codelist_show", args=["ethnicity"])).text
    page = client_of(admin).get(SHOW).text
    assert "记录数" not in page
    assert "停用" in page


def test_units_read_and_have_no_button(client_of, clerk):
    page = client_of(clerk).get(SHOW).text
    assert "自有住房" in page
    assert ADD not in page
    assert "codelist" in client_of(clerk).get(reverse("codelist_list")).resolver_match.url_name


def test_lists_and_words_are_exported_as_shown(city_desk):
    send(city_desk, ADD, **WORD)
    whole = city_desk.get(reverse("codelist_export"), {"format": "csv"})
    words = city_desk.get(reverse("codelist_words", args=["housing"]), {"format": "csv", "year": YEAR - 1})
    assert "民族" in _text(whole)
    assert f"合租房,shared,{YEAR} 年起,否" in _text(words)


def _text(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8-sig")


def test_pages_ask_as_much_however_many_words_there_are(city_desk, django_assert_max_num_queries):
    for name in ("housing", "ethnicity"):
        with django_assert_max_num_queries(12):
            city_desk.get(reverse("codelist_show", args=[name]))
