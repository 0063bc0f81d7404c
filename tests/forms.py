"""Forms of records, filled in and sent as a browser does."""

from django.urls import reverse

from portal.models import Union
from tests.workbook.sheets import fresh_id


def household_form(union: Union, **typed) -> dict[str, str]:
    """What a clerk types for a new household; no number, so that one is made."""
    values = {
        "worker_name": "曾建国",
        "worker": fresh_id(),
        "worker_category": "困难职工",
        "single_parent": "否",
        "hardship_category": "低保户",
        "union": union.code,
        "filed_on": "2014-03-01",
    }
    return values | typed


def opened(client, address: str) -> dict:
    """The contents of the form at `address`, its hidden fields included, as it is opened."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def send(client, address: str, /, **typed):
    """Open the form at `address`, type over it, send it."""
    return client.post(address, opened(client, address) | typed)


def errors(response) -> dict[str, list[str]]:
    return {name: list(reasons) for name, reasons in response.context["form"].errors.items()}


def create_address(name: str, **parent) -> str:
    query = "&".join(f"{key}={record.pk}" for key, record in parent.items())
    return reverse(f"{name}_create") + (f"?{query}" if query else "")


def edit_address(record) -> str:
    return reverse(f"{record._meta.model_name}_edit", args=[record.pk])


def doubts(response) -> list[str]:
    """What is asked before the form is saved."""
    return [str(doubt.message) for doubt in response.context["form"].doubts]


def confirm(client, address: str, asked):
    """Send the form that was `asked` about again, with the box beside the question ticked."""
    form = asked.context["form"]
    return client.post(address, dict(form.data.lists()) | {"confirmed": form.token})
