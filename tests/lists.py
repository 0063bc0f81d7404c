"""What a list shows, for tests."""

from django.urls import reverse


def shown(client, name, **params):
    """The first column of the list of `name` under `params`."""
    response = client.get(reverse(f"{name}_list"), params)
    assert response.status_code == 200
    return {row[0].text for row in response.context["table"].rows}
