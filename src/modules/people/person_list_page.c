/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "http/data.h"
#include "http/query.h"
#include "modules/people/pages/persons.html.h"
#include "modules/people/person_pages.h"

#include <string.h>

const char *const PERSON_FILTER_WORDS[PERSON_FILTER_MAX] = {
    "dang-cong-tac", "chua-co-vi-tri", "chua-co-tai-khoan", "tat-ca"};
const char *const PERSON_FILTER_LABELS[PERSON_FILTER_MAX] = {
    "Đang công tác", "Không có vị trí nào", "Chưa có tài khoản", "Tất cả"};

enum { KEY_SEARCH, KEY_UNIT, KEY_FILTER, KEY_DAY, KEY_PAGE, KEY_MAX };

static const char *const FILTERS[] = {"dang-cong-tac", "chua-co-vi-tri", "chua-co-tai-khoan", "tat-ca", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_SEARCH] = {"tim", "Tìm", http_valid_text, .max = 200},
    [KEY_UNIT] = {"don-vi", "Đơn vị", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_FILTER] = {"tinh-trang", "Tình trạng", http_valid_word, .words = FILTERS},
    [KEY_DAY] = {"ngay", "Ngày", http_valid_date, .max = 0},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = IDENTITY_PEOPLE_MAX},
};

const char *
person_units_text(Arena *arena, const AgencyBook *book, const PersonRow *row, int32_t day)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < row->n_posts; i++)
		g_string_append_printf(
		    text, "%s%s", i > 0 ? "; " : "", agency_name_at(book, row->posts[i]->agency_id, day));
	return arena_strdup(arena, text->str);
}

const char *
person_positions_text(Arena *arena, const PersonRow *row)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < row->n_posts; i++)
		g_string_append_printf(text, "%s%s%s", i > 0 ? "; " : "", row->posts[i]->position,
		    row->posts[i]->is_main ? "" : " (kiêm nhiệm)");
	return arena_strdup(arena, text->str);
}

static gint
compare_main(gconstpointer a, gconstpointer b)
{
	const IdentityPost *x = *(const IdentityPost *const *)a, *y = *(const IdentityPost *const *)b;

	return x->is_main != y->is_main ? (x->is_main ? -1 : 1) : (gint)x->rank - (gint)y->rank;
}

static PersonRow
make_row(Arena *arena, const IdentityPerson *person, const GPtrArray *posts)
{
	g_autofree char *key = text_sort_key_vi(person->name);
	const IdentityPost **own = arena_array(arena, const IdentityPost *, posts->len + 1);
	size_t n = 0;

	for (guint i = 0; i < posts->len; i++)
		if (((const IdentityPost *)g_ptr_array_index(posts, i))->person_id == person->person_id)
			own[n++] = g_ptr_array_index(posts, i);
	qsort(own, n, sizeof(*own), compare_main);
	return (PersonRow){
	    .person = person, .posts = own, .n_posts = n, .sort_key = arena_strdup(arena, key)};
}

static bool
is_in_unit(const PersonListView *view, const PersonRow *row)
{
	for (size_t i = 0; i < row->n_posts; i++) {
		g_autoptr(GArray) now =
		    agency_successors(&view->units.book, row->posts[i]->agency_id, view->day);

		if (row->posts[i]->agency_id == view->agency_id)
			return true;
		for (guint j = 0; j < now->len; j++)
			if (g_array_index(now, int64_t, j) == view->agency_id)
				return true;
	}
	return view->agency_id == 0;
}

static bool
fits(const PersonListView *view, const PersonRow *row, const char *folded)
{
	g_autofree char *text = NULL, *haystack = NULL;

	if ((view->filter == PERSON_IN_POST && row->n_posts == 0) ||
	    (view->filter == PERSON_WITHOUT_POST && row->n_posts > 0) ||
	    (view->filter == PERSON_WITHOUT_ACCOUNT && row->person->account_id != 0) ||
	    !is_in_unit(view, row))
		return false;
	if (*folded == '\0')
		return true;
	text = g_strjoin(" ", row->person->name, row->person->login, row->person->email, row->person->phone,
	    person_positions_text(view->arena, row),
	    person_units_text(view->arena, &view->units.book, row, view->day), NULL);
	haystack = text_fold_vi(text);
	return strstr(haystack, folded) != NULL;
}

static gint
compare_rows(gconstpointer a, gconstpointer b)
{
	return strcmp(((const PersonRow *)a)->sort_key, ((const PersonRow *)b)->sort_key);
}

static bool
load_rows(PersonListView *view, const HttpRequest *request, GError **error)
{
	IdentityScope scope = people_scope_of(request);
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	g_autofree char *typed = text_fold_vi(view->search);
	const char *folded = g_strstrip(typed);

	if (!identity_people(&scope, people, error) || !identity_posts_on(&scope, view->day, posts, error))
		return false;
	view->rows = arena_array(view->arena, PersonRow, people->len + 1);
	for (guint i = 0; i < people->len; i++) {
		PersonRow row = make_row(view->arena, g_ptr_array_index(people, i), posts);

		if (fits(view, &row, folded))
			view->rows[view->n_rows++] = row;
	}
	qsort(view->rows, view->n_rows, sizeof(PersonRow), compare_rows);
	return true;
}

static void
write_csv(const PersonListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Họ và tên", "Chức vụ", "Đơn vị", "Thư điện tử", "Điện thoại", "Liên hệ khác", "Tên đăng nhập"};
	GString *out = response->body;

	http_csv_begin(response, "nguoi.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const PersonRow *row = &view->rows[i];

		csv_text(out, row->person->name);
		csv_text(out, person_positions_text(view->arena, row));
		csv_text(out, person_units_text(view->arena, &view->units.book, row, view->day));
		csv_text(out, row->person->email);
		csv_text(out, row->person->phone);
		csv_text(out, row->person->other_contact);
		csv_text(out, row->person->login);
		csv_end_line(out);
	}
}

static void
write_json(const PersonListView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_int(&json, "total", (int64_t)view->n_rows);
	json_key(&json, "people");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++) {
		const PersonRow *row = &view->rows[i];

		json_begin_object(&json);
		json_key_int(&json, "id", row->person->person_id);
		json_key_string(&json, "name", row->person->name);
		json_key_string(&json, "email", row->person->email);
		json_key_string(&json, "phone", row->person->phone);
		json_key_string(&json, "login", row->person->login);
		json_key(&json, "posts");
		json_begin_array(&json);
		for (size_t p = 0; p < row->n_posts; p++) {
			json_begin_object(&json);
			json_key_int(&json, "unit", row->posts[p]->agency_id);
			json_key_string(&json, "position", row->posts[p]->position);
			json_key_string(&json, "rank", IDENTITY_RANK_WORDS[row->posts[p]->rank]);
			json_key(&json, "main");
			json_bool(&json, row->posts[p]->is_main);
			json_end_object(&json);
		}
		json_end_array(&json);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

bool
person_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	static const char *const NAMES[] = {"tim", "don-vi", "tinh-trang", "ngay"};
	const AppContext *context = app_context(request);
	const UnitQuery units = {.day = context->today, .filter = UNIT_LIVING, .kind = "", .search = ""};
	HttpValue values[KEY_MAX];
	PersonListView view = {.arena = request->arena};

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !unit_rows_read(request, &units, true, &view.units, error))
		return false;
	view.search = values[KEY_SEARCH].is_set ? values[KEY_SEARCH].text : "";
	view.agency_id = values[KEY_UNIT].is_set ? values[KEY_UNIT].number : 0;
	view.filter = values[KEY_FILTER].is_set ? (PersonFilter)values[KEY_FILTER].number : PERSON_ALL;
	view.day = values[KEY_DAY].is_set ? (int32_t)values[KEY_DAY].number : context->today;
	if (!load_rows(&view, request, error))
		return false;
	list_page_begin(&view.page, request->arena, PEOPLE_PATH, NAMES, values, G_N_ELEMENTS(NAMES));
	list_page_cut(&view.page, request->arena, "người", view.n_rows,
	    values[KEY_PAGE].is_set ? (size_t)values[KEY_PAGE].number : 1);
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else {
		view.layout = app_layout(request, "Người");
		view.layout.as_of =
		    arena_printf(request->arena, "Tính đến ngày %s", date_text_vi(request->arena, view.day));
		person_list_page(response->body, &view);
	}
	return true;
}
