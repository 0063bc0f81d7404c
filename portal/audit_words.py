"""What each detail of an audit row is called: its name in the row, and the words that the auditor reads.

Values are words already when they are written. The apps above declare theirs; `settings.AUDIT_WORDS` names where.
"""

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# In the order in which they are told.
WORDS = {
    "act": _("办理"),
    "channel": _("提醒方式"),
    "again": _("此前另有次数"),
    "alone": _("复核"),
    "answer": _("答复"),
    "before": _("原为"),
    "after": _("改为"),
    "count": _("条数"),
    "created": _("新增"),
    "day": _("日期"),
    "days": _("天数"),
    "digest": _("内容校验值"),
    "emails": _("电子邮件"),
    "errors": _("错误数"),
    "fields": _("字段"),
    "file": _("文件"),
    "filters": _("筛选条件"),
    "is_workday": _("上班"),
    "limit": _("每小时上限"),
    "limited": _("事项"),
    "locked": _("已锁定"),
    "moved": _("变更上级"),
    "page": _("页面地址"),
    "reason": _("原因"),
    "refused": _("拒绝的是"),
    "removed": _("删除"),
    "role": _("岗位"),
    "source": _("依据"),
    "step": _("验证方式"),
    "token": _("令牌"),
    "unchanged": _("无变化"),
    "units": _("单位数"),
    "updated": _("更新"),
    "version": _("版本"),
    "year": _("年度"),
}


@cache
def all_words() -> dict[str, str | Promise]:
    """Every detail that a row may have. Raises ImproperlyConfigured if two apps call one by different words."""
    known: dict[str, str | Promise] = {}
    for path in settings.AUDIT_WORDS:
        for name, words in import_string(path).items():
            if known.setdefault(name, words) != words:
                message = f"audit detail {name} is called by different words"
                raise ImproperlyConfigured(message)
    return known


def check_known(detail: dict) -> None:
    """Raises ImproperlyConfigured for a detail without words: the auditor would read an identifier."""
    if unknown := sorted(detail.keys() - all_words().keys()):
        message = f"audit details without words: {', '.join(unknown)}"
        raise ImproperlyConfigured(message)


def in_words(detail: dict) -> list[tuple[str, str]]:
    """The details of a row as its reader is told them, in the order of their words; what is empty is left out.

    PostgreSQL keeps JSON in an order of its own. A row of an earlier version may have a detail without words.
    """
    known = [name for name in all_words() if name in detail]
    others = [name for name in detail if name not in all_words()]
    told = ((str(all_words().get(name, name)), _value_in_words(detail[name])) for name in (*known, *others))
    return [(name, text) for name, text in told if text]


def _value_in_words(value: object) -> str:
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, dict):
        return "；".join(f"{name} {_value_in_words(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
