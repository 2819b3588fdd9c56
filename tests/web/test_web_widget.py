"""F: what a host page is given."""

from __future__ import annotations

import gzip
import json
import re

from flask.testing import FlaskClient
from web_help import Reader, read, text

from web.widget import ATTRIBUTES, integrity


def test_the_script_is_under_ten_kilobytes_compressed(client: FlaskClient) -> None:
    assert len(gzip.compress(client.get("/widget/v1.js").data, 9)) < 10_000


def test_F2_the_frames_attributes(client: FlaskClient) -> None:
    script = text(client, "/widget/v1.js")
    assert "'allow-scripts allow-forms allow-same-origin allow-top-navigation-by-user-activation'" in script
    assert "title: this.words.title, loading: 'lazy', referrerPolicy: 'no-referrer'" in script


def test_F4_the_lines_have_numbers_and_link_as_plain_html(client: FlaskClient) -> None:
    shown = read(client, "/installer?kommune=gol").text
    lines = Reader(shown[shown.index("<faq-assistant") : shown.index("</script>")])
    assert [link["href"] for link in lines.of("a")] == ["tel:112", "tel:116006", "http://localhost/?kommune=gol"]
    assert lines.of("faq-assistant")[0]["data-municipality"] == "gol"


def test_the_hash_on_the_page_is_the_scripts(client: FlaskClient) -> None:
    response = client.get("/widget/v1.js")
    page = text(client, "/installer")
    assert page.count(integrity(response.data)) == 2
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_options_on_the_page_are_those_the_script_reads(client: FlaskClient) -> None:
    script = text(client, "/widget/v1.js")
    for name in ATTRIBUTES:
        assert f"data-{name}" in script
        assert f"dataset.{name}" in script or f"'{name}' in this.dataset" in script or f"[data-{name}=" in script
        assert f"data-{name}" in text(client, "/installer")


def test_F6_the_script_writes_no_style_into_the_host(client: FlaskClient) -> None:
    script = text(client, "/widget/v1.js")
    assert "adoptedStyleSheets" in script
    assert not re.search(r"createElement\('style'\)|<style|setAttribute\('style'|innerHTML|cssText", script)


def test_F3_only_five_kinds_of_message_exist(client: FlaskClient) -> None:
    leave = text(client, f"/static/{client.application.extensions['static_version']}/leave.js")
    script = text(client, "/widget/v1.js")
    assert set(re.findall(r"tellHost\(\{ kind: '(\w+)'", leave)) == {"ready", "height", "leave", "close"}
    assert re.findall(r"postMessage\((.*?)\)", script) == ["{ kind: 'hello' }, origin"]
    assert re.findall(r"postMessage\((.*?)\)", leave) == ["message, host"]


def test_the_scripts_settings_are_filled_in(client: FlaskClient) -> None:
    for path in ("/widget/v1.js", "/widget/sjekk.js"):
        found = re.search(r"const settings = (\{.*\});\n", text(client, path))
        assert found
        assert set(json.loads(found[1])["words"]) == {"nb", "nn", "en"}
