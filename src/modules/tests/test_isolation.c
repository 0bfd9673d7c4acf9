/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity.h"
#include "modules/tests/full_commune.h"
#include "storage/move.h"

#include <string.h>

/* Two communes on one store: whoever may do everything in one asks for everything there is, and learns
 * nothing of the other, changes nothing of it. The routes are those of the modules, whatever they are. */

#define OWN "Binhnguyet"
#define OTHER "Truongkhe" /* stands in everything of the other commune */
#define LINKS_MAX 300     /* on top of the routes */

typedef struct Fixture {
	AppTest *own, *other;
	GPtrArray *targets; /* of char * */
} Fixture;

/* What a target answers: its status and a hash of the page. */
static char *
ask(AppTest *test, const char *target, char **ret_body)
{
	g_autofree char *body = NULL, *hash = NULL;
	int status = app_test_get(test, target, &body);
	char *answer;

	hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, body, -1);
	answer = g_strdup_printf("%d %s", status, hash);
	if (ret_body != NULL)
		*ret_body = g_steal_pointer(&body);
	return answer;
}

/* Every address of a pattern: each {…} in turn stands for things that are there in one commune or the other.
 */
static void
expand(GPtrArray *targets, const char *pattern, const char *suffix)
{
	static const char *const VALUES[] = {"1", "2", "3", G_STRINGIFY(FULL_COMMUNE_FOREIGN_ID), OTHER};
	const char *begin = strchr(pattern, '{');

	if (begin == NULL) {
		g_ptr_array_add(targets, g_strconcat(pattern, suffix, NULL));
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(VALUES); i++) {
		g_autofree char *one = g_strdup_printf(
		    "%.*s%s%s", (int)(begin - pattern), pattern, VALUES[i], strchr(begin, '}') + 1);

		expand(targets, one, suffix);
	}
}

static void
add_route(GPtrArray *targets, const HttpRoute *route)
{
	if (route->method != HTTP_GET)
		return;
	expand(targets, route->pattern, "");
	if ((route->traits & HTTP_CSV) != 0)
		expand(targets, route->pattern, ".csv");
	if ((route->traits & HTTP_JSON) != 0)
		expand(targets, route->pattern, ".json");
	if (strchr(route->pattern, '}') != NULL)
		expand(targets, route->pattern, ".png");
}

static void
for_each_route(GPtrArray *targets, void (*add)(GPtrArray *targets, const HttpRoute *route))
{
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const HttpRoute *route = (*module)->routes; route != NULL && route->pattern != NULL;
		     route++)
			add(targets, route);
}

static bool
has_target(const GPtrArray *targets, const char *target)
{
	for (guint i = 0; i < targets->len; i++)
		if (strcmp(g_ptr_array_index(targets, i), target) == 0)
			return true;
	return false;
}

/* Adds the addresses that a page leads to, without what stands behind "#". */
static void
add_links(GPtrArray *targets, guint n_max, const char *body)
{
	static const char *const ATTRIBUTES[] = {" href=\"/", " src=\"/", " data-next=\"/"};

	for (size_t i = 0; i < G_N_ELEMENTS(ATTRIBUTES); i++)
		for (const char *at = strstr(body, ATTRIBUTES[i]); at != NULL;
		     at = strstr(at, ATTRIBUTES[i])) {
			g_autofree char *target = NULL;
			g_auto(GStrv) parts = NULL;

			at += strlen(ATTRIBUTES[i]) - 1;
			target = g_strndup(at, strcspn(at, "\"#"));
			parts = g_strsplit(target, "&amp;", -1);
			g_free(target);
			target = g_strjoinv("&", parts);
			if (!g_str_has_prefix(target, "/static/") && targets->len < n_max &&
			    !has_target(targets, target))
				g_ptr_array_add(targets, g_steal_pointer(&target));
		}
}

/* Follows links until there are no new ones. */
static void
crawl(AppTest *test, GPtrArray *targets)
{
	guint n_max = targets->len + LINKS_MAX;

	for (guint i = 0; i < targets->len; i++) {
		g_autofree char *body = NULL;

		app_test_get(test, g_ptr_array_index(targets, i), &body);
		add_links(targets, n_max, body);
	}
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->own = app_test_new(full_commune_modules());
	full_commune_fill(fixture->own, OWN, 1);
	fixture->targets = g_ptr_array_new_with_free_func(g_free);
	for_each_route(fixture->targets, add_route);
	g_ptr_array_add(fixture->targets, g_strdup("/nhiem-vu?q=" OTHER));
	g_ptr_array_add(fixture->targets, g_strdup("/nhiem-vu?q=wifi+cong+cong"));
	g_ptr_array_add(fixture->targets, g_strdup("/?ke-hoach=3"));
}

/* The other commune has more of everything, so some of its numbers are its alone. */
static void
move_in(Fixture *fixture)
{
	guint n_tables;

	fixture->other = app_test_new_beside(fixture->own, "26737", "xã " OTHER);
	full_commune_fill(fixture->other, OTHER, 3);
	n_tables = full_commune_fill_tables(fixture->other, OTHER);
	g_test_message("%u tables", n_tables);
	g_assert_cmpuint(n_tables, >, 30);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->other);
	app_test_free(fixture->own);
	g_ptr_array_unref(fixture->targets);
}

static GPtrArray *
sums_of(AppTest *test)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *sums = NULL;

	db_commune_sum(test->db, test->commune_id, &sums, &error);
	g_assert_no_error(error);
	return sums;
}

/* Pages that say how much room the disk has, which others use, too. */
static bool
tells_of_disk(const char *target)
{
	return g_str_has_prefix(target, "/minh-chung");
}

/* Before the other commune is there and after: the same answer, to the byte. A page that is never twice the
 * same is only searched for the other's word. */
static void
test_pages(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) before = NULL;
	guint n_compared = 0;

	(void)unused;
	crawl(fixture->own, fixture->targets);
	for (guint i = 0; i < fixture->targets->len; i++)
		g_ptr_array_add(answers, ask(fixture->own, g_ptr_array_index(fixture->targets, i), NULL));
	for (guint i = 0; i < fixture->targets->len; i++) {
		g_autofree char *again = ask(fixture->own, g_ptr_array_index(fixture->targets, i), NULL);

		if (strcmp(again, g_ptr_array_index(answers, i)) != 0 ||
		    tells_of_disk(g_ptr_array_index(fixture->targets, i)))
			g_clear_pointer(&g_ptr_array_index(answers, i), g_free);
	}
	move_in(fixture);
	before = sums_of(fixture->other);
	for (guint i = 0; i < fixture->targets->len; i++) {
		const char *target = g_ptr_array_index(fixture->targets, i),
			   *first = g_ptr_array_index(answers, i);
		g_autofree char *body = NULL;
		g_autofree char *now = ask(fixture->own, target, &body);
		bool is_same = first == NULL || strcmp(now, first) == 0;

		if (!is_same || (strstr(target, OTHER) == NULL && strstr(body, OTHER) != NULL))
			g_test_message("%s: %s, before: %s\n%s", target, now, first, body);
		g_assert_true(is_same);
		g_assert_true(strstr(target, OTHER) != NULL || strstr(body, OTHER) == NULL);
		g_assert_true(strstr(target, G_STRINGIFY(FULL_COMMUNE_FOREIGN_ID)) == NULL ||
			      g_str_has_prefix(now, "404 "));
		n_compared += first != NULL;
	}
	g_test_message("%u addresses, %u compared to the byte", fixture->targets->len, n_compared);
	g_assert_cmpuint(n_compared, >, 100);
	{
		g_autoptr(GPtrArray) after = sums_of(fixture->other);

		g_assert_cmpstr(db_sums_differ(before, after), ==, NULL);
	}
}

/* What the other commune's own pages lead to, asked for here. */
static void
test_links_of_the_other(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
	guint n_shown_there = 0;

	(void)unused;
	fixture->other = app_test_new_beside(fixture->own, "26737", "xã " OTHER);
	full_commune_fill(fixture->other, OTHER, 3);
	for_each_route(links, add_route);
	crawl(fixture->other, links);
	for (guint i = 0; i < links->len; i++) {
		const char *target = g_ptr_array_index(links, i);
		g_autofree char *there = NULL, *here = NULL;

		app_test_get(fixture->other, target, &there);
		n_shown_there += strstr(there, OTHER) != NULL;
		app_test_get(fixture->own, target, &here);
		if (strstr(target, OTHER) == NULL && strstr(here, OTHER) != NULL)
			g_test_message("%s\n%s", target, here);
		g_assert_true(strstr(target, OTHER) != NULL || strstr(here, OTHER) == NULL);
	}
	g_test_message("%u addresses, %u show the other commune to itself", links->len, n_shown_there);
	g_assert_cmpuint(n_shown_there, >, 50); /* else this test would look for what is nowhere */
}

/* Answered alike whatever number they name: what they would end is over, what they would mark is marked. */
static const char *const FORMS_WITHOUT_REFUSAL[] = {"/tai-khoan/phien/{id}/thu-hoi", "/thong-bao/{id}/da-doc",
    "/minh-chung/tai-len/{ma}", "/minh-chung/{id}/danh-dau-mat", NULL};

static void
add_form(GPtrArray *targets, const HttpRoute *route)
{
	if (route->method == HTTP_POST && !g_strv_contains(FORMS_WITHOUT_REFUSAL, route->pattern))
		expand(targets, route->pattern, "");
}

/* A form that does not refuse the number at once says the same of a number that is nowhere. */
static void
assert_status_as_nowhere(AppTest *test, const char *target, const char *form, int status)
{
	g_auto(GStrv) parts = g_strsplit(target, G_STRINGIFY(FULL_COMMUNE_FOREIGN_ID), -1);
	g_autofree char *nowhere = g_strjoinv("987654321", parts);

	g_assert_cmpint(app_test_post(test, nowhere, form, NULL, NULL), ==, status);
}

/* The other's number is answered as one that is nowhere. */
static void
assert_as_nowhere(AppTest *test, const char *pattern, const char *form)
{
	const char *begin = strchr(pattern, '{'), *end = strchr(pattern, '}') + 1;
	g_autofree char *foreign =
	    g_strdup_printf("%.*s%d%s", (int)(begin - pattern), pattern, FULL_COMMUNE_FOREIGN_ID, end);
	g_autofree char *nowhere =
	    g_strdup_printf("%.*s%d%s", (int)(begin - pattern), pattern, FULL_COMMUNE_FOREIGN_ID + 1, end);
	g_autofree char *foreign_body = NULL, *nowhere_body = NULL;

	g_assert_cmpint(app_test_post(test, foreign, form, &foreign_body, NULL), ==,
	    app_test_post(test, nowhere, form, &nowhere_body, NULL));
	g_assert_cmpstr(foreign_body, ==, nowhere_body);
}

/* Forms that name what only the other commune has are answered 404; none changes anything of it. */
static void
test_forms(Fixture *fixture, gconstpointer unused)
{
	static const char FORM[] = FULL_COMMUNE_FORM
	    "&ban=0&viec=luu&muc=annex2:1&truong=output&gia-tri=x&vai-tro=thuong-truc&mat-khau=M-t-kh-u-s-1-x"
	    "&ly-do=x&ten=" OTHER "&ho-ten=x&ma=000000&xac-nhan=1";
	g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) before = NULL;
	g_autoptr(GPtrArray) after = NULL;

	(void)unused;
	move_in(fixture);
	before = sums_of(fixture->other);
	for_each_route(forms, add_form);
	for (size_t i = 0; FORMS_WITHOUT_REFUSAL[i] != NULL; i++)
		assert_as_nowhere(fixture->own, FORMS_WITHOUT_REFUSAL[i], FORM);
	for (guint i = 0; i < forms->len; i++) {
		const char *target = g_ptr_array_index(forms, i);
		g_autofree char *body = NULL;
		int status = app_test_post(fixture->own, target, FORM, &body, NULL);

		g_test_message("POST %s: %d", target, status);
		g_assert_cmpint(status, <, 500);
		if (strstr(target, G_STRINGIFY(FULL_COMMUNE_FOREIGN_ID)) != NULL && status != 404)
			assert_status_as_nowhere(fixture->own, target, FORM, status);
	}
	full_commune_work(fixture->own);
	g_assert_cmpuint(forms->len, >, 20);
	after = sums_of(fixture->other);
	g_assert_cmpstr(db_sums_differ(before, after), ==, NULL);
}

/* An account of one commune is nobody in the other: neither by name and password nor by a session. */
static void
test_sign_in(Fixture *fixture, gconstpointer unused)
{
	static const char FORM[] = "ten=truongkhe-hai&mat-khau=M%E1%BA%ADt-kh%E1%BA%A9u-s%E1%BB%91-1&ma=";
	g_autoptr(AppTest) own = app_test_new(APP_MODULES);
	g_autoptr(AppTest) other = app_test_new_beside(own, "26737", "xã " OTHER);
	g_autofree char *cookie = NULL, *body = NULL;

	(void)unused;
	(void)fixture;
	full_commune_accounts(own, OWN);
	full_commune_accounts(other, OTHER);
	g_assert_cmpint(app_test_post(own, "/dang-nhap", FORM, NULL, NULL), !=, 303);
	g_assert_null(own->set_cookie);
	g_assert_cmpint(app_test_post(other, "/dang-nhap", FORM, NULL, NULL), ==, 303);
	cookie = g_strndup(other->set_cookie, strcspn(other->set_cookie, ";"));
	other->cookies = own->cookies = cookie;
	g_assert_cmpint(app_test_get(other, "/", &body), ==, 200);
	g_free(g_steal_pointer(&body));
	g_assert_cmpint(app_test_get(own, "/", &body), ==, 303);
	g_assert_cmpstr(own->location_header, ==, "/dang-nhap");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/isolation/pages", Fixture, NULL, set_up, test_pages, tear_down);
	g_test_add(
	    "/isolation/links-of-the-other", Fixture, NULL, set_up, test_links_of_the_other, tear_down);
	g_test_add("/isolation/forms", Fixture, NULL, set_up, test_forms, tear_down);
	g_test_add("/isolation/sign-in", Fixture, NULL, set_up, test_sign_in, tear_down);
	return g_test_run();
}
