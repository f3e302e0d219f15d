"""Words and sentences of another language inside an English caption."""
