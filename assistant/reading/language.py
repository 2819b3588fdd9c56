"""Which written language a question is in, told by its small words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.models.question import Language


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What only nynorsk has. Forms that the dialects share with it («kor», «ho», «me», «kem») are left out: most people who write
# «kor e du» do not expect an answer in nynorsk.
_NYNORSK = _words(
    """eg ikkje kva kven kvens korleis kvifor kvar kvart dykk dykkar nokon noko nokre vore vere vart vert eit mykje meir frå
    seie seier gjer gjere gjeld heim heime heimen sjølv sjølve medan dersom saman ein eitt eigen eige eigne difor korkje anten
    nynorsk vald valden vaksen vaksne born borna skulen skule skular gjekk høyrer høyre høyrt fortel ynskjer ynskje ønskjer
    teieplikt teieplikta avverjeplikt tenesta tenester tenestene barnevernstenesta lækjar lærar kommunar sjukepleiar kjærast
    sambuar utsett valdsutsett valdsutsette tilbod krisesentertilbod rettleiing opplysingar moglegheit tryggleik kjensle
    ringjer ringje finst veit seiast lagast gjerast haldast dei fekk tek teke nokosinne gong gonger"""
)
_BOKMAL = _words(
    """jeg ikke hva hvem hvordan hvorfor hvor hvilken hvilke hvilket hver dere deres noen noe vært være blir ble blitt et
    mye mer fra sier gjør gjøre gjelder hjem hjemme hjemmet selv mens hvis sammen derfor vold volden hun voksen voksne barna
    skolen egen egne fikk gikk hører hørt forteller ønsker tjenesten tjenester avvergeplikt kjæresten utsatt utsatte"""
)
_DIALECT = _words(
    """æ æg jæ ka kæm kem koffer koffør kolles kordan korsn korsen korr itj ittj itte ikkj hainn hannj hu dokker dokk dåkker mæ
    dæ sæ nåkka nåkke nokka ongan onga kjæm ække ekke"""
)
# Words of every kind of Norwegian that no English question has.
_NORWEGIAN = _words(
    """er og det den de som på til av med om meg deg han ho hun seg vi oss å når da så kan har vil skal må bør får går kor kem
    min mi mitt mine din si sitt sine mot hos eller men også bare der alle noen ingen etter før ved ut opp inn under over uten
    hjelp barn barnet barnevernet politi politiet krisesenter krisesenteret mann mannen kona kone straffbart lov plikt melde
    ringe snakke nummer tiltak handlingsplan planen kommunen nå nei ja takk hei"""
)
_ENGLISH = _words(
    """the an and or is are was were been my you your his she they them their our us it its this that these those what who whom
    whose which when where why how does did done doing dont doesnt cant could can would should will must of from with without
    about not if there here having get gets got need needs want help please any someone anyone because than then but know think
    being into after before im hes shes its husband wife boyfriend girlfriend mother father child children kid kids parents
    violence violent abuse abused abusive police shelter neighbour neighbor friend hits hit beats rape raped free
    number call phone talk report tell live leave moved away"""
)
# Spelt the same in Norwegian: it tells English only when nothing Norwegian stands beside it.
_BOTH = _words("i a am an at be by do for have he her him in me no on some so to we may shall had has up all out")


_HERE = _NYNORSK | _BOKMAL | _DIALECT | _NORWEGIAN | _ENGLISH | _BOTH
ENGLISH = 0.15
"""Share of such words from which a text is English: 94 of 100 English questions have it, and none of 24 in other languages."""


def language_of(words: Sequence[str]) -> Language:
    """`nb`, `nn` or `en` by a text's words. Dialect counts as bokmål unless nynorsk words stand beside it.

    Where nothing tells, bokmål: it is what most people write, and what a bare keyword («krisesenter») gets.
    """
    nynorsk, bokmal, dialect = _count(words, _NYNORSK), _count(words, _BOKMAL), _count(words, _DIALECT)
    lettered = sum(1 for word in words if not set("æøå").isdisjoint(word))
    norwegian = nynorsk + bokmal + dialect + _count(words, _NORWEGIAN) + 0.5 * lettered
    if _count(words, _ENGLISH) + 0.4 * _count(words, _BOTH) > norwegian:
        return "en"
    return "nn" if nynorsk > bokmal + 0.5 * dialect else "nb"


def is_english(words: Sequence[str]) -> bool:
    """Whether enough of the words are English small words, that no other language has: «I love him on the good days, because …»."""
    return _count(words, _ENGLISH) >= ENGLISH * len(words) > 0


def known_here(words: Sequence[str]) -> int:
    """How many of the words are small words of Norwegian or English."""
    return _count(words, _HERE)


def _count(words: Iterable[str], known: frozenset[str]) -> int:
    return sum(1 for word in words if word in known)
