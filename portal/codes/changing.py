"""What the city does to a code list. Each is one row of `CodeChange` and one of the audit log; nothing is overwritten.

`seen` is the version of the list on the page where it was typed: if another change came meanwhile nothing is written.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.codes.declaration import CodeList
from portal.codes.judging import clean_code, clean_word, clean_year, known, vars_of
from portal.codes.kept import forget
from portal.codes.words import Codes, as_changed
from portal.enums import AuditAction, CodeAct
from portal.models import CodeChange
from portal.models.codes.change import JOINED_BY

Values: TypeAlias = dict[str, Any]  # of a CodeChange


def codes_now(code_list: CodeList) -> Codes:
    """The words of a list as the database has them, for who is about to change it."""
    changes = CodeChange.objects.filter(list_name=code_list.name).order_by("number")
    return as_changed(code_list.choices, changes)


def add_word(
    code_list: CodeList, *, code: str, word: str, year: int, reason: str, after: str = "", seen: int, by: By
) -> None:
    """Add a word that holds from `year` on, behind the one of code `after`, or as the last. Raises ValidationError."""

    def judged(codes: Codes) -> list[Values]:
        fresh = {"code": clean_code(code, code_list, codes), "word": clean_word(word, codes)}
        acts: list[Values] = [{"act": CodeAct.ADDED, "year": clean_year(year), "reason": reason, **fresh}]
        if after:
            order = list(codes.by_code)
            order.insert(order.index(known(after, codes).code) + 1, fresh["code"])
            acts.append({"act": CodeAct.ORDERED, "ordered_codes": JOINED_BY.join(order)})
        return acts

    _change(code_list, judged, seen=seen, by=by)


def withdraw_word(
    code_list: CodeList, code: str, *, last_year: int, reason: str, successor: str = "", seen: int, by: By
) -> None:
    """Let a word hold no longer than `last_year`, the year before its first if it never should. Raises
    ValidationError; what records hold stays as it is."""

    def judged(codes: Codes) -> list[Values]:
        word = known(code, codes)
        first = word.periods[-1][0]
        if word.ended is not None:
            raise ValidationError({"year": _("“%(word)s”已经停用（%(years)s）。") % vars_of(word)})
        if first is not None and last_year < first - 1:
            raise ValidationError({"year": _("不能早于开始使用的前一年：%(year)d 年。") % {"year": first - 1}})
        left = [each for each in codes.words if each.code != code and each.ended is None]
        if not left:
            raise ValidationError(_("这是最后一项，停用后就无可选择。"))
        if successor and known(successor, codes) not in left:
            raise ValidationError({"successor": _("改用的一项须是没有停用的另一项。")})
        year = clean_year(last_year)
        return [{"act": CodeAct.WITHDRAWN, "code": code, "year": year, "successor": successor, "reason": reason}]

    _change(code_list, judged, seen=seen, by=by)


def give_back_word(code_list: CodeList, code: str, *, first_year: int, reason: str, seen: int, by: By) -> None:
    """Let a word that was withdrawn hold again from `first_year` on. Raises ValidationError."""

    def judged(codes: Codes) -> list[Values]:
        word = known(code, codes)
        if word.ended is None:
            raise ValidationError(_("“%(word)s”没有停用。") % vars_of(word))
        if first_year <= word.ended:
            raise ValidationError({"year": _("须晚于停用的那一年：%(year)d 年。") % {"year": word.ended}})
        return [{"act": CodeAct.GIVEN_BACK, "code": code, "year": clean_year(first_year), "reason": reason}]

    _change(code_list, judged, seen=seen, by=by)


def put_in_order(code_list: CodeList, order: Iterable[str], *, seen: int, by: By) -> None:
    """Offer the words in this order of their codes, which are all there are. Raises ValidationError."""
    order = list(order)

    def judged(codes: Codes) -> list[Values]:
        if sorted(order) != sorted(codes.by_code):
            raise ValidationError(_("顺序须包括全部各项，请刷新页面后重排。"))
        if order == list(codes.by_code):
            raise ValidationError(_("顺序没有变化：这一项已经在那里。"))
        return [{"act": CodeAct.ORDERED, "ordered_codes": JOINED_BY.join(order)}]

    _change(code_list, judged, seen=seen, by=by)


def _change(code_list: CodeList, judged: Callable[[Codes], list[Values]], *, seen: int, by: By) -> None:
    """Write what `judged` finds of the words as they are, each with its row in the audit log."""
    try:
        with transaction.atomic():
            codes = codes_now(code_list)
            if codes.version != seen:
                raise ValidationError(_overtaken(code_list, seen))
            for number, values in enumerate(judged(codes), start=codes.version + 1):
                _write(
                    code_list,
                    CodeChange(list_name=code_list.name, number=number, made_by=by.actor, **values),
                    codes,
                    by,
                )
    except IntegrityError:  # somebody wrote in the same moment
        raise ValidationError(_overtaken(code_list, seen)) from None
    forget()
    transaction.on_commit(forget)


def _write(code_list: CodeList, change: CodeChange, codes: Codes, by: By) -> None:
    change.full_clean(validate_unique=False, validate_constraints=False)
    change.save(force_insert=True)
    after = as_changed(code_list.choices, CodeChange.objects.filter(list_name=code_list.name).order_by("number"))
    audit.record(
        AuditAction.FORM_CHANGED,
        by=by,
        subject=_("代码表 %(title)s") % {"title": code_list.title},
        act=str(CodeAct(change.act).label),
        before=_told(codes, change.code),
        after=_told(after, change.code),
        reason=change.reason,
    )


def _told(codes: Codes, code: str) -> str:
    """A word with its code and years; of an order all words in it."""
    if not code:
        return "、".join(word.word for word in codes.words)
    word = codes.by_code.get(code)
    return _("%(word)s（%(code)s，%(years)s）") % vars_of(word) if word else ""


def _overtaken(code_list: CodeList, seen: int) -> str:
    """What others did since, so that who is second knows what to look at."""
    since = CodeChange.objects.filter(list_name=code_list.name, number__gt=seen).order_by("number")
    codes = codes_now(code_list)
    acts = "；".join(f"{each.get_act_display()}{codes.by_code[each.code].word if each.code else ''}" for each in since)
    return _("您打开之后，他人改过这张代码表（%(acts)s）。请核对后再保存。") % {"acts": acts}
