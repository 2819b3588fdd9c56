"""How long a turn is on a small telephone, how far down its answer begins, and how far it is to a number, beside the bars.

    python tests/bench/page_length.py

Starts the real server and drives a real Chromium at 360 x 740 pixels. A figure outside its bar is marked, and the script ends with 1.
"""

from __future__ import annotations

import gzip
import os
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from assistant import Assistant
from web.app import create_app
from web.config import Config
from web.engine import Engine
from web.server import make_server

SIZE = {"width": 360, "height": 740}
QUESTIONS = (
    "Mannen min bestemmer alt jeg bruker penger på",
    "Hva er latent vold?",
    "Hvem har ansvaret for tiltak 3 i Bærum?",
    "jeg er lærer og en gutt i klassen har blåmerker hver mandag",
    "Kva er eit krisesenter, og kostar det noko?",
    "Kan jeg få besøksforbud mot eksen?",
    "Hvordan steker jeg vafler?",
    "Jeg bor i Gol. Hvem kan jeg snakke med?",
    "Hvor mange kvinner blir utsatt for vold?",
    "What happens if I report my husband to the police?",
    "mamma og pappa krangler så fælt om natta",
    "Naboen min skriker til barna sine hver kveld",
    "Jeg mistet besinnelsen og slo samboeren min i går",
    "Hva sier straffeloven § 282?",
    "Han slår meg nå, jeg har låst meg inne på badet",
    "Jeg orker ikke leve lenger",
    "Faren min har kniv og truer mamma",
    "Jeg er redd for at moren min på sykehjemmet blir slått, og jeg vet ikke hvem jeg skal si det til, for hun sier at alt er bra når "
    "jeg spør, men hun har merker på armene og er redd en av dem som steller henne, hva gjør jeg da",
)
PARTS = """() => {
    const turn = [...document.querySelectorAll('[data-turn]')].at(-1);
    const box = (one) => one.getBoundingClientRect();
    const height = (name) => [...turn.querySelectorAll(`[data-part="${name}"]`)].reduce((sum, one) => sum + box(one).height, 0);
    const answer = turn.querySelector('[data-part="answer"]');
    const alert = turn.querySelector('[data-part="alert"]');
    const call = alert?.querySelector('[data-call]');
    return { length: box(turn).height, answer: box(answer).top - box(turn).top, alert: !!alert,
             others: height('contacts') + height('sources'), number: call ? box(call).bottom : 0, screen: innerHeight };
}"""


@contextmanager
def served() -> Iterator[str]:
    server = make_server(create_app(Config(questions_per_minute=0), Engine(Assistant.load())), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.stop()
    thread.join(5)


def ask(page: Page, question: str) -> None:
    count = page.locator("[data-turn]").count()
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    page.locator("[data-turn]").nth(count).locator('[data-part="answer"]').wait_for()


def turns(page: Page, base: str) -> list[dict[str, float]]:
    """Each question on a page of its own."""
    found = []
    for question in QUESTIONS:
        page.goto(base + "/")
        page.wait_for_selector("#question")
        ask(page, question)
        found.append(page.evaluate(PARTS))
    return found


def steps_to_the_number(page: Page, base: str) -> int:
    """Presses of Tab from the new turn's heading to the alert's first number."""
    page.goto(base + "/")
    page.wait_for_selector("#question")
    ask(page, QUESTIONS[14])
    for step in range(1, 30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[data-part=alert]') !== null"):
            return step
    return 30


def taps_to_the_shelter(page: Page, base: str) -> int:
    """From the front page: the field, the municipality, its number."""
    page.goto(base + "/")
    page.locator("#place-field").click()
    page.locator("#place-field").type("gol")
    page.locator("#place .found button", has_text="Gol").click()
    page.locator("#place a[data-call]").first.wait_for()
    return 3


def top_of(page: Page, address: str, selector: str) -> float:
    page.goto(address)
    return float(page.locator(selector).first.evaluate("one => one.getBoundingClientRect().top + scrollY"))


def weight(page: Page, base: str) -> float:
    """kB of the front page with all that it loads, compressed."""
    bodies: list[bytes] = []
    page.on("response", lambda response: bodies.append(response.body()))
    page.goto(base + "/")
    page.wait_for_load_state("networkidle")
    return sum(len(gzip.compress(body)) for body in bodies) / 1000


def table(rows: Sequence[tuple[str, float, float]]) -> bool:
    """Each figure beside its bar; whether all hold."""
    for name, value, bar in rows:
        print(f"{name:58} {value:8.1f}   at most {bar:6.0f}{'' if value <= bar else '   OUTSIDE'}")
    return all(value <= bar for _, value, bar in rows)


def main() -> int:
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE, reduced_motion="reduce").new_page()
        seen = turns(page, base)
        if os.environ.get("EACH"):
            for question, one in zip(QUESTIONS, seen, strict=True):
                print({name: round(value) for name, value in one.items()}, question[:60])
        calm, acute = ([one for one in seen if one["alert"] == alert] for alert in (False, True))
        rows = [
            ("turn, median (px)", statistics.median(one["length"] for one in seen), 900),
            ("turn, longest (px)", max(one["length"] for one in seen), 2000),
            ("answer from the turn's top, at most (px)", max(one["answer"] for one in calm), 180),
            ("answer behind an alert, at most (px)", max(one["answer"] for one in acute), 420),
            ("contacts and sources, median share of a turn (%)",
             100 * statistics.median(one["others"] / one["length"] for one in seen), 45),
            ("the alert's first number, its lower edge on the screen (px)", max(one["number"] for one in acute), 640),
            ("Tab from the heading to the alert's number", steps_to_the_number(page, base), 3),
            ("taps from the front page to the shelter's number", taps_to_the_shelter(page, base), 3),
            ("the shelter on /hjelp?kommune=gol (px)", top_of(page, f"{base}/hjelp?kommune=gol", "a[href='tel:32075250']"), 1200),
            ("front page, its last role (px)", top_of(page, f"{base}/", ".roles li:last-child") + 44, SIZE["height"]),
            ("front page, compressed (kB)", weight(browser.new_page(), base), 30),
        ]  # fmt: skip
        browser.close()
    return 0 if table(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
