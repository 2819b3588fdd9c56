"""The documents cannot drift: what the README says is run, and what the program has must stand in it."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import assistant
from assistant.cli import main as command

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readmes_question_has_the_readmes_answer() -> None:
    """The whole answer, so that what stands beside it (sources, expiry) is not left out of the picture."""
    block = re.search(r"```console\n\$ (assistant ask .*?)\n(.*?)\n```", README, re.DOTALL)
    assert block
    arguments = shlex.split(block[1])[1:]
    done = subprocess.run([sys.executable, "-m", "assistant", *arguments], capture_output=True, text=True, check=True)
    printed = done.stdout.rstrip()
    assert block[2] == printed, f"README's example is stale. Read what it says now, and put it in:\n{printed}"


def test_the_readme_is_read_to_its_end() -> None:
    assert len(README.splitlines()) <= 120, "A README of more lines is not read; say it where it belongs instead."


def test_the_readme_says_what_the_fitted_part_of_the_alert_decides() -> None:
    part = str(assistant.fitted_part(assistant.Safety.load(assistant.EMBEDDED)))
    assert f"it turns {part}," in README, f"The weights now turn {part} examples: say so in the README."


def test_links_between_the_documents_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
        assert [link for link in links if not (ROOT / link).exists()] == [], name


def test_ci_tries_the_wheel_on_every_python_that_the_package_claims() -> None:
    """The lowest is the one that `requires-python` allows, and the package says that it is typed."""
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    prefix = "Programming Language :: Python :: "
    claimed = [line.removeprefix(prefix) for line in package["classifiers"] if line.startswith(prefix)]
    tried = re.findall(r"python(3\.\d+)", (ROOT / ".ci/run").read_text(encoding="utf-8"))
    assert tried == claimed
    assert package["requires-python"] == f">={claimed[0]}"
    assert (ROOT / "assistant/py.typed").exists()


def test_every_library_that_the_code_imports_is_declared() -> None:
    """One that happens to be installed here would be missing where the wheel is installed."""
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: wanted for name, wanted in package["optional-dependencies"].items() if name != "test"}
    wanted = [*package["dependencies"], *[line for lines in extras.values() for line in lines]]
    declared = {re.split(r"[<>=\[ ]", line)[0].lower() for line in wanted}
    known = packages_distributions()
    missing = {
        f"{name} ({path.relative_to(ROOT)})"
        for folder in ("assistant", "web")
        for path in (ROOT / folder).rglob("*.py")
        for name in _imported(path) - sys.stdlib_module_names - {"assistant", "web"}
        if declared.isdisjoint(home.lower() for home in known.get(name, []))
    }
    assert not missing, f"Add to the dependencies in pyproject.toml, with the reason: {sorted(missing)}"


def _imported(path: Path) -> set[str]:
    """The first part of every absolute import of a module, those inside functions too."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return {name.partition(".")[0] for name in names}


def test_the_readmes_python_runs() -> None:
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block
    names: dict[str, object] = {}
    exec(block[1], names)  # noqa: S102 - our own README
    assert names["answer"]


def test_every_command_stands_in_the_readme() -> None:
    for name in command.commands:
        assert f"`assistant {name}" in README, name


def test_every_room_of_the_map_exists() -> None:
    rooms = re.findall(r"^\| (?:– )?((?:`[\w./]+` ?)+)", README, re.MULTILINE)
    names = [name for room in rooms for name in re.findall(r"`([\w./]+)`", room)]
    assert len(names) > 15
    for name in names:
        assert (ROOT / name).exists() or (ROOT / "assistant" / name).exists(), name


def test_the_public_names_are_one_list() -> None:
    assert set(assistant.__all__) == set(assistant._HOME)
    for name in assistant.__all__:
        assert getattr(assistant, name) is not None


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, assistant; print([m for m in ('nltk', 'rank_bm25', 'numpy', 'pydantic', 'flask', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_any_module_starts_and_opens_nothing() -> None:
    """Every module is imported with `open` and sockets watched: only source and metadata of packages may be read."""
    code = """
import importlib, pathlib, pkgutil, socket, sys, threading
import assistant, web
touched = []
def watch(event, arguments):
    if event in ('socket.bind', 'socket.connect', 'subprocess.Popen'):
        touched.append(event)
    if event == 'open' and isinstance(arguments[0], str) and '/corpus/' in arguments[0]:
        touched.append(arguments[0])
sys.addaudithook(watch)
for package in (assistant, web):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):
        if not module.name.endswith('__main__'):
            importlib.import_module(module.name)
print(touched, threading.active_count())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] 1"
