"""Numbers of invented people: right in form, of nobody."""

import datetime

from portal.identity import ID_CHECK_CHARACTERS, ID_WEIGHTS

REGION = "310101"


def id_number(born: datetime.date, serial: int, *, female: bool) -> str:
    """A number that passes GB 11643-1999; its sequence digits hold `serial` (0 to 498) and the sex."""
    body = f"{REGION}{born:%Y%m%d}{2 * serial + (not female):03d}"
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, body, strict=True))
    return body + ID_CHECK_CHARACTERS[total % 11]


def card_number(serial: int) -> str:
    """A card number of 19 digits that passes Luhn."""
    body = f"622202{serial:012d}"
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    return body + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)
