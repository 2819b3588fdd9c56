"""Which municipality a name means, and which municipalities a question mentions.

Pure functions on loaded `Municipality` records. Many Norwegian municipalities are called something that is also an
ordinary word (Ål, Os, Time, Ski): in running text such a name counts only where its surroundings show that it is a
place.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.errors import UsageError
from assistant.models import Municipality
from assistant.reading.spelling import distance

Index = dict[str, tuple[Municipality, ...]]

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_NAME = 5
MISSPELT_FROM = 7
"""Letters. Shorter names are one slip from ordinary words."""
POINTING = frozenset({"i", "på", "fra", "frå", "nær", "ved", "in", "from"})
RESPELLINGS = (
    str.maketrans({"æ": "ae", "ø": "o", "å": "a"}),
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
)


def _respellings(form: str) -> Iterator[str]:
    """How a keyboard without æ, ø and å writes it: `bærum` -> `baerum`; `tromsø` -> `tromso`, `tromsoe`."""
    for letters in RESPELLINGS:
        plain = unicodedata.normalize("NFD", form.translate(letters))
        yield "".join(char for char in plain if not unicodedata.combining(char))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _spellings(text: str) -> frozenset[str]:
    return _words(text) | {spelling for word in text.split() for spelling in _respellings(word)}


# Words first, names second: "heim" is home, "førde" led, "volda" caused, "kinn" a cheek. From a comparison of all names
# with the spelling dictionaries of bokmål and nynorsk. Given names are here too: a child may be called Vega or Frøya.
ORDINARY_WORDS = _spellings("""
    alver aure berg bø eid eide fet fjell fjord flora flå frøya førde gran grue halsa heim hof hol hole hå kinn klepp
    leka lom loppa lund marker nes nesset nome os osen rana re rissa rosse rygge råde røst røyken sande sel selje senja
    ski skien sola stad stokke strand stranda sula sund time tinn tokke torsken valle vang vega vik vinje volda våler
    ål ås øyer
""")
# Names first, words seldom ("halden" is held, "stange" to butt): a capital letter is enough, lower case needs a cue.
RARE_WORDS = _words("""
    asker drammen frogn halden hamar hvaler høylandet lier lunner lyngen molde moss rena stange steigen sømna tana voss
    åmot
""")
# What stands right before the name of a place.
PLACE_CUES = _words("""
    i på fra frå til ved nær utenfor utanfor rundt kring for in from near nav politiet helsestasjonen
    kommune kommunen kommunene kommunane krisesenter krisesenteret legevakt legevakta legevakten
    barnevern barnevernet barneverntjenesten barnevernvakt barnevernvakta barnevernvakten familievernkontoret
""")
MUNICIPAL_WORDS = _words("kommune kommunes kommuna kommunen herad")
SERVICES = _words("krisesenter barnevern barneverntjeneste barnevernvakt legevakt familievernkontor")
CONNECTIVES = _words("og eller samt")


def find(text: str, municipalities: Sequence[Municipality]) -> list[Municipality]:
    """The municipalities that a given name, number, slug, former name or other spelling can mean, in number order.

    Several when the name is shared (`Våler`; `Nes`, which Nesbyen was called until 2020), none when it is unknown.
    `full_name` and the number always give exactly one; a slug does where it is not also a shared name. Understands
    `hamar kommune`, `Hamars`, `baerum`, `Aal`.
    """
    index = _index_of(municipalities)
    key = _key(text)
    key = re.sub(r"\s(?:kommunes?|kommuna|kommunen|herad)$", "", key)
    for candidate in (key, _without_genitive(key)):
        for forms in (index.exact, index.respelled, index.codes):
            if candidate in forms:
                return list(forms[candidate])
    return []


def full_name(municipality: Municipality, municipalities: Sequence[Municipality]) -> str:
    """The official name, with the county where the name alone would not do: `Nes (Akershus)`, `Hamar`."""
    if find(municipality.name, municipalities) == [municipality]:
        return municipality.name
    return f"{municipality.name} ({municipality.county})"


def meant(text: str | None, municipalities: Sequence[Municipality]) -> Sequence[Municipality]:
    """The municipalities that a name can mean. Raises UsageError with the nearest names when it is given and means none."""
    found = find(text, municipalities) if text else []
    if text and not found:
        names = difflib.get_close_matches(text[:60].title(), [each.name for each in municipalities], 3)
        cure = f"Did you mean {' or '.join(names)}?" if names else "Write its name (Gol) or its number (3324)."
        raise UsageError(f"--municipality {text}: no municipalities are called that.\n{cure}")
    return found


def mentioned(question: str, municipalities: Sequence[Municipality]) -> list[Municipality]:
    """The municipalities that a question names, in order of first mention; a shared name gives all that share it.

    A name that is an ordinary word counts only with a capital letter beside a word that points to a place (`i Ål`,
    `til Os`), or beside *kommune* (`ål kommune`). Regions (*Hallingdal*, *Hamar-regionen*) are not municipalities.
    """
    index = _index_of(municipalities)
    found: dict[str, Municipality] = {}
    for span in _spans(question, index):
        for municipality in span.means:
            found.setdefault(municipality.number, municipality)
    return list(found.values())


# --- names and their spellings -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Index:
    """`exact`: names as written; `respelled`: without æ, ø, å and accents; `codes`: numbers and slugs; `first`: first words."""

    exact: Index
    respelled: Index
    codes: Index
    first: frozenset[str]
    by_letter: Mapping[str, tuple[str, ...]]


class Places(tuple[Municipality, ...]):
    """All municipalities, with the index of their names, made once."""

    @cached_property
    def names(self) -> _Index:
        """Every way to write each of them."""
        ordered = sorted(self, key=lambda each: each.number)
        exact = _collect((form, each) for each in ordered for form in _names(each))
        respelled = _collect(
            (spelling, each) for each in ordered for form in _names(each) for spelling in _respellings(form)
        )
        codes = _collect((code, each) for each in ordered for code in (each.number, each.slug))
        first = frozenset(form.split()[0] for form in (*exact, *respelled))
        return _Index(
            exact,
            {form: means for form, means in respelled.items() if form not in exact},
            codes,
            first,
            _by_letter(exact),
        )


def _by_letter(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        if name.isalpha() and len(name) >= MISSPELT_FROM:
            found.setdefault(name[0], []).append(name)
    return {letter: tuple(listed) for letter, listed in found.items()}


def _index_of(municipalities: Sequence[Municipality]) -> _Index:
    return municipalities.names if isinstance(municipalities, Places) else Places(municipalities).names


def _collect(pairs: Iterable[tuple[str, Municipality]]) -> Index:
    collected: dict[str, list[Municipality]] = {}
    for form, municipality in pairs:
        means = collected.setdefault(form, [])
        if municipality not in means:
            means.append(municipality)
    return {form: tuple(means) for form, means in collected.items()}


def _names(municipality: Municipality) -> Iterator[str]:
    """Every way to write it: `våler innlandet`, `våler`, `nord odal`, former and Sámi names."""
    for name in (municipality.name, *municipality.also):
        yield _key(name)
        yield _key(name.replace("-", " "))
    plain = _key(municipality.name.split(" (")[0])
    yield plain
    yield f"{plain} {_key(municipality.county)}"
    yield f"{plain} i {_key(municipality.county)}"


def _key(text: str) -> str:
    """Lower case, without brackets and commas, single spaces: `Våler (Innlandet)` -> `våler innlandet`."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub(r"[(),]", " ", composed).split())


def _without_genitive(key: str) -> str:
    """`hamars` -> `hamar`; short words are left alone, since `oss` means us, not of Os."""
    return key[:-1].rstrip("'’") if key.endswith("s") and len(key) > 3 else key


# --- names in running text -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Span:
    """Words `first` up to `end` of the question, and what they can mean."""

    first: int
    end: int
    means: tuple[Municipality, ...]
    respelled: bool


def _spans(question: str, index: _Index) -> Iterator[_Span]:
    """The accepted mentions from left to right; the longest name wins (`Nes i Hallingdal` before `Nes`)."""
    text = unicodedata.normalize("NFC", question)
    words = list(WORD.finditer(text.lower() if text.isupper() else text))  # in a shout, capital letters tell nothing
    position, last_end = 0, -1
    while position < len(words):
        span = _name_at(position, words, index)
        if span and _is_place(span, words, last_end):
            yield span
            last_end = span.end
        position = span.end if span else position + 1


def _name_at(position: int, words: list[re.Match[str]], index: _Index) -> _Span | None:
    first = words[position].group().casefold()
    if first not in index.first and _without_genitive(first) not in index.first:
        return _misspelt(position, words, index)
    for end in range(min(position + LONGEST_NAME, len(words)), position, -1):
        if not all(_gap(words, right, r"[\s(,]{1,3}") for right in range(position + 1, end)):
            continue
        key = " ".join(word.group().casefold() for word in words[position:end])
        for form in (key, _without_genitive(key)):
            for forms in (index.exact, index.respelled):
                if form in forms:
                    return _Span(position, end, forms[form], forms is index.respelled)
    return None


def _misspelt(position: int, words: list[re.Match[str]], index: _Index) -> _Span | None:
    """A long name with one slip, right after a word that points to a place: «i lillehamer»."""
    word = words[position].group().casefold()
    before = words[position - 1].group().casefold() if _gap(words, position, r"\s+") else ""
    if len(word) < MISSPELT_FROM or before not in POINTING:
        return None
    near = [name for name in index.by_letter.get(word[0], ()) if abs(len(name) - len(word)) <= 1]
    found = [name for name in near if distance(name, word) == 1]
    return _Span(position, position + 1, index.exact[found[0]], True) if len(found) == 1 else None


def _gap(words: list[re.Match[str]], right: int, pattern: str) -> bool:
    """Whether what stands between word `right` and the one before it is of this kind."""
    if not 0 < right < len(words):
        return False
    return re.fullmatch(pattern, words[right].string[words[right - 1].end() : words[right].start()]) is not None


def _is_place(span: _Span, words: list[re.Match[str]], last_end: int) -> bool:
    """Whether the name stands for the place here, judged by capital letters and the words on either side."""
    after = words[span.end].group().casefold() if _gap(words, span.end, r"\s+") else ""
    if after in MUNICIPAL_WORDS:
        return True
    capital = words[span.first].group()[0].isupper()
    cue = _has_cue(span, words, last_end) or (capital and after in SERVICES)
    names = {words[span.first].group().casefold(), _without_genitive(words[span.first].group().casefold())}
    if span.end > span.first + 1:
        return capital or not names & ORDINARY_WORDS
    if names & ORDINARY_WORDS:
        return capital and cue
    if span.respelled or names & RARE_WORDS:
        return cue or (capital and not span.respelled and not _is_surname(span, words))
    return cue or not _is_surname(span, words)


def _has_cue(span: _Span, words: list[re.Match[str]], last_end: int) -> bool:
    """A word before it that points to a place, or another municipality that it is listed with (`Gol, Ål og Hol`)."""
    if _gap(words, span.first, r"\s*[,/&]\s*"):
        return last_end == span.first
    if not _gap(words, span.first, r"[\s(:«\"]{1,3}"):
        return False
    before = words[span.first - 1].group().casefold()
    return before in PLACE_CUES or (before in CONNECTIVES and last_end == span.first - 1)


def _is_surname(span: _Span, words: list[re.Match[str]]) -> bool:
    """Whether a capitalised word inside the sentence stands right before it, as in *mannen min, Per Sandnes*."""
    if not _gap(words, span.first, r"\s+"):
        return False
    before = words[span.first - 1]
    lead = before.string[max(0, before.start() - 10) : before.start()].rstrip()
    return before.group().istitle() and lead != "" and lead[-1] not in ".!?:"
