"""Broken characters: escapes, entities, wrong encodings, lost characters, letters that only look right."""

import pytest

from recaption.postfilter import clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The man’s hat isnâ€™t blue.", "The man’s hat isn’t blue."),
        ("A papier-mÃ¢chÃ© mask hangs in a cafÃ©.", "A papier-mâché mask hangs in a café."),
        ("He says â€œgoâ€\x9d and runs.", "He says “go” and runs."),
        ('He says "no" and â€œgoâ€ and runs.', 'He says "no" and "go" and runs.'),
        ("He waits â€” a minute â€“ and leaves.", "He waits — a minute – and leaves."),
        ('A door reads "Room 5 â€" Staff".', 'A door reads "Room 5 – Staff".'),
        ("It is 21 Â°C, with 3Â½ cups for Â£4.", "It is 21 °C, with 3½ cups for £4."),
        ("The sign shows 400Ã— and Hâ‚‚O.", "The sign shows 400× and H₂O."),
        ("The price is 45,000 Ä‘.", "The price is 45,000 đ."),
        ("The dogÃ¢â‚¬â„¢s tail wags.", "The dog’s tail wags."),
        ("The dogâ€TMs tail wags, and the catâs too.", "The dog’s tail wags, and the cat’s too."),
        ("A plate Ã la carte is served.", "A plate à la carte is served."),
        ("A plate Ã\xa0 la carte is served.", "A plate à la carte is served."),
        ("A Â man walks.", "A man walks."),
        ("ðŸ˜€ A man walks.", "A man walks."),
    ],
)
def test_text_in_the_wrong_encoding(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("A man&rsquo;s &quot;big&quot; hat &amp; coat.", 'A man’s "big" hat & coat.'),
        ("It&#39;s 5&nbsp;m &#x2014; or more.", "It's 5 m — or more."),
        ("A &amp;quot;big&amp;quot; hat.", 'A "big" hat.'),
        ("A man&rsquos hat, &quot and & so on.", 'A man&rsquos hat, " and & so on.'),
        ("A &lt;b&gt;red&lt;/b&gt; ball.", "A red ball."),
        ("Baxter & Sons; AT&T; fish &chips;", "Baxter & Sons; AT&T; fish &chips."),
    ],
)
def test_entities(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (r"It\u2019s late \u2014 he runs.", "It’s late — he runs."),
        (r"A cat \ud83d\ude00 sits, and a dog\u00e2\u0080\u0099s tail wags.", "A cat 😀 sits, and a dog’s tail wags."),
        (r"A man walks.\n\nHe sits.\nthe dog runs.", "A man walks. He sits. The dog runs."),
        (r"He says \"go\" to the dog\'s owner.", 'He says "go" to the dog\'s owner.'),
        ("A caf<0xC3><0xA9> opens.<0x0A>A man walks.", "A café opens. A man walks."),
        ("The dog=E2=80=99s and the cat%E2%80%99s tails wag.", "The dog’s and the cat’s tails wag."),
        (r"The dog\xe2\x80\x99s tail and the caf\xe9.", "The dog’s tail and the café."),
        ("ĠAĠmanĠwalks.ĊĊHeĠdoesnâĢĻtĠsit.", "A man walks. He doesn’t sit."),
        ("▁A▁man▁walks.", "A man walks."),
        (r"A folder C:\new\temp opens.", r"A folder C:\new\temp opens."),
        ("It costs 50% of 10 = 5.", "It costs 50% of 10 = 5."),
    ],
)
def test_escapes(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The man\ufffds hat, and he doesn\ufffd\ufffd\ufffdt look.", "The man's hat, and he doesn't look."),
        ("The man?s hat, and he doesn`t look.", "The man's hat, and he doesn't look."),
        ("It is 1,120 \ufffdC, or 20\ufffdF.", "It is 1,120 °C, or 20°F."),
        ("A caf\ufffd with a fa\ufffdade and a piata.", "A café with a façade and a piata."),
        ("A boat\ufffdand a gull\ufffd pass.", "A boat and a gull pass."),
        ("\ue001A man walks\uf0b7.", "A man walks."),
        ("Who is it? A man. What?! He runs.", "Who is it? A man. What?! He runs."),
    ],
)
def test_lost_characters(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("A m\u0430n w\u0430lks \u0441lowly.", "A man walks clowly."),
        ("A man walks，looks up；he sits。He stands。", "A man walks, looks up; he sits. He stands."),
        ("Ａ ｍａｎ walks 𝘴𝘭𝘰𝘸𝘭𝘺 with ﬁve dogs.", "A man walks slowly with five dogs."),
        ("一个男人，走在街上。他停下来。", "一个男人，走在街上。他停下来。"),
    ],
)
def test_letters_that_only_look_right(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zoë and Łukasz drive from Győr to São Paulo in a coupé.",
        "“Où est la gare?” she asks… – “Là-bas!”",
        "It is −3 °C, 5½ m × 2 m, €20, E² = p²c².",
        "Čapek, Dvořák, Ångström, and Käthe are on the list.",
        "À la carte or à la mode, the café’s cook flips a crêpe.",
    ],
)
def test_rare_characters_stay(text):
    assert clean(text).text == text
