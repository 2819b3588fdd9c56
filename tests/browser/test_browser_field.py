"""A and B: what is seen first, and a field that forgets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser_help import ACUTE, LEAVE, NEUTRAL, QUESTION, Held, OwnChromium, Site, ask, frame_of, widget_page
from playwright.sync_api import BrowserContext, Page, expect

from web.config import TELLING

ON_TOP = """() => {
    const box = document.getElementById('leave').getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return [!!top?.closest('#leave'), box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth];
}"""
STORED = """async () => {
    const caches_ = await caches.keys();
    const databases = await indexedDB.databases();
    return { local: localStorage.length, session: sessionStorage.length, caches: caches_.length, databases: databases.length,
             cookie: document.cookie, state: history.state, name: window.name, hash: location.hash, query: location.search,
             workers: (await navigator.serviceWorker.getRegistrations()).length };
}"""
NOTHING = {
    "local": 0,
    "session": 0,
    "caches": 0,
    "databases": 0,
    "cookie": "",
    "state": None,
    "name": "",
    "hash": "",
    "query": "",
    "workers": 0,
}


def test_A1_the_title_never_changes_with_the_question(page: Page) -> None:
    before = page.title()
    ask(page, QUESTION)
    ask(page, ACUTE)
    assert page.title() == before
    assert not TELLING.search(page.title() + page.url)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_A2_the_leave_link_is_on_top_at_every_scroll_position(
    open_context: Callable[..., BrowserContext], base: str, width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 640}, reduced_motion="reduce").new_page()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    ask(page, QUESTION)
    for part in (0, 0.3, 0.7, 1):
        page.evaluate("part => scrollTo({ top: document.body.scrollHeight * part, behavior: 'instant' })", part)
        assert page.evaluate(ON_TOP) == [True, True], part


def test_A2_a_leave_link_is_in_view_while_the_guide_in_a_host_page_is(
    context: BrowserContext, base: str, host: Site
) -> None:
    page = context.new_page()
    page.goto(host.put("/a2", widget_page(base, body="<p style='height:3000px'>Tekst</p>")))
    frame = frame_of(page)
    ask(frame, QUESTION)
    seen = []
    for top in range(0, 1200, 60):
        page.evaluate("top => scrollTo({ top, behavior: 'instant' })", top)
        page.wait_for_timeout(60)
        outer = page.evaluate("""() => {
            const guide = document.querySelector('faq-assistant');
            const frame = guide.shadowRoot.querySelector('iframe').getBoundingClientRect();
            return { frame: [frame.top, frame.bottom], link: !guide.shadowRoot.querySelector('.leave').hidden };
        }""")
        if outer["frame"][1] > 100 and outer["frame"][0] < 600:
            seen.append(outer["link"] or outer["frame"][0] >= 0)
    assert len(seen) > 8
    assert all(seen)


def test_A3_B5_nothing_is_stored_anywhere(page: Page, context: BrowserContext) -> None:
    ask(page, QUESTION)
    ask(page, ACUTE)
    page.locator("#question").fill("halvferdig")
    assert page.evaluate(STORED) == NOTHING
    assert context.cookies() == []


def test_B1_B2_the_field_is_told_to_forget_and_not_to_check(page: Page) -> None:
    field, form = page.locator("#question"), page.locator("form.ask")
    wanted = {"autocomplete": "off", "spellcheck": "false", "autocorrect": "off", "autocapitalize": "off"}
    assert {name: field.get_attribute(name) for name in wanted} == wanted
    assert form.get_attribute("autocomplete") == "off"
    assert field.get_attribute("name") is None
    assert form.get_attribute("action") is None


def test_B3_the_field_is_empty_before_the_answer_arrives(page: Page) -> None:
    held = Held()
    page.route("**/api/ask", held.hold)
    page.locator("#question").fill(QUESTION)
    page.locator("#question").press("Enter")
    expect(page.locator(".turn .asked")).to_contain_text(QUESTION)
    expect(page.locator(".waiting")).to_be_visible()
    assert page.locator("#question").input_value() == ""
    assert page.locator("input, textarea, select").evaluate_all("all => all.map(one => one.value)") == ["", ""]
    held.release()


def test_B4_back_shows_a_blank_page_also_from_memory(
    own_chromium: Callable[[], OwnChromium], base: str, host: Site
) -> None:
    """Playwright switches the back/forward cache off; this Chromium has it on."""
    page = own_chromium().context.new_page()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    page.evaluate("window.kept = true")
    ask(page, QUESTION)
    page.locator("#question").fill("halvferdig setning")
    page.goto(host.put("/andre", NEUTRAL))
    page.go_back()
    page.wait_for_selector("#question")
    page.wait_for_timeout(300)
    assert page.locator(".turn").count() == 0
    assert page.locator("#question").input_value() == ""
    assert QUESTION not in page.content()


def test_B4_everything_is_emptied_on_pagehide(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#question").fill("halvferdig")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.locator(".turn").count() == 0
    assert page.locator("#question").input_value() == ""
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    ask(page, "Hva er avvergeplikt?")
    assert QUESTION not in "".join(sent)


def test_B6_personal_data_gets_a_notice_and_the_alert(page: Page) -> None:
    ask(page, f"{ACUTE}, ring meg på 99 88 77 66")
    expect(page.locator("[data-slot=personal]")).to_be_visible()
    expect(page.locator(".alert")).to_be_visible()
    ask(page, "Hva gjelder fra 2021 til 2024?")
    expect(page.locator("[data-slot=personal]").nth(1)).to_be_hidden()


def test_B7_no_voice_upload_or_map(page: Page) -> None:
    assert page.locator("input[type=file], [x-webkit-speech], canvas, video, audio, object, embed").count() == 0
    assert (
        page.evaluate(
            "document.featurePolicy ? document.featurePolicy.allowedFeatures().filter(f => ['camera','microphone','geolocation'].includes(f)) : []"
        )
        == []
    )


def test_K4_without_script_no_field_and_all_numbers(open_context: Callable[..., BrowserContext], base: str) -> None:
    page = open_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto(base + "/")
    assert page.locator("textarea, input, select").count() == 0
    for number in ("112", "113", "116006", "116111"):
        expect(page.locator(f".numbers a[href='tel:{number}']")).to_be_visible()
    page.locator(".ways a").first.click()
    page.locator("main .ways a").first.click()
    expect(page.locator(".answer .direct")).to_be_visible()
    page.locator("#leave").click()
    expect(page).to_have_url(LEAVE)
