/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/tmplc.h"

#include <string.h>

static bool
compile(const char *text, size_t len, GString *c, GString *h, GError **error)
{
	TmplcSource source = {.file = "t.html", .text = text, .len = len};

	return tmplc_compile(&source, "t.html.h", c, h, error);
}

/* A template whose second line is what is to be refused, and the message. */
typedef struct Refusal {
	const char *body;
	const char *message;
} Refusal;

static const Refusal REFUSALS[] = {
    {"<script>var x = {{ v->x }};</script>", "t.html:2: no value may stand in: script or style"},
    {"<style>p { color: {{ v->x }} }</style>", "t.html:2: no value may stand in: script or style"},
    {"<SCRIPT>{{ v->x }}</SCRIPT>", "t.html:2: no value may stand in: script or style"},
    {"<script></scripty>{{ v->x }}", "t.html:2: no value may stand in: script or style"},
    {"<p onclick=\"{{ v->x }}\">", "t.html:2: no value may stand in the attribute: onclick"},
    {"<p style=\"{{ v->x }}\">", "t.html:2: no value may stand in the attribute: style"},
    {"<p STYLE='{{ v->x }}'>", "t.html:2: no value may stand in the attribute: style"},
    {"<iframe srcdoc=\"{{ v->x }}\">", "t.html:2: no value may stand in the attribute: srcdoc"},
    {"<p hx-on=\"{{ v->x }}\">", "t.html:2: no value may stand in the attribute: hx-on"},
    {"<p data-hx-vals=\"{{ v->x }}\">", "t.html:2: no value may stand in the attribute: data-hx-vals"},
    {"<meta content=\"{{ v->x }}\">", "t.html:2: no value may stand in the attribute: content"},
    {"<p title={{ v->x }}>", "t.html:2: no value may stand in: an unquoted attribute"},
    {"<p title=a{{ v->x }}>", "t.html:2: no value may stand in: an unquoted attribute"},
    {"<p title=a{% if (a) { %}b{% } %}>", "t.html:2: no block may stand in: an unquoted attribute"},
    {"<!-- {{ v->x }} -->", "t.html:2: no value may stand in: a comment"},
    {"<!-- > {{ v->x }} -->", "t.html:2: no value may stand in: a comment"},
    {"<!doctype {{ v->x }}>", "t.html:2: no value may stand in: a declaration"},
    {"<{{ v->x }}>", "t.html:2: no value may stand in: a tag"},
    {"</{{ v->x }}>", "t.html:2: no value may stand in: a tag"},
    {"<p{{ v->x }}>", "t.html:2: no value may stand in: a tag"},
    {"<p {{ v->x }}>", "t.html:2: no value may stand in: a tag"},
    {"<p data-{{ v->x }}=\"\">", "t.html:2: no value may stand in: a tag"},
    {"<p title=\"a\"{{ v->x }}>", "t.html:2: no value may stand in: a tag"},
    {"{% if (a) { %}<p class=\"{% } %}\">", "t.html:2: the block ends in another place than it began in"},
    {"{% if (a) { %}<p{% } %}>", "t.html:2: the block ends in another place than it began in"},
    {"<p class=\"{% if (a) { %}\" title=\"{% } %}\">",
	"t.html:2: the block ends in another place than it began in"},
    {"<p class=\"{% if (a) { %}\" class='{% } %}'>",
	"t.html:2: the block ends in another place than it began in"},
    {"<a href=\"/{% if (a) { %}?q={% } %}{{ v->x }}\">",
	"t.html:2: the block ends in another place than it began in"},
    {"{% if (a) { %}<a {% } else { %}<b {% } %}>",
	"t.html:2: the block ends in another place than it began in"},
    {"{% if (a) { %}<pre>{% } %}", "t.html:2: the block ends in another place than it began in"},
    {"<a href=\"java{{ v->x }}\">", "t.html:2: no value may stand in: a URL's scheme"},
    {"<a href=\"javascript:{{ v->x }}\">", "t.html:2: no value may stand in: a URL's scheme"},
    {"<a href=\"javascript&#58;{{ v->x }}\">", "t.html:2: no value may stand in: a URL's scheme"},
    {"<a href=\" data:{{ v->x }}\">", "t.html:2: no value may stand in: a URL's scheme"},
    {"<a href=\"{{ v->x }}{{ v->y }}\">",
	"t.html:2: no value may stand in: a URL directly after a whole URL"},
    {"<a href=\"{{ v->x }}:{{ v->y }}\">", "t.html:2: no template may hold: a URL that goes on after a whole "
					   "URL with something else than / ? & or #"},
    {"<p title=\"a\"class=\"b\">", "t.html:2: no template may hold: no white space before an attribute"},
    {"<opt{% if (a) { %}ion{% } %}>", "t.html:2: no template may hold: no white space before an attribute"},
    {"<p da{# #}ta=\"\" on{% f(); %}click=\"\">",
	"t.html:2: no template may hold: no white space before an attribute"},
    {"<p =\"a\">", "t.html:2: no template may hold: a tag with = \" ' or < where a name is expected"},
    {"<p a<b>", "t.html:2: no template may hold: a tag with \" ' or < in an attribute's name"},
    {"<p a=>", "t.html:2: no template may hold: an attribute without its value"},
    {"a < b", "t.html:2: no template may hold: a bare < (write &lt;)"},
    {"<svg><![CDATA[x]]></svg>", "t.html:2: no template may hold: a CDATA section"},
    {"<title><b>x</b></title>", "t.html:2: no template may hold: a tag inside title or textarea"},
    {"<textarea><!-- </textarea><script>-->{{ v->x }}",
	"t.html:2: no template may hold: a comment inside title or textarea"},
    {"<xmp>x</xmp>", "t.html:2: no template may hold: an element that templates do not use (xmp, iframe, "
		     "noembed, noframes, plaintext)"},
    {"<script>let a;</script>", "t.html:2: no template may hold: an inline script or style, which the "
				"Content-Security-Policy refuses"},
    {"<p onclick=\"f()\">", "t.html:2: no template may hold: an event handler attribute, which the "
			    "Content-Security-Policy refuses"},
    {"<p style='x: y'>",
	"t.html:2: no template may hold: a style attribute, which the Content-Security-Policy refuses"},
    {"{{ }}", "t.html:2: an empty value"},
    {"{% %}", "t.html:2: an empty block"},
    {"{{ f(a }}", "t.html:2: the brackets of the value do not match, or it holds a #"},
    {"{% if (a %}", "t.html:2: the brackets do not match"},
    {"{% if (a) %}b", "t.html:2: a statement ends with ; { } or :"},
    {"{% } %}", "t.html:2: a block is closed that was not opened"},
    {"{% goto x; %}", "t.html:2: goto may not stand in a template"},
    {"<p class=\"{% return; %}\">", "t.html:2: return may stand only in text"},
    {"{% break; %}", "t.html:2: break, continue, case or default outside a loop or switch"},
    {"{% for (;;) { %}<p title=\"{% if (a) { break; } %}",
	"t.html:2: break, continue, case and default may stand only where their loop or switch began"},
    {"{% f();\n#define a\n; %}", "t.html:2: a preprocessor line may not stand in a template"},
    {"{% page b(int a) %}", "t.html:2: a page may not stand in a page"},
    {"{% include \"a.h\" %}", "t.html:2: an include may not stand in a page"},
    {"<p {% call b() %}>", "t.html:2: a call may stand only in text"},
    {"{% call b %}", "t.html:2: a name and arguments in brackets are expected"},
    {"{{ \"a }}",
	"t.html:2: {{ is not closed, or holds a string, character or comment that is not closed, or a // "
	"comment"},
    {"{% f(); // a %}",
	"t.html:2: {% is not closed, or holds a string, character or comment that is not closed, or a "
	"// comment"},
};

static void
test_refusal(gconstpointer data)
{
	const Refusal *refusal = data;
	g_autofree char *text =
	    g_strdup_printf("{%% page p(const V *v) %%}\n%s\n{%% end %%}\n", refusal->body);
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_false(compile(text, strlen(text), c, h, &error));
	g_assert_nonnull(error);
	g_assert_cmpstr(error->message, ==, refusal->message);
	g_assert_cmpuint(c->len + h->len, ==, 0);
}

/* The same for whole templates. */
static const Refusal FILE_REFUSALS[] = {
    {"<p>", "t.html:1: nothing may stand outside a page but include and {# comments #}"},
    {"\n\n{{ a }}", "t.html:3: nothing may stand outside a page but include and {# comments #}"},
    {"{% f(); %}", "t.html:1: nothing may stand outside a page but include and {# comments #}"},
    {"{% end %}", "t.html:1: end without a page"},
    {"{% include a.h %}", "t.html:1: include needs one file name in \"\" or <>"},
    {"{% include \"a.h\" \"b.h\" %}", "t.html:1: include needs one file name in \"\" or <>"},
    {"{% page a(int b) %}", "t.html:1: the page is not closed by {% end %}"},
    {"{% page a %}{% end %}", "t.html:1: a name and arguments in brackets are expected"},
    {"{% page a() %}\n<p\n{% end %}", "t.html:3: the page ends in another place than it began in"},
    {"{% page a() %}<script>{% end %}", "t.html:1: the page ends in another place than it began in"},
    {"{% page a() %}\n{% if (x) { %}\n{% end %}",
	"t.html:3: the page ends in a block that was opened in line 2"},
    {"{# x", "t.html:1: {# is not closed, or holds a string, character or comment that is not closed, or a "
	     "// comment"},
    {"\n\xff", "t.html:2: the template is not UTF-8, or holds a NUL byte"},
};

static void
test_file_refusal(gconstpointer data)
{
	const Refusal *refusal = data;
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_false(compile(refusal->body, strlen(refusal->body), c, h, &error));
	g_assert_nonnull(error);
	g_assert_cmpstr(error->message, ==, refusal->message);
}

/* What looks like something refused and is not. */
static const char *const ACCEPTED[] = {
    "<p{% if (a) { %} hidden{% } %}>",
    "<p {% if (a) { %}hidden {% } %}title=\"x\">",
    "<option value=\"{{ a }}\"{% if (a) { %} selected{% } %}>",
    "<script src=\"{{ u }}\"></script>",
    "<p class=\"{% switch (a) { case 1: %}x{% break; default: %}y{% break; } %}\">",
    "<!--> {{ a }} <!--->{{ b }}<!-- --!>{{ c }}",
    "<a href=\"/x/{{ a }}/{{ b }}?c={{ c }}&amp;d={{ d }}#{{ e }}\">",
    "<a href=\"{{ u }}?a={{ a }}\">",
    "<a href='{{ u }}'>",
    "<a href=\"https://example.vn/{{ a }}\">",
    "<a href=\"mailto:{{ a }}\">",
    "<a href=\"#i{{ a }}\">",
    "<a href=\"?a=1{% if (a) { %}&amp;b={{ b }}{% } %}\">",
    "<title>{{ a }}</title><textarea>{{ a }}</textarea>",
    "{{ f(\"}}\", '}', (T){{1}}.x) /* }} */ }}",
    "{% f(\"%}\"); /* %} */ %}",
    "{% T a = {.b = 1}; %}",
    "{% if (a) { %}<b>{% } else if (b) { %}<i>{% } else { %}<u>{% } %}",
    "{% for (;;) { if (a) { continue; } } %}",
    "<input value=\"{{ a }}\" disabled/>",
    "a > b &lt; c {d} 100%",
    "<p title=a>{{ b }}",
    "<svg viewBox=\"0 0 {{ a }} 9\"><path d=\"M{{ b }}\"/></svg>",
    "<style></style><script>\n</script>",
    "<p data-x=\"{{ a }}\" aria-label='{{ b }}'>",
    "{% call b(a, \"}\") %}",
};

static void
test_accepted(gconstpointer data)
{
	g_autofree char *text =
	    g_strdup_printf("{%% page p(const V *v) %%}\n%s\n{%% end %%}\n", (const char *)data);
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	compile(text, strlen(text), c, h, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(c->len, >, 0);
}

/* Gives the lines of C without #line and white space: what is written, and with which writer. */
static char *
written(const char *body)
{
	g_autofree char *text = g_strdup_printf("{%% page p() %%}\n%s\n{%% end %%}\n", body);
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) lines = NULL;

	compile(text, strlen(text), c, h, &error);
	g_assert_no_error(error);
	lines = g_strsplit(strstr(c->str, "(void)out;\n") + strlen("(void)out;\n"), "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if ((*line)[0] != '#' && (*line)[0] != '}')
			g_string_append(out, g_strstrip(*line));
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
test_writers(void)
{
	static const char *const CASES[][2] = {
	    {"{{ a }}", "HTML_PUT_TEXT"},
	    {"<p title=\"{{ a }}\">", "HTML_PUT_ATTR"},
	    {"<a href=\"{{ a }}\">", "HTML_PUT_URL"},
	    {"<form action=' {{ a }}'>", "HTML_PUT_URL"},
	    {"<a href=\"/{{ a }}\">", "HTML_PUT_SEGMENT"},
	    {"<a href=\"x/{{ a }}\">", "HTML_PUT_SEGMENT"},
	    {"<a href=\"?a={{ a }}\">", "HTML_PUT_QUERY"},
	    {"<a href=\"/x#{{ a }}\">", "HTML_PUT_QUERY"},
	    {"<img src=\"/{% if (a) { %}b{% } %}?{{ a }}\">", "HTML_PUT_QUERY"},
	    {"<!-- --><p>{{ a }}", "HTML_PUT_TEXT"},
	    {"<script src=\"/x\"></script>{{ a }}", "HTML_PUT_TEXT"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *out = written(CASES[i][0]);

		g_assert_nonnull(strstr(out, CASES[i][1]));
		g_assert_null(strstr(strstr(out, "HTML_PUT_") + 1, "HTML_PUT_"));
	}
}

static void
test_white_space(void)
{
	static const char *const CASES[][2] = {
	    {"  <p>\n    a  b\n\n  </p>", "html_raw(out, \"<p>\\n\"\"a  b\\n\"\"</p>\\n\", 14);"},
	    {"<pre>\n  a\n</pre>", "html_raw(out, \"<pre>\\n\"\"  a\\n\"\"</pre>\\n\", 17);"},
	    {"<p\n   a\n   b>", "html_raw(out, \"<p a b>\\n\", 8);"},
	    {"a\n  {# x #}\n  b", "html_raw(out, \"a\\n\", 2);html_raw(out, \"b\\n\", 2);"},
	    {"a {# x #} b", "html_raw(out, \"a \", 2);html_raw(out, \" b\\n\", 3);"},
	    {"a\n  {% f(); %}\n  {% g(); %}  \n  b",
		"html_raw(out, \"a\\n\", 2);f();g();html_raw(out, \"b\\n\", 2);"},
	    {"a?\?/\"\\", "html_raw(out, \"a\\?\\?/\\\"\\\\\\n\", 7);"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *out = written(CASES[i][0]);

		g_assert_cmpstr(out, ==, CASES[i][1]);
	}
}

static void
test_ceilings(void)
{
	g_autoptr(GString) text = g_string_new("{% page p() %}");
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	for (int i = 0; i <= TMPLC_MAX_BLOCK_DEPTH; i++)
		g_string_append(text, "{% if (a) { %}");
	g_assert_false(compile(text->str, text->len, c, h, &error));
	g_assert_error(error, TMPLC_ERROR, TMPLC_ERROR_LIMIT);
	g_clear_error(&error);

	g_string_truncate(text, 0);
	for (size_t i = 0; i <= TMPLC_MAX_SOURCE_BYTES; i++)
		g_string_append_c(text, ' ');
	g_assert_false(compile(text->str, text->len, c, h, &error));
	g_assert_error(error, TMPLC_ERROR, TMPLC_ERROR_LIMIT);
	g_clear_error(&error);

	g_string_assign(text, "{% page p() %}");
	for (int i = 0; i <= TMPLC_MAX_PIECES; i++)
		g_string_append(text, "{##}");
	g_assert_false(compile(text->str, text->len, c, h, &error));
	g_assert_error(error, TMPLC_ERROR, TMPLC_ERROR_LIMIT);
}

/* The generated pair of tests/golden.html, byte for byte. */
static void
test_golden(void)
{
	g_autofree char *file = g_test_build_filename(G_TEST_DIST, "golden.html", NULL);
	g_autofree char *text = NULL, *want_c = NULL, *want_h = NULL;
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	TmplcSource source = {.file = "golden.html"};

	g_assert_true(g_file_get_contents(file, &text, &source.len, NULL));
	source.text = text;
	g_assert_true(tmplc_compile(&source, "golden.html.h", c, h, &error));
	g_assert_no_error(error);
	if (g_getenv("UPDATE_GOLDEN") != NULL) {
		g_autofree char *path_c = g_strconcat(file, ".c", NULL),
				*path_h = g_strconcat(file, ".h", NULL);

		g_file_set_contents(path_c, c->str, (gssize)c->len, NULL);
		g_file_set_contents(path_h, h->str, (gssize)h->len, NULL);
	}
	g_assert_true(g_file_get_contents(
	    g_test_get_filename(G_TEST_DIST, "golden.html.c", NULL), &want_c, NULL, NULL));
	g_assert_true(g_file_get_contents(
	    g_test_get_filename(G_TEST_DIST, "golden.html.h", NULL), &want_h, NULL, NULL));
	g_assert_cmpstr(c->str, ==, want_c);
	g_assert_cmpstr(h->str, ==, want_h);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(REFUSALS); i++) {
		g_autofree char *name = g_strdup_printf("/tmplc/refused/%02zu", i);

		g_test_add_data_func(name, &REFUSALS[i], test_refusal);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(FILE_REFUSALS); i++) {
		g_autofree char *name = g_strdup_printf("/tmplc/refused-file/%02zu", i);

		g_test_add_data_func(name, &FILE_REFUSALS[i], test_file_refusal);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ACCEPTED); i++) {
		g_autofree char *name = g_strdup_printf("/tmplc/accepted/%02zu", i);

		g_test_add_data_func(name, ACCEPTED[i], test_accepted);
	}
	g_test_add_func("/tmplc/writers", test_writers);
	g_test_add_func("/tmplc/white-space", test_white_space);
	g_test_add_func("/tmplc/ceilings", test_ceilings);
	g_test_add_func("/tmplc/golden", test_golden);
	return g_test_run();
}
