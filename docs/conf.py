"""The documentation site: `make docs` builds it offline, and every warning is an error."""

from __future__ import annotations

import sys
from pathlib import Path

import quantum_jobs

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "Quantum Jobs"
author = "The Quantum Jobs developers"
project_copyright = f"2026, {author}"
version = release = quantum_jobs.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "from_code",
    "pictures",
]
exclude_patterns = ["_build", "_extensions"]

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
# A type's full path says less to a reader than its name, and fills the line.
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = "Quantum Jobs"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
pygments_style = "tango"
pygments_dark_style = "monokai"
