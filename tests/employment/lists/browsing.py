"""Bringing in a list through its pages, as a clerk does who looks at each step and presses on."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.models import ListUpload


def upload(client, content: bytes, name: str = "清单.xlsx"):
    """The answer to the upload form."""
    return client.post(reverse("list_upload"), {"file": SimpleUploadedFile(name, content)})


def initial(form) -> dict[str, str]:
    """What a form sends when nothing in it is touched."""
    return {field.html_name: field.value() or "" for field in form}


def go_on_from_columns(client, pk, **changes):
    """Press 下一步 on the columns as they are shown, changed by field name; the last answer, redirects followed.

    What all rows lack and nobody says is left to be completed row by row.
    """
    address = reverse("list_columns", args=[pk])
    form = client.get(address).context["form"]
    return client.post(address, initial(form) | {"leave": "1"} | changes, follow=True)


def say(client, pk, said: dict[str, str]) -> dict[str, str]:
    """Field name → value for headings that are to be said of all rows."""
    form = client.get(reverse("list_columns", args=[pk])).context["form"]
    names = {field.label: field.html_name for field in form if field.html_name.startswith("said-")}
    return {names[heading]: value for heading, value in said.items() if heading in names}


def through_the_steps(client, content: bytes, name: str, *, said: dict[str, str]) -> ListUpload:
    """Upload, next, as proposed where words are asked for, confirm."""
    answer = upload(client, content, name)
    assert answer.status_code == 302, answer.context["form"].errors
    pk = ListUpload.objects.latest("uploaded_at").pk
    answer = go_on_from_columns(client, pk, **say(client, pk, said))
    if answer.redirect_chain[-1][0] == reverse("list_words", args=[pk]):
        answer = client.post(reverse("list_words", args=[pk]), initial(answer.context["form"]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("list_check", args=[pk]), answer.context["form"].errors
    client.post(reverse("list_confirm", args=[pk]))
    return ListUpload.objects.get(pk=pk)
