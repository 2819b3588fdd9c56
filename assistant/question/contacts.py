"""Who fits whom to contact, as an editor has ordered it (`lexicon/answers/contacts.yaml`)."""

from __future__ import annotations

from pydantic import Field

from assistant.models import Audience, Frozen, HelplineKind, Language, Texts

KIND = "kind:"
"""Before a kind of helpline: all local ones of that kind, where an id means one helpline."""


class Contacts(Frozen):
    """`fitting`: by who asks. `instead`: where a kind has no local number to show. `first`: what always comes first for a kind.

    The texts are ids of helplines; in `fitting` also `kind:crisis_shelter`, all of that kind in the asker's municipality. `calling`: words
    that tell that somebody is to be called, not whom. `abroad`: what is shown only where a word of the question begins so.
    """

    fitting: dict[Audience, Texts]
    instead: dict[HelplineKind, Texts]
    first: dict[HelplineKind, Texts]
    calling: dict[Language, Texts] = Field(default_factory=dict)
    abroad: dict[str, Texts] = Field(default_factory=dict)
