"""D: leaving. What is asked of a page that must be gone before anyone looks."""

from __future__ import annotations

from collections.abc import Callable

from browser_help import LEAVE, QUESTION, Held, Site, ask, frame_of, widget_page
from playwright.sync_api import BrowserContext, Page, Route, expect

BEFORE = "/for"


def shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def arrive(context: BrowserContext, host: Site, address: str) -> Page:
    """A page that was reached from another."""
    page = context.new_page()
    page.goto(host.put(BEFORE, "<!doctype html><title>For</title>Siden for"))
    page.goto(address)
    return page


def test_D1_leaves_with_one_click_without_script(open_context: Callable[..., BrowserContext], base: str) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(base + "/")
    link = page.locator("#leave")
    assert link.get_attribute("rel") == "nofollow noreferrer noopener"
    link.click()
    expect(page).to_have_url(LEAVE)


def test_D1_the_frames_link_leads_the_whole_window(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(host.put("/d1", widget_page(base)))
    assert frame_of(page).locator("#leave").get_attribute("target") == "_top"


def test_D2_is_empty_within_100_ms_on_a_stalled_network(stalled_page: Page) -> None:
    """Measured inside the page, in the same turn: Chromium answers no debugger while a navigation hangs."""
    page = stalled_page
    ask(page, QUESTION)
    page.locator("#question").fill("mer")
    session = page.context.new_cdp_session(page)
    click = """(() => {
        const field = document.getElementById('question');
        const start = performance.now();
        document.getElementById('leave').click();
        const spent = performance.now() - start;
        return [spent, document.body.childElementCount, document.body.innerText, document.title, field.value];
    })()"""
    answer = session.send("Runtime.evaluate", {"expression": click, "returnByValue": True})
    spent, *rest = answer["result"]["value"]
    assert spent < 100
    assert rest == [0, "", "Ny fane", ""]


def stay(route: Route) -> None:
    """An answer without content: the browser stays on the page that is being left, so that it can be looked at."""
    route.fulfill(status=204)


def test_J4_while_covered_nothing_is_left_for_screen_reader_or_keyboard(context: BrowserContext, page: Page) -> None:
    context.route(LEAVE, stay)
    ask(page, QUESTION)
    assert "link" in page.locator("body").aria_snapshot()
    page.locator("#leave").click()
    assert page.locator("body").aria_snapshot() == ""
    assert page.locator("a, button, textarea").count() == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body")


def test_D2_stops_requests(page: Page) -> None:
    held = Held()
    page.route("**/api/ask", held.hold)
    stopped: list[str] = []
    page.on("requestfailed", lambda request: stopped.append(request.url))
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    page.wait_for_selector(".turn")
    page.locator("#leave").click()
    expect(page).to_have_url(LEAVE)
    assert any(address.endswith("/api/ask") for address in stopped)


def test_D3_back_leads_to_the_page_before_ours(context: BrowserContext, base: str, host: Site) -> None:
    page = arrive(context, host, base + "/")
    page.wait_for_selector("#question")
    ask(page, QUESTION)
    page.locator("#leave").click()
    expect(page).to_have_url(LEAVE)
    page.go_back()
    expect(page).to_have_url(host.address + BEFORE)


def test_D3_back_leads_out_also_after_several_pages_of_ours(context: BrowserContext, base: str, host: Site) -> None:
    page = arrive(context, host, base + "/")
    page.wait_for_selector("#question")
    page.locator("nav .pages a").nth(1).click()
    page.wait_for_url("**/hjelp")
    page.locator(".bar .safety").click()
    page.wait_for_url("**/trygg")
    page.locator("#leave").click()
    expect(page).to_have_url(LEAVE)
    page.go_back()
    expect(page).to_have_url(host.address + BEFORE)


def test_D3_the_skip_link_adds_no_entry(context: BrowserContext, base: str, host: Site) -> None:
    page = arrive(context, host, base + "/")
    page.wait_for_selector("#question")
    before = page.evaluate("history.length")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("[document.activeElement.id, history.length, location.hash]") == ["innhold", before, ""]


def test_D4_three_presses_leave_also_from_inside_the_field(page: Page) -> None:
    page.locator("#question").focus()
    shift(page, 2)
    expect(page.locator("#leave-status")).to_have_text("Shift 2 av 3")
    expect(page.locator("#leave")).to_have_class("leave counting")
    assert page.locator("#leave i.on").count() == 2
    shift(page, 1)
    expect(page).to_have_url(LEAVE)


def test_D4_typing_capitals_never_leaves(page: Page) -> None:
    field = page.locator("#question")
    field.focus()
    for letter in "KARI BOR I OSLO MED OLA":
        page.keyboard.press(f"Shift+{letter}" if letter != " " else "Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.wait_for_timeout(200)
    assert page.url.startswith("http://127.0.0.1")


def test_D4_presses_more_than_five_seconds_apart_do_not_count(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    shift(page, 2)
    page.clock.run_for(5100)
    expect(page.locator("#leave-status")).to_have_text("Avbrutt. Du er fortsatt her.")
    shift(page, 2)
    assert page.url.startswith("http://127.0.0.1")


def test_D4_escape_does_not_leave(page: Page) -> None:
    for _ in range(5):
        page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.url.startswith("http://127.0.0.1")


def test_D5_shift_is_heard_with_focus_in_the_frame(context: BrowserContext, base: str, host: Site) -> None:
    page = arrive(context, host, host.put("/d5a", widget_page(base)))
    frame_of(page).locator("#question").focus()
    shift(page)
    expect(page).to_have_url(LEAVE)
    page.go_back()
    expect(page).to_have_url(host.address + BEFORE)


def test_D5_shift_is_heard_with_focus_in_the_host(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(host.put("/d5b", widget_page(base)))
    frame_of(page)
    page.locator("#host-field").focus()
    page.keyboard.press("Shift+A")
    page.keyboard.press("Shift+B")
    page.keyboard.press("Shift+C")
    assert page.url.startswith(host.address)
    shift(page)
    expect(page).to_have_url(LEAVE)


def test_D6_nothing_reaches_our_server_after_leaving(page: Page, base: str) -> None:
    ask(page, QUESTION)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#leave").click()
    expect(page).to_have_url(LEAVE)
    page.wait_for_timeout(300)
    assert [address for address in sent if address.startswith(base)] == []
    assert sent[0] == LEAVE


def test_D7_stays_blank_with_a_plain_link_when_the_frame_may_not_leave(
    context: BrowserContext, base: str, host: Site
) -> None:
    page = context.new_page()
    frame_html = f'<iframe src="{base}/widget/ramme" sandbox="allow-scripts allow-same-origin"></iframe>'
    page.goto(host.put("/d7", f"<!doctype html><title>K</title>{frame_html}"))
    page.frame_locator("iframe").locator("#question").wait_for()
    frame = page.frames[1]
    frame.evaluate("document.getElementById('leave').click()")
    assert frame.evaluate("document.body.childElementCount") == 0
    expect(page.frame_locator("iframe").locator("body > *")).to_have_count(1)
    link = page.frame_locator("iframe").locator("body > a")
    assert (link.inner_text(), link.get_attribute("href"), link.get_attribute("target")) == (
        "Forlat siden raskt",
        LEAVE,
        "_top",
    )
    assert page.url == host.address + "/d7"


def test_D8_has_its_name_in_each_language(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    for path, name in (("/", "Forlat siden raskt"), ("/nn/", "Forlat sida raskt"), ("/en/", "Leave quickly")):
        page.goto(base + path)
        assert page.locator("#leave").inner_text() == name


def test_D9_opens_nothing_new(context: BrowserContext, page: Page) -> None:
    page.locator("#leave").click()
    expect(page).to_have_url(LEAVE)
    assert len(context.pages) == 1


def test_D2_leaving_from_the_frame_empties_host_and_frame(context: BrowserContext, base: str, host: Site) -> None:
    context.route(LEAVE, stay)
    page = context.new_page()
    page.goto(host.put("/d2", widget_page(base)))
    frame = frame_of(page)
    ask(frame, QUESTION)
    frame.locator("#leave").click()
    page.wait_for_function("document.body.childElementCount === 0")
    assert page.title() == "Ny fane"
