"""What an operator's monitoring reads. No label names a person, and none tells who uses what."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from domain.errors import StoreAway, StoreBusy

if TYPE_CHECKING:
    from prometheus_client import Metric

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number that is read when asked for: its name, what it means, its label, and where its values come from.

    While a store that it comes from does not answer it is left out; `scholarbot_store_up` tells why.
    """

    name: str
    meaning: str
    label: str
    read: Callable[[], Numbers]


class Page(NamedTuple):
    """Everything counted, in the format that Prometheus reads, and the name of that format."""

    content_type: str
    body: bytes


class Metrics:
    """The numbers of one process, made by the wiring; two bots in one process do not share counts."""

    def __init__(self) -> None:
        self._counting = Lock()
        self._requests: Counter[tuple[str, str]] = Counter()
        self._gauges: tuple[Gauge, ...] = ()

    def count_request(self, kind: str, outcome: str) -> None:
        """One request of a kind (command, action, ...) was answered, refused or failed."""
        with self._counting:
            self._requests[kind, outcome] += 1

    def show(self, gauges: Iterable[Gauge]) -> None:
        """Add numbers that are read at each scrape."""
        self._gauges += tuple(gauges)

    def page(self) -> Page:
        """Everything as it is now."""
        # Loaded for the first who asks: where nobody monitors, nobody waits and pays for it.
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415

        return Page(CONTENT_TYPE_LATEST, generate_latest(self))

    def collect(self) -> "Iterator[Metric]":
        """What prometheus_client asks of a registry."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily  # noqa: PLC0415

        requests = CounterMetricFamily("scholarbot_requests", "Requests from Slack.", labels=["kind", "outcome"])
        with self._counting:
            counted = dict(self._requests)
        for (kind, outcome), count in counted.items():
            requests.add_metric([kind, outcome], count)
        yield requests
        for gauge in self._gauges:
            family = GaugeMetricFamily(gauge.name, gauge.meaning, labels=[gauge.label])
            for value, number in _read(gauge).items():
                family.add_metric([value], number)
            yield family


def _read(gauge: Gauge) -> Numbers:
    try:
        return gauge.read()
    except (StoreAway, StoreBusy):
        return {}
