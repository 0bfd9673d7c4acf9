/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/places.h"

#include "base/date.h"
#include "html/assets.h"
#include "html/assets_urls.h"
#include "html/layout.h"
#include "html/tests/places.html.h"

static void
assert_text(const char *got, const char *want)
{
	g_assert_cmpstr(got, ==, want);
}

#define ASSERT_PUT(macro, value, want) \
	do { \
		g_autoptr(GString) put_out = g_string_new(NULL); \
		macro(put_out, value); \
		assert_text(put_out->str, want); \
	} while (0)

static void
test_escaping(void)
{
	ASSERT_PUT(HTML_PUT_TEXT, "a & b < c > d \" '", "a &amp; b &lt; c &gt; d \" '");
	ASSERT_PUT(HTML_PUT_ATTR, "a & b < c > d \" '", "a &amp; b &lt; c &gt; d &#34; &#39;");
	ASSERT_PUT(HTML_PUT_TEXT, "", "");
	ASSERT_PUT(HTML_PUT_TEXT, (const char *)NULL, "");
	ASSERT_PUT(HTML_PUT_ATTR, (char *)NULL, "");
	ASSERT_PUT(HTML_PUT_URL, (const char *)NULL, "");
	ASSERT_PUT(HTML_PUT_QUERY, (const char *)NULL, "");
	ASSERT_PUT(HTML_PUT_TEXT, "Phòng Văn hóa – Xã hội", "Phòng Văn hóa – Xã hội");
}

/* Every special byte at every place of a word that is read eight bytes at a time. */
static void
test_escaping_positions(void)
{
	static const char *const SPECIAL[][2] = {
	    {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&#34;"}, {"'", "&#39;"}};

	for (size_t before = 0; before < 20; before++) {
		for (size_t after = 0; after < 20; after++) {
			for (size_t i = 0; i < G_N_ELEMENTS(SPECIAL); i++) {
				g_autofree char *left = g_strnfill(before, 'x');
				g_autofree char *right = g_strnfill(after, (char)0xC1); /* high bits set */
				g_autofree char *text = g_strconcat(left, SPECIAL[i][0], right, NULL);
				g_autofree char *want = g_strconcat(left, SPECIAL[i][1], right, NULL);

				ASSERT_PUT(HTML_PUT_ATTR, text, want);
			}
		}
	}
}

static void
test_types(void)
{
	ASSERT_PUT(HTML_PUT_TEXT, INT64_MIN, "-9223372036854775808");
	ASSERT_PUT(HTML_PUT_TEXT, UINT64_MAX, "18446744073709551615");
	ASSERT_PUT(HTML_PUT_TEXT, (size_t)0, "0");
	ASSERT_PUT(HTML_PUT_TEXT, (short)-7, "-7");
	ASSERT_PUT(HTML_PUT_TEXT, (unsigned char)200, "200");
	ASSERT_PUT(HTML_PUT_ATTR, (bool)1, "true");
	ASSERT_PUT(HTML_PUT_ATTR, (bool)0, "false");
	ASSERT_PUT(HTML_PUT_TEXT, ((Decimal){745, 1}), "74,5");
	ASSERT_PUT(HTML_PUT_TEXT, html_count(0), "0");
	ASSERT_PUT(HTML_PUT_TEXT, html_count(999), "999");
	ASSERT_PUT(HTML_PUT_TEXT, html_count(-12500), "-12.500");
	ASSERT_PUT(HTML_PUT_TEXT, html_count(INT64_MIN), "-9.223.372.036.854.775.808");
	ASSERT_PUT(HTML_PUT_TEXT, html_date(date_from_ymd(2026, 7, 5)), "05/7/2026");
	ASSERT_PUT(HTML_PUT_ATTR, html_date_iso(date_from_ymd(2026, 7, 5)), "2026-07-05");
	ASSERT_PUT(HTML_PUT_TEXT, html_date(DATE_NONE), "");
}

static void
test_urls(void)
{
	static const char *const SAFE[] = {"/", "/a?b=c:d", "nhiem-vu/3", "#x", "?a", "",
	    "https://example.vn/", "HTTP://x", "mailto:a@b.vn", "tel:0220", "//example.vn/x", "/a:b"};
	static const char *const UNSAFE[] = {"javascript:alert(1)", "JaVaScRiPt:x", " javascript:x",
	    "java\tscript:x", "java\nscript:x", "\x01javascript:x", "data:text/html,x", "vbscript:x",
	    "file:///etc/passwd", "x:", ":", "https :x", "feed:javascript:x"};

	for (size_t i = 0; i < G_N_ELEMENTS(SAFE); i++)
		ASSERT_PUT(HTML_PUT_URL, SAFE[i], SAFE[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(UNSAFE); i++)
		ASSERT_PUT(HTML_PUT_URL, UNSAFE[i], "#");
	ASSERT_PUT(HTML_PUT_URL, "/a?b&\"c", "/a?b&amp;&#34;c");
	ASSERT_PUT(HTML_PUT_SEGMENT, "a/b ?Đ.~_-", "a%2Fb%20%3F%C4%90.~_-");
	ASSERT_PUT(HTML_PUT_QUERY, "a&b=c+d#e'\"", "a%26b%3Dc%2Bd%23e%27%22");
	ASSERT_PUT(HTML_PUT_QUERY, -5, "-5");
}

/* A template compiled, run, and compared: the whole way. */
static void
test_places_page(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) markup = g_string_new("<b>đã thoát</b>");

	places_page(out, "<&\">", "javascript:x", html_safe(markup), 2);
	assert_text(out->str,
	    "<p class=\"&lt;&amp;&#34;&gt;\" data-on=\"true\" hidden>&lt;&amp;\"&gt; 2</p>\n"
	    "<a href=\"#\">x</a> <a href=\"/a/%3C%26%22%3E?b=%3C%26%22%3E\">y</a>\n"
	    "<b>đã thoát</b>\n"
	    "<i>1</i>\n"
	    "<i>2</i>\n"
	    "<textarea>\n  &lt;&amp;\"&gt;\n</textarea>\n");
}

static void
test_layout(void)
{
	static const LayoutPlan PLANS[] = {{"1", "Kế hoạch 57", true}, {"2", "Kế hoạch 12", false}};
	const LayoutView view = {
	    .title = "Nhiệm vụ",
	    .commune = "UBND xã <Mẫu>",
	    .plan_label = "Kế hoạch số 57/KH-UBND",
	    .as_of = "Tính đến ngày 15/12/2026",
	    .path = "/nhiem-vu",
	    .plan = "1",
	    .nav = LAYOUT_NAV_TASKS,
	    .plans = PLANS,
	    .n_plans = G_N_ELEMENTS(PLANS),
	};
	g_autoptr(GString) out = g_string_new(NULL);

	layout_begin(out, &view);
	layout_end(out, &view);
	g_assert_true(g_str_has_prefix(out->str, "<!doctype html>\n<html lang=\"vi\">\n"));
	g_assert_nonnull(strstr(out->str, "<title>Nhiệm vụ – UBND xã &lt;Mẫu&gt;</title>"));
	g_assert_nonnull(strstr(out->str,
	    "<a class=\"nav-link active\" href=\"/nhiem-vu?ke-hoach=1\" aria-current=\"page\">Nhiệm vụ</a>"));
	g_assert_nonnull(strstr(out->str, "<option value=\"1\" selected>Kế hoạch 57</option>"));
	g_assert_nonnull(strstr(out->str, ASSET_APP_CSS));
	g_assert_null(strstr(out->str, "style="));
	g_assert_true(g_str_has_suffix(out->str, "</body>\n</html>\n"));
}

static void
test_assets(void)
{
	const Asset *asset = assets_find(ASSET_APP_CSS);
	g_autofree char *other = g_strdup(ASSET_APP_CSS);
	g_autofree char *path = NULL;

	g_assert_nonnull(asset);
	path = assets_path(asset, "web");
	g_assert_cmpstr(path, ==, "web/css/app.css");
	g_assert_null(assets_path(assets_find(ASSET_TABLER_MIN_CSS), "web"));
	g_assert_cmpstr(asset->name, ==, "app.css");
	g_assert_cmpstr(asset->mime, ==, "text/css; charset=utf-8");
	g_assert_cmpuint(asset->size, >, 0);
	g_assert_nonnull(asset->gzip);
	g_assert_cmpuint(asset->gzip_size, <, asset->size);
	other[strlen("/static/")] ^= 1;
	g_assert_null(assets_find(other));
	g_assert_true(assets_find_any_version(other) == asset);
	g_assert_null(assets_find("/static/"));
	g_assert_null(assets_find("/static/0123456789abcdef/"));
	g_assert_null(assets_find("/static/0123456789abcdef/none.css"));
	g_assert_null(assets_find("/stati"));
	for (size_t i = 1; i < ASSETS_LEN; i++)
		g_assert_cmpstr(ASSETS[i - 1].name, <, ASSETS[i].name);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/html/escaping", test_escaping);
	g_test_add_func("/html/escaping/positions", test_escaping_positions);
	g_test_add_func("/html/types", test_types);
	g_test_add_func("/html/urls", test_urls);
	g_test_add_func("/html/places-page", test_places_page);
	g_test_add_func("/html/layout", test_layout);
	g_test_add_func("/html/assets", test_assets);
	return g_test_run();
}
