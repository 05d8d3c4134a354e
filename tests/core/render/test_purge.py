"""A style sheet without the rules that a kind of page cannot use."""

import pytest

from plugins.core.render.purge import MinifiedSheet, join


@pytest.mark.parametrize(
    ("css", "rest"),
    [
        (".film{a:b}.card{c:d}", ".card{c:d}"),
        (".card .film,.card{a:b}", ".card{a:b}"),
        (".card.film{a:b}", ""),
        ("@layer x{@media (width>1px){.film{a:b}}.card{c:d}}", "@layer x{.card{c:d}}"),
        (":is(.card,.film) p{a:b}", ":is(.card,.film) p{a:b}"),
        (".card:not(.film,:has(>.film)){a:b}", ".card:not(.film,:has(>.film)){a:b}"),
        ("@page{margin:1cm}:root{--film:1}", "@page{margin:1cm}:root{--film:1}"),
    ],
)
def test_rules_stay_that_need_no_absent_class(css, rest):
    assert MinifiedSheet(css).without({"film"})[0] == rest


def test_sheets_of_one_layer_share_its_block():
    sheets = ["@layer a,b;", "@layer a{p{c:d}}", "@layer a{q{c:d}}", "@layer b{r{c:d}}"]
    assert (
        join(MinifiedSheet(sheet).without(set()) for sheet in sheets)
        == "@layer a,b;@layer a{p{c:d}q{c:d}}@layer b{r{c:d}}"
    )
