"""Forms of their own kind act once: sent again after Back they answer with what came of them; an equal one is asked of.

Forms of records have the same from `RecordCreate`, whose services keep the receipt. Here the page itself does: its
template puts `{% form_key %}` into the form and loads `form-key.js`, by which Back opens the same form again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import cached_property

from portal.form_keys import CHANGED_SINCE, SENT_BEFORE, SentBeforeError, answered, claim, digest_of, sent_alike
from portal.models import FormReceipt
from portal.web.base import PortalView

KEY = "form_key"
KEY_IN_ADDRESS = "form"
AGAIN = "send_again"
UNSAID = frozenset({"csrfmiddlewaretoken", KEY, AGAIN})


def key_in(values: QueryDict) -> UUID | None:
    """The key of a form among what was sent; None for none."""
    try:
        return UUID(values.get(KEY, ""))
    except ValueError:
        return None


def key_of_page(request: HttpRequest) -> UUID:
    """The key that a form on this page gets: that of its address, by which one came back to it, or a new one."""
    try:
        return UUID(request.GET.get(KEY_IN_ADDRESS, ""))
    except ValueError:
        return uuid4()


@dataclass(frozen=True)
class Sending:
    """A form as it was sent."""

    request: HttpRequest

    @cached_property
    def key(self) -> UUID:
        return key_in(self.request.POST) or uuid4()

    @cached_property
    def digest(self) -> str:
        return digest_of({"": self.request.path, **self.typed, **dict(self._files())})

    @property
    def typed(self) -> dict[str, list[str]]:
        return {name: sent for name, sent in self.request.POST.lists() if name not in UNSAID}

    def _files(self) -> Iterator[tuple[str, list[str]]]:
        for name, sent in self.request.FILES.lists():
            yield name, [hashlib.sha256(b"".join(file.chunks())).hexdigest() for file in sent]
            for file in sent:
                file.seek(0)


class SentAlikeError(Exception):
    """What is sent equals what was sent in the last minutes, as `twin` tells."""

    def __init__(self, twin: FormReceipt):
        super().__init__(twin)
        self.twin = twin


class SentOnce(PortalView):
    """A page whose form makes something. An answer that leads elsewhere says that it was made; any other, that not."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        sending = Sending(request)
        try:
            with transaction.atomic():
                receipt = claim(user=self.request.user, key=sending.key, digest=sending.digest)
                twin = sent_alike(receipt)
                if twin and AGAIN not in request.POST:
                    raise SentAlikeError(twin)
                response = super().dispatch(request, *args, **kwargs)
                answered(receipt, response.headers["Location"] if 300 <= response.status_code < 400 else "")
        except SentAlikeError as alike:
            return _ask(sending, alike.twin)
        except SentBeforeError as sent:
            return self._answer(sent)
        return response

    def _answer(self, sent: SentBeforeError) -> HttpResponse:
        """With what came of it; where something else was typed by then, that is told."""
        if sent.same:
            messages.info(self.request, SENT_BEFORE)
        else:
            messages.warning(self.request, CHANGED_SINCE)
        return redirect(sent.receipt.answer)


def _ask(sending: Sending, twin: FormReceipt) -> HttpResponse:
    """Whether what was just sent by somebody is meant to be sent once more. Files are not kept for that."""
    request = sending.request
    shown = {
        "fields": [] if request.FILES else [(name, text) for name, sent in sending.typed.items() for text in sent],
        "key": sending.key,
        "key_name": KEY,
        "again_name": AGAIN,
        "answer": twin.answer if twin.user_id == request.user.pk else "",
    }
    return render(request, "portal/form/sent_alike.html", shown)
