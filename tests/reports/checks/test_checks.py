"""Every check passes at its boundary and fails by the least amount beyond it, worked out by hand from annexes.md."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pytest

from reports.checks import check_report, checks_for, not_made
from reports.checks.context import Context, PerChild, Preparation
from reports.checks.registry import CheckError, CheckKind, Checks
from reports.figures import FIGURES

CHECKS = checks_for(FIGURES)
STAGES = ("basic", "secondary", "tertiary")
NOTHING_KNOWN = Context()
# What figures are added to where the same case is tried for each of them.
ONE_AIDED = {"aided": 1, "paid": Decimal("0.01")}


@dataclass(frozen=True)
class Given:
    """The figures that are not zero, in yuan where money, and what is known besides."""

    figures: dict
    context: Context = NOTHING_KNOWN

    def codes(self) -> set[str]:
        return {finding.check.code for finding in self.findings()}

    def findings(self):
        return check_report(values(**self.figures), CHECKS, context=self.context)

    def message(self, code: str) -> str:
        (found,) = (finding.message for finding in self.findings() if finding.check.code == code)
        return found


def values(**figures) -> dict:
    return {figure.slug: figure.measure.value(None) for figure in FIGURES} | figures


def yuan(text: str) -> Decimal:
    return Decimal(text)


def case(passes, *fails, context: Context = NOTHING_KNOWN):
    """Figures that pass at the boundary, and those that fail by the least."""
    return [Given(passes, context)], [Given(figures, context) for figures in fails]


def people_of(slug: str):
    """3 = 1 + 1 + 1, and one more or less."""
    parts = {f"{slug}_{stage}": 1 for stage in STAGES}
    return case({slug: 3, **parts}, {slug: 4, **parts}, {slug: 2, **parts})


def money_of(slug: str, *parts: str):
    """0.06 = 0.01 + 0.02 + 0.03 yuan, and a fen more or less."""
    shares = dict(zip(parts, (yuan("0.01"), yuan("0.02"), yuan("0.03")), strict=True))
    return case({slug: yuan("0.06"), **shares}, {slug: yuan("0.07"), **shares}, {slug: yuan("0.05"), **shares})


def most(lesser: str, greater: str):
    """As many, and one more; as much, and a fen more."""
    whole, least = (yuan("9.99"), yuan("0.01")) if FIGURES[lesser].unit.is_money else (9, 1)
    return case({lesser: whole, greater: whole}, {lesser: whole + least, greater: whole})


def both(persons: str, money: str):
    """One and a fen, or neither; not one without the other."""
    fen = yuan("0.01")
    passes, fails = case({persons: 1, money: fen}, {persons: 1}, {money: fen})
    return [*passes, Given({})], fails


def change_of(slug: str):
    """Half of last year's figure, and 5 of its unit, are the most that pass; both must be exceeded to fail."""

    def years(last, now) -> Given:
        return Given({slug: now}, Context(last_year={slug: last}))

    if FIGURES[slug].unit.is_money:  # 5 万元, or 50 000 元
        passes = [("200000", "300000"), ("200000", "100000"), ("1000", "51000"), ("0", "50000"), ("50000", "0")]
        fails = [("200000", "300000.01"), ("200000", "99999.99"), ("1000", "51000.01"), ("0", "50000.01")]
        return tuple([years(yuan(last), yuan(now)) for last, now in pairs] for pairs in (passes, fails))
    passes = [(12, 18), (12, 6), (2, 7), (0, 5), (5, 0)]
    fails = [(12, 19), (12, 5), (2, 8), (0, 6), (6, 0)]
    return tuple([years(last, now) for last, now in pairs] for pairs in (passes, fails))


def ready(**changes) -> Context:
    return Context(preparation=replace(Preparation("陈经办", "021-12345678", has_summary=True), **changes))


def found(**records) -> Context:
    return Context(records={"unvisited": 0, "paid_outside": 0} | records)


# Units that paid 1 000 and 500 yuan a child: the mean is 750, whatever the number of children.
MEAN = Context(per_child=PerChild(Fraction(750), 2))
CARRIED = Context(balance=yuan("100.00"))
OVERDRAWN = Context(balance=yuan("-100.00"))

CASES = {
    "total_raised": money_of("raised", "raised_government", "raised_social", "raised_union"),
    "total_paid": money_of("paid", *(f"paid_{stage}" for stage in STAGES)),
    "total_advanced": people_of("advanced"),
    "total_aided": people_of("aided"),
    "total_migrant_aided": people_of("migrant_aided"),
    "total_migrant_paid": money_of("migrant_paid", *(f"migrant_paid_{stage}" for stage in STAGES)),
    "total_graduates": case(
        {"graduates": 3, "graduates_fresh": 1, "graduates_past": 2},
        {"graduates": 4, "graduates_fresh": 1, "graduates_past": 2},
        {"graduates": 2, "graduates_fresh": 1, "graduates_past": 2},
    ),
    "within_intentions": case(
        {"graduates": 5, "graduates_self_placed": 2, "graduates_need_help": 3},
        {"graduates": 4, "graduates_self_placed": 2, "graduates_need_help": 3},
    ),
    "within_migrant_aided": most("migrant_aided", "aided"),
    "within_migrant_paid": most("migrant_paid", "paid"),
    **{f"within_migrant_aided_{stage}": most(f"migrant_aided_{stage}", f"aided_{stage}") for stage in STAGES},
    **{f"within_migrant_paid_{stage}": most(f"migrant_paid_{stage}", f"paid_{stage}") for stage in STAGES},
    "within_single_mother_aided": most("single_mother_aided", "aided"),
    "within_single_mother_paid": most("single_mother_paid", "paid"),
    "together_aided": both("aided", "paid"),
    **{f"together_aided_{stage}": both(f"aided_{stage}", f"paid_{stage}") for stage in STAGES},
    "together_migrant_aided": both("migrant_aided", "migrant_paid"),
    **{f"together_migrant_aided_{stage}": both(f"migrant_aided_{stage}", f"migrant_paid_{stage}") for stage in STAGES},
    "together_single_mother_aided": both("single_mother_aided", "single_mother_paid"),
    "together_microloans": both("microloans", "microloan_amount"),
    "together_job_grants": both("job_grants", "job_grant_amount"),
    "within_past_unemployed": most("past_unemployed", "graduates_past"),
    "contact": (
        [Given({}, ready())],
        [Given({}, ready(contact_name=" ")), Given({}, ready(contact_telephone=""))],
    ),
    "summary": ([Given({}, ready())], [Given({}, ready(has_summary=False))]),
    "within_fresh_unsigned_local": most("fresh_unsigned_local", "graduates_fresh"),
    "together_practice_employers": both("practice_employers", "practice_posts"),
    "within_certificates": most("certificates", "trainings"),
    "where_job_events": (
        [Given({"job_events": 1, "event_posts": 1}), Given({"event_posts": 1}), Given({})],
        [Given({"job_events": 1})],
    ),
    "paid_covered": (
        [
            Given({"paid": yuan("150.00"), "raised": yuan("50.00")}, CARRIED),
            Given({"paid": yuan("50.00"), "raised": yuan("150.00")}, OVERDRAWN),
        ],
        [
            Given({"paid": yuan("150.01"), "raised": yuan("50.00")}, CARRIED),
            Given({"paid": yuan("50.01"), "raised": yuan("150.00")}, OVERDRAWN),
        ],
    ),
    # 0.2 × 750 = 150 and 5 × 750 = 3 750 yuan a child, for two children.
    "paid_per_child": (
        [Given({"aided": 2, "paid": yuan(paid)}, MEAN) for paid in ("300.00", "7500.00")] + [Given({}, MEAN)],
        [Given({"aided": 2, "paid": yuan(paid)}, MEAN) for paid in ("299.99", "7500.01")],
    ),
    **{f"change_{figure.slug}": change_of(figure.slug) for figure in FIGURES},
    "unvisited": ([Given(ONE_AIDED, found())], [Given(ONE_AIDED, found(unvisited=1))]),
    "paid_outside": ([Given({}, found())], [Given({}, found(paid_outside=1))]),
}

# From annexes.md, Checks: all others are hard.
SOFT = {
    "within_fresh_unsigned_local",
    "together_practice_employers",
    "within_certificates",
    "where_job_events",
    "paid_covered",
    "paid_per_child",
    *(f"change_{figure.slug}" for figure in FIGURES),
    "unvisited",
    "paid_outside",
}


def test_every_check_has_both_cases():
    assert sorted(CASES) == sorted(check.code for check in CHECKS)
    assert [code for code, (passes, fails) in CASES.items() if not passes or not fails] == []


@pytest.mark.parametrize("code", CASES)
def test_check_holds_at_the_boundary(code):
    passes, _fails = CASES[code]
    assert CHECKS[code].can_be_made(passes[0].context)
    assert [given for given in passes if code in given.codes()] == []


@pytest.mark.parametrize("code", CASES)
def test_check_fails_by_the_least_amount(code):
    _passes, fails = CASES[code]
    assert [given for given in fails if code not in given.codes()] == []


def test_checks_are_hard_or_soft_as_the_notice_has_them():
    assert {check.code for check in CHECKS if not check.is_hard} == SOFT
    assert {check.kind for check in CHECKS} == set(CheckKind)


def test_a_report_of_nothing_has_no_findings():
    everything = Context(yuan("0"), PerChild(Fraction(750), 9), values(), {"unvisited": 0, "paid_outside": 0}, None)
    assert check_report(values(), CHECKS, context=everything) == []


def test_what_is_not_known_is_not_checked():
    given = values(paid=yuan("999999999"), aided=1)
    made = {finding.check.code for finding in check_report(given, CHECKS, context=NOTHING_KNOWN)}
    left_out = {check.code for check in not_made(CHECKS, NOTHING_KNOWN)}
    assert made.isdisjoint(left_out)
    assert left_out == {
        "contact",
        "summary",
        "paid_covered",
        "paid_per_child",
        *(f"change_{figure.slug}" for figure in FIGURES),
        "unvisited",
        "paid_outside",
    }
    assert not_made(CHECKS, Context(yuan("0"), MEAN.per_child, {}, {}, ready().preparation)) == []


def test_a_figure_that_last_year_did_not_have_is_not_compared():
    assert (
        Given({"aided": 1000, "paid": yuan("1")}, Context(last_year={"paid": yuan("1")})).codes()
        & {
            "change_aided",
            "change_paid",
        }
        == set()
    )


@pytest.mark.parametrize(("paid", "fails"), [("20.00", False), ("19.99", True), ("500.00", False), ("500.01", True)])
def test_a_mean_without_a_last_digit_is_compared_exactly(paid, fails):
    """Three children, a mean of 33.333…: 0.2 of it is 6.666…, three times that is 20."""
    given = Given({"aided": 3, "paid": yuan(paid)}, Context(per_child=PerChild(Fraction(100, 3), 3)))
    assert ("paid_per_child" in given.codes()) is fails


def test_the_mean_weighs_every_unit_that_aided_anyone_alike():
    units = [
        values(aided=3, paid=yuan("3000.00")),
        values(aided=1, paid=yuan("500.00")),
        values(),
    ]
    assert PerChild.of(units) == PerChild(Fraction(750), 2)
    assert PerChild.of([values()]) is None


@pytest.mark.parametrize(
    ("code", "given", "message"),
    [
        (
            "total_graduates",
            CASES["total_graduates"][1][0],
            "“困难职工家庭高校毕业生”4 人，不等于各分项之和 3 人（“应届毕业生”1 人，“往届毕业生”2 人），相差 1 人。",
        ),
        (
            "within_intentions",
            CASES["within_intentions"][1][0],
            "“已自谋职业”2 人、“需要就业帮扶”3 人之和 5 人，超过“困难职工家庭高校毕业生”4 人，多出 1 人。",
        ),
        (
            "within_single_mother_paid",
            Given({"single_mother_paid": yuan("520.48"), "paid": yuan("520.00")}),
            "“困难单亲女职工子女助学款”0.052048 万元，超过“发放助学款”0.052 万元，多出 0.000048 万元。",
        ),
        (
            "together_microloans",
            Given({"microloans": 2}),
            "“小额担保贷款”2 人次，而“小额担保贷款金额”0.00 元：应当都为 0 或都大于 0。",
        ),
        (
            "where_job_events",
            Given({"job_events": 1}),
            "“就业服务系列活动”1 场，而“活动提供的就业岗位”0 个：应当大于 0。",
        ),
        ("contact", Given({}, ready(contact_name="", contact_telephone="")), "没有填写填报人、联系电话。"),
        ("summary", Given({}, ready(has_summary=False)), "没有上传总结报告。"),
        (
            "paid_covered",
            Given({"paid": yuan("51.00"), "raised": yuan("150.00")}, OVERDRAWN),
            "“发放助学款”0.0051 万元，超过“筹集资金”0.015 万元与以前结余 -0.01 万元之和 0.005 万元，多出 0.0001 万元。",
        ),
        (
            "paid_per_child",
            Given({"aided": 2, "paid": yuan("299.99")}, MEAN),
            "“发放助学款”0.029999 万元，“资助子女”2 人，人均约 150.00 元，低于各单位平均数的 0.2 倍。",
        ),
        (
            "paid_per_child",
            Given({"aided": 2, "paid": yuan("8000")}, Context(per_child=PerChild(Fraction(750), 5))),
            "“发放助学款”0.80 万元，“资助子女”2 人，人均约 4000.00 元，高于各单位平均数的 5 倍（平均数约 750.00 元）。",
        ),
        (
            "change_microloan_amount",
            Given({"microloan_amount": yuan("0")}, Context(last_year={"microloan_amount": yuan("50000.01")})),
            "“小额担保贷款金额”0.00 元，上一年度为 50000.01 元，减少 50000.01 元，超过上一年度的 50% 和 50000 元。",
        ),
        (
            "change_paid",
            Given({"paid": yuan("300000.01")}, Context(last_year={"paid": yuan("200000")})),
            "“发放助学款”30.000001 万元，上一年度为 20.00 万元，增加 10.000001 万元，超过上一年度的 50% 和 5 万元。",
        ),
        (
            "unvisited",
            Given(ONE_AIDED, found(unvisited=1)),
            "“资助子女”1 人中，有 1 人在 7 月、8 月没有走访记录（本人和家庭的职工都没有）。",
        ),
        (
            "paid_outside",
            Given({}, found(paid_outside=2)),
            "有 2 笔已发放的助学款，发放日期在活动年度的起止日期以外，不计入任何统计表。",
        ),
    ],
)
def test_findings_say_it_with_the_numbers_as_printed(code, given, message):
    assert given.message(code) == message


def test_a_finding_names_its_figures_and_its_list():
    (finding,) = (
        finding for finding in Given(ONE_AIDED, found(unvisited=1)).findings() if finding.check.code == "unvisited"
    )
    assert (finding.slugs, finding.records) == (("aided",), "unvisited")
    (finding,) = Given({"job_events": 1}).findings()
    assert (finding.slugs, finding.records) == (("job_events", "event_posts"), "")


@pytest.mark.parametrize(
    "broken",
    [
        (CHECKS["summary"], CHECKS["summary"]),
        (replace(CHECKS["summary"], figures=("nonsense",)),),
        (replace(CHECKS["summary"], needs="nonsense"),),
    ],
)
def test_checks_that_contradict_themselves_are_refused(broken):
    with pytest.raises(CheckError):
        Checks(FIGURES, *broken)


def test_an_unknown_check_raises():
    assert "summary" in CHECKS
    assert len(CHECKS) == len(CASES)
    with pytest.raises(KeyError):
        CHECKS["nonsense"]
