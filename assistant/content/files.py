"""The one reader of content files: text or YAML -> values that know their lines. What is wrong becomes a Fault, never a traceback.

`assistant/content/schema.py` turns the values into models. Whatever an editor can leave in a folder is met here: another encoding,
a conflict from a merge, a folder with a file's name, a number of five thousand digits.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import yaml

from assistant.content.yaml_faults import syntax_fault
from assistant.errors import CorpusError, Fault

_PACKAGE = Path(__file__).resolve().parents[1]
_PACKAGED = _PACKAGE / "_corpus"

EMBEDDED: Path = _PACKAGED if _PACKAGED.is_dir() else _PACKAGE.parent / "corpus"
"""The embedded corpus: inside the package in an installed wheel, beside it in a checkout. It may be missing or broken."""

VARIABLE = "ASSISTANT_CORPUS"
"""Names the content folders that stand instead of the embedded corpus, separated as in PATH."""

LARGEST = 20_000_000
"""Bytes; the largest content file has 0.3 million, the largest plan that was ever ingested 2 million."""
DEEPEST = 12
"""Levels of lists and fields inside each other; content has five. A thousand would end Python's own stack."""

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader written in C where PyYAML has it: ten times faster."""

_TAG = "tag:yaml.org,2002:"
_TEXT = f"{_TAG}str"
_PLAIN = yaml.constructor.SafeConstructor()
_VALUES: dict[str, Callable[[Any], Any]] = {
    f"{_TAG}null": _PLAIN.construct_yaml_null,
    f"{_TAG}bool": _PLAIN.construct_yaml_bool,
    f"{_TAG}int": _PLAIN.construct_yaml_int,
    f"{_TAG}float": _PLAIN.construct_yaml_float,
    f"{_TAG}timestamp": _PLAIN.construct_yaml_timestamp,
}

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LEFT_BEHIND = (
    (re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE), "rester etter en sammenslåing som ikke ble ferdig",
     "Velg den ene teksten, og ta bort linjene med «<<<<<<<», «=======» og «>>>>>>>»."),
    (re.compile(r"\{\{.*|\{%.*|<%.*|\$\{.*"), "et sted i en mal som ikke er fylt ut", "Skriv det som skal stå der."),
)  # fmt: skip

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Faults(list[Fault]):
    """Calls readers and keeps their faults, so that one broken file does not hide the next one's."""

    def of(
        self, reader: Callable[Parameters, Result], /, *given: Parameters.args, **named: Parameters.kwargs
    ) -> Result | None:
        """What the reader gives, or None with its faults kept."""
        try:
            return reader(*given, **named)
        except CorpusError as error:
            self.extend(error.faults)
            return None

    def stop(self, folder: Path | str) -> None:
        """Raises CorpusError with all that was found, if anything was."""
        if self:
            raise CorpusError(folder, list(self))


@dataclass(frozen=True)
class Content:
    """A file's value in plain Python, and where each part of it stands. A path is keys and places: `("steps", 0, "do")`."""

    value: Any
    where: str
    root: yaml.Node | None = None
    first_line: int = 1

    def line(self, *path: str | int) -> int:
        """The line of the part, or of the innermost part around it that there is."""
        node, line = self.root, self.first_line
        for part in (None, *path):
            found = (node, node) if part is None else _below(node, part)
            if found is None or found[0] is None or found[1] is None:
                break
            line, node = self.first_line + found[0].start_mark.line, found[1]
        return line

    def line_of_text(self, number: int, *path: str | int) -> int:
        """The line of the file that line `number` (from nought) of a text under `|` stands on; of any other text, its first."""
        node: yaml.Node | None = self.root
        for part in path:
            found = _below(node, part)
            node = found[1] if found else None
        is_block = isinstance(node, yaml.ScalarNode) and node.style == "|"
        return self.line(*path) + (number + 1 if is_block else 0)

    def written(self, *path: str | int) -> str:
        """The part as the editor wrote it (`02800`, not the number that YAML makes of it); lists and fields in short."""
        node = self.root
        for part in path:
            found = _below(node, part)
            if found is None:
                return ""
            node = found[1]
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        return "en liste" if isinstance(node, yaml.SequenceNode) else "flere felt" if node else ""

    def fault(self, path: Iterable[str | int], problem: str, cure: str, rule: str = "schema") -> Fault:
        """A fault at the part's own line."""
        return Fault(f"{self.where}:{self.line(*path)}", problem, cure, rule)


def _below(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """What to point at for a part, and the part itself."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def folders_from_environment() -> tuple[Path, ...]:
    """The folders in ASSISTANT_CORPUS, else the embedded corpus."""
    given = os.environ.get(VARIABLE)
    return tuple(Path(part) for part in given.split(os.pathsep) if part) if given else (EMBEDDED,)


def lexicon_folder(folders: Iterable[Path], part: str = "") -> Path:
    """The first of the folders that has its own `lexicon/` (or that part of it, `risk`), else the embedded corpus."""
    return next((folder for folder in folders if (folder / "lexicon" / part).is_dir()), EMBEDDED)


def shown(path: Path) -> str:
    """How a file is named to its editor: inside the embedded corpus without the folder, elsewhere as it was given."""
    return str(path.relative_to(EMBEDDED) if path.is_relative_to(EMBEDDED) else path)


def listed(folder: Path, pattern: str) -> list[Path]:
    """The content files of a folder, in a fixed order; what an editor's program keeps beside them is passed by."""
    return sorted(path for path in folder.glob(pattern) if not is_left_over(path))


def is_left_over(path: Path) -> bool:
    """Whether it is a lock or a copy that an editor's program left: `.#gol.md`, `~$gol.md`, `gol.md~`, `#gol.md#`."""
    return path.name.startswith((".", "~", "#")) or path.name.endswith(("~", "#"))


def read(path: Path) -> Content:
    """The content of a YAML file. Raises CorpusError where it is missing, no file, no text or no YAML."""
    return parse(read_text(path), shown(path))


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 with plain line ends. Raises CorpusError for anything else; never waits for a pipe."""
    try:
        if problem := _no_file(path):
            raise CorpusError(path, [Fault(f"{shown(path)}:1", *problem, "file")])
        return _decoded(path.read_bytes(), path).replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        fault = Fault(shown(path), "filen finnes ikke", "Legg den tilbake.", "file")
    except OSError:
        fault = Fault(shown(path), "filen kan ikke åpnes", "Se hvem som har lov til å lese den.", "file")
    raise CorpusError(path, [fault])


def _no_file(path: Path) -> tuple[str, str] | None:
    """Why it cannot be content, and the cure."""
    if is_left_over(path):
        return "er en låsefil eller kopi fra et skriveprogram", "Lukk programmet, eller slett filen."
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        return "er en mappe, ikke en fil", "Gi mappen et annet navn, eller legg filen tilbake."
    if not stat.S_ISREG(found.st_mode):
        return "er ikke en vanlig fil", "Ta den bort, og legg en tekstfil der."
    if found.st_size > LARGEST:
        return f"er for stor, over {LARGEST // 1_000_000} millioner tegn", "Del den i flere filer."
    return None


def _decoded(raw: bytes, path: Path) -> str:
    cure = "Lagre filen på nytt som UTF-8, uten BOM."
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        problem, place = "er ikke lagret som UTF-8", raw.count(b"\n", 0, error.start)
    else:
        odd = _CONTROL.search(text)
        if odd is None:
            return text
        problem, place = f"har et usynlig tegn (U+{ord(odd[0]):04X})", text.count("\n", 0, odd.start())
        cure = cure if odd[0] == "\ufeff" else "Slett tegnet; skriv linjen på nytt om det ikke synes."
    raise CorpusError(path, [Fault(f"{shown(path)}:{place + 1}", problem, cure, "file")])


def left_behind(text: str, where: str, first_line: int = 1) -> list[Fault]:
    """Lines of a merge that was not finished, and places of a template that were not filled in."""
    return [
        Fault(
            f"{where}:{first_line + text.count(chr(10), 0, match.start())}",
            f"{problem}: «{match[0][:60]}»",
            cure,
            "file",
        )
        for pattern, problem, cure in _LEFT_BEHIND
        for match in pattern.finditer(text)
    ]


def parse(text: str, where: str, first_line: int = 1) -> Content:
    """The content of a YAML text whose first line is `first_line` of `where`.

    Raises CorpusError for what YAML cannot read, for keys written twice, and for what content does not use: aliases and tags.
    """
    faults = Faults(left_behind(text, where, first_line))
    faults.stop(where)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise CorpusError(where, [syntax_fault(error, where, first_line)]) from None
    builder = _Builder(where, first_line, faults)
    value = builder.value(root, 0) if root else None
    faults.stop(where)
    return Content(value, where, root, first_line)


class _Builder:
    """Makes values of composed nodes, and keeps what is wrong in them."""

    def __init__(self, where: str, first_line: int, faults: Faults) -> None:
        self.where, self.first_line, self.faults = where, first_line, faults
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> Any:
        if node.tag == _TEXT:
            return node.value
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self.seen or depth > DEEPEST:
            self._fault(
                node, "lister i hverandre uten ende", "Ta bort «*» og «&», og skriv innholdet der det skal stå."
            )
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode) and node.tag == f"{_TAG}map":
            return {key: self.value(value, depth + 1) for key, value in self._fields(node)}
        if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
            return [self.value(item, depth + 1) for item in node.value]
        return self._fault(node, f"merket «{node.tag}» brukes ikke her", "Ta bort det som begynner med «!».")

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        kind = _VALUES.get(node.tag)
        if kind is None:
            return self._fault(node, f"«{node.value[:40]}» leses ikke som tekst", "Sett anførselstegn rundt.")
        try:
            return kind(node)
        except (ValueError, OverflowError):
            return self._fault(node, f"«{node.value[:40]}» er ikke et tall eller en dato som finnes", "Rett det.")

    def _fields(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        lines: dict[str, int] = {}
        for key, value in node.value:
            line = self.first_line + key.start_mark.line
            if key.tag != _TEXT:
                written = key.value if isinstance(key, yaml.ScalarNode) else "…"
                self._fault(key, f"feltet «{written[:40]}» leses ikke som tekst", "Sett anførselstegn rundt navnet.")
            elif key.value in lines:
                self._fault(
                    key, f"feltet «{key.value}» står to ganger, også på linje {lines[key.value]}", "Ta bort det ene."
                )
            else:
                lines[key.value] = line
                yield key.value, value

    def _fault(self, node: yaml.Node, problem: str, cure: str) -> None:
        self.faults.append(Fault(f"{self.where}:{self.first_line + node.start_mark.line}", problem, cure, "syntax"))
