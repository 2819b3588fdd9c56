"""F: other people's pages. The host sees nothing of what is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser_help import LEAVE, QUESTION, Site, ask, frame_of, widget_page
from playwright.sync_api import BrowserContext, expect

WORD = "zyrkløpo"
SPY = """<script>
    window.seen = [];
    const note = (...things) => { try { seen.push(JSON.stringify(things)); } catch { seen.push(String(things)); } };
    for (const kind of ['keydown', 'keyup', 'keypress', 'input', 'beforeinput', 'change', 'paste', 'compositionupdate', 'submit', 'focusin'])
        window.addEventListener(kind, (event) => note(kind, event.key, event.data, event.target && event.target.value), true);
    window.addEventListener('message', (event) => note('message', event.data), true);
    const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
    Object.defineProperty(HTMLTextAreaElement.prototype, 'value', { get() { note('get', value.get.call(this)); return value.get.call(this); }, set(v) { note('set', v); value.set.call(this, v); } });
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) { const root = attach.call(this, { ...options, mode: 'open' }); watch(root); return root; };
    const open_ = XMLHttpRequest.prototype.open, fetch_ = window.fetch;
    XMLHttpRequest.prototype.open = function (...all) { note('xhr', all); return open_.apply(this, all); };
    window.fetch = (...all) => { note('fetch', all); return fetch_(...all); };
    navigator.sendBeacon = (...all) => { note('beacon', all); return true; };
    const watch = (root) => new MutationObserver((all) => all.forEach((one) => note('mutation', one.target.textContent, root.innerHTML))).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
    watch(document);
    setInterval(() => { for (const frame of document.querySelectorAll('faq-assistant'))
        try { note('frame', frame.shadowRoot.querySelector('iframe').contentDocument.body.innerText); } catch (error) { note('frame', error.name); } }, 100);
</script>"""
ORDINARY = "Kommunen"


def test_F1_K3_a_hostile_host_sees_nothing_of_what_is_typed(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(host.put("/f1", widget_page(base, head=SPY)))
    page.locator("#host-field").fill("kontroll")
    frame = frame_of(page)
    ask(frame, f"Hva er {WORD}? {QUESTION}")
    frame.locator("#question").press_sequentially(WORD)
    page.wait_for_timeout(300)
    seen = " ".join(page.evaluate("window.seen"))
    assert "kontroll" in seen  # the spy works
    assert '"ready"' in seen
    assert WORD not in seen
    assert QUESTION not in seen


def test_F2_the_frame_has_its_attributes(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(host.put("/f2", widget_page(base)))
    frame_of(page)
    frame = page.locator("faq-assistant iframe")
    assert frame.get_attribute("title") == "Kommunal veiviser"
    assert frame.get_attribute("loading") == "lazy"
    assert frame.get_attribute("referrerpolicy") == "no-referrer"
    assert (
        frame.get_attribute("sandbox")
        == "allow-scripts allow-forms allow-same-origin allow-top-navigation-by-user-activation"
    )


@pytest.mark.parametrize(("sandbox", "blocked"), [("", False), ("allow-scripts allow-same-origin", True)])
def test_F2_telephone_links_work_inside_the_frame(
    context: BrowserContext, base: str, host: Site, sandbox: str, blocked: bool
) -> None:
    """The second case is the control: without the permission Chromium says that it blocks the link."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    own = (
        widget_page(base)
        if not sandbox
        else f'<!doctype html><title>K</title><iframe src="{base}/widget/ramme" sandbox="{sandbox}" height="600"></iframe>'
    )
    page.goto(host.put("/f2tel", own))
    frame = page.frame_locator("iframe").first if sandbox else page.frame_locator("faq-assistant iframe")
    frame.locator("#question").wait_for()
    frame.locator(".numbers a[href='tel:112']").click()
    page.wait_for_timeout(300)
    assert bool([text for text in said if "external protocol" in text and "blocked" in text]) is blocked


def test_F2_D5_the_frame_leaves_by_its_link(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(host.put("/f2leave", widget_page(base)))
    frame_of(page).locator("#leave").click()
    expect(page).to_have_url(LEAVE)


def test_F3_messages_hold_no_text_and_foreign_ones_are_ignored(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    record = "<script>window.got=[];addEventListener('message',(e)=>got.push([e.origin,e.data]))</script>"
    page.goto(host.put("/f3", widget_page(base, head=record)))
    frame = frame_of(page)
    ask(frame, f"{WORD} {QUESTION}")
    page.wait_for_timeout(200)
    got = page.evaluate("window.got")
    assert {origin for origin, _ in got} == {base}
    assert {data["kind"] for _, data in got} == {"ready", "height"}
    assert all(isinstance(data.get("value", 0), int | float) and set(data) <= {"kind", "value"} for _, data in got)
    height = page.locator("faq-assistant iframe").bounding_box()
    page.evaluate("""() => {
        window.postMessage({ kind: 'leave' }, '*');
        window.postMessage({ kind: 'height', value: 301 }, '*');
        const other = document.body.appendChild(document.createElement('iframe'));
        other.srcdoc = "<script>parent.postMessage({ kind: 'leave' }, '*')<\\/script>";
    }""")
    page.wait_for_timeout(400)
    assert page.url == host.address + "/f3"
    assert page.locator("faq-assistant iframe").bounding_box() == height


def test_F3_the_frame_answers_only_its_own_parent(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    record = "<script>window.got=[];addEventListener('message',(e)=>got.push(e.data.kind))</script>"
    bare = f'{record}<iframe src="{base}/widget/ramme" height="500"></iframe>'
    page.goto(host.put("/f3b", f"<!doctype html><title>K</title>{bare}"))
    page.frame_locator("iframe").locator("#question").wait_for()
    hello = (
        "window.dispatchEvent(new MessageEvent('message', { data: { kind: 'hello' }, origin: '%s', source: window }))"
    )
    page.frames[1].evaluate(hello % host.address)
    page.wait_for_timeout(200)
    assert page.evaluate("window.got") == []
    page.evaluate("address => frames[0].postMessage({ kind: 'hello' }, address)", base)
    page.wait_for_function("window.got.includes('ready')")


PLAIN = '<p>Er det fare nå? <a href="tel:112">112 Politi</a> <a href="tel:116006">116 006 Hjelpetelefon</a></p><p><a href="{base}/">Åpne veiviseren</a></p>'


def test_F4_numbers_and_link_stand_without_script(
    open_context: Callable[..., BrowserContext], base: str, host: Site
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(host.put("/f4", widget_page(base, PLAIN.format(base=base))))
    expect(page.locator("faq-assistant a[href='tel:112']")).to_be_visible()
    expect(page.get_by_text("Åpne veiviseren")).to_be_visible()


def test_F4_numbers_and_link_stand_when_our_server_is_down(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    dead = "http://127.0.0.1:9"
    page.goto(host.put("/f4b", widget_page(dead, PLAIN.format(base=dead))))
    expect(page.locator("faq-assistant a[href='tel:112']")).to_be_visible()
    page.clock.install()
    page.route("**/widget/ramme*", lambda route: route.abort())
    page.goto(host.put("/f4c", widget_page(base, PLAIN.format(base=base))))
    page.clock.run_for(7000)
    expect(page.locator("faq-assistant .failed a[href='tel:112']")).to_be_visible()
    expect(page.locator("faq-assistant > p a[href='tel:112']")).to_be_visible()


def test_an_unknown_host_is_refused_and_told_why(browser: object, base: str, stranger: Site) -> None:
    context = browser.new_context()  # type: ignore[attr-defined]  # the refusal itself is a policy message
    page = context.new_page()
    page.clock.install()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(stranger.put("/fremmed", widget_page(base)))
    page.wait_for_timeout(300)
    page.clock.run_for(7000)
    expect(page.locator("faq-assistant .failed a[href='tel:112']")).to_be_visible()
    assert [text for text in said if "ASSISTANT_FRAME_ANCESTORS" in text]
    context.close()


FAULTS = {
    "recorder": {"head": '<script src="https://static.hotjar.com/c/hotjar-1.js"></script>'},
    "pixel": {"body": '<img src="https://www.facebook.com/tr?id=1&ev=PageView" alt="">'},
    "tag_manager": {"head": '<script src="https://www.googletagmanager.com/gtm.js?id=GTM-ABC123"></script>'},
    "statistics": {"head": '<script src="https://siteimproveanalytics.com/js/siteanalyze_1.js"></script>'},
    "chat": {"head": '<script src="https://embed.tawk.to/1/default"></script>'},
    "banner": {
        "body": '<div id="banner"></div><script>Object.assign(banner.style, {position:"fixed",inset:"0",zIndex:"2147483647",background:"#ffd"})</script>'
    },
    "words": {"head": '<meta property="og:title" content="Hjelp ved vold i nære relasjoner">'},
    "plain": {"inside": "<p>Kommer snart</p>"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_F5_the_checker_finds_each_fault(context: BrowserContext, base: str, host: Site, fault: str) -> None:
    made = {"inside": PLAIN.format(base=base), **FAULTS[fault]}
    script = f'<script src="{base}/widget/sjekk.js" defer></script>'
    html = widget_page(base, made["inside"], head=made.get("head", ""), body=made.get("body", "") + script)
    page = context.new_page()
    page.goto(host.put(f"/f5-{fault}", html))
    page.locator("#faq-check").wait_for()
    assert page.locator("#faq-check li").evaluate_all("all => all.map(one => one.dataset.fault)") == [fault]
    assert len(page.locator("#faq-check li").first.inner_text()) > 20


def test_F5_the_checker_finds_telling_addresses_and_a_missing_guide(
    context: BrowserContext, base: str, host: Site
) -> None:
    page = context.new_page()
    page.goto(
        host.put(
            "/vold-og-overgrep", f'<!doctype html><title>K</title><script src="{base}/widget/sjekk.js" defer></script>'
        )
    )
    page.locator("#faq-check").wait_for()
    assert page.locator("#faq-check li").evaluate_all("all => all.map(one => one.dataset.fault)") == [
        "words",
        "missing",
    ]


def test_F5_a_clean_page_has_no_faults(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(
        host.put(
            "/f5",
            widget_page(base, PLAIN.format(base=base), body=f'<script src="{base}/widget/sjekk.js" defer></script>'),
        )
    )
    page.locator("#faq-check").wait_for()
    assert page.locator("#faq-check").inner_text() == "Vi fant ingen av feilene vi ser etter."


def test_F5_pasted_source_is_checked_in_the_browser(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    page.goto(base + "/installer")
    page.locator("#check-source").wait_for()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#check-source").fill(widget_page(base, head=FAULTS["recorder"]["head"]))
    page.locator("#check-address").fill("https://www.gol.kommune.no/krisesenter")
    page.locator("#checker button").click()
    assert page.locator("#check-result li").evaluate_all("all => all.map(one => one.dataset.fault)") == [
        "recorder",
        "words",
        "plain",
    ]
    assert sent == []


def test_F6_works_under_a_strict_policy_and_hostile_styles(context: BrowserContext, base: str, host: Site) -> None:
    policy = f"default-src 'none'; style-src 'self'; script-src {base}; frame-src {base}"
    page = context.new_page()
    page.goto(host.put("/f6", widget_page(base, PLAIN.format(base=base)), Content_Security_Policy=policy))
    ask(frame_of(page), QUESTION)
    hostile = "<style>* { display: none !important; visibility: hidden !important; font-size: 1px !important } html, body, head { display: block !important; visibility: visible !important }</style>"
    page.goto(host.put("/f6b", widget_page(base, head=hostile)))
    frame = frame_of(page)
    expect(page.locator("faq-assistant iframe")).to_be_visible()
    ask(frame, QUESTION)


def test_two_guides_on_a_page_and_one_that_moves(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(host.put("/to", widget_page(base, body="<faq-assistant data-open data-language='nn'></faq-assistant>")))
    first, second = frame_of(page, 0), frame_of(page, 1)
    ask(first, QUESTION)
    assert second.locator(".turn").count() == 0
    page.evaluate("""() => {
        const old = document.querySelector('faq-assistant');
        old.remove();
        document.body.append(Object.assign(document.createElement('faq-assistant'), {}));
        document.body.append(old);
    }""")
    expect(page.locator("faq-assistant")).to_have_count(3)
    expect(page.locator("faq-assistant iframe")).to_have_count(2)


def test_one_script_line_makes_a_button_a_dialog_and_gives_focus_back(
    context: BrowserContext, base: str, host: Site
) -> None:
    page = context.new_page()
    page.goto(
        host.put(
            "/knapp",
            f'<!doctype html><html lang="nn"><title>K</title><h1>K</h1><script src="{base}/widget/v1.js" data-municipality="gol" data-position="left" defer></script></html>',
        )
    )
    button = page.get_by_role("button", name="Spør vegvisaren")
    button.click()
    dialog = page.get_by_role("dialog", name="Kommunal vegvisar")
    expect(dialog).to_be_visible()
    frame = frame_of(page)
    assert "kommune=gol" in frame.url
    assert "sprak=nn" in frame.url
    expect(frame.locator("#place")).to_contain_text("Gol")
    page.get_by_role("button", name="Lukk").focus()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == "Spør vegvisaren"
    assert page.locator("faq-assistant iframe").count() == 0


def test_the_sample_page_shows_the_guide_with_its_hash(context: BrowserContext, base: str) -> None:
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(base + "/installer/prove?kommune=gol")
    page.get_by_role("button", name="Spør veiviseren").click()
    frame_of(page)
    assert failed == []


def test_escape_inside_the_frame_closes_the_panel(context: BrowserContext, base: str, host: Site) -> None:
    page = context.new_page()
    page.goto(host.put("/esc", widget_page(base)))
    frame = frame_of(page)
    frame.locator("#question").press("Escape")
    expect(page.locator("faq-assistant iframe")).to_have_count(0)


def test_behind_a_panel_that_fills_the_screen_the_page_is_inert(
    open_context: Callable[..., BrowserContext], base: str, host: Site
) -> None:
    page = open_context(viewport={"width": 360, "height": 640}).new_page()
    script = f'<script src="{base}/widget/v1.js" defer></script>'
    page.goto(
        host.put("/inert", f"<!doctype html><title>Kommunen</title><body><main><a href='#x'>Lenke</a></main>{script}")
    )
    page.get_by_role("button", name="Spør veiviseren").click()
    frame_of(page)
    assert page.locator("main").evaluate("main => main.inert")
    page.get_by_role("button", name="Lukk").click()
    assert not page.locator("main").evaluate("main => main.inert")


def test_the_hosts_numbers_keep_the_hosts_colours_in_the_dark(
    open_context: Callable[..., BrowserContext], base: str, host: Site
) -> None:
    page = open_context(color_scheme="dark").new_page()
    inside = "<p>Ring <a href='tel:112'>112</a></p>"
    page.goto(
        host.put("/dark", widget_page(base, inside=inside, head="<style>body{background:#fff;color:#111}</style>"))
    )
    frame_of(page)
    assert page.locator("faq-assistant > p").evaluate("one => getComputedStyle(one).color") == "rgb(17, 17, 17)"
