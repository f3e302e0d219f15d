"""The site: `make docs` builds it into build/docs."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import tables  # noqa: E402 - it lies beside this file

project = "recaption"
author = "the makers of recaption"
release = version = version_of("recaption")
copyright = "the makers of recaption, Apache-2.0"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_click",
    "sphinx_copybutton",
]

myst_enable_extensions = ["colon_fence", "deflist", "substitution"]
myst_heading_anchors = 3
myst_substitutions = tables.all_tables()

default_role = "literal"
smartquotes = False
nitpicky = True
# No inventory of other projects is fetched, so only names of this one can be told right from wrong.
nitpick_ignore_regex = [("py:.*", r"(?!recaption\.).*")]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 100
# Attributes of a dataclass are its parameters too, and like those several may share a line.
napoleon_custom_sections = [("Attributes", "Parameters")]

copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True
copybutton_line_continuation_character = "\\"

pygments_style = "friendly"
pygments_dark_style = "native"
html_theme = "furo"
html_title = "recaption"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
