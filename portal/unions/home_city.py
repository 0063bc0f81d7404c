"""The city whose portal this is, as places are named: whose standards are looked up, and what is 本市 in a list."""

from django.conf import settings

# What a city is also called, where that is one character of its own.
OTHERWISE = {"上海": ("沪",), "北京": ("京",), "天津": ("津",), "重庆": ("渝",)}


def home_city() -> str:
    """Its name in full, as 上海市."""
    return str(settings.HOME_CITY)


def short_name() -> str:
    """Its name as people say it, as 上海."""
    return home_city().removesuffix("市")


def is_home(place: str) -> bool:
    """Whether a place is named as one of the city: 上海市徐汇区, 江苏苏州 where it is 苏州市."""
    return short_name() in place or place in OTHERWISE.get(short_name(), ())


def is_denied(place: str) -> bool:
    """Whether a place is said not to be in the city: 非上海."""
    return place.startswith("非") and is_home(place.removeprefix("非"))
