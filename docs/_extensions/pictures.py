"""The directive ``picture``: an SVG file put into the page itself, so that it takes the page's colours.

```{picture} statuses.svg
The caption, which is the text for readers who see no picture too.
```
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive


class Picture(Directive):
    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        settings = self.state.document.settings
        path = Path(settings.env.srcdir) / "pictures" / self.arguments[0]
        settings.env.note_dependency(str(path))
        caption = " ".join(self.content)
        svg = path.read_text().replace("<svg ", f'<svg role="img" aria-label="{escape(caption, quote=True)}" ', 1)
        html = f'<figure class="picture">\n{svg}\n<figcaption>{escape(caption)}</figcaption>\n</figure>'
        return [nodes.raw("", html, format="html")]


def setup(app: Any) -> dict[str, Any]:
    app.add_directive("picture", Picture)
    return {"parallel_read_safe": True}
