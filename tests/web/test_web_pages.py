"""What the pages say and lead to, without script and without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_help import Reader, pages, read, text

from web.config import TELLING, Config, ConfigError
from web.library import code
from web.texts import load, load_topics
from web.view import ROLES

PAGES = (
    "/",
    "/vei/1",
    "/vei/2/1",
    "/kommuner",
    "/kilder",
    "/tiltak",
    "/tiltak/oversikt",
    "/hjelp",
    "/trygg",
    "/om",
    "/ansatt",
    "/installer",
)


def test_A1_addresses_titles_and_previews_are_neutral(client: FlaskClient) -> None:
    for path in pages(client.application):
        html = text(client, path)
        title = re.search(r"<title>(.*?)</title>", html, re.S)
        assert title
        assert not TELLING.search(title[1]), path
        assert not TELLING.search(path), path
        assert 'property="og:' not in html
        assert 'name="twitter' not in html
        assert 'name="description"' not in html


def test_A1_every_link_to_our_own_pages_is_neutral(client: FlaskClient) -> None:
    for path in pages(client.application):
        for link in read(client, path).of("a"):
            if link.get("href", "").startswith("/"):
                assert not TELLING.search(link["href"]), link["href"]


def test_A1_a_telling_name_is_refused_at_start() -> None:
    with pytest.raises(ConfigError, match="neutral"):
        Config(name="Voldshjelpen")


def test_A2_the_leave_link_follows_the_skip_link(client: FlaskClient) -> None:
    for path in pages(client.application):
        if "prove" in path:
            continue  # the sample page plays a host page
        first, second = read(client, path).of("a")[:2]
        assert (first["class"], first["href"], second["id"]) == ("skip", "#innhold", "leave"), path


def test_A3_no_manifest_worker_sound_or_notification(client: FlaskClient) -> None:
    scripts = [
        text(client, f"/static/{client.application.extensions['static_version']}/{name}")
        for name in ("page.js", "leave.js", "conversation.js", "staff.js", "install.js")
    ]
    sources = [*scripts, text(client, "/widget/v1.js"), text(client, "/")]
    for source in sources:
        assert not re.search(
            r"serviceWorker|Notification\(|PushManager|new Audio|<audio|rel=.manifest|beforeinstall", source
        )
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|history\.|sendBeacon", source)


def test_A4_no_pictures_and_no_red_surface(client: FlaskClient) -> None:
    """What can be measured of it. The ten screenshots at 360 and 1280 px were looked at on 25 November 2026."""
    for path in pages(client.application):
        assert read(client, path).of("img") == []
    css = text(client, f"/static/{client.application.extensions['static_version']}/style.css")
    colours = [tuple(int(found[i : i + 2], 16) for i in (0, 2, 4)) for found in re.findall(r"#([0-9a-f]{6})\b", css)]
    assert colours
    assert [c for c in colours if c[0] > 150 and c[1] < 90 and c[2] < 90] == []


def test_C2_without_script_there_is_no_field_and_every_acute_number_is_one_click_away(client: FlaskClient) -> None:
    for path in pages(client.application):
        page = read(client, path)
        assert [tag for tag, _ in page.elements if tag in ("textarea", "input", "form", "select")] == [], path
        dialled = {link.get("href") for link in page.of("a")}
        assert {"tel:112", "tel:116006"} <= dialled, path
        if "prove" not in path:
            assert {"tel:113", "tel:116111"} <= dialled, path


@pytest.mark.parametrize("number", range(1, len(ROLES) + 1))
def test_C2_two_clicks_from_a_role_to_a_first_step_and_a_number(client: FlaskClient, number: int) -> None:
    role = read(client, f"/vei/{number}")
    contacts = [link["href"] for link in role.of("a") if link.get("href", "").startswith("tel:")]
    assert len(contacts) > 4
    topics = [link["href"] for link in role.of("a") if re.fullmatch(rf"/vei/{number}/\d+", link.get("href", ""))]
    assert len(topics) >= 2
    kinds = [re.search(r'data-kind="(\w+)"', text(client, topic)) for topic in topics]
    assert {found[1] for found in kinds if found}.isdisjoint({"clarify", "abstain", "refuse", "unavailable"})


def test_C5_outside_links_open_in_the_same_tab_and_tell_nothing(client: FlaskClient) -> None:
    outside = [
        link
        for path in pages(client.application)
        for link in read(client, path).of("a")
        if link.get("href", "").startswith("https://")
    ]
    assert len(outside) > 50
    for link in outside:
        assert {"noreferrer", "noopener"} <= set(link["rel"].split()), link
        assert link.get("target", "_top") == "_top", link


def test_C5_a_pdf_is_labelled(client: FlaskClient) -> None:
    template = client.application.jinja_env.get_template("_helpline.html").make_module({})
    words = load()["nb"]
    shown = template.outside("https://eksempel.kommune.no/plan.pdf", "Nettside", type("V", (), {"words": words}))  # type: ignore[attr-defined]
    assert words.pdf in shown
    assert words.pdf not in template.outside("https://eksempel.kommune.no/plan", "N", type("V", (), {"words": words}))  # type: ignore[attr-defined]


def test_C6_no_way_to_keep_or_send_a_transcript(client: FlaskClient) -> None:
    for path in ("/", "/vei/1", "/vei/1/1", "/hjelp", "/widget/ramme"):
        html = text(client, path)
        assert not re.search(r"staff\.js|download|navigator\.share|data-copy|window\.print|mailto:\?", html), path
    assert "data-copy" not in client.post(
        "/api/ask", json={"question": "Hva er avvergeplikt?"}, headers={"Accept": "text/html"}
    ).get_data(as_text=True)
    staff = client.post(
        "/api/ask", json={"question": "Hva er avvergeplikt?", "audience": "staff"}, headers={"Accept": "text/html"}
    )
    assert "data-copy" in staff.get_data(as_text=True)


def test_every_text_is_used_and_every_topic_has_three_languages() -> None:
    from web.texts import HERE

    used = "".join(
        path.read_text()
        for folder in ("templates", "static", ".")
        for path in (HERE / folder).glob("*.*")
        if path.suffix in (".html", ".py", ".js")
    )
    families = (
        "number_",
        "role_",
        "task_",
        "measure_",
        "line_",
        "kind_",
        "channel_",
        "way_",
        "error_",
        "widget_",
        "check_",
        "attribute_",
    )
    unused = [name for name in load()["nb"].texts if name not in used and not name.startswith(families)]
    assert unused == []
    for topics in load_topics().values():
        assert all(set(topic) == {"entry", "task", "nb", "nn", "en"} for topic in topics)


def test_documents_have_sections_and_each_passage_its_address(client: FlaskClient) -> None:
    page = read(client, "/kilder/hallingdal-2021")
    corpus = client.application.extensions["live"].current.library.corpus
    wanted = {
        f"/kilder/hallingdal-2021/{code(p.id)}" for p in corpus.passages if p.section.document == "hallingdal-2021"
    }
    assert wanted <= {link["href"] for link in page.of("a")}
    for address in sorted(wanted)[:5]:
        assert "marked" in text(client, address)


def test_measures_are_filtered_by_links(client: FlaskClient) -> None:
    everything = text(client, "/tiltak").count('class="card measure"')
    links = {
        link["href"] for link in read(client, "/tiltak").of("a") if link.get("href", "").startswith("/tiltak?plan=")
    }
    counts = [text(client, link).count('class="card measure"') for link in links]
    assert sum(counts) == everything
    assert all(0 < count < everything for count in counts)


def test_a_filter_value_that_is_not_on_the_list_shows_nothing_back(client: FlaskClient) -> None:
    assert "zyrklopo" not in text(client, "/tiltak?plan=zyrklopo&frist=zyrklopo")
    assert "zyrklopo" not in text(client, "/hjelp?type=zyrklopo&kommune=zyrklopo")


def test_local_numbers_are_shown_only_to_their_own(client: FlaskClient) -> None:
    corpus = client.application.extensions["live"].current.library.corpus
    local = [line for line in corpus.helplines if line.municipalities and line.phone]
    elsewhere, own = text(client, "/hjelp"), text(client, "/hjelp?kommune=gol")
    assert [line.id for line in local if line.name in elsewhere] == []
    assert [line for line in local if "Gol" in line.municipalities and line.name in own]


def test_the_municipality_follows_the_links(client: FlaskClient) -> None:
    links = [link["href"] for link in read(client, "/?kommune=gol").of("a") if link.get("href", "").startswith("/")]
    inner = [link for link in links if not link.startswith(("/installer", "/kommuner"))]
    assert inner
    assert all("kommune=gol" in link for link in inner)


def test_staff_see_the_field_then_tasks_then_procedures_with_their_own_plan_open(client: FlaskClient) -> None:
    html = text(client, "/ansatt")
    assert html.index('id="form"') < html.index('id="task-child"') < html.index('class="procedures"')
    assert html.count('<details class="procedures">') == 1
    own = text(client, "/ansatt?kommune=gol")
    assert own.index('<details class="procedures" open>') < own.index('<details class="procedures">')
    card = re.search(r'href="(/ansatt/[0-9a-f]{8})"', html)
    assert card
    assert 'class="print-card"' in text(client, card[1])


def test_quotes_are_marked_as_bokmal_on_other_pages_J5(client: FlaskClient) -> None:
    html = text(client, "/en/vei/2/1")
    assert '<html lang="en"' in html
    assert '<blockquote class="marked" lang="nb">' in html


def test_the_name_is_the_municipalitys_own(make: Callable[..., Flask]) -> None:
    assert "Byens veiviser" in Reader(make(name="Byens veiviser").test_client().get("/").get_data(as_text=True)).text


def test_the_block_for_a_municipality_has_its_numbers_and_the_way_back(client: FlaskClient) -> None:
    assert "tel:32075250" in text(client, "/?kommune=gol")
    assert "kommuner?fra=/hjelp" in text(client, "/hjelp")
    listed = text(client, "/kommuner?fra=/vei/1/2")
    assert 'href="/vei/1/2?kommune=gol"' in listed
    for nowhere in ("/kilder/hallingdal-2021", "https://eksempel.no/", "/api/ask", "//x"):
        assert 'href="/?kommune=gol"' in text(client, f"/kommuner?fra={nowhere}"), nowhere


def test_help_begins_where_one_lives(client: FlaskClient) -> None:
    page = text(client, "/hjelp?kommune=gol")
    assert page.index("Hallingdal krisesenter") < page.index("Alarmtelefonen for barn og unge</h3>")


def test_a_ready_made_page_shows_the_approved_answer_of_its_question(client: FlaskClient) -> None:
    corpus = client.application.extensions["live"].current.engine.corpus
    for role, topics in load_topics().items():
        for topic in topics:
            assert topic["entry"] in corpus.entry, (role, topic)
            assert set(corpus.entry[topic["entry"]].audience) & {role, "resident"}, (role, topic["entry"])
    lead = corpus.entry[load_topics()["victim"][4]["entry"]].nb
    assert lead.split("{")[0].split(".")[0] in text(client, "/vei/1/5")


def test_measures_of_the_own_plan_come_first_and_as_a_table(client: FlaskClient) -> None:
    own = text(client, "/tiltak?kommune=baerum")
    assert "utløpt 2022" in own
    assert own.count('class="card measure"') < text(client, "/tiltak").count('class="card measure"')
    names = re.findall(r"ansvar=[0-9a-f]{8}[^>]*>([^<(]+) \(", text(client, "/tiltak"))
    assert len({name.strip().casefold() for name in names}) == len(names)
    table = client.get("/api/measures.csv?kommune=baerum").get_data(as_text=True)
    assert table.startswith("\ufeffPlan;Nr;")
    assert table.count("\r\n") == own.count('class="card measure"') + 1


def test_a_law_leads_to_its_text_at_lovdata(client: FlaskClient) -> None:
    page = text(client, "/kilder/barnevernsloven")
    place = re.search(r'href="(/kilder/barnevernsloven/[0-9a-f]{8})"', page)
    assert place
    assert 'href="https://lovdata.no/lov/2021-06-18-97' in text(client, place[1])


def test_numbers_of_old_plans_are_no_links_in_quotes_and_counts_are_no_numbers() -> None:
    from web.view import linked, marked, prose

    assert "tel:" not in prose("Ring 32 07 52 50.")
    assert linked("Ring 112 nå, eller 116 006.").count("tel:") == 2
    assert "tel:" not in linked("Planen har 112 tiltak, se side 113 og § 112.")
    assert '<a class="ref" href="#kilde-2">[2]</a>' in marked("Slik er det. [2]")
