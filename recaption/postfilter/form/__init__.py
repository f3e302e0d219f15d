"""Characters, markup, markdown, lists and lines: the form of a text, whatever its language."""
