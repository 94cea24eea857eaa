"""What an operator's monitoring reads. No label names a person, and none tells who uses what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number that is read when asked for: its name, what it means, its label, and where its values come from."""

    name: str
    meaning: str
    label: str
    read: Callable[[], Numbers]


class Metrics:
    """One registry for a process, made by the wiring; two bots in one process do not share counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "scholarbot_requests", "Requests from Slack.", ["kind", "outcome"], registry=self.registry
        )

    def count_request(self, kind: str, outcome: str) -> None:
        """One request of a kind (command, action, ...) was answered, refused or failed."""
        self._requests.labels(kind, outcome).inc()

    def show(self, gauges: Iterable[Gauge]) -> None:
        """Add numbers that are read at each scrape."""
        self.registry.register(_Read(tuple(gauges)))


class _Read(Collector):
    def __init__(self, gauges: tuple[Gauge, ...]) -> None:
        self._gauges = gauges

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # asked at registration, before there is anything to read

    def collect(self) -> Iterable[GaugeMetricFamily]:
        for gauge in self._gauges:
            family = GaugeMetricFamily(gauge.name, gauge.meaning, labels=[gauge.label])
            for value, number in gauge.read().items():
                family.add_metric([value], number)
            yield family
