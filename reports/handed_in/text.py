"""The summary report as it was written here and handed in: its parts and the numbers in them, as they were frozen."""

from collections.abc import Mapping
from typing import TypedDict

from reports.models import Submission
from reports.summary.blanks import filled
from reports.summary.drafting import Texts


class FrozenText(TypedDict):
    """`parts` with slugs in their blanks; `numbers` by slug: the name, and what stood there."""

    parts: dict[str, str]
    numbers: dict[str, list[str]]


def frozen_text_of(submission: Submission | None) -> FrozenText | None:
    """None where a file was handed in, or nothing."""
    return submission.content.get("text") if submission else None


def frozen_texts(kept: FrozenText) -> Mapping[str, str]:
    """What stands in each blank."""
    return {slug: text for slug, (_name, text) in kept["numbers"].items()}


def frozen_parts(kept: FrozenText) -> Texts:
    """The parts as they were read."""
    texts = frozen_texts(kept)
    return {part: filled(text, texts) for part, text in kept["parts"].items()}
