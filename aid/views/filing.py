"""建档: a whole family on one page, and the answers that the page asks for while one types."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from aid.cards.prefixes import bank_of
from aid.filing.known import standards_of, sure_stage
from aid.filing.services import file_family
from aid.forms.filing import FamilyForm
from aid.households.known_people import KnownPerson, known_person
from portal.access import Permission
from portal.audit import By
from portal.form_keys import digest_of
from portal.identity import IdentityError, parse_card
from portal.records.attribute import record_url
from portal.records.editing import PartsRefused
from portal.records.editing.saving import Saved
from portal.records.views import RecordCreate
from portal.web.base import PortalView, SignedInRequest

UNSAID = ("csrfmiddlewaretoken", "confirmed", "next")


class FamilyCreate(RecordCreate):
    """The household with its children and their cases, members, income and papers; saved whole, or shown again."""

    act = "family"
    form_class = FamilyForm

    def get_context_data(self, **kwargs):
        words = {"heading": _("整户建档"), "back_url": self.list_url}
        return super().get_context_data(**kwargs) | words

    def post(self, request, *args, **kwargs):
        """Saves; or, asked for room for one more, shows the page again with everything that was typed."""
        if "add" in request.POST:
            form = self.get_form().one_more(request.POST["add"])
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def save(self, form):
        said = {name: values for name, values in self.request.POST.lists() if name not in UNSAID}
        filed = file_family(
            form.family(),
            by=By.of(self.request),
            key=form.cleaned_data["key"],
            digest=digest_of(said),
            confirmed=form.confirmed,
        )
        return Saved(filed.household, filed.notices)

    def words_of(self, saved):
        home = saved.record
        children = list(home.children.prefetch_related("cases"))
        return _("已建档：%(number)s %(name)s，子女 %(children)d 人，助学申请（草稿）%(cases)d 份。") % {
            "number": home.number,
            "name": home.worker_name,
            "children": len(children),
            "cases": sum(len(child.cases.all()) for child in children),
        }

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except PartsRefused as refused:
            form.refuse_parts(refused.by_part)
            return self.form_invalid(form)

    def address_after(self, record):
        return reverse("family_create") if "next" in self.request.POST else record_url(record)


def told_of_number(number: str, user) -> dict:
    """Sex and birth date of an identity number, and the records in scope that have it: of other units nothing."""
    known = known_person(number, user)
    words = _told_of_birth(known)
    homes = [(f"{home.number} {home.worker_name}", record_url(home)) for home in known.households]
    children = [(_("子女 %(name)s") % {"name": child.name}, record_url(child)) for child in known.children]
    return {"words": words, "known": [{"text": text, "url": url} for text, url in (*homes, *children)]}


def _told_of_birth(known: KnownPerson) -> str:
    """Sex and birth date, as far as the number tells them."""
    if known.birth_date is None:
        return _("证件号码格式无误，不含性别和出生日期")
    told = {"sex": known.sex, "born": known.birth_date.isoformat()}
    return (_("%(sex)s，%(born)s 出生") if known.sex else _("%(born)s 出生，证件号码不含性别")) % told


def told_of_card(card: str) -> dict:
    bank = bank_of(parse_card(card))
    return {"fills": {"bank_name": bank}} if bank else {"words": _("卡号无误；没有查到开户银行，请填写")}


def told_of_stage(stage: str, user) -> dict:
    return {"fills": {"standard": standards_of(localdate().year, user.union).get(stage, "")}}


def told_of_grade(grade: str, user) -> dict:
    stage = sure_stage(grade)
    return {"fills": {**told_of_stage(stage, user)["fills"], "stage": stage}} if stage else {}


@method_decorator(sensitive_post_parameters(), name="dispatch")
class FamilyCheck(PortalView):
    """What follows from one value, sent as it is typed: {kind: value}. Numbers are posted and stand in no address."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ["post", "options"]

    def post(self, request: SignedInRequest) -> HttpResponse:
        kind, value = request.POST.get("kind", ""), request.POST.get("value", "").strip()
        try:
            return JsonResponse(self._told(kind, value, request.user))
        except IdentityError as wrong:
            return JsonResponse({"wrong": str(wrong)})

    @staticmethod
    def _told(kind: str, value: str, user) -> dict:
        match kind:
            case "id":
                return told_of_number(value, user)
            case "card":
                return told_of_card(value)
            case "grade":
                return told_of_grade(value, user)
            case "stage":
                return told_of_stage(value, user)
        return {}
