"""What a form carries."""

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.web.drawing.fields import drawn_field
from portal.web.sent_once import KEY, key_of_page

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: Context) -> str:
    """The hidden field by which a form sent twice acts once: see `SentOnce`."""
    sent = context["request"].POST.get(KEY) or key_of_page(context["request"])
    return format_html('<input type="hidden" name="{}" value="{}">', KEY, sent)


@register.filter
def drawn(field: BoundField) -> SafeString:
    """A field with its label, its help and what is wrong with it."""
    return drawn_field(field)
