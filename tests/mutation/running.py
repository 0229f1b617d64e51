"""One mutant, one forked process, and the tests that reach it until one fails.

The process that is forked has imported everything and has run no test. A quick look gives the mutated function its
other code, where it stands, and calls the quick tests. What that does not notice, and what is no function, is looked at
anew: the child forgets the modules under test and their tests, imports them again with the mutant in place of the real
module, and runs every test that reaches it. Examples are drawn by a fixed seed: a mutant has one fate every time.
"""

import gc
import inspect
import json
import os
import resource
import signal
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import coverage
import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.mutation.mutants import Mutant

ROOT = Path(__file__).resolve().parents[2]
MUTATED = "reviews.core.judging"
TESTS = "tests.core.judging"
REWRITTEN_TOO_LATE = "ignore::pytest.PytestAssertRewriteWarning"
QUIET = ("-q", "-s", "--tb=native", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", REWRITTEN_TOO_LATE)
SECONDS_TO_IMPORT, LEAST_SECONDS, TIMES_AS_LONG = 20.0, 2.0, 20
"""Processor time, not the clock's: a busy machine lets no mutant run out of time."""
MEMORY = 2 * 1024**3
"""Bytes that a mutant may take beyond what its process began with."""
QUICK = 0.1
"""Seconds that a test may take to be among the quick ones."""
ON_IMPORT = ""
"""What stands for a test where a line runs while the tests are imported."""
SURVIVED, KILLED, UNTOUCHED, BROKEN = 0, 1, 2, 3


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: "killed" by a test, "timed out", or "survived" the tests that reach it."""

    outcome: str
    by: str = ""


@dataclass
class Reach:
    """Which lines each test runs, by file, and how much processor time it takes."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, set[str]]]
    killers: defaultdict[tuple[str, str], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests to run, those first that killed another mutant of the same function, then the quick ones."""
        here = self.lines.get(str(mutant.path), {})
        near = {test for line, tests in here.items() for test in tests if mutant.first <= line <= mutant.last}
        if not mutant.first or ON_IMPORT in near:  # what a module holds may be looked at from anywhere
            near = set(self.seconds)
        touching = {test for tests in here.values() for test in tests}
        seasoned = list(self.killers[mutant.module, mutant.place])
        rest = sorted(
            near.difference(seasoned),
            key=lambda test: (self.seconds[test] > QUICK, test not in touching, self.seconds[test], test),
        )
        return [test for test in reversed(seasoned) if test in near] + rest

    def learn(self, mutant: Mutant, fate: Fate) -> None:
        if fate.by in self.seconds:
            killers = self.killers[mutant.module, mutant.place]
            killers.pop(fate.by, None)
            killers[fate.by] = None


class TestsFail(Exception):
    """The tests fail without any mutant."""


class _InPlace(MetaPathFinder):
    """Finds the mutant where its module is asked for."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self.mutant.module:
            return None
        file = str(self.mutant.path)
        return spec_from_file_location(name, file, loader=_MutantLoader(name, file, code=self.mutant.compiled()))


class _MutantLoader(SourceFileLoader):
    def __init__(self, name: str, path: str, *, code: CodeType) -> None:
        super().__init__(name, path)
        self.code = code

    def get_code(self, name: str) -> CodeType:
        return self.code


class Laboratory:
    """A pytest plugin that runs an experiment instead of the tests, once everything is collected."""

    def __init__(self, experiment: Callable[["Laboratory"], None]) -> None:
        self.experiment = experiment
        self.session: Any = None
        self.failure: BaseException | None = None
        self.complaint = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.complaint = report.longreprtext

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.session = session
        everything = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
        settings.register_profile(
            "mutation",
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=everything,
        )
        settings.load_profile("mutation")
        gc.collect()
        gc.freeze()
        try:
            self.experiment(self)
        except BaseException as error:  # pytest would only print it
            self.failure = error
        return True

    def baseline(self, *, only_quick: bool = False) -> Reach:
        """Run every test once without a mutant, and note which lines it runs; raises ``TestsFail``.

        ``only_quick`` leaves out tests that draw examples, and those that cannot be called without pytest.
        """
        status, said = _in_a_child(lambda tell: self._run_watched(only_quick, tell))
        if status != SURVIVED:
            raise TestsFail(f"Without any mutant: {said or status}")
        seen = json.loads(said)
        lines: dict[str, dict[int, set[str]]] = {}
        for path, tests_by_line in seen["lines"].items():
            lines[path] = {int(line): set(tests) for line, tests in tests_by_line.items()}
        return Reach(seen["seconds"], lines)

    def fate_of(self, mutant: Mutant, reach: Reach, *, only_quick: bool = False) -> Fate:
        """Run the tests that reach the mutant."""
        tests = reach.tests_of(mutant)
        if not tests:
            return Fate("survived", "no test reaches it")
        quick = [test for test in tests if reach.seconds[test] <= QUICK]
        if mutant.is_in_body:
            fate = _fate(*_in_a_child(lambda tell: self._look_quickly(mutant, quick, reach, tell)))
            if fate.outcome != "survived" or only_quick:
                return fate
        tests = quick if only_quick else tests
        return _fate(*_in_a_child(lambda tell: self._look_anew(mutant, tests, reach, tell)))

    def _look_quickly(self, mutant: Mutant, tests: Sequence[str], reach: Reach, tell: Callable[[str], None]) -> int:
        if not _implanted(mutant):
            return UNTOUCHED
        _forget_answers()
        items = {item.nodeid: item for item in self.session.items if _asks_for_nothing(item)}
        for test in tests:
            if test in items:
                signal.setitimer(signal.ITIMER_PROF, LEAST_SECONDS)
                try:
                    _called(items[test])
                except (Exception, pytest.fail.Exception):
                    tell(test)
                    return KILLED
        return SURVIVED

    def _look_anew(self, mutant: Mutant, tests: Sequence[str], reach: Reach, tell: Callable[[str], None]) -> int:
        signal.setitimer(signal.ITIMER_PROF, SECONDS_TO_IMPORT)
        sys.meta_path.insert(0, _InPlace(mutant))
        items = self._collected_anew({test.partition("::")[0] for test in tests})
        if self.session.testsfailed:
            tell("it cannot be imported")
            return KILLED
        return self._tried(tests, items, reach, tell)

    def _tried(
        self, tests: Sequence[str], items: Mapping[str, pytest.Item], reach: Reach, tell: Callable[[str], None]
    ) -> int:
        """Run the tests until one fails or takes far longer than it should."""
        for test, following in zip(tests, [*tests[1:], ""], strict=True):
            limit = max(LEAST_SECONDS, TIMES_AS_LONG * reach.seconds[test])
            signal.setitimer(signal.ITIMER_PROF, limit)
            self._run(items[test], following=items.get(following))
            if self.session.testsfailed:
                tell(test)
                return KILLED
        return SURVIVED

    def _run_watched(self, only_quick: bool, tell: Callable[[str], None]) -> int:
        watch = coverage.Coverage(data_file=None, config_file=False, include=[f"{ROOT / MUTATED.replace('.', '/')}/*"])
        watch.start()
        found = self._collected_anew({item.nodeid.partition("::")[0] for item in self.session.items}).values()
        items = [item for item in found if not only_quick or (_asks_for_nothing(item) and not _draws(item))]
        seconds = {}
        for item, following in zip(items, [*items[1:], None], strict=True):
            _forget_answers()  # or only the first test would be seen to reach what is cached
            watch.switch_context(item.nodeid)
            began = time.process_time()
            self._run(item, following=following)
            seconds[item.nodeid] = time.process_time() - began
            if self.session.testsfailed:
                tell(f"{item.nodeid} fails\n{self.complaint}")
                return KILLED
        watch.stop()
        data = watch.get_data()
        lines = {path: data.contexts_by_lineno(path) for path in data.measured_files()}
        tell(json.dumps({"seconds": seconds, "lines": lines}))
        return SURVIVED

    def _collected_anew(self, files: Collection[str]) -> dict[str, pytest.Item]:
        """Forget the modules and import these files again; what their folders hold stays."""
        for name in [name for name in sys.modules if f"{name}.".startswith((f"{MUTATED}.", f"{TESTS}."))]:
            del sys.modules[name]
        known = {item.getparent(pytest.Module) for item in self.session.items}
        again = [
            pytest.Module.from_parent(module.parent, path=module.path)
            for module in sorted(known, key=lambda module: module.nodeid)
            if module.nodeid in files
        ]
        return {item.nodeid: item for module in again for item in self.session.genitems(module)}

    def _run(self, item: pytest.Item, *, following: pytest.Item | None) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _fate(status: int, said: str) -> Fate:
    if status == -signal.SIGPROF:
        return Fate("timed out")
    if status in (SURVIVED, UNTOUCHED):
        return Fate("survived")
    return Fate("killed", said or f"the process ended with {status}")


def _implanted(mutant: Mutant) -> bool:
    """Give the live function the mutant's code; ``False`` where it cannot be had."""
    code, live = mutant.compiled(), sys.modules[mutant.module]
    for name in mutant.place.split("."):
        parts = [part for part in code.co_consts if isinstance(part, CodeType) and part.co_name == name]
        if len(parts) != 1 or name not in vars(live):
            return False
        [code], live = parts, vars(live)[name]
    for wrapper in ("fget", "func", "__func__", "__wrapped__"):
        live = getattr(live, wrapper, live)
    try:
        live.__code__ = code
    except (AttributeError, ValueError):
        return False
    return True


def _forget_answers() -> None:
    """Empty the caches of the modules: what they remember was computed without the mutant."""
    for name, module in list(sys.modules.items()):
        if f"{name}.".startswith(f"{MUTATED}."):
            for held in vars(module).values():
                if hasattr(held, "cache_clear"):
                    held.cache_clear()


def _asks_for_nothing(item: pytest.Item) -> bool:
    """Whether a test can be called without pytest: it has no fixtures, only parameters."""
    wanted = inspect.signature(item.obj).parameters.keys()
    return wanted <= _parameters(item).keys()


def _draws(item: pytest.Item) -> bool:
    return getattr(item.obj, "is_hypothesis_test", False)


def _parameters(item: pytest.Item) -> dict[str, Any]:
    return item.callspec.params if hasattr(item, "callspec") else {}


def _called(item: pytest.Item) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        item.obj(**_parameters(item))


def _in_a_child(work: Callable[[Callable[[str], None]], int]) -> tuple[int, str]:
    """Do the work in a forked process; return its exit status (negative: the signal that ended it) and what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        status = BROKEN
        try:
            _shut_up_and_stay_small()
            status = work(lambda words: _write(writing, words))
        except BaseException as error:  # whatever a mutant does, the child ends here
            _write(writing, f"{type(error).__name__}: {error}")
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended), said


def _write(pipe: int, words: str) -> None:
    with os.fdopen(os.dup(pipe), "w", encoding="utf-8") as file:
        file.write(words)


def _shut_up_and_stay_small() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)


def run_laboratory(experiment: Callable[[Laboratory], None]) -> None:
    """Start pytest over the tests, and run the experiment in the place of its test loop; raises what that raises."""
    laboratory = Laboratory(experiment)
    status = pytest.main([*QUIET, str(ROOT / TESTS.replace(".", "/"))], plugins=[laboratory])
    if laboratory.failure:
        raise laboratory.failure
    if laboratory.session is None:
        raise TestsFail(f"The tests cannot be collected (pytest says {status}).")
