"""The colour in which a list tells how a record stands, always beside the words."""

from enum import StrEnum


class Tone(StrEnum):
    """What a state means for who reads the list; the colours are those of `portal-tag` in static/css/portal.css."""

    QUIET = "quiet"  # begun, or laid aside: nobody waits
    WAITING = "waiting"  # somebody has to do something
    GOOD = "good"
    BAD = "bad"
    DONE = "done"  # and nothing more to come
