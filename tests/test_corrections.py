"""Facts that the content once said wrong, each held to the right value wherever it is said, and never the wrong one anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from assistant.content.corpus import Corpus
from assistant.models import Entry, Passage
from web.texts import load

if TYPE_CHECKING:
    from assistant import Assistant


class Right(NamedTuple):
    """A place and what it must say and must not say: patterns, read without regard to case."""

    place: str
    says: tuple[str, ...]
    never: tuple[str, ...] = ()


PASSAGES = (
    Right(
        "barnelova/p-60/1",
        ("krever en forelder det, skal retten ta en midlertidig avgjørelse", "forby den andre .*komme til boligen"),
        ("kan samværet stanses", "retten kan ta en midlertidig"),
    ),
    Right("barnelova/p-43/1", ("skal den ta en midlertidig avgjørelse når du krever det",), ("kan stanse",)),
    Right("hjelp-til-deg/nar-du-er-barn-eller-ungdom/3", (r"skal retten bestemme .* imens",), ("kan stanse",)),
    Right(
        "barnelova/pp-51-53-og-56/1",
        ("også for samboere som går fra hverandre", "kan mekleren bestemme"),
        ("partene kan møte",),
    ),
    Right("ekteskapsloven/pp-2022-og-26/1", (r"samboere .* må også mekle",)),
    Right("ekteskapsloven/p-23/1", ("tingretten", "seks måneder", "to år")),
    Right("ekteskapsloven/p-23/2", ("tingretten", "ett år etter at tvangen", "fem år etter vielsen")),
    Right(
        "straffeprosessloven/p-107-a/2",
        ("har rett til advokat", "kontaktforbud i eget hjem", "elektronisk kontroll", "mulig mishandling .*§ 282"),
        ("kan få bistandsadvokat",),
    ),
    Right("straffeprosessloven/p-59-a/1", ("tre uker", "tre måneder etter vedtaket")),
    Right(
        "straffeloven/pp-86-87-og-91/1",
        (
            r"inntil 1 år, er fristen 2 år.*§ 271.*§ 263",
            "3 år gir 5 år",
            "10 år gir 10",
            "15 år gir 15",
            "21 år gir 25",
        ),
    ),
    Right("straffeloven/pp-86-87-og-91/3", ("fyller 18 år",)),
    Right("straffeloven/p-196/3", (r"hjelpeløs.*plikt til å ta seg av \(§ 288\)",)),
    Right("straffeloven/p-196/5", ("siktelse eller tiltale",)),
    Right("plikter/slik-gjor-du/1", ("siktelse eller tiltale",)),
    Right("plikter/slik-gjor-du/2", ("siktelse eller tiltale",)),
    Right("plikter/slik-gjor-du/3", ("siktelse eller tiltale",)),
    Right("straffeloven/p-262/1", ("bigami.* bot eller fengsel inntil 1 år",)),
    Right(
        "straffeloven/pp-265-og-286/1",
        ("2 år for trusler", r"6 måneder for å hindre .*§ 265", r"3 år for vold .*§ 286"),
    ),
    Right(
        "krisesenterlova/p-6/1", (r"§ 6 skal de melde .*uten ugrunnet opphold .*grunn til å tro",), ("barnevernsloven",)
    ),
    Right("barnevernsloven/p-13-2/3", (r"krisesenter .*krisesenterlova § 6",), ("familievern og krisesenter",)),
    Right("rettshjelploven/p-11/1", ("kan innvilges uten hensyn til inntekt",), ("har rett til fritt rettsråd",)),
    Right("offentlige-ordninger/rettigheter-nar-du-er-utsatt-for-vold/1", ("rettsråd kan innvilges", "må du søke om")),
    Right("offentlige-ordninger/advokat-og-rettshjelp/1", ("rettsråd kan innvilges",)),
    Right("utlendingsloven/p-53/1", ("etter søknad", "du må søke")),
    Right("baerum-2020/hva-er-vold-i-naere-relasjoner/4", ("noe den vil",), ("hun",)),
    Right("bufdir-helhetlig-innsats/1-kommunens-forpliktelser/1", ("tre av ti", "verken år eller"), ("2014",)),
    Right("bufdir-helhetlig-innsats/1-kommunens-forpliktelser/2", ("fire av ti", "verken år eller"), ("2014",)),
    Right("bufdir-helhetlig-innsats/1-kommunens-forpliktelser/3", ("rundt 15", "verken år eller"), ("2014",)),
    Right("bufdir-helhetlig-innsats/1-kommunens-forpliktelser/4", ("omtrent seks", "verken år eller")),
    Right("bufdir-helhetlig-innsats/1-kommunens-forpliktelser/5", ("en av ti", "2014", "NKVTS")),
    Right(
        "aere-kunnskap/for-en-reise-du-er-redd-for/3",
        ("barnelova § 41", "regelen gjelder barn", "en voksen .*kan få hjelp av politiet til å la være"),
    ),
    Right("hjelp-til-deg/etter-voldtekt-eller-overgrep/1", ("inntil sju dager",), ("ikke noe bestemt antall",)),
    Right("voldtekt-kunnskap/hvor-lenge-spor-kan-sikres/1", ("inntil sju dager",)),
    Right("hjelp-kunnskap/nod-sms/1", ("døve, hørselshemmede og talehemmede, og bare de",)),
    Right("hjelp-til-deg/spor-pa-telefon-og-nett/4", ("bare for døve, hørselshemmede og talehemmede",)),
)

ENTRIES = (
    Right("samvaer-stanse-retten.nb", ("skal retten ta en midlertidig avgjørelse", "forby den andre")),
    Right("samvaer-stanse-retten.nn", ("skal retten ta ei mellombels avgjerd", "forby den andre")),
    Right("samvaer-stanse-retten.en", ("court must make an interim decision", "forbid the other")),
    Right("barn-vil-ikke-til-pappa.nb", ("skal retten bestemme",)),
    Right("barn-vil-ikke-til-pappa.nn", ("skal retten bestemme",)),
    Right("barn-vil-ikke-til-pappa.en", ("court must decide",)),
    Right("mekling-sammen.nb", ("mekleren kan bestemme", "også for samboere")),
    Right("mekling-sammen.nn", ("meklaren kan bestemme", "også for sambuarar")),
    Right("mekling-sammen.en", ("mediator can decide", "unmarried couples who lived together")),
    Right("skilles-med-en-gang.nb", ("tingretten", "seks måneder", "to år", "ett år etter", "fem år")),
    Right("skilles-med-en-gang.nn", ("tingretten", "seks månader", "to år", "eitt år etter", "fem år")),
    Right("skilles-med-en-gang.en", ("district court", "six months", "two years", "one year after", "five years")),
    Right("besoksforbud-avslag.nb", (r"rett til det i retten",)),
    Right("besoksforbud-avslag.nn", (r"rett til det i retten",)),
    Right("besoksforbud-avslag.en", (r"right to one in court",)),
    Right("henlagt-klage.nb", ("tre uker", "tre måneder")),
    Right("henlagt-klage.nn", ("tre veker", "tre månader")),
    Right("henlagt-klage.en", ("three weeks", "three months")),
    Right("for-lenge-siden-anmelde.nb", ("2 år", "10 år", "15 år")),
    Right("for-lenge-siden-anmelde.nn", ("2 år", "10 år", "15 år")),
    Right("for-lenge-siden-anmelde.en", ("2 years", "10 years", "15 years")),
    Right("ansatt-hindre-alvorlig.nb", ("siktelse, tiltale", "§ 288")),
    Right("ansatt-hindre-alvorlig.nn", ("sikting, tiltale", "§ 288")),
    Right("ansatt-hindre-alvorlig.en", ("a charge, a prosecution", "288")),
    Right("plikt-hindre-privat.nb", ("siktelse eller tiltale",)),
    Right("plikt-hindre-privat.nn", ("sikting eller tiltale",)),
    Right("plikt-hindre-privat.en", ("a charge or a prosecution",)),
    Right("ansatt-krisesenter-plikt.nb", (r"uten ugrunnet opphold .*krisesenterlova § 6",)),
    Right("ansatt-krisesenter-plikt.nn", (r"utan ugrunna opphald .*krisesenterlova § 6",)),
    Right("ansatt-krisesenter-plikt.en", (r"without undue delay .*section 6",)),
    Right("aere-oppheve-ekteskap.nb", ("kan innvilges", "ett år", "fem år", "tingretten", "søk om egen tillatelse")),
    Right("aere-oppheve-ekteskap.nn", ("kan innvilgast", "eitt år", "fem år", "tingretten", "søk om eige løyve")),
    Right(
        "aere-oppheve-ekteskap.en", ("can be granted", "one year", "five years", "district court|tingretten", "apply")
    ),
    Right("opphold-gjennom-ektefelle.nb", ("du må søke",)),
    Right("opphold-gjennom-ektefelle.nn", ("du må søkje",)),
    Right("opphold-gjennom-ektefelle.en", ("you must apply",)),
    Right("aere-reise-redd.nb", ("hjelpe deg å slippe å reise",), ("stoppe",)),
    Right("aere-reise-redd.nn", ("hjelpe deg å sleppe å reise",), ("stoppe",)),
    Right("aere-reise-redd.en", ("help you not to travel",), ("stop",)),
    Right("aere-barn-giftes-bort.nb", ("stoppe en reise når et barn",)),
    Right("aere-barn-giftes-bort.nn", ("stoppe ei reise når eit barn",)),
    Right("aere-barn-giftes-bort.en", ("stop a trip when a child",)),
    Right("kan-ikke-snakke-nodsms.nb", (r"døv, hørselshemmet eller talehemmet, kan du sende SMS",)),
    Right("kan-ikke-snakke-nodsms.nn", (r"døv, høyrselshemma eller talehemma, kan du sende SMS",)),
    Right("kan-ikke-snakke-nodsms.en", (r"deaf, hard of hearing or have a speech impairment, you can text",)),
    Right("ansatt-dyr.nb", (r"varsle om dyr.*§ 34 b",)),
    Right("ansatt-dyr.nn", (r"varsle om dyr.*§ 34 b",)),
    Right("ansatt-dyr.en", (r"report about animals.*section 34",)),
)

NOWHERE = (
    ("contact is stopped by a court that «may»", r"kan samværet stanses|retten kan (?:stanse|stoppe) samvær"),
    ("a lawyer as a favour in no-contact cases", r"skal beskyttes, kan få bistandsadvokat"),
    ("two limits only", r"Fristen er 10 år når rammen er inntil 10"),
    ("an exception for prosecution alone", r"(?:ført til|fare for) tiltale"),
    ("bigamy without a fine", r"gift fra før, kan gi fengsel"),
    ("hindering staff: two years", r"hindre dem i arbeidet er også straffbart"),
    ("separate mediation as a right", r"kan partene møte hver for seg|ved vold eller overgrep kan dere møte"),
    ("the shelter's duty read from another act", r"§ 13-2 er det nok at det er grunn"),
    ("shelter staff named by § 13-2", r"familievern og krisesenter, meklere"),
    ("legal aid as a right", r"har rett til fritt rettsråd|fritt rettsråd uansett inntekt gjelder"),
    ("a permit without applying", r"familieinnvandring, har rett til ny"),
    ("Isdal's «hun»", r"noe hun (?:ikke )?vil|det hun vil\. Her er definisjonen"),
    ("the police stopping anyone's journey", r"politiet kan stoppe reis[ea]n?(?:, |\.)"),
    ("a duty of health staff that hides that it is about animals", r"til Mattilsynet eller politiet, men det er ikke"),
    ("no number of days after rape", r"ikke noe bestemt antall dager"),
    ("emergency SMS for anyone who cannot speak", r"og andre som ik(?:ke|kje) kan snakke|others who cannot speak"),
)


def said(passage: Passage) -> str:
    """Everything of a passage that a reader may see."""
    record = passage.record.model_dump_json() if passage.record else ""
    return " ".join((passage.answer or "", passage.text, passage.notice or "", record))


def answered(entry: Entry, language: str) -> str:
    return " ".join(getattr(part, language) for part in (entry, *entry.steps))


def finds(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def held(right: Right, text: str) -> None:
    assert [pattern for pattern in right.says if not finds(pattern, text)] == [], text
    assert [pattern for pattern in right.never if finds(pattern, text)] == [], text


@pytest.mark.parametrize("right", PASSAGES, ids=lambda right: right.place)
def test_a_passage_says_what_is_right(corpus: Corpus, right: Right) -> None:
    held(right, said(corpus.passage[right.place]))


@pytest.mark.parametrize("right", ENTRIES, ids=lambda right: right.place)
def test_an_entry_says_it_in_each_language(corpus: Corpus, right: Right) -> None:
    name, language = right.place.split(".")
    entry = next(entry for entry in corpus.entries if entry.id == name)
    held(right, answered(entry, language))


@pytest.mark.parametrize(("wrong", "pattern"), NOWHERE, ids=[wrong for wrong, _ in NOWHERE])
def test_what_was_wrong_is_said_nowhere(corpus: Corpus, wrong: str, pattern: str) -> None:
    texts = {passage.id: said(passage) for passage in corpus.passages}
    texts |= {entry.id: " ".join(answered(entry, each) for each in ("nb", "nn", "en")) for entry in corpus.entries}
    texts |= {line.id: line.model_dump_json() for line in corpus.helplines}
    assert [place for place, text in texts.items() if finds(pattern, text)] == [], wrong


def test_emergency_sms_is_only_for_those_who_can_register(corpus: Corpus) -> None:
    """The service's terms let nobody else in, so a frightened person who can hear must not wait for it."""
    line = corpus.helpline["nod-sms"]
    assert finds("bare de kan registrere", line.for_whom or "")
    assert "kan ikke snakke" not in line.needs


@pytest.mark.parametrize("name", ["alarmtelefonen-116111", "alarmtelefonen-utland"])
def test_the_childrens_helpline_tells_that_it_writes_down_and_may_report(corpus: Corpus, name: str) -> None:
    keeps = corpus.helpline[name].keeps
    assert all(finds(pattern, keeps) for pattern in ("skriver ned hver", "melde fra", r"116111\.no", "2026"))


def test_the_page_promises_finished_sentences_and_not_that_people_approved_them() -> None:
    texts = {language: words.texts["about_fixed"] for language, words in load().items()}
    assert finds("språkmodell", texts["nb"])
    assert finds("språkmodell", texts["nn"])
    assert finds("language model", texts["en"])
    assert not any(finds("godkj|approved", text) for text in texts.values())


def test_each_sentence_of_the_rule_about_animals_names_them(corpus: Corpus) -> None:
    """A sentence is shown alone: «kan si fra til politiet, men det er ikke en plikt» was read as being about people."""
    passage = corpus.passage["helsepersonelloven/p-34-b/1"]
    assert passage.answer
    sentences = re.split(r"(?<=[a-zæøå6])\. ", f"{passage.answer} {passage.text}")
    assert len(sentences) > 4
    assert [sentence for sentence in sentences if not finds(r"\bdyr", sentence)] == []


@pytest.mark.parametrize("question", ["Skal helsepersonell si fra til politiet?", "Må legen si fra til politiet?"])
def test_a_question_about_people_is_not_answered_by_the_rule_about_animals(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.citations[0].section_path != ("§ 34 b",)
    assert not finds("dyr", answer.text.split("[1]")[0])
