"""Content that is changed while the server runs: taken up whole, never half written, and never a broken one for a working one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from web_help import ask

from assistant.content.files import VARIABLE
from assistant.index.matcher import Matcher
from web.engine import Engine, load
from web.live import Live

PLAN = "plans/lillevik-2025.md"
ASKED = "Hva er fristen for tiltak 1?"


@pytest.fixture
def live(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    """A small content alone, read as the server reads it."""
    monkeypatch.setenv(VARIABLE, str(folder))
    found = Live(load(), (folder,), lambda _: load())
    assert not found.look()
    return found


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / PLAN).read_text(encoding="utf-8")
    assert old in text
    (folder / PLAN).write_text(text.replace(old, new), encoding="utf-8")


def said(live: Live, question: str = ASKED) -> str:
    assistant = live.current.engine.assistant
    assert assistant
    return assistant.ask(question, "Gol").text


def version(live: Live) -> str:
    corpus = live.current.engine.corpus
    assert corpus
    return corpus.version


def settled(live: Live) -> bool:
    """Two looks: what has just changed is left for the next one."""
    return [live.look(), live.look()] == [False, True]


def test_a_changed_file_is_taken_up_at_the_second_look_and_the_version_changes(live: Live, folder: Path) -> None:
    before = version(live)
    edit(folder, '"30.6.2025"', '"1.8.2027"')
    assert settled(live)
    assert "1.8.2027" in said(live)
    assert version(live) != before
    assert not live.look()


def test_a_new_and_a_deleted_file(live: Live, folder: Path) -> None:
    text = (folder / PLAN).read_text(encoding="utf-8")
    new = text.replace("lillevik-2025", "storvik").replace("[Gol]", "[Ål]").replace("Lillevik", "Storvik")
    (folder / "plans" / "storvik.md").write_text(new, encoding="utf-8")
    assert settled(live)
    assert "storvik" in live.current.engine.corpus.document  # type: ignore[union-attr]
    (folder / "plans" / "storvik.md").unlink()
    assert settled(live)
    assert "storvik" not in live.current.engine.corpus.document  # type: ignore[union-attr]


@pytest.mark.parametrize("broken", ["deadline: [", "deadline: 2025-13-45", "{{ fristen }}"])
def test_a_broken_file_never_replaces_a_working_one_and_is_named(live: Live, folder: Path, broken: str) -> None:
    before = version(live), said(live)
    edit(folder, "deadline: 2025-06-30", broken)
    assert [live.look(), live.look()] == [False, False]
    assert (version(live), said(live)) == before
    assert all("lillevik-2025.md:" in fault for fault in live.faults)
    assert live.faults
    edit(folder, broken, "deadline: 2025-06-30")
    live.look()
    live.look()
    assert not live.faults


def test_content_that_cannot_be_read_at_all_leaves_what_works(live: Live, folder: Path) -> None:
    before = said(live)
    (folder / "helplines.yaml").write_text("- id: [", encoding="utf-8")
    assert [live.look(), live.look()] == [False, False]
    assert said(live) == before
    assert live.faults


def test_what_is_still_being_written_is_left_alone(live: Live, folder: Path) -> None:
    """A file that looks different at each look is not read."""
    for day in range(1, 6):
        edit(folder, "30.6.2025" if day == 1 else f"{day - 1}.8.2027", f"{day}.8.2027" + " " * day)
        assert not live.look()
    assert "30.6.2025" in said(live)
    assert live.look()
    assert "5.8.2027" in said(live)


def test_the_watching_thread_takes_it_up(live: Live, folder: Path) -> None:
    from threading import Event

    live.watch(every=0.05)
    edit(folder, '"30.6.2025"', '"1.8.2027"')
    waits = Event()
    for _ in range(400):
        if "1.8.2027" in said(live):
            return
        waits.wait(0.05)
    pytest.fail("The change was not taken up within 20 seconds.")


def test_readyz_and_the_view_for_staff_say_what_is_not_used(
    make: Callable[..., Flask], live: Live, folder: Path
) -> None:
    app = make()
    app.extensions["live"] = live
    client = app.test_client()
    assert client.get("/readyz").json.get("content_faults") in (None, [])
    edit(folder, "deadline: 2025-06-30", "deadline: [")
    live.look()
    live.look()
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert "lillevik-2025.md" in str(ready.json["content_faults"])
    assert "lillevik-2025.md" in client.get("/ansatt").get_data(as_text=True)


def test_a_request_answers_from_one_content_to_its_end(make: Callable[..., Flask], live: Live, folder: Path) -> None:
    app = make()
    app.extensions["live"] = live
    client = app.test_client()
    first = ask(client, ASKED, municipality="gol").json
    edit(folder, '"30.6.2025"', '"1.8.2027"')
    assert settled(live)
    second = ask(client, ASKED, municipality="gol").json
    assert "30.6.2025" in first["text"]
    assert "1.8.2027" in second["text"]
    assert first["corpus_version"] != second["corpus_version"]


def test_without_folders_there_is_nothing_to_watch(engine: Engine) -> None:
    assert not Live(engine).look()


def test_an_added_or_retired_document_fits_nothing_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit takes a minute: a plan that stands for an embedded one must be there at once."""
    text = (folder / PLAN).read_text(encoding="utf-8")
    (folder / PLAN).write_text(text.replace("kind: plan", "kind: plan\nreplaces: [hallingdal-2021]"), encoding="utf-8")
    load()
    monkeypatch.setattr(Matcher, "fit", None)
    corpus = load((folder,)).corpus
    assert corpus
    assert corpus.retired == {"hallingdal-2021": "lillevik-2025"}
