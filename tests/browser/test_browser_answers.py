"""C, H6 and I2: question and answer, the alert first, and what is shown when nothing comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser_help import ACUTE, QUESTION, Held, Site, ask, frame_of, widget_page
from playwright.sync_api import BrowserContext, Page, Route, expect

WORD = "zyrkløpo"


def test_C1_no_address_contains_the_question(page: Page, context: BrowserContext) -> None:
    addresses: list[str] = []
    context.on("request", lambda request: addresses.append(request.url))
    ask(page, f"Hva er {WORD} vold?")
    for button in page.locator(".suggestions button, .buttons [data-ask]").all()[:1]:
        button.click()
    assert any(address.endswith("/api/ask") for address in addresses)
    assert [address for address in addresses if WORD in address or "zyrkl" in address] == []


def test_C3_the_alert_is_before_the_answer_and_does_not_wait(page: Page) -> None:
    """The response is cut after its first part, as when the search behind it hangs."""
    ask(page, ACUTE)
    first = page.locator(".turn").first
    order = first.evaluate("turn => [...turn.querySelectorAll('.alert, .answer')].map(found => found.className)")
    assert order == ["alert", "answer"]


def test_C3_the_alert_shows_while_the_search_hangs(page: Page) -> None:
    page.evaluate("""() => {
        const real = window.fetch;
        window.fetch = async (address, options) => {
            const whole = await (await real(address, options)).text();
            const alert = whole.slice(0, whole.indexOf('<!--alert-->') + 12);
            const stream = new ReadableStream({ start: (control) => control.enqueue(new TextEncoder().encode(alert)) });
            return new Response(stream);
        };
    }""")
    page.locator("#question").fill(ACUTE)
    page.locator("#question").press("Enter")
    expect(page.locator(".alert a[href='tel:112']")).to_be_visible()
    expect(page.locator(".waiting")).to_be_visible()
    expect(page.locator(".late a[href='tel:112']")).to_be_visible(timeout=7000)
    expect(page.locator(".alert a[href='tel:112']")).to_be_visible()


def test_C4_questions_add_no_history_and_no_navigation(page: Page) -> None:
    before = page.evaluate("history.length")
    page.evaluate("window.same = true")
    for number in range(5):
        ask(page, f"{QUESTION} {number}")
    assert page.evaluate("[history.length, window.same]") == [before, True]


def test_C4_nor_in_the_frame(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(host.put("/c4", widget_page(base)))
    frame = frame_of(page)
    before = page.evaluate("history.length")
    for number in range(5):
        ask(frame, f"{QUESTION} {number}")
    assert page.evaluate("history.length") == before


def test_C5_passages_open_in_place_with_the_quote_marked(page: Page) -> None:
    ask(page, QUESTION)
    address = page.url
    page.locator(".sources > summary").first.click()
    expect(page.locator(".citation .marked").first).to_be_visible()
    assert page.url == address
    links = page.locator(".answer a[href^='http'], .answer a[href^='/']").evaluate_all(
        "all => all.map(link => [link.target, link.relList.contains('noreferrer'), link.relList.contains('noopener')])"
    )
    assert links
    assert {tuple(link) for link in links} == {("_top", True, True)}


def test_C6_the_public_view_has_no_control_for_keeping(page: Page) -> None:
    ask(page, QUESTION)
    names = page.locator("button").evaluate_all("all => all.map(one => one.textContent.trim().toLowerCase())")
    assert not [
        name for name in names if any(word in name for word in ("kopier", "skriv ut", "last ned", "del ", "send på"))
    ]
    assert page.locator("a[download]").count() == 0


def copy_a_quote(context: BrowserContext, base: str, clipboard: str) -> Page:
    """The staff view after a press on «Kopier med kilde»; `clipboard` stands in for what the browser would do with the text."""
    page = context.new_page()
    page.goto(base + "/ansatt")
    page.wait_for_selector("#question")
    page.evaluate(f"() => {{ navigator.clipboard.writeText = async (text) => {{ {clipboard} }}; }}")
    ask(page, "Hva er avvergeplikt?")
    page.locator(".sources > summary").click()
    page.locator("[data-copy]").first.click()
    return page


def test_C6_staff_copy_a_quote_with_its_source(context: BrowserContext, base: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = copy_a_quote(context, base, "window.copied = text;")
    page.wait_for_function("window.copied")
    copied = page.evaluate("window.copied")
    assert copied.startswith("«")
    assert page.locator(".citation .source").first.inner_text() in copied
    assert "gjenfortalt" in copied or "lov, kontrollert" in copied
    assert "/kilder/" in copied
    expect(page.locator("[data-copy]").first).to_have_text("Kopiert")
    page.wait_for_timeout(3200)
    expect(page.locator("[data-copy]").first).to_have_text("Kopier med kilde")


def test_staff_are_told_when_copying_fails(context: BrowserContext, base: str) -> None:
    page = copy_a_quote(context, base, "throw new Error('no');")
    expect(page.locator("[data-copy]").first).to_have_text("Kunne ikke kopiere")


def test_C7_clear_empties_says_so_and_moves_focus(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#clear").click()
    assert page.locator(".turn").count() == 0
    expect(page.locator("#status")).to_have_text("Siden er tømt.")
    expect(page.locator("#cleared")).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.locator("#question").input_value() == ""


def test_H6_three_ways_turn_the_order_and_nothing_is_stored(page: Page) -> None:
    ask(page, ACUTE)
    ways = page.locator("[data-way]")
    assert ways.all_inner_texts() == ["Jeg kan snakke", "Jeg kan skrive", "Ikke nå"]
    cards = page.locator("[data-helplines] .helpline")
    assert cards.count() >= 2
    shown = page.locator("[data-part=alert] [data-call] b").all_inner_texts()
    below = page.locator("[data-part=contacts] [data-call]").all_text_contents()
    assert not [number for number in shown if any(number in text for text in below)], "No number stands twice."
    page.locator("[data-way=write]").click()
    written = cards.evaluate_all("all => all.map(card => card.dataset.writes)")
    assert written == sorted(written, reverse=True)
    page.locator("[data-way=talk]").click()
    talks = cards.evaluate_all("all => all.map(card => card.dataset.talks)")
    assert talks == sorted(talks, reverse=True)
    page.locator("[data-way=later]").click()
    expect(page.locator("[data-way-done]")).to_contain_text("Det er helt greit")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_I2_the_browser_shows_the_numbers_itself_after_five_seconds(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    held = Held()
    page.route("**/api/ask", held.hold)
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    page.clock.run_for(4800)
    assert page.locator(".late").count() == 0
    page.clock.run_for(300)
    for number in ("112", "113", "116006", "116111"):
        expect(page.locator(f".late a[href='tel:{number}']")).to_be_visible()
    held.release()


def test_I2_a_failing_server_shows_the_numbers_at_once(page: Page) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=500, body="")

    page.route("**/api/ask", fail)
    ask(page, QUESTION)
    expect(page.locator(".late a[href='tel:112']")).to_be_visible()
    expect(page.locator(".late h3")).to_have_text("Vi fikk ikke svart")


def test_a_follow_up_is_understood_from_what_went_before(page: Page) -> None:
    bodies: list[str] = []
    page.on(
        "request", lambda request: bodies.append(request.post_data or "") if request.url.endswith("/api/ask") else None
    )
    ask(page, QUESTION)
    ask(page, "Og om det gjelder en voksen?")
    assert QUESTION in bodies[1]
    expect(page.locator("label[for=question]")).to_have_text("Spør om noe mer")


def test_the_municipality_is_chosen_in_place(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    ask(page, QUESTION)
    page.locator("#place-field").press_sequentially("go")
    page.locator("#place .found button", has_text="Gol").click()
    expect(page.locator("#place")).to_contain_text("I Gol:")
    expect(page.locator("#place a[data-call]").first).to_contain_text("Ring")
    assert page.locator(".turn").count() == 1
    ask(page, "Jeg blir slått hjemme. Hvor kan jeg få hjelp?")
    assert "Der du bor" in page.locator(".turn").nth(1).inner_text()
    assert "kommune=gol" in (page.locator(".bar .safety").get_attribute("href") or "")
    assert [address.split("/", 3)[3] for address in sent if "place" in address] == ["api/place?language=nb&kommune=gol"]


def test_a_municipality_said_in_the_conversation_is_kept(page: Page) -> None:
    ask(page, "Jeg bor i Ål og blir slått hjemme. Hvor kan jeg få hjelp?")
    expect(page.locator("#place")).to_contain_text("I Ål:")
    assert "kommune=al" in (page.locator(".numbers a.small").get_attribute("href") or "")


def test_a_new_turn_is_at_the_top_with_its_heading_in_focus_and_earlier_ones_fold(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "Hva er avvergeplikt?")
    page.wait_for_timeout(600)
    assert page.evaluate("document.activeElement.textContent") == "Spørsmål 2"
    assert 0 <= page.locator(".turn").nth(1).evaluate("turn => turn.getBoundingClientRect().top") <= 120
    first = page.locator(".turn").first
    expect(first.locator(".answer")).to_be_hidden()
    first.locator("[data-unfold]").click()
    expect(first.locator(".answer")).to_be_visible()


def test_the_alert_stands_above_a_long_question_which_is_clamped(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    ask(page, f"{ACUTE}. " + "Jeg vet ikke hva jeg skal gjøre. " * 40)
    page.wait_for_timeout(600)
    inside = "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    assert page.locator(".alert a[href='tel:112']").evaluate(inside)
    height = "one => one.getBoundingClientRect().height"
    assert page.locator("[data-part=question]").evaluate(height) < 100
    page.locator("[data-unfold]").click()
    assert page.locator("[data-part=question]").evaluate(height) > 300


def test_a_sources_number_opens_it_in_its_place(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "Hva er avvergeplikt?")
    turn = page.locator(".turn").nth(1)
    expect(turn.locator(".marked").first).to_be_hidden()
    turn.locator("a.ref").first.click()
    expect(turn.locator(".marked").first).to_be_visible()
    assert page.evaluate("document.activeElement.className") == "citation"
    assert turn.evaluate("turn => turn.contains(document.activeElement)")


def test_a_number_in_the_text_can_be_rung(page: Page) -> None:
    ask(page, "Kan jeg få besøksforbud mot eksen?")
    assert page.locator("[data-part=answer] a[href='tel:02800']").count()


@pytest.mark.parametrize(
    ("status", "words"), [(429, "Vent litt"), (413, "for langt"), (503, "slått av"), (None, "på nett")]
)
def test_each_failure_says_what_is_true_and_keeps_the_question(page: Page, status: int | None, words: str) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=status, body="") if status else route.abort()

    page.route("**/api/ask", fail)
    ask(page, QUESTION)
    expect(page.locator(".late")).to_contain_text(words)
    assert words in page.locator("#urgent").inner_text()
    page.unroute("**/api/ask")
    page.locator("[data-again]").click()
    expect(page.locator(".turn .answer")).to_be_visible()
    assert page.locator(".turn").count() == 1
    assert QUESTION in page.locator(".turn .asked").inner_text()


def test_a_link_that_would_lose_the_conversation_asks_first(page: Page, base: str) -> None:
    ask(page, QUESTION)
    page.locator("#meny a", has_text="Kilder").click()
    expect(page.locator("#going-note")).to_contain_text("forsvinner samtalen")
    page.locator("[data-stay]").click()
    assert page.locator(".turn").count() == 1
    page.locator("#meny a", has_text="Kilder").click()
    page.locator("[data-go]").click()
    expect(page).to_have_url(base + "/kilder")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_alerts_number_is_in_sight_when_the_answer_has_come(
    open_context: Callable[..., BrowserContext], base: str, motion: str
) -> None:
    page = open_context(viewport={"width": 360, "height": 640}, reduced_motion=motion).new_page()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    inside = "one => { const box = one.getBoundingClientRect(); return box.top >= 56 && box.bottom <= innerHeight; }"
    page.evaluate("""() => {
        const real = window.fetch; // a slow line: the alert comes when the page has long been still
        window.fetch = async (...asked) => { await new Promise((done) => setTimeout(done, 1200)); return real(...asked); };
    }""")
    for question in (ACUTE, "Han slår meg nå, jeg har låst meg inne på badet"):
        ask(page, question)
        page.wait_for_timeout(900)
        assert page.locator(".turn").last.locator(".alert a[href='tel:112']").evaluate(inside), question
