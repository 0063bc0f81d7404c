"""What a file may be called."""

import re

NOT_IN_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
LONGEST_NAME = 60
LONGEST_KEPT = 120  # of a name that somebody gave
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no file on Windows can have such a name


def file_name(name: str) -> str:
    """`name` as every system takes it for a file: no separators, no control or bidirectional characters."""
    return _named(name, LONGEST_NAME)


def own_name(name: str) -> str:
    """The same of a name that came with a file: the last part of a path, and none that Windows keeps for a device."""
    named = _named(re.split(r"[/\\]", name)[-1], LONGEST_KEPT)
    return f"_{named}" if DEVICE.fullmatch(named) else named


def _named(name: str, longest: int) -> str:
    cleaned = NOT_IN_NAME.sub("_", name).strip(" .")
    stem, dot, ending = cleaned.rpartition(".")
    if not dot or len(ending) > 5:
        return cleaned[:longest] or "_"
    return f"{stem[:longest] or '_'}.{ending}"
