"""Visits or calls to many in one form: what is the same for all, and a line for each."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import FollowUpKind
from aid.forms.received import ReceivedForm
from portal.form_keys import digest_of
from portal.models import User
from portal.records.editing import Editing
from portal.records.editing.fields import field_for
from portal.records.editing.saving import Reasons
from portal.web.layout import form_helper

SHARED = ("visited_on", "visitor", "by_telephone", "ways", "gift_money", "goods", "goods_value", "needs")
OF_CASES = ("followed", "received_in_full", "received_on")
OWN = "needs"  # what each of them said


class VisitManyForm(ReceivedForm):
    """Fields from the columns of the form of one visit; what stands on a line goes before what is said of all."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    follow_ups = forms.MultipleChoiceField(
        label=gettext_lazy("需要跟进的事项"),
        choices=FollowUpKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("勾选后，每人各列入一条待办。"),
    )
    followed = forms.BooleanField(
        label=gettext_lazy("同时把这些申请记为“已回访”"),
        required=False,
        help_text=gettext_lazy("只用于电话回访；助学款已发放的才能记，有一份不能记，全部都不保存。"),
    )

    def __init__(self, *args, editing: Editing, people: Sequence[Model], user: User, with_cases: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.helper = form_helper()
        self.helper.form_tag = False
        for attribute in SHARED:
            column = editing.sheet.column(attribute)
            self.fields[attribute] = field_for(column, user, required=column.required)
        self.fields["visited_on"].initial = localdate().isoformat()
        self.fields["visitor"].initial = user.name
        self.fields["by_telephone"].initial = "是" if with_cases else "否"
        self.fields["needs"].help_text = _("各人不同的填在下面各行。")
        if not with_cases:
            del self.fields["followed"]
            self.without_received()
        for person in people:
            field = field_for(editing.sheet.column(OWN), user, required=False)
            field.label, field.help_text = f"{person} {field.label}", ""
            field.widget = forms.TextInput(attrs={"class": "form-control"})
            self.fields[self._own(person)] = field

    @staticmethod
    def _own(person: Model) -> str:
        return f"{OWN}-{person.pk}"

    @property
    def shared(self) -> list[forms.BoundField]:
        return [self[name] for name in (*SHARED, "follow_ups", *OF_CASES) if name in self.fields]

    @property
    def lines(self) -> Iterator[tuple[Model, forms.BoundField]]:
        for person in self.people:
            yield person, self[self._own(person)]

    def clean(self):
        """A visit at the door of which nothing is told is none; only a call follows up a case."""
        data = super().clean()
        if self.errors:
            return data
        told = any(data[name] for name in ("by_telephone", "ways", "gift_money", "goods", "follow_ups"))
        if not told:
            bare = [person for person in self.people if not (data["needs"] or data[self._own(person)])]
            if bare:
                raise forms.ValidationError(_("请至少填写慰问方式或需求与反馈。"))
        if data.get("followed") and not data["by_telephone"]:
            self.add_error("followed", _("上门走访不记为回访，请改选电话回访，或去掉这个勾。"))
        if data.get("received_in_full") and not data.get("followed"):
            self.add_error("received_in_full", _("记为“已回访”的申请才记是否收到，请勾选，或改为“没有问到”。"))
        return data

    def told(self) -> dict[str, Any]:
        """What is saved, by the names under which `record_visits` takes it."""
        same = {name: self.cleaned_data[name] for name in SHARED}
        rows = []
        for person in self.people:
            own = self.cleaned_data[self._own(person)]
            rows.append((person.pk, same | ({OWN: own} if own else {})))
        said = {name: str(self.cleaned_data.get(name)) for name in OF_CASES}
        asked = [FollowUpKind(kind) for kind in self.cleaned_data["follow_ups"]]
        digest = digest_of({str(pk): values for pk, values in rows} | said | {"follow_ups": sorted(asked)})
        return {"rows": rows, "ask": asked, "key": self.cleaned_data["key"], "digest": digest}

    def refuse(self, by_person: dict[int, Reasons]) -> None:
        """Show each reason on the line it is about; what is shared says it once."""
        said = set()
        for person in self.people:
            for attribute, reasons in by_person.get(person.pk, {}).items():
                own = attribute == OWN and self.cleaned_data.get(self._own(person))
                name = self._own(person) if own else attribute if attribute in self.fields else None
                for reason in reasons:
                    if (name, reason) not in said:
                        said.add((name, reason))
                        self.add_error(name, reason)
