"""C, H6 and I2: question and answer, the alert first, and what is shown when nothing comes."""

from __future__ import annotations

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
    page.locator(".citation summary").first.click()
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


def test_C6_staff_copy_a_quote_with_its_source(context: BrowserContext, base: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(base + "/ansatt")
    page.wait_for_selector("#question")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    ask(page, "Hva er avvergeplikt?")
    page.locator("[data-copy]").first.click()
    page.wait_for_function("window.copied")
    copied = page.evaluate("window.copied")
    assert copied.startswith("«")
    assert page.locator(".citation .source").first.inner_text() in copied


def test_C7_clear_empties_says_so_and_moves_focus(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#clear").click()
    assert page.locator(".turn").count() == 0
    expect(page.locator("#status")).to_have_text("Siden er tømt.")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.locator("#question").input_value() == ""


def test_H6_three_ways_turn_the_order_and_nothing_is_stored(page: Page) -> None:
    ask(page, ACUTE)
    ways = page.locator("[data-way]")
    assert ways.all_inner_texts() == ["Jeg kan snakke", "Jeg kan skrive", "Ikke nå"]
    cards = page.locator("[data-helplines] .helpline")
    assert cards.count() >= 2
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
    ask(page, QUESTION)
    page.locator("#municipality a").click()
    page.locator("#municipality select").select_option("gol")
    assert page.locator(".turn").count() == 1
    ask(page, "Jeg blir slått hjemme. Hvor kan jeg få hjelp?")
    assert "Der du bor" in page.locator(".turn").nth(1).inner_text()
    assert "kommune=gol" in (page.locator(".bar .safety").get_attribute("href") or "")
