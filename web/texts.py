"""The words that people read, by name, in bokmål, nynorsk and English: texts.yaml -> Texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from assistant import Language, Messages, read_model

HERE = Path(__file__).resolve().parent
FILE = HERE / "texts.yaml"
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")


@dataclass(frozen=True)
class Words:
    """The texts in one language, as templates read them: `{{ t.leave }}`, `{{ t('named', name=…) }}`."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, name: str, /, **values: object) -> str:
        """The text, with `{places}` filled in. Raises KeyError for a name that is not in the file."""
        return self.texts[name].format(**values) if values else self.texts[name]

    def __getattr__(self, name: str) -> str:
        try:
            return self.texts[name]
        except KeyError:
            raise AttributeError(f"texts.yaml has no «{name}»") from None

    def some(self, prefix: str) -> dict[str, str]:
        """The texts whose name begins with the prefix, without it: the words that a script needs."""
        return {name.removeprefix(prefix): text for name, text in self.texts.items() if name.startswith(prefix)}


def load(path: Path = FILE) -> Mapping[Language, Words]:
    """The words in each language. Raises CorpusError naming the text and the language that is missing."""
    messages = Messages.load(path)
    return {
        language: Words(language, {name: texts[language] for name, texts in messages.texts.items()})
        for language in LANGUAGES
    }


class Topic(BaseModel):
    """A ready-made question: the `entry` that answers it, and how it is read. `task`: staff's task that it belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    entry: str
    task: str | None = None
    nb: str
    nn: str
    en: str


class Topics(RootModel[dict[str, list[Topic]]]):
    """By role."""


def load_topics(path: Path = HERE / "topics.yaml") -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """Ready-made questions by role, each in three languages, in the order they are shown. Raises CorpusError naming the line."""
    topics = read_model(Topics, path).root
    return {role: tuple(topic.model_dump() for topic in found) for role, found in topics.items()}
