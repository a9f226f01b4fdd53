"""Fetching from a real web server on this machine: good listings, bad ones, and servers that misbehave."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mawaqif.errors import LockedError, UserError
from mawaqif.fetch import SourcesFile, fetch_sources, load_sources
from mawaqif.fetch.client import FetchFault, PoliteClient, check_address
from mawaqif.fetch.sources import Limits
from mawaqif.fetch.store import PageStore, name_page
from mawaqif.ingest import read_corpus

PARAGRAPH = (
    "قال المتحدث باسم الحكومة إن المفاوضات مع الجانب الآخر ستستأنف خلال الأسبوع المقبل، وأضاف أن الوفد سيعرض "
    "جدولا زمنيا واضحا على البرلمان قبل نهاية العام الجاري. "
)
FAST = {"wait_seconds": 0, "longest_wait_seconds": 1, "attempts": 2, "page_seconds": 60, "page_megabytes": 0.2}


def page(title: str = "الحكومة تعلن موعد المفاوضات") -> bytes:
    body = "".join(f"<p>{PARAGRAPH * 2}</p>" for _ in range(3))
    return (
        f"<!doctype html><html lang=ar dir=rtl><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><nav><a href=/>الرئيسية</a></nav><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    ).encode()


def rss(*items: tuple[str, str, str]) -> bytes:
    listed = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>{time}</pubDate></item>"
        for link, title, time in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>{listed}</channel></rss>'
    ).encode()


Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Pages by path; each answer is the bytes of a page or a function that writes whatever it likes."""

    address: str = ""
    answers: dict[str, bytes | Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def count(self, path: str) -> int:
        return Counter(self.asked)[path]


def send(
    handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, kind: str = "text/html", **headers: str
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({k.lower(): v for k, v in self.headers.items()})
            answer = site.answers.get(self.path)
            try:
                if callable(answer):
                    answer(self)
                elif answer is None:
                    send(self, b"not here", status=404)
                else:
                    kind = "application/xml" if answer.lstrip().startswith(b"<?xml") else "text/html; charset=utf-8"
                    send(self, answer, kind=kind)
            except (BrokenPipeError, ConnectionResetError):
                pass

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield site
    server.shutdown()
    server.server_close()


def sources(site: Site, *listed: dict[str, object], **limits: object) -> SourcesFile:
    entries = [{"id": f"s{n}", "kind": "feed", **entry} for n, entry in enumerate(listed)]
    for entry in entries:
        entry["url"] = site.address + str(entry["url"])
    return SourcesFile.model_validate({"limits": {**FAST, **limits}, "sources": entries})


def pages_in(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*") if p.suffix in (".html", ".txt"))


def test_a_feed_gives_its_pages_as_they_came_with_where_and_when(site: Site, tmp_path: Path) -> None:
    site.answers["/feed"] = rss((f"{site.address}/a?utm_source=rss#top", "عنوان", "Fri, 16 Aug 2024 01:30:00 +0300"))
    site.answers["/a"] = page()
    (result,) = fetch_sources(sources(site, {"url": "/feed", "outlet": "الصباح"}), tmp_path)
    (kept,) = result.kept
    assert kept.read_bytes() == page()
    noted = json.loads(kept.with_name(f"{kept.stem}.meta.json").read_text(encoding="utf-8"))
    assert noted["url"] == f"{site.address}/a"
    assert noted["listing"]["published"] == "2024-08-16T01:30:00+03:00"
    assert noted["outlet"] == "الصباح"
    assert noted["bytes"] == len(page())
    assert noted["headers"]["content-type"].startswith("text/html")
    assert noted["page"]["title"] == "الحكومة تعلن موعد المفاوضات"


def test_what_was_noted_reaches_the_document_and_the_note_itself_is_no_document(site: Site, tmp_path: Path) -> None:
    site.answers["/feed"] = rss((f"{site.address}/a", "عنوان", "Fri, 16 Aug 2024 01:30:00 +0300"))
    site.answers["/a"] = page()
    fetch_sources(sources(site, {"url": "/feed", "outlet": "الصباح"}), tmp_path)
    (document,) = read_corpus(tmp_path)
    assert document.outlet == "الصباح"
    assert document.published.startswith("2024-08-16")
    assert document.url == f"{site.address}/a"


def test_an_atom_feed_and_relative_links_are_read(site: Site, tmp_path: Path) -> None:
    site.answers["/news/atom"] = (
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>t</title>'
        b'<link href="item/1"/><id>urn:1</id><published>2024-08-16T10:00:00Z</published></entry></feed>'
    )
    site.answers["/news/item/1"] = page()
    (result,) = fetch_sources(sources(site, {"url": "/news/atom"}), tmp_path)
    assert len(result.kept) == 1


def test_a_sitemap_index_leads_to_the_pages_of_its_sitemaps_packed_or_not(site: Site, tmp_path: Path) -> None:
    head = b'<?xml version="1.0" encoding="utf-8"?>'
    space = b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    base = site.address.encode()

    def locations(kind: bytes, *paths: bytes) -> bytes:
        return b"".join(b"<%s><loc>%s%s</loc></%s>" % (kind, base, path, kind) for path in paths)

    site.answers["/index.xml"] = head + b"<sitemapindex %s>%s</sitemapindex>" % (
        space,
        locations(b"sitemap", b"/1.xml", b"/2.xml.gz", b"/bad"),
    )
    site.answers["/1.xml"] = head + b"<urlset %s>%s</urlset>" % (space, locations(b"url", b"/a", b"/video/1"))
    packed = gzip.compress(head + b"<urlset %s>%s</urlset>" % (space, locations(b"url", b"/b")))
    site.answers["/2.xml.gz"] = lambda handler: send(handler, packed, kind="application/gzip")
    site.answers["/a"] = site.answers["/b"] = page()
    source = {"kind": "sitemap", "url": "/index.xml", "exclude": "/video/"}
    (result,) = fetch_sources(sources(site, source), tmp_path)
    assert len(result.kept) == 2
    assert site.count("/video/1") == 0
    assert [url for url, _ in result.failed] == [f"{site.address}/bad"]


def test_a_second_fetch_asks_only_whether_the_listing_changed(site: Site, tmp_path: Path) -> None:
    feed = rss((f"{site.address}/a", "t", "Fri, 16 Aug 2024 01:30:00 +0300"))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == '"one"' and handler.headers.get("If-Modified-Since"):
            send(handler, b"", status=304)
        else:
            send(handler, feed, kind="application/rss+xml", ETag='"one"', Last_Modified="Fri, 16 Aug 2024 01:00:00 GMT")

    site.answers["/feed"] = answer
    site.answers["/a"] = page()
    file = sources(site, {"url": "/feed"})
    fetch_sources(file, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in pages_in(tmp_path)}
    (again,) = fetch_sources(file, tmp_path)
    assert (again.kept, again.failed) == ([], [])
    assert site.count("/a") == 1
    assert {path: path.stat().st_mtime_ns for path in pages_in(tmp_path)} == before


def test_an_unchanged_listing_does_not_lose_a_page_that_failed_the_first_time(site: Site, tmp_path: Path) -> None:
    feed = rss((f"{site.address}/a", "t", "Fri, 16 Aug 2024 01:30:00 +0300"))
    site.answers["/feed"] = lambda h: (
        send(h, b"", status=304) if h.headers.get("If-None-Match") else send(h, feed, kind="text/xml", ETag='"one"')
    )
    site.answers["/a"] = lambda handler: send(handler, b"busy", status=503)
    file = sources(site, {"url": "/feed"})
    (first,) = fetch_sources(file, tmp_path)
    assert [url for url, _ in first.failed] == [f"{site.address}/a"]
    site.answers["/a"] = page()
    (second,) = fetch_sources(file, tmp_path)
    assert len(second.kept) == 1


def test_robots_rules_are_asked_for_once_and_obeyed_and_the_program_names_itself(site: Site, tmp_path: Path) -> None:
    site.answers["/robots.txt"] = b"User-agent: Mawaqif\nDisallow: /private*\n\nUser-agent: *\nDisallow: /\n"
    site.answers["/feed"] = rss(
        (f"{site.address}/private/1", "t", "Fri, 16 Aug 2024 01:30:00 +0300"),
        (f"{site.address}/open", "t", "Fri, 16 Aug 2024 01:30:00 +0300"),
    )
    site.answers["/private/1"] = site.answers["/open"] = page()
    (result,) = fetch_sources(sources(site, {"url": "/feed"}), tmp_path)
    assert site.count("/private/1") == 0
    assert site.count("/robots.txt") == 1
    assert len(result.kept) == 1
    assert result.failed == [(f"{site.address}/private/1", "robots.txt does not allow it")]
    assert all(headers["user-agent"].startswith("Mawaqif/") for headers in site.headers)


def test_a_robots_file_that_the_server_fails_to_give_bars_the_site(site: Site, tmp_path: Path) -> None:
    site.answers["/robots.txt"] = lambda handler: send(handler, b"", status=500)
    site.answers["/feed"] = rss((f"{site.address}/a", "t", ""))
    (result,) = fetch_sources(sources(site, {"url": "/feed"}), tmp_path)
    assert site.count("/feed") == 0
    assert "robots.txt cannot be had" in result.failed[0][1]


def test_requests_to_one_host_are_spaced_out(site: Site) -> None:
    now, pauses = [100.0], []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        now[0] += seconds

    site.answers.update({"/a": page(), "/b": page(), "/c": page()})
    limits = Limits(**{**FAST, "wait_seconds": 0.2})
    with PoliteClient(limits, user_agent="test", sleep=sleep, clock=lambda: now[0]) as client:
        for path in ("/a", "/b", "/c"):
            client.get(site.address + path)
    assert site.asked == ["/robots.txt", "/a", "/b", "/c"]
    assert pauses == pytest.approx([0.2] * 3)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again_and_then_gives(site: Site, tmp_path: Path, status: int) -> None:
    answers = iter([lambda h: send(h, b"", status=status, Retry_After="0"), lambda h: send(h, page())])
    site.answers["/a"] = lambda handler: next(answers)(handler)
    (result,) = fetch_sources(sources(site, {"kind": "page", "url": "/a"}), tmp_path)
    assert len(result.kept) == 1


def test_a_server_that_asks_for_a_long_pause_is_left_for_the_next_run(site: Site, tmp_path: Path) -> None:
    site.answers["/a"] = lambda handler: send(handler, b"", status=429, Retry_After="3600")
    site.answers["/b"] = page()
    listed = ({"kind": "page", "url": "/a"}, {"kind": "page", "url": "/b"})
    first, second = fetch_sources(sources(site, *listed), tmp_path)
    assert "come back in 3600 s" in first.failed[0][1]
    assert site.count("/b") == 0
    assert second.failed


def test_a_broken_feed_gives_what_can_be_read_and_rubbish_is_named(site: Site, tmp_path: Path) -> None:
    whole = rss((f"{site.address}/a", "t", "Fri, 16 Aug 2024 01:30:00 +0300"))
    site.answers["/cut"] = whole.replace(b"</channel></rss>", b"<item><title>&unknown; <b></item>")
    site.answers["/rubbish"] = b"<html><body>no feed</body></html>"
    site.answers["/a"] = page()
    cut, rubbish = fetch_sources(sources(site, {"url": "/cut"}, {"url": "/rubbish"}), tmp_path)
    assert len(cut.kept) == 1
    assert "feed cannot be read" in rubbish.failed[0][1]
    assert rubbish.is_broken


def test_a_page_that_lies_about_its_encoding_is_kept_and_read(site: Site, tmp_path: Path) -> None:
    body = page().decode().replace("charset=utf-8", "charset=iso-8859-1").encode("windows-1256")
    site.answers["/a"] = lambda handler: send(handler, body, kind="text/html; charset=utf-8")
    (result,) = fetch_sources(sources(site, {"kind": "page", "url": "/a"}), tmp_path)
    assert result.kept[0].read_bytes() == body
    (document,) = read_corpus(tmp_path)
    assert document.encoding == "windows-1256"
    assert "المفاوضات" in document.text


def test_redirections_are_followed_but_not_in_a_circle_nor_for_ever(site: Site, tmp_path: Path) -> None:
    def to(path: str) -> Answer:
        return lambda handler: send(handler, b"", status=302, Location=path)

    site.answers.update({"/start": to("/a"), "/a": page(), "/round": to("/back"), "/back": to("/round")})
    site.answers.update({f"/far{n}": to(f"/far{n + 1}") for n in range(9)})
    site.answers["/file"] = to("file:///etc/hostname")
    listed = [{"kind": "page", "url": path} for path in ("/start", "/round", "/far0", "/file")]
    start, circle, far, file = fetch_sources(sources(site, *listed), tmp_path)
    assert len(start.kept) == 1
    assert "in a circle" in circle.passed_over[0][1]
    assert "more than 5 times" in far.failed[0][1]
    assert "not http or https" in file.passed_over[0][1]
    assert len(pages_in(tmp_path)) == 1


def test_a_body_without_end_and_one_that_drips_are_cut_off(site: Site, tmp_path: Path) -> None:
    sent: list[int] = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(b"<p>x</p>" * 2000)
            sent.append(16000)

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(b"<p>")
            handler.wfile.flush()
            time.sleep(0.1)

    site.answers.update({"/endless": endless, "/dripping": dripping})
    (first,) = fetch_sources(sources(site, {"kind": "page", "url": "/endless"}), tmp_path)
    assert "larger than 0.2 MB" in first.passed_over[0][1]
    assert sum(sent) < 20e6
    (second,) = fetch_sources(sources(site, {"kind": "page", "url": "/dripping"}, page_seconds=0.6), tmp_path)
    assert "took more than" in second.failed[0][1]


def test_a_small_answer_that_unpacks_to_a_huge_one_is_cut_off(site: Site, tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 30_000_000)
    site.answers["/bomb"] = lambda handler: send(handler, bomb, Content_Encoding="gzip")
    (result,) = fetch_sources(sources(site, {"kind": "page", "url": "/bomb"}), tmp_path)
    assert "larger than 0.2 MB" in result.passed_over[0][1]


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (page().replace(PARAGRAPH.encode(), b""), "text/html", "no article"),
        (b"<html><body><article><p>" + b"Only English here. " * 50, "text/html", "no Arabic"),
        (b"%PDF-1.7", "application/pdf", "not a page"),
    ],
)
def test_pages_without_an_arabic_article_are_passed_over_and_not_asked_again(
    site: Site, tmp_path: Path, body: bytes, kind: str, reason: str
) -> None:
    site.answers["/a"] = lambda handler: send(handler, body, kind=kind)
    file = sources(site, {"kind": "page", "url": "/a"})
    (result,) = fetch_sources(file, tmp_path)
    assert reason in result.passed_over[0][1]
    assert pages_in(tmp_path) == []
    fetch_sources(file, tmp_path)
    assert site.count("/a") == 1
    fetch_sources(file, tmp_path, ask_again=True)
    assert site.count("/a") == 2


def test_addresses_that_look_like_paths_stay_inside_the_folder(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    site.answers["/feed"] = rss((f"{site.address}/..%2F..%2Fescape/../../x", "../../t", ""))
    for path in ("/..%2F..%2Fescape/../../x", "/x", "/..%2F..%2Fx"):
        site.answers[path] = page("../../x")
    fetch_sources(sources(site, {"url": "/feed"}), folder)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus"]
    assert all("/" not in name_page(url) and ".." not in name_page(url) for url in ("http://..", "http://a/../b"))


def test_a_listing_on_the_open_web_may_not_lead_into_the_own_network() -> None:
    for url in ("http://127.0.0.1/", "http://169.254.169.254/latest", "http://[::1]/", "http://192.168.1.1/"):
        with pytest.raises(FetchFault, match="own network"):
            check_address(url, may_be_private=False)


def test_one_source_that_fails_stops_none_of_the_others(site: Site, tmp_path: Path) -> None:
    site.answers["/feed"] = rss((f"{site.address}/a", "t", ""), (f"{site.address}/gone", "t", ""))
    site.answers["/a"] = page()
    missing, feed = fetch_sources(sources(site, {"url": "/nowhere"}, {"url": "/feed"}), tmp_path)
    assert missing.failed[0][1] == "the server answers 404"
    assert len(feed.kept) == 1
    assert feed.passed_over == [(f"{site.address}/gone", "the server answers 404")]


def test_a_second_fetch_at_the_same_time_is_refused(site: Site, tmp_path: Path) -> None:
    with PageStore(tmp_path).locked(), pytest.raises(LockedError, match=r"mawaqif fetch of .* process \d+"):
        fetch_sources(sources(site, {"url": "/feed"}), tmp_path)


def test_a_damaged_memory_costs_requests_and_nothing_else(site: Site, tmp_path: Path) -> None:
    site.answers["/a"] = page()
    file = sources(site, {"kind": "page", "url": "/a"})
    fetch_sources(file, tmp_path)
    (tmp_path / ".fetch.json").write_text("{broken", encoding="utf-8")
    (result,) = fetch_sources(file, tmp_path)
    assert (result.known, result.failed) == (1, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources: [{id: a, kind: feed, url: 'ftp://x/y'}]", "not an http or https address"),
        ("sources: [{id: a, kind: feed, url: 'http://x', include: '('}]", "not a regular expression"),
        ("sources: [{id: a, kind: rss, url: 'http://x'}]", "kind"),
        ("sources: [{id: a, kind: feed, url: 'http://x'}, {id: a, kind: feed, url: 'http://y'}]", "two sources"),
        ("source: []", "source"),
    ],
)
def test_a_faulty_list_of_sources_is_the_users_mistake_and_says_where(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "sources.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=told) as caught:
        load_sources(path)
    assert "sources.yml" in str(caught.value)


def test_the_command_fetches_into_the_corpus_and_says_what_came(site: Site, project: Path, mawaqif: Callable) -> None:  # type: ignore[type-arg]
    site.answers["/feed"] = rss((f"{site.address}/a", "t", "Fri, 16 Aug 2024 01:30:00 +0300"))
    site.answers["/a"] = page()
    (project / "data" / "sources.yml").write_text(
        f"limits: {{wait_seconds: 0}}\nsources: [{{id: here, kind: feed, url: '{site.address}/feed'}}]",
        encoding="utf-8",
    )
    done = mawaqif("fetch", env={"NO_PROXY": "127.0.0.1"})
    assert done.returncode == 0, done.stderr
    assert "here: 1 new, 0 known, 0 passed over, 0 failed" in done.stdout
    assert len(list((project / "data" / "raw").glob("127-0-0-1-*.html"))) == 1


def test_offline_the_command_does_nothing_and_says_so(project: Path, mawaqif: Callable) -> None:  # type: ignore[type-arg]
    (project / "data" / "sources.yml").write_text(
        "limits: {wait_seconds: 0, attempts: 1}\nsources: [{id: gone, kind: feed, url: 'http://feed.invalid/rss'}]",
        encoding="utf-8",
    )
    before = sorted(p.name for p in (project / "data" / "raw").iterdir())
    done = mawaqif("fetch", env={"NO_PROXY": "*"})
    assert done.returncode == 0
    assert "offline" in done.stdout
    assert sorted(p.name for p in (project / "data" / "raw").iterdir() if not p.name.startswith(".")) == before
