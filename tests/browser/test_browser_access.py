"""J: usable in distress, by keyboard, by ear, enlarged, in forced colours."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
from browser_help import ACUTE, QUESTION, ask
from playwright.sync_api import BrowserContext, Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = (
    "/",
    "/nn/",
    "/en/",
    "/vei/1",
    "/vei/2/1",
    "/en/vei/4/1",
    "/kommuner",
    "/kilder",
    "/kilder/hallingdal-2021",
    "/tiltak",
    "/tiltak/oversikt",
    "/hjelp?kommune=gol",
    "/trygg",
    "/nn/trygg",
    "/om",
    "/ansatt",
    "/installer",
    "/widget/ramme",
    "/finnes-ikke",
)
OVERFLOW = """() => {
    const wide = [...document.querySelectorAll('body *')].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && box.right > innerWidth + 1 && !one.closest('.unseen, pre, .skip');
    });
    return [document.documentElement.scrollWidth <= innerWidth, wide.map((one) => one.outerHTML.slice(0, 80))];
}"""


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is now. Evaluated from outside, so that the page's policy stays as it is."""
    page.evaluate(AXE)
    run = "tags => axe.run({ runOnly: { type: 'tag', values: tags } }).then((found) => found.violations)"
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]} ({len(v['nodes'])})" for v in page.evaluate(run, TAGS)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_J5_axe_finds_nothing_on_any_page(open_context: Callable[..., BrowserContext], base: str, scheme: str) -> None:
    page = open_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce").new_page()
    found = {}
    for path in PATHS:
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if wrong := faults(page):
            found[path] = wrong
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_J5_axe_finds_nothing_in_any_state(
    open_context: Callable[..., BrowserContext], base: str, stopped_base: str, scheme: str
) -> None:
    page = open_context(
        viewport={"width": 1280, "height": 4000}, color_scheme=scheme, reduced_motion="reduce"
    ).new_page()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    found = {}

    def look(state: str) -> None:
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")  # axe counts what sticky parts hide as too small
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if wrong := faults(page):
            found[state] = wrong

    ask(page, QUESTION)
    look("answer")
    ask(page, ACUTE)
    look("alert")
    page.locator("[data-way=write]").click()
    look("way chosen")
    ask(page, "Hvordan steker jeg vafler?")
    look("no answer")
    page.locator("#place-field").press_sequentially("sand")
    page.locator("#place .found button").first.wait_for()
    look("choosing municipality")
    page.keyboard.press("Shift")
    look("counting")
    page.route("**/api/ask", lambda route: route.abort())
    ask(page, QUESTION)
    look("failed")
    page.goto(stopped_base + "/")
    look("answers off")
    assert found == {}


def test_J1_the_whole_path_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "leave"
    box = page.locator("#leave").bounding_box()
    assert box
    assert (box["width"] >= 44, box["height"] >= 44) == (True, True)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "question":
            break
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H2"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "clear":
            break
    assert page.evaluate("document.activeElement.id") == "clear"


def test_J1_the_alerts_number_is_the_first_step_from_the_new_turns_heading(page: Page) -> None:
    ask(page, ACUTE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "tel:112"


COVERED = """() => {
    const now = document.activeElement.getBoundingClientRect();
    const bar = document.querySelector('.bar').getBoundingClientRect();
    const inBar = !!document.activeElement.closest('.bar, .skip');
    return [document.activeElement.outerHTML.slice(0, 60), inBar || now.bottom > bar.bottom + 1, now.top < innerHeight];
}"""


@pytest.mark.parametrize("height", [640, 320])
def test_J1_focus_is_never_under_the_sticky_link(
    open_context: Callable[..., BrowserContext], base: str, height: int
) -> None:
    page = open_context(viewport={"width": 320, "height": height}, reduced_motion="reduce").new_page()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    ask(page, QUESTION)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(45):
            page.keyboard.press(key)
            what, clear, above = page.evaluate(COVERED)
            assert (clear, above) == (True, True), (key, what)


@pytest.mark.parametrize("path", PATHS)
def test_J2_nothing_is_lost_at_320_pixels(open_context: Callable[..., BrowserContext], base: str, path: str) -> None:
    """320 CSS pixels are 1280 at 400 per cent."""
    page = open_context(viewport={"width": 320, "height": 256}).new_page()
    page.goto(base + path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if path == "/":
        page.wait_for_selector("#question")
        ask(page, ACUTE)
    fits, wide = page.evaluate(OVERFLOW)
    assert wide == []
    assert fits


def test_J3_the_alert_is_announced_once_and_focus_is_not_taken_from_who_types(page: Page) -> None:
    page.evaluate("""() => {
        window.heard = { status: [], alert: [] };
        for (const [id, kind] of [['status', 'status'], ['urgent', 'alert']])
            new MutationObserver(() => heard[kind].push(document.getElementById(id).textContent)).observe(document.getElementById(id), { childList: true });
    }""")
    page.locator("#question").fill(ACUTE)
    page.locator("#question").press("Enter")
    page.locator("#question").focus()
    page.locator(".answer").wait_for()
    heard = page.evaluate("heard")
    assert len(heard["alert"]) == 1
    assert heard["alert"][0].startswith("112")
    assert [text for text in heard["status"] if text != "Leter …"] == heard["status"][-1:]
    assert heard["status"][-1].startswith("Svar:")
    assert page.evaluate("document.activeElement.id") == "question"
    live = page.locator("main [aria-live], main [role=status], main [role=alert], main [role=log]")
    named = live.evaluate_all(
        "all => all.filter((one) => !one.closest('.turn, .place')).map((one) => one.id + ':' + one.getAttribute('role'))"
    )
    assert named == ["status:status", "urgent:alert"]


def test_J3_the_tree_has_the_alert_before_the_answer(page: Page) -> None:
    ask(page, ACUTE)
    tree = page.locator(".turn").aria_snapshot()
    assert tree.index("Viktigst nå") < tree.index('link "112') < tree.index("Jeg kan snakke")


def test_J5_languages_are_declared(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    for path, language in (("/", "nb"), ("/nn/", "nn"), ("/en/", "en")):
        page.goto(base + path)
        page.wait_for_selector("#question")
        assert page.evaluate("document.documentElement.lang") == language
    ask(page, QUESTION)
    assert page.locator(".answer").get_attribute("lang") == "nb"
    assert page.locator(".marked").first.get_attribute("lang") == "nb"


def test_J5_forced_colours_and_reduced_motion(open_context: Callable[..., BrowserContext], base: str) -> None:
    page = open_context(
        forced_colors="active", reduced_motion="reduce", viewport={"width": 360, "height": 740}
    ).new_page()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    ask(page, ACUTE)
    look = "one => { const style = getComputedStyle(one); return [style.borderTopStyle, parseFloat(style.borderTopWidth) > 0]; }"
    for selector in ("#leave", ".alert", ".numbers a[href^=tel]", "button[type=submit]", ".turn .number-list a"):
        assert page.locator(selector).first.evaluate(look) == ["solid", True], selector
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_staff_print_a_procedure_as_a_card(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    page.goto(base + "/ansatt")
    page.wait_for_selector("#question")
    page.locator(".procedures summary").first.click()
    page.locator(".procedures a").first.click()
    page.wait_for_selector(".print-card")
    page.locator("#print").wait_for(state="visible")
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert page.locator(".print-card h1").inner_text() in shown
    assert page.locator(".bar").is_hidden()
    assert page.locator("#print").is_hidden()
