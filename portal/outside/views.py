"""Outside systems, as the system administrator keeps them; and how the interface is used."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission, require
from portal.accounts.second_person import ask
from portal.api.resource import PATH, all_resources
from portal.audit import By
from portal.enums import AccountAct, WebhookEvent
from portal.models import ApiToken, User, Webhook, WebhookDelivery
from portal.outside.forms import SystemForm, TokenForm, WebhookForm
from portal.outside.systems import add_webhook, end_system, end_token, end_webhook, open_system
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage, PortalView

DELIVERIES_SHOWN = 20


class SystemList(PortalPage):
    """Every outside system, with how many of its tokens are good; few enough for one page."""

    permission = Permission.MANAGE_SYSTEMS
    template_name = "portal/outside/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        systems = User.objects.systems().prefetch_related(Prefetch("tokens", ApiToken.objects.select_related("system")))
        rows = [(system, [token for token in system.tokens.all() if not token.ended_words]) for system in systems]
        return super().get_context_data(rows=rows, **kwargs)


class SystemOpen(FormMixin, PortalPage, ProcessFormView):
    """Lets in a system; its tokens are made on its page."""

    permission = Permission.MANAGE_SYSTEMS
    template_name = "portal/outside/open.html"
    form_class = SystemForm

    def form_valid(self, form: Any) -> HttpResponse:
        system = open_system(**form.cleaned_data, by=By.of(self.request))
        messages.success(self.request, _("已设立“%(name)s”，请为它生成令牌。") % {"name": system.name})
        return redirect("system_show", system.pk)


class OfSystem(PortalView):
    """What the pages about one system share."""

    permission = Permission.MANAGE_SYSTEMS

    @cached_property
    def system(self) -> User:
        system: User = get_object_or_404(User.objects.systems(), pk=self.kwargs["pk"])
        return system

    @property
    def by(self) -> By:
        return By.of(self.request)


class SystemShow(OfSystem, PortalPage):
    """One system: its tokens, where it is told what, and what of that arrived."""

    template_name = "portal/outside/show.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        titles = {name: resource.title for name, resource in all_resources().items()}
        tokens = ApiToken.objects.filter(system=self.system).select_related("system", "made_by").order_by("-pk")
        webhooks = Webhook.objects.filter(system=self.system).order_by("-pk")
        sent = WebhookDelivery.objects.filter(webhook__system=self.system).select_related("webhook").order_by("-pk")
        return super().get_context_data(
            system=self.system,
            tokens=[(token, [titles.get(name, name) for name in token.resources]) for token in tokens],
            webhooks=[(each, [WebhookEvent(event).label for event in each.events]) for each in webhooks],
            deliveries=sent[:DELIVERIES_SHOWN],
            **kwargs,
        )


class SystemEnd(OfSystem):
    """Ends the system with all its tokens and addresses."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        end_system(self.system, by=self.by)
        messages.success(request, _("已停用“%(name)s”。") % {"name": self.system.name})
        return redirect("system_list")


class OfSystemForm(FormMixin, OfSystem, PortalPage, ProcessFormView):
    """A form about one system that is in use; what it makes is shown once."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, self.permission)
        if not self.system.is_active:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"system": self.system}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(system=self.system, **kwargs)

    def shown_once(self, secret: str, title: str) -> HttpResponse:
        shown = {"system": self.system, "secret": secret, "title": title}
        return render(self.request, "portal/outside/secret.html", shown)


class TokenMake(OfSystemForm):
    """Asks a second person for a new token; who asked fetches it, once."""

    template_name = "portal/outside/token.html"
    form_class = TokenForm

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            ask(
                AccountAct.TOKEN,
                username=self.system.username,
                union=self.system.union,
                fields=form.cleaned_data,
                by=self.by,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已提出申请，由另一位管理员或该单位的审核人同意后，由您来取令牌。"))
        return redirect("accountrequest_list")


class TokenEnd(OfSystem):
    """Ends one token."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        tokens = ApiToken.objects.filter(system=self.system).select_related("system__union")
        token = get_object_or_404(tokens, pk=self.kwargs["token"])
        end_token(token, by=self.by)
        messages.success(request, _("已停用令牌“%(label)s”。") % {"label": token.label})
        return redirect("system_show", self.system.pk)


class WebhookAdd(OfSystemForm):
    """An address to tell; the secret that signs is shown once."""

    template_name = "portal/outside/webhook.html"
    form_class = WebhookForm

    def form_valid(self, form: Any) -> HttpResponse:
        return self.shown_once(add_webhook(self.system, **form.cleaned_data, by=self.by), _("签名密钥"))


class WebhookEnd(OfSystem):
    """Sends nothing more to one address."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        webhooks = Webhook.objects.filter(system=self.system).select_related("system__union")
        end_webhook(get_object_or_404(webhooks, pk=self.kwargs["webhook"]), by=self.by)
        messages.success(request, _("已停用这个接收地址。"))
        return redirect("system_show", self.system.pk)


class ApiReference(PortalPage):
    """How the interface is used, made from what is declared; drawn here, with nothing from elsewhere."""

    permission = Permission.MANAGE_SYSTEMS
    template_name = "portal/outside/reference.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        resources = [
            (resource, [(operation, list(operation.fields)) for operation in resource.operations])
            for resource in all_resources().values()
        ]
        return super().get_context_data(resources=resources, path=PATH, **kwargs)
