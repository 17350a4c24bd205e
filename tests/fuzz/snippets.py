"""Pieces of pages written by hand: good ones, and those that people, editors and other programs leave behind."""

from __future__ import annotations

PLAIN = ("words", "**strong**", "`code`", '{{ link("nao") }}', '{{ link("nao", "the audit") }}', "[a](about.md)", "[a](about.md#why)", "é")
"""Pieces that are right wherever they stand, so that the check accepts many a page."""

INLINE = (
    *("words", "**strong**", "*soft*", "`code`", "`{{ link('nao') }}`", "~~gone~~", "😀", "日本語", "a\u00adb", "é e\u0301", "\u202eback", "&amp; &#0; &x;"),
    *('{{ link("nao") }}', '{{ link("nao", "the audit") }}', '{{ link("nao", label="x") }}', '{{ link("data-sharng") }}', "{{ link() }}", "{{ link(1) }}"),
    *('{{ link("nao", "a", "b") }}', '{{ link(id="nao") }}', '{{ link("nao") | upper }}', '{{ link("nao") ~ "x" }}', "{{ link }}", '{{ lnik("nao") }}'),
    *('{{ cite("nao", "para 9") }}', '{{ cite("nao", "") }}', '{{ cite("shared-aims", "1") }}', '{{ figure("data-sharing", "cost") }}', "{{ 1 + 1 }}"),
    *("{{ x }}", "{{ x.y }}", "{{ page.title }}", "{{ config.site_name }}", "{{ 1 / 0 }}", '{{ "a" | nope }}', "{{ 'a' if 1 }}", "{{", "}}", "{%", "%}", "{#", "#}"),
    *("{% raw %}{{ x }}{% endraw %}", "{% set y = 1 %}{{ y }}", "{# a comment #}", "{{ [1, 2] | join }}", "{{ range(3) | list }}", "{{ '{{' }}", "{{ link(name) }}"),
    *("[a](about.md)", "[a](about.md#about)", "[a](about.md#why)", "[a](about.md#nowhere)", "[a](nowhere.md)", "[a](barriers/data-sharing.md)", "[a](#about)"),
    *("[a](barriers/data-sharing/)", "[a](../barriers/)", "[a](/about/)", "[a](about/)", "[a](https://example.org/)", "[a](https://a b)", "[a](http://[)", "[a]()"),
    *("[a](<about.md>)", '[a](about.md "a title")', "[a](page-1.md)", "[a](page-1.md#a-page)", "[a](page-2.md#words)", "[a](?x#y)", "[a](mailto:a@example.org)"),
    *("[a](javascript:1)", "[a](data:text/html,x)", "[a](about.md){ target=_blank }", "[a][ref]", "[ref]", "[^1]", "<https://example.org>", "https://example.org"),
    *("![an image](assets/readme.png)", "![an image](nowhere.png)", "![](https://example.org/x.png)", "![a](about.md)", "[[nao]]", "[[nao|x]]", "[](about.md)"),
    *('<a href="about.md">a</a>', '<a href="about/">a</a>', '<a href="nowhere/">a</a>', '<a id="here"></a>', '<a name="there"></a>', "<b>", "</div>", "<br>"),
    *('<img src="nowhere.png">', "<script>x()</script>", "<!-- a comment -->", "<!--", "<x-y>", "<a href='#nowhere'>a</a>", "<svg/onload=x>", "words { #an-id }"),
)  # fmt: skip
"""What may stand in the place of a `§`."""

BLOCKS = (
    *("§", "§ § §", "§\n_", "## §", "## §", "## Words\n\n_\n\n## Words", "### § { #own-id }", "## A { #words }\n\n## Words", "### § { #A B }", "## { #x }", "##§"),
    *("§\n===", "§\n---", "## 🎉", "## 日本語", "## `code` and *soft*", "#### §\n\n# §", "##", "## § {: .class }", "## § { data-x=1 }", "## [a](about.md)"),
    *("- §\n- §\n    - §", "1. §\n2. §", "* §\n\n    §", "> §\n> §", "| a | b |\n| - | - |\n| § | § |", "|a|\n|-|\n|§|§|", "    §", "\t_", "***", "§\n{: .x }"),
    *("```\n_\n```", "```python\n_\n```", "~~~\n_\n~~~", "```\n_", "~~~ {.x}\n_\n", '``` { .py title="§" }\nx\n```', "- ```\n  §\n  ```", "````\n```\n_\n````"),
    *("!!! note\n    §", '??? note "§"\n    §', '=== "a"\n    §', "[ref]: about.md", "[ref]: nowhere.md", "[^1]: §", "*[x]: §", "term\n: §", "- [ ] §", '--8<-- "x"'),
    *("<div markdown>\n_\n</div>", "<div>\n\n_\n\n</div>", "<details>\n<summary>§</summary>\n_\n</details>", "<table><tr><td>§</table>", "<!-- §", "<style>§</style>"),
    *('{{ entry("data-sharing") }}', '{{ entry("data-sharing", show="full") }}', '{{ entry("data-sharing", show="full", level=9) }}', '{{ entry("nowhere") }}'),
    *('{{ entries("barriers") }}', '{{ entries("barrier") }}', '{{ entries("barriers", show="full", level=3) }}', '{{ entries("barriers", pillar="shared-aims") }}'),
    *('{{ entries("barriers", hits="shared-aims", group_by="felt_by") }}', '{{ entries("barriers", first=0) }}', '{{ entries("insights", group_by="eases") }}'),
    *('{{ health_check("shared-aims") }}', '{{ health_check("nowhere") }}', "{{ figure_table() }}", "{{ figure_table }}", "{{ change_chart() }}", "{{ timeline() }}"),
    *("{{ source_accounts() }}", "{{ pillars() }}", '{{ fields("barriers") }}', '{{ fields("every") }}', '{{ fields("x") }}', "{{ changes() }}", "{{ approach_head() }}"),
    *('{{ entry_page("nao") }}', '{{ kind_page("terms") }}', '{{ comparison("1.0.0") }}', "{% if 1 %}\n_\n{% endif %}", "{% if %}\n_", "{% for x in [1] %}\n_\n{% endfor %}"),
    *("{% for x in y %}§{% endfor %}", '{% include "x" %}', '{% import "x" as x %}', '{% extends "main.html" %}', "{% macro m() %}§{% endmacro %}{{ m() }}", "{% endif %}"),
    *("{% raw %}\n_\n{% endraw %}", "{% raw %}\n_", "{% block x %}§{% endblock %}", "{% set z = link %}{{ z('nao') }}", "{% call link('nao') %}{% endcall %}"),
    *("<<<<<<< HEAD\n_\n=======\n_\n>>>>>>> main", "---\ntitle: again\n---\n_", "+++\ntitle = 1\n+++", "\\§ \\# \\{\\{", "§\x0c_", "§\x00_", "§\x1b[2J", "\ufeff_", "TODO", "§" * 40),
)  # fmt: skip

FRONT_MATTER = (
    *("---\ntitle: A title\n---\n", "---\ntitle: no\n---\n", "---\ntitle:\n---\n", "---\n---\n", "---\n\n---\n", "---\ntitle: A title\n...\n", "---\ntitle: A title\n"),
    *("\n---\ntitle: A title\n---\n", " ---\ntitle: A title\n---\n", "---\ntitle: A title\n ---\n", "---\ntitle: A title\n----\n", "--- \ntitle: A title\n---\n"),
    *("---\nhide: [toc]\n---\n", "---\nhide: toc\n---\n", "---\ntemplate: nowhere.html\n---\n", "---\nlayout: x\n---\n", "---\nsearch: {exclude: true}\n---\n"),
    *("---\nrender_macros: false\n---\n", "---\nstatus: draft\n---\n", "---\ntags: [x]\n---\n", "---\ndescription: A page.\n---\n", "---\nsubtitle: x\n---\n"),
    *("---\ntitle: [a]\n---\n", "---\n- a\n---\n", "---\ntitle: 'a\n---\n", "---\ntitle: &a x\n---\n", "---\ntitle: A\ntitle: B\n---\n", "---\nicon: nowhere\n---\n"),
    *('---\ntitle: "{{ x }} <b> & \\" [[nao]]"\n---\n', "---\nformerly: [old]\n---\n", "---\nformerly: [old.md]\n---\n", "---\nformer_anchors: {x: words}\n---\n"),
    *("---\ntitle: 😀\n---\n", "---\nnav: false\n---\n", "---\ncanonical_url: x\n---\n", "---\nimage: nowhere.png\n---\n", "---\nuse_macros: false\n---\n", "---\nlink: x\n---\n"),
)  # fmt: skip

LINE_ENDS = ("\n",) * 12 + ("\r\n", "\r", "\n\n", " \n", "\t\n", "  \n")
