"""Grids, filled in and sent as a browser does."""

from collections.abc import Iterable, Mapping
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse

Typed = Mapping[str, object]


def fields(lines: Iterable[Typed], first: int = 1) -> dict[str, str]:
    """The fields of lines that hold what is given by attribute, as their number says."""
    return {
        f"{attribute}-{number}": str(text)
        for number, line in enumerate(lines, start=first)
        for attribute, text in line.items()
        if text is not None
    }


def send(client, name: str, *lines: Typed, button: str = "all", **more) -> HttpResponse:
    """Type new records of the kind into a fresh grid, or that of `form_key`, and press a button."""
    sent = {"form_key": str(uuid4()), button: "1"} | fields(lines) | more
    return client.post(reverse(f"{name}_grid"), sent)


def opened(client, *records) -> dict[str, str]:
    """Open the grid of records that are ticked: the fields that a browser would send back."""
    address = reverse(f"{records[0]._meta.model_name}_grid_edit")
    answer = client.post(address, {"ids": [record.pk for record in records]}, follow=True)
    assert answer.status_code == 200, answer.status_code
    return shown(answer)


def shown(answer: HttpResponse) -> dict[str, str]:
    """The fields of a grid as they stand on the page."""
    context = answer.context
    sent = {"form_key": str(context["form_key"])}
    if context.get("set"):
        sent |= {"set": context["set"]}
    for line in context["table"].lines:
        sent |= {name: str(value) for name, value in line.hidden}
        sent |= {cell.name: cell.text for cell in line.cells}
    return sent


def save(client, sent: Mapping[str, str], record, button: str = "all", **typed) -> HttpResponse:
    """Send an opened grid of records like `record`, with other contents in some cells: `save(…, stage_1="高中")`."""
    cells = {"-".join(name.rsplit("_", 1)): text for name, text in typed.items()}
    return client.post(reverse(f"{record._meta.model_name}_grid_edit"), {**sent, **cells, button: "1"})


def faults(answer: HttpResponse) -> dict[str, list[str]]:
    """The reasons by the name of the cell they stand at; of a line as a whole by its number."""
    found: dict[str, list[str]] = {}
    for line in answer.context["table"].lines:
        if line.reasons:
            found[str(line.line.number)] = line.reasons
        found |= {cell.name: cell.reasons for cell in line.cells if cell.reasons}
    return found


def doubts(answer: HttpResponse) -> dict[int, list[str]]:
    """What is asked, by line."""
    lines = answer.context["table"].lines
    return {line.line.number: [str(doubt.message) for doubt in line.doubts] for line in lines if line.doubts}


def told(answer: HttpResponse) -> list[str]:
    """The messages above the page that answered, or that it leads to."""
    return [str(message) for message in answer.context["messages"]]
