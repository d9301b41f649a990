"""The documentation site: it is built offline without a warning, and every link in it leads somewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
import quantum_jobs

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
#: Wide and narrow: a page that scrolls sideways cannot be read on a telephone.
WIDTHS = (380, 1280)


class Page(HTMLParser):
    """The links, resources and anchors of one page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.resources: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors.update(values[name] for name in ("id", "name") if name in values)
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag in ("script", "img", "link", "iframe"):
            self.resources += [values[name] for name in ("src", "href") if name in values]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `make docs` builds it."""
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going", "docs", str(out)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")
    return out


def pages_of(site: Path) -> Iterator[Path]:
    yield from (page for page in sorted(site.rglob("*.html")) if "_static" not in page.parts)


def test_every_link_of_the_site_leads_to_a_page_and_a_place_on_it(site: Path) -> None:
    parsed = {page: Page(page) for page in pages_of(site)}
    broken = []
    for page, content in parsed.items():
        for link in content.links:
            if link.startswith(("http:", "https:", "mailto:", "data:")):
                continue
            name, anchor = urldefrag(unquote(link))
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and target in parsed and anchor not in parsed[target].anchors):
                broken.append((page.relative_to(site).as_posix(), link))
    assert len(parsed) > 15
    assert broken == []


def test_the_reference_has_every_public_name(site: Path) -> None:
    described = Page(site / "reference" / "python.html").anchors
    public = {f"quantum_jobs.{name}" for name in quantum_jobs.__all__} - {"quantum_jobs.__version__"}
    # Service stands with its module, which is public too.
    assert public - described == {"quantum_jobs.Service"}
    assert "quantum_jobs.services.base.Service" in described
    # What a job or a client has without a verb of its own, and how to connect.
    assert {"quantum_jobs.Job.record", "quantum_jobs.AsyncJob.ref", "quantum_jobs.Client.api"} <= described
    assert "confirmation_timeout" in (site / "reference" / "python.html").read_text()


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    loaded = {resource for page in pages_of(site) for resource in Page(page).resources}
    assert [resource for resource in loaded if "//" in resource] == []


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_no_page_has_an_error_or_scrolls_sideways_in_a_browser(site: Path, tmp_path: Path) -> None:
    shown = [(width, page) for page in pages_of(site) for width in WIDTHS]
    frames = "\n".join(
        f'<iframe style="width:{width}px;height:600px" src="{page.as_uri()}"></iframe>' for width, page in shown
    )
    (tmp_path / "all.html").write_text(
        f"""<!doctype html><body>{frames}<pre id="wide"></pre><script>
        addEventListener("load", () => {{
          const wide = [...document.querySelectorAll("iframe")].filter((frame) => {{
            const root = frame.contentDocument.documentElement;
            return root.scrollWidth > root.clientWidth;
          }});
          document.querySelector("#wide").textContent =
            "wide:" + wide.map((frame) => frame.style.width + " " + frame.src).join("\\n") + ":end";
        }});</script>"""
    )
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--allow-file-access-from-files",
        "--enable-logging=stderr",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--dump-dom",
        (tmp_path / "all.html").as_uri(),
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    errors = [line for line in run.stderr.splitlines() if "CONSOLE" in line]
    assert errors == []
    assert "wide::end" in run.stdout, run.stdout[run.stdout.find("<pre") :][:2000]
