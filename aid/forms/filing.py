"""One page for a family: the forms of its records side by side, judged together and handed on as one."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.casework.usual_policies import by_stage_in_words
from aid.editing import CASE_FORM, CHILD_FORM, ENTRY_FORM, INCOME_FORM, MEMBER_FORM
from aid.enums import AidMode, DocumentKind, PolicyFilling
from aid.filing.known import filled_in, standards_of
from aid.filing.services import Family
from aid.forms.filing_parts import (
    CASE_CELLS,
    CHILD_ACCOUNT_CELLS,
    CHILD_CELLS,
    ENTRY_CELLS,
    HOUSEHOLD_SECTIONS,
    INCOME_CELLS,
    MEMBER_CELLS,
    PAIRING_CELLS,
    PartForm,
    is_needed,
)
from aid.households.papers import missing
from portal.models import User
from portal.record_rules import Doubt
from portal.records.editing import Editing, FormPart
from portal.records.editing.doubts import token_of
from portal.records.editing.fields import InitialsSelect
from portal.records.editing.form import CONFIRMED
from portal.records.editing.saving import Reasons

MOST_CHILDREN, MOST_MEMBERS = 8, 12
SCHOOL_BEGINS = (9, 1)  # month and day of the school year (上海市中小学校历)
PAIRED = str(AidMode.PAIRING.label)  # the mode of aid that asks for a programme and a sponsor
# The names of sponsors stand on the page once, not once for each child.
FAMILY_CASE_FORM = replace(CASE_FORM, offered={})
PAPERS = [(kind.value, kind.label) for kind in missing(set(), has_children=True)]
FILLINGS = (
    (PolicyFilling.BY_STAGE.value, PolicyFilling.BY_STAGE.label),
    (PolicyFilling.NONE_APPLIES.value, PolicyFilling.NONE_APPLIES.label),
    ("", _("以后再填")),
)


def tick() -> forms.CheckboxInput:
    return forms.CheckboxInput(attrs={"class": "form-check-input"})


class CaseForm(PartForm):
    """The case of this year; not `wanted` there is none."""

    wanted = forms.BooleanField(label=_("申请本年度助学"), required=False, initial=True, widget=tick())
    policies = forms.ChoiceField(
        label=_("政策落实"),
        choices=FILLINGS,
        required=False,
        initial=PolicyFilling.BY_STAGE,
        widget=InitialsSelect(attrs={"class": "form-select", "data-known": ""}),
    )


class EntryForm(PartForm):
    """The entry into the stage where the child is now, if it was `wanted` to be written down."""

    wanted = forms.BooleanField(label=_("今年升入现在的学段，同时登记升学"), required=False, widget=tick())


@dataclass(frozen=True)
class ChildCard:
    """A child, the case of this year, and its entry into the stage."""

    place: str
    child: PartForm
    case: CaseForm
    entry: EntryForm

    @property
    def paired(self) -> str:
        return PAIRED

    @property
    def child_cells(self) -> list[dict]:
        return self.child.drawn(CHILD_CELLS[:-1])

    @property
    def account_cells(self) -> list[dict]:
        return self.child.drawn(CHILD_ACCOUNT_CELLS)

    @property
    def opens_account(self) -> bool:
        return is_needed(self.account_cells)

    @property
    def case_cells(self) -> list[dict]:
        policies = {"field": self.case["policies"], "width": 12}
        return [*self.case.drawn(CASE_CELLS[:-PAIRING_CELLS]), policies]

    @property
    def pairing_cells(self) -> list[dict]:
        return self.case.drawn(CASE_CELLS[-PAIRING_CELLS:])

    @property
    def entry_cells(self) -> list[dict]:
        return [*self.entry.drawn(), *self.child.drawn(CHILD_CELLS[-1:])]

    @property
    def opens_pairing(self) -> bool:
        return self.case["mode"].value() == PAIRED or is_needed(self.pairing_cells)

    @property
    def opens_entry(self) -> bool:
        return self.entry.is_wanted or is_needed(self.child.drawn(CHILD_CELLS[-1:]))

    @property
    def asked(self) -> list[PartForm]:
        """The forms that say something; none where nobody was named."""
        if self.child.is_blank:
            return []
        return [self.child, *(form for form in (self.case, self.entry) if form.is_wanted)]


class FamilyForm(forms.Form):
    """The page as one form. Its parts are made of what it holds when they are first asked for.

    A child, member or income of which nothing was typed is passed over. What is known without asking is filled in.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    children = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    members = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    papers = forms.MultipleChoiceField(
        label=_("见过原件的材料"),
        choices=PAPERS,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args, editing: Editing, user: User, initial: Mapping[str, Any] | None = None, **kwargs):
        given = dict(initial or {})
        super().__init__(*args, initial=given, **kwargs)
        self.editing, self.user, self.given = editing, user, given
        self.year = localdate().year
        self.doubts: Sequence[Doubt] = ()
        self._of_part: dict[FormPart, PartForm] = {}

    def _count(self, name: str, most: int) -> int:
        if not self.is_bound:
            return self.fields[name].initial
        typed = self.data.get(name, "")
        return min(max(int(typed), 1), most) if typed.isascii() and typed.isdecimal() and len(typed) < len("999") else 1

    @cached_property
    def typed(self):
        """What was typed, with what follows from it; None for a page that was just opened."""
        if not self.is_bound:
            return None
        places = range(self._count("children", MOST_CHILDREN))
        return filled_in(self.data, children=places, standards=standards_of(self.year, self.user.union))

    def _part(self, form_class: type[PartForm], editing: Editing, prefix: str, cells, initial=None) -> Any:
        values = editing.initial(None) if editing is self.editing else {}
        form = form_class(
            self.typed,
            editing=editing,
            user=self.user,
            prefix=prefix,
            cells=cells,
            initial={**values, **(initial or {})},
        )
        return form.unjudged() if self.is_bound else form

    @property
    def by_stage(self) -> str:
        """What the policies of a case are filled with where the stage answers them, and what stays to be answered."""
        return by_stage_in_words()

    @cached_property
    def household(self) -> PartForm:
        cells = [cell for section in HOUSEHOLD_SECTIONS for cell in section.all_cells]
        return self._part(PartForm, self.editing, "household", cells, self.given)

    @cached_property
    def income(self) -> PartForm:
        return self._part(PartForm, INCOME_FORM, "income", INCOME_CELLS, {"year": str(self.year - 1)})

    @cached_property
    def cards(self) -> list[ChildCard]:
        return [self.card(str(place)) for place in range(self._count("children", MOST_CHILDREN))]

    @cached_property
    def relatives(self) -> list[PartForm]:
        return [self.relative(str(place)) for place in range(self._count("members", MOST_MEMBERS))]

    def card(self, place: str) -> ChildCard:
        today = localdate()
        begins = today.replace(month=SCHOOL_BEGINS[0], day=SCHOOL_BEGINS[1])
        entered = min(begins, today).isoformat()
        return ChildCard(
            place,
            self._part(PartForm, CHILD_FORM, f"child{place}", (*CHILD_CELLS, *CHILD_ACCOUNT_CELLS)),
            self._part(CaseForm, FAMILY_CASE_FORM, f"case{place}", CASE_CELLS, {"applied_on": today.isoformat()}),
            self._part(EntryForm, ENTRY_FORM, f"entry{place}", ENTRY_CELLS, {"entered_on": entered}),
        )

    def relative(self, place: str) -> PartForm:
        return self._part(PartForm, MEMBER_FORM, f"member{place}", MEMBER_CELLS)

    def one_more(self, kind: str) -> "FamilyForm":
        """The same page with room for another child or member; not judged yet."""
        data, most = self.data.copy(), MOST_CHILDREN if kind == "children" else MOST_MEMBERS
        if kind in ("children", "members"):
            data[kind] = str(min(self._count(kind, most) + 1, most))
        return type(self)(data, editing=self.editing, user=self.user, initial=self.given).unjudged()

    @property
    def asked(self) -> list[PartForm]:
        """Every form of the page that says something."""
        told = [form for form in (*self.relatives, self.income) if not form.is_blank]
        return [self.household, *(form for card in self.cards for form in card.asked), *told]

    def full_clean(self) -> None:
        super().full_clean()
        for form in self.asked if self.is_bound else ():
            form.full_clean()

    def is_valid(self) -> bool:
        return super().is_valid() and not any(form.errors for form in self.asked)

    def unjudged(self) -> "FamilyForm":
        """The page with what was typed and without a word about it."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        return self

    def faults(self) -> Iterator[tuple[str, str, str]]:
        """For the list above the page: whose cell it is, in words, where it stands, and what is wrong."""
        for title, form in self._titled():
            yield from ((title, "", str(error)) for error in form.non_field_errors())
            for field in form:
                words = f"{title} {field.label}".strip()
                yield from ((words, field.id_for_label, str(error)) for error in field.errors)

    def _titled(self) -> Iterator[tuple[str, forms.Form]]:
        """The forms that say something, with the words by which the page knows each."""
        yield "", self
        yield "", self.household
        for number, card in enumerate(self.cards, start=1):
            for form in card.asked:
                yield _("子女 %(number)d") % {"number": number}, form
        for number, form in enumerate(self.relatives, start=1):
            if not form.is_blank:
                yield _("成员 %(number)d") % {"number": number}, form
        if not self.income.is_blank:
            yield _("年度收入"), self.income

    def family(self) -> Family:
        """What was typed, as the service takes it. Only of a page that is valid."""
        home = self._keep(self.household, self.editing, self.household.values())
        children, entries, cases = [], [], []
        for card in self.cards:
            if card.child.is_blank:
                continue
            values = card.child.values()
            child = self._keep(card.child, CHILD_FORM, values, home)
            children.append(child)
            if card.entry.is_wanted:
                known = {"stage": values["stage"], "school": values["school"]}
                entries.append(self._keep(card.entry, ENTRY_FORM, card.entry.values() | known, child))
            if card.case.is_wanted:
                known = {"campaign": self.year, "stage": values["stage"]}
                case = self._keep(card.case, FAMILY_CASE_FORM, card.case.values() | known, child)
                cases.append((case, card.case.cleaned_data["policies"]))
        told = [form for form in self.relatives if not form.is_blank]
        incomes = [self.income] if not self.income.is_blank else []
        return Family(
            household=home,
            children=children,
            entries=entries,
            cases=cases,
            members=[self._keep(form, MEMBER_FORM, form.values(), home) for form in told],
            incomes=[self._keep(form, INCOME_FORM, form.values(), home) for form in incomes],
            papers=[DocumentKind(kind) for kind in self.cleaned_data["papers"]],
        )

    def _keep(self, form: PartForm, editing: Editing, values: dict, below: FormPart | None = None) -> FormPart:
        part = FormPart(editing, values, below)
        self._of_part[part] = form
        return part

    def refuse_parts(self, by_part: Mapping[FormPart, Reasons]) -> None:
        """Show the reasons of the service in the forms of the parts they are about."""
        for part, reasons in by_part.items():
            self._of_part[part].refuse(reasons)

    def refuse(self, by_field: Reasons) -> None:
        self.household.refuse(by_field)

    @property
    def confirmed(self) -> str:
        return self.data.get(CONFIRMED, "")

    @property
    def token(self) -> str:
        return token_of(self.doubts)

    @property
    def sections(self) -> list[dict]:
        """The parts of the household's file as the template draws them."""
        return [section.drawn(self.household) for section in HOUSEHOLD_SECTIONS]

    @property
    def spare_card(self) -> ChildCard:
        """What a script copies for another child."""
        return type(self)(editing=self.editing, user=self.user).card("__n__")

    @property
    def spare_relative(self) -> PartForm:
        return type(self)(editing=self.editing, user=self.user).relative("__n__")

    @property
    def faults_shown(self) -> list[tuple[str, str, str]]:
        return list(self.faults()) if self.is_bound else []

    @property
    def members_told(self) -> bool:
        """Whether somebody was named among the members."""
        return any(not form.is_blank for form in self.relatives)

    @property
    def most(self) -> dict[str, int]:
        """How many there is room for."""
        return {"children": MOST_CHILDREN, "members": MOST_MEMBERS}

    @property
    def sponsors(self) -> list[str]:
        """Names of the directory, offered where a sponsor is typed."""
        return list(CASE_FORM.offered["sponsor"](self.user))
