"""Figures of the department's own: composed, added up, typed in; numbers, lists and near misses worked out by hand."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aid.enums import HardshipCategory, Stage
from portal.audit import By
from portal.models import Campaign
from reports.annex.campaign_figures import declared_for, figures_of
from reports.annex.wording import WORDINGS
from reports.campaign.form_editing import add_figure, change_figure, figure_faults, save_wording
from reports.checks import checks_for
from reports.counting.derive import derive, derive_units
from reports.counting.lineage import lineage
from reports.counting.near_misses import near_misses, reasons
from reports.figures.choosing import Choice
from reports.figures.own import OwnFigure
from reports.figures.registry import Window
from tests.reports import builders as make

DEEP = Choice("case.child.household.hardship_category", codes=("deep", "relative"))
SINCE_MAY = Choice("paid_on", least="2014-05-01")


def with_figures(campaign, reviewer, *figures: OwnFigure) -> Campaign:
    """The campaign with `figures` in lines of their own at the end of annex 1."""
    for figure in figures:
        campaign = add_figure(campaign, own=figure, by=By(reviewer))
    lines = (f"{8 + n}. {f.label}{{{f.slug}}}。\n" for n, f in enumerate(figures))
    wording = WORDINGS[1] + "".join(lines)
    return save_wording(campaign, number=1, wording=wording, version=campaign.version, by=By(reviewer))


def composed(slug, unit, fact, measure, *choices, **fields) -> OwnFigure:
    return OwnFigure(slug, f"自设{slug}", unit, "composed", fact=fact, measure=measure, choices=choices, **fields)


@pytest.fixture
def payments(district, grassroots, foreign_district, campaign):
    """Two children of poor families with three payments since May, and what almost counts beside them."""
    poor = make.child(district, household=make.household(district, hardship_category=HardshipCategory.DEEP))
    case = make.case(district, child=poor)
    relative = make.household(grassroots, hardship_category=HardshipCategory.RELATIVE)
    other = make.case(grassroots, child=make.child(grassroots, household=relative), stage=Stage.PRIMARY)
    return {
        "may": make.payment(district, case=case, amount=Decimal("300.10"), paid_on=date(2014, 5, 1)),
        "june": make.payment(district, case=case, amount=Decimal("200.20"), paid_on=date(2014, 6, 1)),
        "below": make.payment(grassroots, case=other, amount=Decimal("99.70"), paid_on=date(2014, 7, 1)),
        "april": make.payment(district, case=case, amount=Decimal("50.00"), paid_on=date(2014, 4, 30)),
        "other_family": make.payment(district, amount=Decimal("70.00")),
        "failed": make.payment(district, case=case, amount=Decimal("80.00"), status="failed"),
        "foreign": make.payment(foreign_district, amount=Decimal("1000.00")),
    }


FIGURES = (
    composed("deep_paid", "yuan", "disbursements", "sum", DEEP, SINCE_MAY, field="amount"),
    composed("deep_times", "person_times", "disbursements", "number", DEEP, SINCE_MAY),
    composed("deep_children", "persons", "disbursements", "persons", DEEP, SINCE_MAY),
)


def test_composed_figures_count_what_they_choose(campaign, reviewer, district, foreign_district, payments):
    campaign = with_figures(campaign, reviewer, *FIGURES)
    values = derive(campaign, district, make.AS_OF)
    assert [values[f.slug] for f in FIGURES] == [Decimal("600.00"), 3, 2]
    city = derive_units(campaign, make.AS_OF)
    assert [city.units[foreign_district][f.slug] for f in FIGURES] == [0, 0, 0]
    assert [city.total[f.slug] for f in FIGURES] == [Decimal("600.00"), 3, 2]
    assert figures_of(campaign)["deep_paid"].line == "8"


def test_list_and_near_misses_say_why(campaign, reviewer, district, payments):
    campaign = with_figures(campaign, reviewer, FIGURES[0])
    figure = figures_of(campaign)["deep_paid"]
    counted = lineage(figure, campaign, district, make.AS_OF)
    assert list(counted) == [payments["below"], payments["june"], payments["may"]]
    window = Window.of(campaign, make.AS_OF)
    why = {record.pk: reasons(record, figure, window) for record in near_misses(figure, campaign, district, make.AS_OF)}
    assert why == {
        payments["april"].pk: ["不符合“发放日期为2014-05-01 至 …”"],
        payments["other_family"].pk: ["不符合“困难类别为深度困难、相对困难”"],
        payments["failed"].pk: ["发放失败"],
    }


def test_page_of_a_composed_figure(campaign, reviewer, clerk, client_of, district, payments):
    with_figures(campaign, reviewer, FIGURES[0])
    url = reverse("figure_records", args=[2014, district.code, "deep_paid"])
    counted = client_of(clerk).get(url, {"as_of": "2014-08-31"}).content.decode()
    assert "<strong>600.00</strong>（元）" in counted
    assert "共 3 条记录" in counted
    assert payments["may"].number in counted
    assert payments["april"].number not in counted
    missed = client_of(clerk).get(url, {"as_of": "2014-08-31", "misses": "1"}).content.decode()
    assert "共 3 条记录" in missed
    assert "不符合“发放日期为2014-05-01 至 …”" in missed
    assert payments["foreign"].number not in missed


def test_excluding_numbers_words_and_yes_or_no(campaign, reviewer, district):
    make.practice_post(district, employer="甲厂{一}", posts=4)
    make.practice_post(district, employer="乙厂", posts=10)
    make.practice_post(district, employer="丙公司", posts=11)
    make.payment(district, single_mother=True, amount=Decimal(30))
    make.payment(district, single_mother=False, amount=Decimal(50))
    not_one, alone = (
        Choice("employer", word="厂{一}", excluded=True),
        Choice("case.counted_single_mother", codes=("yes",)),
    )
    figures = (
        composed("works_posts", "posts", "practice_posts", "sum", Choice("employer", word="厂"), field="posts"),
        composed("big_works", "employers", "practice_posts", "number", Choice("posts", least="5", most="10")),
        composed("not_works", "employers", "practice_posts", "number", not_one),
        composed("alone", "yuan", "disbursements", "sum", alone, field="amount"),
    )
    campaign = with_figures(campaign, reviewer, *figures)
    values = derive(campaign, district, make.AS_OF)
    assert [values[f.slug] for f in figures] == [14, 1, 2, 30]
    (missed,) = near_misses(figures_of(campaign)["not_works"], campaign, district, make.AS_OF)
    assert reasons(missed, figures_of(campaign)["not_works"], Window.of(campaign, make.AS_OF)) == [
        "不符合“单位名称不是含“厂{一}””"
    ]


def test_parts_and_limits_become_checks(campaign, reviewer, district):
    parts = tuple(
        composed(f"aided_{stage}", "persons", "cases", "number", Choice("counted_stage", codes=(stage,)))
        for stage in ("primary", "junior")
    )
    whole = composed("aided_young", "persons", "cases", "persons", parts=("aided_primary", "aided_junior"))
    limited = OwnFigure("orphans", "孤儿", "persons", "typed", at_most="aided", is_hard=False)
    campaign = with_figures(campaign, reviewer, *parts, whole, limited)
    made = {check.code: check for check in checks_for(figures_of(campaign))}
    assert not made["within_orphans"].is_hard
    (total,) = [check for check in made.values() if check.figures[:1] == ("aided_young",) and len(check.figures) == 3]
    assert total.is_hard


AIDED = {"unit": "persons", "fact": "cases", "measure": "number"}
FAULTS = [
    ({"slug": "aided"}, "slug", "这个标识是系统已有的数字"),
    ({"slug": "Ab"}, "slug", "3 至 41 个小写字母"),
    ({"slug": "fee2014"}, "slug", "Excel 单元格"),
    ({"label": " "}, "label", "请填写名称"),
    ({"label": "资助子女"}, "label", "已有名称相同的数字，请换一个名称"),
    ({"fact": ""}, "fact", "没有选择统计哪一类记录"),
    ({"unit": "wan_yuan"}, "unit", "计算的不是金额，单位不能是“万元”"),
    ({"measure": "sum", "field": "standard"}, "unit", "单位应为“元”或“万元”，不能是“人”"),
    ({"measure": "sum", "field": "pk"}, "measure", "这一项不能合计"),
    ({"fact": "events", "measure": "persons"}, "measure", "不涉及人员"),
    ({"parts": ("paid_basic",)}, "parts", "的单位是“万元”，与“人”不同"),
    ({"parts": ("nothing",)}, "parts", "所选的一个组成部分没有对应的数字"),
    ({"at_most": "paid"}, "at_most", "不能比较大小"),
    ({"choices": (Choice("child.person.id_number", word="3"),)}, "choices", "不能按"),
    ({"choices": (Choice("status", codes=("secret",)),)}, "status", "选项不对"),
    ({"choices": (Choice("decided_on", least="2014-05-02", most="2014-05-01"),)}, "decided_on", "起点大于终点"),
    ({"fact": "events", "choices": (Choice("posts", least="1.5"),)}, "posts", "应为整数"),
]


@pytest.mark.parametrize(("fault", "field", "words"), FAULTS)
def test_what_does_not_fit_is_refused_by_field(campaign, reviewer, fault, field, words):
    own = OwnFigure(**{"slug": "few_aided", "label": "资助", "kind": "composed", **AIDED, **fault})
    with pytest.raises(ValidationError) as refused:
        add_figure(campaign, own=own, by=By(reviewer))
    assert words in "".join(refused.value.message_dict[field])
    assert Campaign.objects.get(pk=campaign.pk).forms == {}


def test_total_of_totals_is_refused(campaign, reviewer):
    first = OwnFigure("first_sum", "合计一", "wan_yuan", "total", parts=("raised_social", "raised_union"))
    campaign = add_figure(campaign, own=first, by=By(reviewer))
    second = OwnFigure("second_sum", "合计二", "wan_yuan", "total", parts=("first_sum", "raised_government"))
    with pytest.raises(ValidationError, match="本身由其他数字相加"):
        add_figure(campaign, own=second, by=By(reviewer))


def test_adding_twice_acts_once_and_another_figure_of_that_slug_is_refused(campaign, reviewer):
    own = OwnFigure("orphans", "孤儿", "persons", "typed")
    add_figure(campaign, own=own, by=By(reviewer))
    assert add_figure(campaign, own=own, by=By(reviewer)).version == 2
    with pytest.raises(ValidationError, match="已经用于另一个数字"):
        add_figure(campaign, own=OwnFigure("orphans", "孤儿人数", "persons", "typed"), by=By(reviewer))
    kind = OwnFigure("orphans", "孤儿", "persons", "total", parts=("aided", "advanced"))
    with pytest.raises(ValidationError, match="没有这个自设的指标"):
        change_figure(campaign, own=kind, version=2, by=By(reviewer))


@pytest.fixture
def composing(client_of, reviewer, campaign):
    client, url = client_of(reviewer), reverse("campaign_figure_compose", args=[2014, "disbursements"])
    typed = {"version": "1", "label": "深度困难助学款", "unit": "yuan", "is_hard": "1", "measure": "sum:amount"}
    chosen = {"case__child__household__hardship_category-codes": ["deep", "relative"], "paid_on-least": "2014-05-01"}
    return lambda **more: client.post(url, typed | chosen | more)


def test_trial_shows_number_and_records_and_saves_nothing(composing, payments):
    Campaign.objects.update(ends_on="2014-08-31")
    page = composing(**{"try": "1"}).content.decode()
    assert re.search(r"<strong>600\.00</strong>（元）", page)
    assert "计入 3 条记录，另有 4 条没有计入。还没有保存。" in page
    assert payments["below"].number in page
    assert payments["april"].number not in page
    assert Campaign.objects.get().forms == {}


def test_composed_figure_is_saved_as_filled_in_and_edited(composing, client_of, reviewer):
    answer = composing(save="1")
    assert answer["Location"] == reverse("campaign_figures", args=[2014])
    (kept,) = Campaign.objects.get().forms["figures"]
    assert (kept["slug"], kept["fact"], kept["measure"], kept["field"]) == ("sdknzxk", "disbursements", "sum", "amount")
    assert [(c["path"], c["codes"], c["least"]) for c in kept["choices"]] == [
        ("paid_on", [], "2014-05-01"),
        ("case.child.household.hardship_category", ["deep", "relative"], ""),
    ]
    client, url = client_of(reviewer), reverse("campaign_figure_edit", args=[2014, "sdknzxk"])
    form = client.get(url).context["form"]
    assert form["case__child__household__hardship_category-codes"].value() == ["deep", "relative"] or form[
        "case__child__household__hardship_category-codes"
    ].value() == ("deep", "relative")
    assert form["measure"].value() == "sum:amount"
    typed = {"version": "2", "label": "助学款", "unit": "wan_yuan", "is_hard": "1", "measure": "sum:amount"}
    assert client.post(url, typed | {"save": "1"}).status_code == 302
    (kept,) = Campaign.objects.get().forms["figures"]
    assert (kept["slug"], kept["label"], kept["unit"], kept["choices"]) == ("sdknzxk", "助学款", "wan_yuan", [])


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(composing):
    page = composing(save="1", unit="persons", **{"paid_on-most": "2014-01-01"})
    form = page.context["form"]
    assert form.errors["unit"] == ["计算的是金额，单位应为“元”或“万元”，不能是“人”。"]
    assert form.errors["paid_on-least"] == ["“发放日期”的起点大于终点。"]
    assert form["label"].value() == "深度困难助学款"
    assert Campaign.objects.get().forms == {}


def test_pages_of_figures_that_do_not_exist_are_not_found(client_of, reviewer, campaign):
    client = client_of(reviewer)
    for name, args in (
        ("campaign_figure_edit", [2014, "aided"]),
        ("campaign_figure_add", [2014, "secret"]),
        ("campaign_figure_add", [2014, "composed"]),
        ("campaign_figure_compose", [2014, "persons"]),
        ("campaign_form", [2014, 3]),
        ("campaign_form", [2013, 1]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_share_that_is_checked_anyway_takes_no_second_limit(campaign, reviewer):
    own = OwnFigure("migrant_paid", "x", "wan_yuan", "typed")
    assert "这个标识是系统已有的数字" in str(figure_faults(declared_for(campaign), own)["slug"])
    own = OwnFigure("single_mother_paid_basic", "单亲", "wan_yuan", "typed", at_most="paid")
    words = "已自动与“发放助学款：小学和初中阶段”核对"
    assert words in str(figure_faults(declared_for(campaign), own)["at_most"])


def test_copy_of_a_figure_begins_as_it_is_without_slug_and_name(composing, client_of, reviewer):
    composing(save="1")
    client = client_of(reviewer)
    address = reverse("campaign_figure_compose", args=[2014, "disbursements"]) + "?copy=sdknzxk"
    assert f'href="{address}"' in client.get(reverse("campaign_figures", args=[2014])).content.decode()
    initial = client.get(address).context["form"].initial
    assert (initial["slug"], initial["label"], initial["unit"], initial["measure"]) == ("", "", "yuan", "sum:amount")
    assert initial["case__child__household__hardship_category-codes"] == ("deep", "relative")
    assert initial["paid_on-least"] == "2014-05-01"
    other_kind = reverse("campaign_figure_add", args=[2014, "typed"]) + "?copy=sdknzxk"
    assert "unit" not in client.get(other_kind).context["form"].initial


def status_of(fact: str, *codes: str, excluded: bool = False) -> OwnFigure:
    choices = (Choice("status", codes, excluded=excluded),)
    return OwnFigure("asked_so", "按状态", "persons", "composed", fact=fact, choices=choices)


def test_conditions_that_contradict_the_facts_own_are_refused(campaign, reviewer):
    """Payments count when paid, cases when approved, followed up or closed: any other state is in no figure, ever."""
    for own in (
        status_of("disbursements", "pending"),
        status_of("disbursements", "paid", excluded=True),
        status_of("cases", "draft", "rejected"),
    ):
        with pytest.raises(ValidationError) as refused:
            add_figure(campaign, own=own, by=By(reviewer))
        assert "按所选的条件一条也没有" in "".join(refused.value.message_dict["status"])
    assert Campaign.objects.get(pk=campaign.pk).forms == {}
    add_figure(campaign, own=status_of("disbursements", "paid", "pending"), by=By(reviewer))
