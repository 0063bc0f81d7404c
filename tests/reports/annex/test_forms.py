"""The wording of the annexes, and texts that do not fit their figures."""

import pytest

from portal.models import Campaign
from reports.annex.campaign_figures import form_of
from reports.annex.wording import WORDINGS, Blank, Space, Text, blanks_by_line, parse, problems
from reports.figures import ANNEX1, ANNEX2


@pytest.mark.parametrize(("number", "figures"), [(1, ANNEX1), (2, ANNEX2)])
def test_form_has_every_figure_once_in_order(number, figures):
    assert form_of(Campaign(year=2014), number).slugs == tuple(figure.slug for figure in figures)


def test_form_prints_the_year_of_the_campaign():
    assert form_of(Campaign(year=2016), 1).title == "2016 年上海工会金秋助学情况统计表"
    assert form_of(Campaign(year=2016), 1).lines[1].tokens[0] == Text("1. 2016 年助学活动共筹集资金")


@pytest.mark.parametrize(("number", "wording"), WORDINGS.items())
def test_form_loses_no_word_of_the_text(number, wording):
    printed = form_of(Campaign(year=2014), number)
    lines = [printed.title] + [
        ("   " if line.indented else "") + "".join(_source(token) for token in line.tokens) for line in printed.lines
    ]
    assert lines == wording.replace("{year}", "2014").splitlines()


def _source(token) -> str:
    if isinstance(token, Blank):
        return f"{{{token.slug}}}"
    return "____" if isinstance(token, Space) else token.text


def test_form_names_the_spaces_filled_in_by_hand():
    spaces = [token.label for token in form_of(Campaign(year=2014), 2).lines[0].tokens if isinstance(token, Space)]
    assert spaces == ["填报单位", "填报人", "联系电话"]


def test_form_indents_what_belongs_to_the_line_above():
    assert [line.indented for line in form_of(Campaign(year=2014), 1).lines[1:6]] == [False, True, True, True, False]


def test_form_unknown_raises():
    with pytest.raises(KeyError):
        form_of(Campaign(year=2014), 3)


def test_problems_name_every_fault_of_a_text():
    text = "题目\n一{raised}二{raised}三{nonsense}"
    found = problems(parse(1, text, 2014), ANNEX1[:2])
    assert found == [
        "空格 {nonsense} 没有对应的数字",
        "空格 {raised} 出现了不止一次",
        "缺少空格 {raised_government}",
    ]


def test_problems_accept_a_figure_that_is_known_but_not_asked_for():
    assert problems(parse(1, "题目\n{raised}{paid}", 2014), ANNEX1[:1], known=ANNEX1) == []


def test_chinese_numerals_number_lines_as_digits_do():
    wording = (
        "题目\n一、筹集{raised}（万元）；\n   （一）政府{raised_government}，\n   （二）社会{raised_social}。\n"
        "二、发放{paid}，\n（一）小学{paid_basic}。\n十一、资助{aided}。\n12. 共{advanced}。\n（一）前{aided_basic}\n"
    )
    assert list(blanks_by_line(parse(1, wording, 2014))) == [
        ("raised", "一"),
        ("raised_government", "一（一）"),
        ("raised_social", "一（二）"),
        ("paid", "二"),
        ("paid_basic", "二（一）"),
        ("aided", "十一"),
        ("advanced", "12"),
        ("aided_basic", "12（一）"),
    ]
