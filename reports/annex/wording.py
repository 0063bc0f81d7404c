"""The wording of the annexes: texts with `{slug}` blanks, fixed by the notice (沪工总保〔2014〕156号, 附件 1 and 2).

A form is plain text, so that another year's or another city's wording can be kept as data and read by the same parser:
the first line is the title, `____` is a space filled in by hand, an indented line belongs to the one above it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.figures import ANNEX1, ANNEX2
from reports.figures.registry import Figure

ANNEX1_WORDING = """\
{year} 年上海工会金秋助学情况统计表
填报单位：____ 填报人：____ 联系电话：____
1. {year} 年助学活动共筹集资金{raised}（万元）；
   其中：各级党委政府资助{raised_government}（万元），
   社会捐助{raised_social}（万元），
   各级工会投入{raised_union}（万元）。
2. {year} 年助学活动共发放助学款{paid}（万元）；
   其中：小学和初中阶段{paid_basic}（万元），
   高中和中等职业教育阶段{paid_secondary}（万元），
   大专以上{paid_tertiary}（万元）。
3. {year} 年在档的困难职工和困难农民工家庭子女升学的共{advanced}（人）；
   其中：小学和初中阶段{advanced_basic}（人），
   高中和中等职业教育阶段{advanced_secondary}（人），
   大专以上{advanced_tertiary}（人）。
4. {year} 年助学活动中共资助困难职工和困难农民工子女{aided}（人）；
   其中：小学和初中阶段{aided_basic}（人），
   高中和中等职业教育阶段{aided_secondary}（人），
   大专以上{aided_tertiary}（人）。
5. {year} 年助学活动中共资助困难农民工子女{migrant_aided}（人），共发放助学款{migrant_paid}（万元）；
   其中：小学和初中阶段{migrant_aided_basic}（人），发放助学款{migrant_paid_basic}（万元）；
   高中和中等职业教育阶段{migrant_aided_secondary}（人），发放助学款{migrant_paid_secondary}（万元）；
   大专以上{migrant_aided_tertiary}（人），发放助学款{migrant_paid_tertiary}（万元）。
6. {year} 年助学活动中共资助困难单亲女职工子女{single_mother_aided}（人），共发放助学款{single_mother_paid}（万元）。
7. 与{practice_employers}（家）单位联系，为在读困难职工子女提供勤工俭学社会实践岗位{practice_posts}（个）。
"""

ANNEX2_WORDING = """\
{year} 年上海工会阳光就业行动情况统计表
填报单位：____ 填报人：____ 联系电话：____
1. 区县局（产业）共有困难职工家庭高校毕业生{graduates}（人）；
   其中：（1）应届毕业生{graduates_fresh}（人）；
   往届毕业生{graduates_past}（人）；
   （2）已自谋职业{graduates_self_placed}（人）；
   需要就业帮扶{graduates_need_help}（人）。
2. 共为困难职工家庭高校毕业生提供实习见习机会{internships}（人次）。
3. 向困难职工家庭高校毕业生提供就业技能培训{trainings}（人次）；帮助通过职业技能鉴定获得相应职业资格证书{certificates}（人次）。
4. （1）共举办就业招聘会等就业服务系列活动{job_events}（场）；
   （2）提供适合高校毕业生的就业岗位{event_posts}（个）。
5. 通过国有大中型企业、劳模企业、社会爱心企业及政府公益性岗位等为困难职工家庭高校毕业生提供就业岗位{employer_posts}（个）。
6. （1）共为困难职工家庭高校毕业生提供创业指导{startup_guidance}（人次）；
   （2）提供创业培训{startup_trainings}（人次）；
   （3）提供小额担保贷款{microloans}（人次）；提供小额担保贷款{microloan_amount}（元）。
7. 共帮助落实对困难职工家庭高校毕业生的就业扶持政策{policies}（人次）。
8. 共实际帮助困难职工家庭高校毕业生实现就业{placements}（人次）。
9. （1）共资助困难职工家庭高校毕业生求职{job_grants}（人次）；
   （2）发放求职补贴{job_grant_amount}（万元）。
10. 在本地就读的尚未签约就业的应届困难职工家庭高校毕业生（含本地和外地生源学生）{fresh_unsigned_local}（人）。
11. 往届未就业的困难职工家庭高校毕业生{past_unemployed}（人）。
"""  # noqa: E501  lines are as long as the notice's sentences

YEAR = "year"
CHINESE = "一二三四五六七八九十百"
SENTENCE_NUMBER = re.compile(rf"(?P<number>\d+|[{CHINESE}]+)\s*[.．、]")
PART_NUMBER = re.compile(rf"（(?P<number>[{CHINESE}]+)）")  # GB/T 9704, 7.3.3: 一、 is divided into （一）
TOKENS = re.compile(r"\{(?P<slug>\w+)\}|(?P<space>_{2,})")


@dataclass(frozen=True)
class Text:
    """Words printed as they stand."""

    text: str


@dataclass(frozen=True)
class Blank:
    """The place of a figure."""

    slug: str


@dataclass(frozen=True)
class Space:
    """A place filled in by hand (填报单位, 填报人, 联系电话), named by the words before it."""

    label: str


Token = Text | Blank | Space


@dataclass(frozen=True)
class Line:
    """One printed line; an indented one continues the sentence above it."""

    tokens: tuple[Token, ...]
    indented: bool = False


@dataclass(frozen=True)
class Form:
    """A form in one year's wording. `wording` is kept as it was given: a frozen report prints from it again."""

    number: int
    wording: str
    title: str
    lines: tuple[Line, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(_blanks(self.lines))


class WordingError(ValueError):
    """The text of a form does not fit its figures."""


def parse(number: int, wording: str, year: int) -> Form:
    """The form that `wording` describes, for the campaign of `year`."""
    title, *lines = wording.replace(f"{{{YEAR}}}", str(year)).strip("\n").split("\n")
    return Form(number, wording, title.strip(), tuple(_line(line) for line in lines if line.strip()))


def problems(form: Form, figures: Iterable[Figure], known: Iterable[Figure] = ()) -> list[str]:
    """What is wrong with the blanks of `form`, in sentences: every one of `figures` stands in it exactly once.

    `known` are further figures that may, but need not, stand in it.
    """
    figures = tuple(figures)
    names = {figure.slug for figure in (*figures, *known)}
    times = Counter(form.slugs)
    faults = [_("空格 {%s} 没有对应的数字") % slug for slug in times if slug not in names]
    faults += [_("空格 {%s} 出现了不止一次") % slug for slug, count in times.items() if count > 1]
    return faults + [_("缺少空格 {%s}") % figure.slug for figure in figures if figure.slug not in times]


def blanks_by_line(form: Form) -> Iterator[tuple[str, str]]:
    """The slug of each blank and the number of the sentence it stands in, in the order of the form."""
    whole = number = ""
    for line in form.lines:
        words = line.tokens[0].text if isinstance(line.tokens[0], Text) else ""
        if not line.indented and (begins := SENTENCE_NUMBER.match(words)):
            whole = number = begins["number"]
        elif part := PART_NUMBER.match(words):
            number = f"{whole}（{part['number']}）"
        yield from ((token.slug, number) for token in line.tokens if isinstance(token, Blank))


def _line(text: str) -> Line:
    body = text.strip()
    return Line(tuple(_tokens(body)), indented=text != text.lstrip())


def _tokens(text: str) -> Iterator[Token]:
    end, label = 0, ""
    for match in TOKENS.finditer(text):
        if words := text[end : match.start()]:
            yield Text(words)
            label = words.strip().rstrip("：:")
        yield Blank(match["slug"]) if match["slug"] else Space(label)
        end = match.end()
    if words := text[end:]:
        yield Text(words)


def _blanks(lines: Iterable[Line]) -> Iterator[str]:
    return (token.slug for line in lines for token in line.tokens if isinstance(token, Blank))


def _checked() -> dict[int, str]:
    """The two wordings, after a look at their blanks: a slip stops the portal from starting, not a report."""
    wordings = {1: ANNEX1_WORDING, 2: ANNEX2_WORDING}
    for number, figures in ((1, ANNEX1), (2, ANNEX2)):
        if faults := problems(parse(number, wordings[number], year=0), figures):
            raise WordingError("; ".join(faults))
    return wordings


WORDINGS = _checked()
