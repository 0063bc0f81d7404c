"""What the city says of a word of a code list: added, withdrawn, given back; and in which order all are offered."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.codes.declaration import CodeList
from portal.codes.used import longest_code
from portal.codes.words import Codes
from portal.forms.union_keeping import KeepingForm
from portal.models.codes.change import LONGEST_WORD

REASON = gettext_lazy("如市总通知的文号，或国家标准的修订。")


class CodeListForm(KeepingForm):
    """Sent back with the version of the list on the page. `about` is the code of the word, where there is one."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, code_list: CodeList, codes: Codes, about: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code_list, self.codes, self.about = code_list, codes, about
        self.initial = {"seen": codes.version, **self.initial}

    def words(self, blank: str) -> list[tuple[str, str]]:
        """The other words that hold, to choose from."""
        others = [each for each in self.codes.words if each.ended is None and each.code != self.about]
        return [("", blank), *((each.code, each.word) for each in others)]


class CodeAddForm(CodeListForm):
    word = forms.CharField(label=gettext_lazy("名称"), max_length=LONGEST_WORD)
    code = forms.CharField(label=gettext_lazy("代码"))
    year = forms.IntegerField(label=gettext_lazy("从哪一年起使用"))
    after = forms.ChoiceField(label=gettext_lazy("排在哪一项之后"), required=False)
    reason = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=REASON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", localdate().year)
        self.fields["after"].choices = self.words(_("排在最后"))  # type: ignore[attr-defined]
        longest = longest_code(self.code_list)
        told = _("保存在档案里的代码，字母和数字，最多 %(longest)d 位；保存后不能修改。")
        self.fields["code"].help_text = told % {"longest": longest}


class CodeWithdrawForm(CodeListForm):
    year = forms.IntegerField(
        label=gettext_lazy("用到哪一年为止"),
        help_text=gettext_lazy("这一年以后不再供选择；已登记的照旧显示。新增错了的，填开始使用的前一年。"),
    )
    successor = forms.ChoiceField(
        label=gettext_lazy("改用"),
        required=False,
        help_text=gettext_lazy("以后填了停用的一项时，提示改用哪一项；更名的，先新增，再停用旧的。"),
    )
    reason = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=REASON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", localdate().year)
        self.fields["successor"].choices = self.words(_("不指定"))  # type: ignore[attr-defined]


class CodeGiveBackForm(CodeListForm):
    year = forms.IntegerField(label=gettext_lazy("从哪一年起恢复使用"))
    reason = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=REASON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ended = self.codes.by_code[self.about].ended or 0
        self.initial.setdefault("year", max(localdate().year, ended + 1))


class CodeOrderForm(CodeListForm):
    """One word and its new place: two choices, however many words the list has."""

    moved = forms.ChoiceField(label=gettext_lazy("移动哪一项"))
    after = forms.ChoiceField(label=gettext_lazy("排在哪一项之后"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moved"].choices = self.words(_("请选择"))  # type: ignore[attr-defined]
        self.fields["after"].choices = self.words(_("排在最前"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("moved") and given["moved"] == given.get("after"):
            self.add_error("after", _("请选另外一项。"))
        return given

    @property
    def order(self) -> list[str]:
        """All codes, with the moved one behind the other, or first."""
        moved, after = self.cleaned_data["moved"], self.cleaned_data["after"]
        order = [code for code in self.codes.by_code if code != moved]
        order.insert(order.index(after) + 1 if after else 0, moved)
        return order
