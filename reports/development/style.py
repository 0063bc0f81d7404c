"""The look of the portal on one page: every component in every state, drawn by the templates that the pages include."""

import re
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from portal.access import Permission
from portal.documents.file_kinds import SCANS
from portal.forms.bounded import DayField
from portal.gate.field import UploadField
from portal.records.tone import Tone
from portal.web.base import PortalPage
from portal.web.commands import command_groups
from portal.web.layout import form_helper
from reports.charts.columns import line, stacked
from reports.charts.marks import Chart, Series
from reports.charts.ranked import ranked

STYLES = settings.BASE_DIR / "static" / "css"
SHEETS = ("records", "desk", "charts", "matrix", "case", "record", "review", "lists", "annex")
YEARS = ("2023", "2024", "2025", "2026（当前）")
STEPS = (("申请", 12, False), ("初审", 8, True), ("公示", 20, False), ("待审批", 5, True), ("待发放", 0, False))
TONES = {Tone.QUIET: "草稿", Tone.WAITING: "待审批", Tone.GOOD: "已通过", Tone.BAD: "被退回", Tone.DONE: "已办结"}
SAID = {
    "info": "已复核，不用再办。",
    "success": "已保存。",
    "warning": "还缺：身份证明、收入证明。",
    "danger": "没有保存：身份证号的校验码不对。",
}
TILES = (("东江区总工会", "accepted"), ("西江区总工会", "submitted"), ("市机电局工会", "returned"), ("南汇区", "none"))


@dataclass(frozen=True)
class StyleSaid:
    """A message, as pages say one."""

    tags: str
    words: str

    def __str__(self) -> str:
        return self.words


class StyleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", max_length=20)
    identity = forms.CharField(label="身份证号", help_text="十八位，末位可以是 X（GB 11643）。")
    kind = forms.ChoiceField(label="职工类别", choices=[("", "请选择"), ("1", "困难职工"), ("2", "困难农民工")])
    day = DayField(label="建档日期", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    number = forms.CharField(label="档案编号", required=False, disabled=True, help_text="保存时自动编。")
    paper = UploadField(label="证明材料", required=False, kinds=SCANS)
    sure = forms.BooleanField(label="已核对", required=False)
    comment = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        self.fields["number"].initial = "310101D00003"

    @property
    def groups(self) -> list[dict[str, Any]]:
        """As `records/_group.html` draws them."""
        first, second = list(self)[:4], list(self)[4:]
        return [
            {"title": "职工", "help": "与身份证一致。", "fields": [(field, None) for field in first]},
            {"title": "建档", "help": "", "fields": [(field, None) for field in second]},
        ]


def tokens(sheet: str) -> list[str]:
    """The names that a sheet of tokens declares, each once, without the dashes."""
    text = (STYLES / sheet).read_text(encoding="utf-8")
    return list(dict.fromkeys(re.findall(r"^\s*--((?:portal|type|space)-[\w-]+):", text, re.MULTILINE)))


def _form(prefix: str, *, is_wrong: bool = False) -> StyleForm:
    files = MultiValueDict({"paper": [SimpleUploadedFile("证明.png", b"")]}) if is_wrong else None
    return StyleForm({"name": "甲"} if is_wrong else None, files, auto_id=f"style-{prefix}-%s")


def _series(name: str, *numbers: int) -> Series:
    return Series(name, [Decimal(number) for number in numbers], [str(number) for number in numbers])


def _charts() -> list[Chart]:
    sources = [_series(f"来源 {number}", *(number * 3 + at for at in range(4))) for number in range(1, 6)]
    return [
        stacked("筹集资金来源，按年度（万元）", "年度", YEARS, sources),
        line("资助子女，按年度（人）", "年度", YEARS, _series("资助子女", 22, 31, 28, 29)),
        ranked("发放助学款，按单位（万元）", "单位", [name for name, _state in TILES], _series("发放", 12, 9, 4, 0)),
        line("一个年度（人）", "年度", YEARS[:1], _series("资助子女", 22)),
    ]


def _table() -> dict[str, Any]:
    headings = [
        {"label": "编号", "url": "#tables", "direction": "ascending"},
        {"label": "姓名", "url": "#tables"},
        {"label": "状态"},
        {"label": "金额(元)", "numeric": True},
    ]
    rows = [
        [
            {"text": f"310101-A{at:05}", "url": "#tables"},
            {"text": "王美玲", "voided": tone is Tone.DONE},
            {"text": words, "tone": tone},
            {"text": "3,000.00", "numeric": True},
        ]
        for at, (tone, words) in enumerate(TONES.items(), start=1)
    ]
    return {"headings": headings, "rows": rows}


class StyleShow(PortalPage):
    """Drawn up for whoever changes the look; every component of the pages is there, or a test misses it."""

    permission = Permission.VIEW_HOME
    template_name = "reports/development/style.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wrong = _form("wrong", is_wrong=True)
        facts = [
            {"label": "职工类别", "text": "困难农民工"},
            {"label": "家庭档案", "text": "310101D00003", "url": "#records"},
        ]
        return super().get_context_data(
            sheets=[f"css/{name}.css" for name in SHEETS],
            colours=[name for name in tokens("colours.css") if name != "portal-arrow"],
            scale=tokens("scale.css"),
            tones=TONES.items(),
            said=[StyleSaid(tags, words) for tags, words in SAID.items()],
            form=_form("usual"),
            wrong=wrong,
            moves=[(_form("move"), ""), (_form("kept"), "公示期还有 3 天。")],
            filter={"form": _form("filter")},
            cell=wrong["name"],
            way={"label": "申请到回访", "in_order": True, "steps": [_step(*each) for each in STEPS]},
            lines=[{"url": "#steps", "shown": 5, "label": "待审批的申请", "urgent": at == 0} for at in range(2)],
            urgent=[
                {"url": "#steps", "act": "审批 5 份申请", "first": {"url": "#steps", "words": "等得最久的：王浩然"}}
            ],
            city={"campaign": {"year": 2026}, "counts": [], "tiles": [_tile(*each) for each in TILES]},
            listing={
                "chips": [{"label": "状态", "value": "待审批", "url": "#tables"}],
                "is_valid": True,
                "cleared": "#",
            },
            counted=SimpleNamespace(total=1000, is_more=True),
            table=_table(),
            pages=dict.fromkeys(("first", "previous", "next", "last"), "#pages"),
            tabs=[{"url": "#tabs", "label": "概览", "current": "page"}, {"url": "#tabs", "label": "助学申请"}],
            state={"text": "待审批", "tone": Tone.WAITING},
            head=facts,
            section={"title": "职工", "facts": facts, "unfilled": ["联系电话"]},
            pairs=[("状态", "已完成"), ("发起人", "")],
            fold={"opened": {"label": "区县总工会"}, "whole_url": "#tables", "pages": {"summary": "第 1 至 20 个"}},
            charts=_charts(),
            heats=range(1, 6),
            groups=command_groups(self.request.user)[:3],
            **kwargs,
        )


def _step(label: str, count: int, is_next: bool) -> dict[str, Any]:  # noqa: FBT001  a row of STEPS
    return {"label": label, "count": count, "shown": count, "url": "#steps", "is_next": is_next}


def _tile(name: str, state: str) -> dict[str, Any]:
    return {"name": name, "state": state, "words": "已报送", "is_late": state == "none", "url": "#steps"}
