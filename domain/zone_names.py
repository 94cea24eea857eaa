"""The names of the zones in the pinned data, and what somebody may have meant who typed another."""

from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files

_TYPED_MAX = 40
"""Longer than any name; what is longer still is not compared as a whole."""
_LIKENESS = 0.75


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every IANA zone name in the pinned data, old names included."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def same_zone(typed: str) -> str | None:
    """The name that was typed as it is written, whatever its case and with spaces for underscores; None for no name."""
    return _by_key().get(_key(typed))


def nearest_zone(typed: str) -> str | None:
    """The name of a place that was meant most likely: with letters amiss, or the city's alone."""
    key = _key(typed[:_TYPED_MAX].partition(",")[0])
    near = get_close_matches(key, _places(), n=1, cutoff=_LIKENESS)
    return _places()[near[0]] if near else None


@lru_cache(maxsize=1)
def _by_key() -> dict[str, str]:
    return {_key(name): name for name in zone_names()}


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Regions with their cities, and cities alone; without names such as EST, or Etc/GMT+1 with its sign turned round.

    Of cities of one name the last: Europe/Istanbul and not Asia/Istanbul, US/Pacific and not Canada/Pacific.
    """
    places = [name for name in sorted(zone_names()) if "/" in name and not name.startswith("Etc/")]
    cities = {_key(name.rpartition("/")[2]): name for name in places}
    return cities | {_key(name): name for name in places}


def _key(text: str) -> str:
    return "_".join(text.split()).casefold()
