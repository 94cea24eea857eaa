import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from tests.chromium import CURE, SWITCHES, Machine, NoChromium, find, launch_options, obtain

OWN = "/cache/playwright/chrome"
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install")


@dataclass
class FakeMachine:
    """A machine on which programs are there or not. `installs` says which path a command brings, by its last word."""

    programs: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    installs: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    is_root: bool = False
    ran: list[tuple[str, ...]] = field(default_factory=list)

    def which(self, name: str) -> str | None:
        return f"/usr/bin/{name}" if f"/usr/bin/{name}" in self.programs else None

    def run(self, command: Sequence[str]) -> int:
        words = tuple(command)
        if "--version" in words:
            return 0 if words[0] in self.programs - self.broken else 127
        self.ran.append(words)
        if words not in self.installs:
            return 1
        self.programs.add(self.installs[words])
        return 0

    def as_machine(self) -> Machine:
        return Machine(
            environment=self.environment,
            is_root=self.is_root,
            which=self.which,
            run=self.run,
            downloaded=lambda: OWN,
        )


APT = {
    ("apt-get", "update"): "/var/lib/apt/lists",
    ("apt-get", "install", "-y", "--no-install-recommends", "chromium"): "/usr/bin/chromium",
}


@pytest.mark.parametrize(
    ("programs", "broken", "found"),
    [
        (set(), set(), None),
        ({"/usr/bin/chromium", "/usr/bin/google-chrome"}, set(), "/usr/bin/chromium"),
        ({"/usr/bin/google-chrome"}, set(), "/usr/bin/google-chrome"),
        ({"/usr/bin/chromium", "/usr/bin/google-chrome"}, {"/usr/bin/chromium"}, "/usr/bin/google-chrome"),
        ({OWN}, set(), OWN),
        ({OWN, "/usr/bin/chromium"}, set(), "/usr/bin/chromium"),
    ],
    ids=["none", "first of two", "Chrome", "one that does not start", "downloaded", "the machine's own before that"],
)
def test_finding_takes_the_first_that_starts(programs: set[str], broken: set[str], found: str | None) -> None:
    machine = FakeMachine(programs=programs, broken=broken)

    assert find(machine.as_machine()) == found


def test_a_named_chromium_is_taken_before_all_others() -> None:
    machine = FakeMachine(programs={"/opt/mine", "/usr/bin/chromium"}, environment={"CHROMIUM": "/opt/mine"})

    assert obtain(machine.as_machine()) == "/opt/mine"


def test_a_named_chromium_that_does_not_start_is_never_replaced_by_another() -> None:
    machine = FakeMachine(programs={"/usr/bin/chromium"}, environment={"CHROMIUM": "/opt/gone"}, is_root=True)

    with pytest.raises(NoChromium, match="/opt/gone"):
        obtain(machine.as_machine())

    assert machine.ran == []


def test_one_that_is_there_is_not_installed_again() -> None:
    machine = FakeMachine(programs={"/usr/bin/chromium", "/usr/bin/apt-get"}, is_root=True)

    assert obtain(machine.as_machine()) == "/usr/bin/chromium"
    assert machine.ran == []


def test_root_installs_with_the_package_manager_of_the_system() -> None:
    machine = FakeMachine(programs={"/usr/bin/apt-get"}, installs=APT, is_root=True)

    assert obtain(machine.as_machine()) == "/usr/bin/chromium"
    assert machine.ran == list(APT)


def test_others_than_root_download_without_asking_the_package_manager() -> None:
    download = (*PLAYWRIGHT, "chromium")
    machine = FakeMachine(programs={"/usr/bin/apt-get"}, installs=APT | {download: OWN})

    assert obtain(machine.as_machine()) == OWN
    assert machine.ran == [download]


def test_root_downloads_with_libraries_when_the_package_manager_has_none() -> None:
    download = (*PLAYWRIGHT, "--with-deps", "chromium")
    machine = FakeMachine(programs={"/usr/bin/dnf"}, installs={download: OWN}, is_root=True)

    assert obtain(machine.as_machine()) == OWN
    assert machine.ran == [("dnf", "install", "-y", "chromium"), download]


@pytest.mark.parametrize("is_root", [True, False])
def test_a_machine_that_can_have_none_is_told_what_helps(*, is_root: bool) -> None:
    machine = FakeMachine(programs={"/usr/bin/apt-get"}, is_root=is_root)

    with pytest.raises(NoChromium) as refusal:
        obtain(machine.as_machine())

    assert str(refusal.value) == CURE


def test_launch_options_start_it_without_a_window_and_without_a_sandbox() -> None:
    options = launch_options("/usr/bin/chromium")

    assert options == {"executable_path": "/usr/bin/chromium", "headless": True, "args": list(SWITCHES)}
    assert "--no-sandbox" in SWITCHES
