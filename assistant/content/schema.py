"""Values of a content file -> frozen models, with every fault in Norwegian: line, field, what stands there, the nearest name, the cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from assistant.content import files
from assistant.content.files import Content, Faults
from assistant.errors import CorpusError, Fault
from assistant.models import Text
from assistant.reading.phrases import faults_in

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]

ALIKE = 0.6
"""The least likeness (difflib's ratio, 0 to 1) of a name that is offered instead: `titel` is 0.8 like `title`."""

WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("mangler", "Legg det til."),
    "extra_forbidden": ("er ukjent", "Rett navnet, eller ta bort feltet."),
    "string_type": ("skal være tekst", "Sett anførselstegn rundt verdien."),
    "string_too_short": ("er tomt", "Skriv noe der, eller ta bort feltet."),
    "string_pattern_mismatch": ("har en annen form enn den skal", "Se hvordan de andre i filen er skrevet."),
    "literal_error": ("er ikke et av ordene som kan stå der", "Velg ett av dem."),
    "tuple_type": ("skal være en liste", "Skriv [ord, ord], eller «- » foran hver på egen linje."),
    "too_short": ("er en tom liste", "Skriv noe der, eller ta bort feltet."),
    "model_type": ("skal være en post med felt", "Skriv «felt: verdi», hvert på sin linje."),
    "dict_type": ("skal være navn med verdier", "Skriv «navn: verdi», hvert på sin linje."),
    "bool_type": ("skal være true eller false", "Skriv true eller false, uten anførselstegn."),
    "int_type": ("skal være et helt tall", "Skriv tallet med sifre, uten anførselstegn."),
    "float_type": ("skal være et tall", "Skriv tallet med sifre og punktum, uten anførselstegn."),
    "finite_number": ("skal være et tall som finnes", "Skriv tallet med sifre."),
    "greater_than": ("er et for lite tall", "Skriv et større tall."),
    "less_than_equal": ("er et for stort tall", "Skriv et mindre tall."),
    "date_type": ("skal være en dato", "Skriv ÅÅÅÅ-MM-DD, for eksempel 2026-07-01."),
    "date_from_datetime_parsing": ("er ikke en dato som finnes", "Skriv ÅÅÅÅ-MM-DD, for eksempel 2026-07-01."),
    "date_from_datetime_inexact": ("skal være en dato uten klokkeslett", "Skriv ÅÅÅÅ-MM-DD, for eksempel 2026-07-01."),
}
"""What each of pydantic's errors that our models can raise says about a field, and the cure."""

NOT_QUOTED = frozenset({"missing", "extra_forbidden", "value_error"})
"""Where the fault is already told without what stands there."""

MARKS = "Kjent er a|b, ord(e,er), ord* og …1 til …9 mellom to ord; ingen parentes i parentes."
"""The cure for a phrase that is not written in the pattern language."""


def _many(value: Any) -> Any:
    """One text where a list may stand is a list of one: `nb: hva`."""
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[Text, ...], BeforeValidator(_many), Field(strict=False)]
"""One text or a list of them."""


def _phrases(listing: str) -> str:
    """Raises ValueError (problem | cure) for what is not written in the pattern language, and would silently match nothing."""
    if wrong := faults_in(listing):
        raise ValueError(f"«{wrong[0][:60]}» har et tegn som ikke kan stå der | {MARKS}")
    return listing


Phrase = Annotated[Text, AfterValidator(_phrases)]
"""A phrase in the pattern language of `assistant.reading.phrases`."""


def nearest(name: str, known: Iterable[str]) -> str:
    """«Mente du …? » for the known name that is most like this one; nothing when none is."""
    found = difflib.get_close_matches(name, [word for word in known if word != name], 1, ALIKE)
    return f"Mente du «{found[0]}»? " if found else ""


def unknown(what: str, name: str, known: Iterable[str], cure: str) -> tuple[str, str]:
    """Problem and cure for a name that is not among the known ones: «begrepet «vaapen» finnes ikke»."""
    return f"{what} «{name}» finnes ikke", f"{nearest(name, known)}{cure}"


def model(kind: type[Model], content: Content, *path: str | int, label: str = "") -> Model:
    """The part of the content as a model. Raises CorpusError with one fault a field; `label` names the part in them."""
    try:
        return kind.model_validate(_part(content.value, path))
    except ValidationError as error:
        found = [_fault(kind, content, path, item, label) for item in error.errors(include_url=False)]
        raise CorpusError(content.where, found) from None


def read_model(kind: type[Model], path: Path) -> Model:
    """A whole file as a model. Raises CorpusError."""
    return model(kind, files.read(path))


def _part(value: Any, path: Sequence[Any]) -> Any:
    for part in path:
        value = value[part]
    return value


def listed(kind: type[Model], content: Content, once: str = "id") -> tuple[Model, ...]:
    """A file that is a list of posts, as models. Raises CorpusError with the faults of all of them.

    `once`: the field by which a post is named, and which two posts must not share.
    """
    if not isinstance(content.value, list) or not content.value:
        raise CorpusError(
            content.where, [content.fault((), "er ikke en liste med poster", "Begynn hver post med «- ».", "schema")]
        )
    faults = Faults()
    names = [name(post, once) for post in content.value]
    for place, named in enumerate(names):
        if named and named in names[:place]:
            first = content.line(names.index(named))
            problem = f"{once} «{named}» står to ganger, også på linje {first}"
            faults.append(content.fault((place, once), problem, "Gi den ene et annet navn."))
    models = [faults.of(model, kind, content, place, label=named) for place, named in enumerate(names)]
    faults.stop(content.where)
    return tuple(each for each in models if each)


def name(post: Any, field: str = "id") -> str:
    """What a post is called, where it says so."""
    return str(post.get(field) or "") if isinstance(post, dict) else ""


def mapping(content: Content, of: str) -> dict[str, Any]:
    """A file that is names with something under each. Raises CorpusError for any other; `of` says what they are."""
    if not isinstance(content.value, dict) or not content.value:
        raise CorpusError(
            content.where, [content.fault((), f"er ikke navn med {of}", "Skriv «navn:» og innholdet under.")]
        )
    return content.value


def named(kind: type[Model], content: Content, of: str) -> dict[str, Model]:
    """A file that is names with a post under each, as models by name. Raises CorpusError with the faults of all of them."""
    faults = Faults()
    models = {each: faults.of(model, kind, content, each, label=each) for each in mapping(content, of)}
    faults.stop(content.where)
    return {each: found for each, found in models.items() if found}


def _fault(kind: type[BaseModel], content: Content, path: Place, item: Any, label: str) -> Fault:
    """One of pydantic's errors as a Fault."""
    key = item["loc"][-1:] == ("[key]",)  # the name itself is wrong, not what stands under it
    loc: Place = tuple(item["loc"][:-1] if key else item["loc"])
    place = (*path, *loc)
    if item["type"] == "value_error":  # a validator of ours, which says it in Norwegian itself: «problem | cure»
        problem, _, cure = str(item["ctx"]["error"]).rpartition(" | ")
    else:
        problem, cure = WORDS.get(item["type"], ("er ikke slik det skal være", "Se feltet i corpus/README.md."))
    field = f"felt «{'.'.join(_counted(loc))}» " if loc else ""
    given = "" if key or item["type"] in NOT_QUOTED else content.written(*place)
    stands = f" (her står: «{given[:60]}»)" if given else ""
    front = f"«{label}»: " if label else ""
    return content.fault(place, f"{front}{field}{problem}{stands}", f"{_offer(kind, item, loc)}{cure}{_choices(item)}")


def _counted(loc: Place) -> Iterable[str]:
    """Places in a list as people count them: `steps.2.do` is in the second step."""
    return (str(part + 1) if isinstance(part, int) else part for part in loc)


def _choices(item: Any) -> str:
    words = _expected(item)
    return f" Disse finnes: {', '.join(words)}." if words else ""


def _expected(item: Any) -> list[str]:
    return re.findall(r"'([^']+)'", item["ctx"]["expected"]) if item["type"] == "literal_error" else []


def _offer(kind: type[BaseModel], item: Any, loc: Place) -> str:
    """The nearest known name, for a field or a word that is unknown."""
    if item["type"] == "extra_forbidden":
        return nearest(str(loc[-1]), fields(_model_at(kind, loc[:-1])))
    return nearest(str(item["input"]), _expected(item))


@lru_cache(maxsize=64)
def fields(kind: type[BaseModel]) -> tuple[str, ...]:
    """The names of a model's fields as editors write them."""
    return tuple(field.alias or own for own, field in kind.model_fields.items())


def _model_at(kind: type[BaseModel], loc: Place) -> type[BaseModel]:
    """The model that a path leads to: (`steps`, 0) of a procedure is a step."""
    for part in loc:
        if isinstance(part, str):
            own = next((each for each, field in kind.model_fields.items() if part in (each, field.alias)), None)
            kind = _inner(kind.model_fields[own].annotation) or kind if own else kind
    return kind


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)
