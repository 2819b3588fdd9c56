"""What was typed, made comparable once for all: characters, words, spelling, phrases, language.

Pure: no file, no state; nothing that a person types is remembered.
"""

from assistant.models.question import Language
from assistant.reading.tokens import Reading, Token, read, words

__all__ = ["Reading", "Token", "detect_language", "read", "words"]


def detect_language(text: str) -> Language:
    """The written language of a text: `nb`, `nn` or `en`; never raises."""
    return read(text).language
