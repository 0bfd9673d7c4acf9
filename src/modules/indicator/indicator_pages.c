/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator_pages.h"

#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "http/query.h"
#include "modules/indicator/pages/indicators.html.h"

#define ROWS_PER_PAGE 60
#define ROWS_PER_STEP 1000

enum { KEY_PLAN, KEY_YEAR, KEY_AGENCY, KEY_ROLE, KEY_ANNEX, KEY_AFTER, KEY_POSITION, KEY_MAX };

static const char *const ROLES[] = {"chu-tri", "phoi-hop", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_PLAN] = {PLAN_PARAM, "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_YEAR] = {"moc", "Mốc năm", http_valid_int, .min = 1900, .max = 2999},
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_ROLE] = {"vai-tro", "Vai trò", http_valid_word, .words = ROLES},
    [KEY_ANNEX] = {"phu-luc", "Phụ lục", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_AFTER] = {"sau", "Trang sau", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_POSITION] = {"tu", "Từ dòng", http_valid_int, .min = 1, .max = G_MAXINT32},
};

static bool
read_query(HttpRequest *request, IndicatorListView *view, HttpValue *values, GError **error)
{
	LinkParam *params = arena_array(request->arena, LinkParam, KEY_AFTER);

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	for (int i = 0; i < KEY_AFTER; i++)
		params[i] = (LinkParam){FIELDS[i].name, values[i].is_set ? values[i].text : NULL};
	view->base = (LinkBase){"/chi-tieu", params, KEY_AFTER};
	view->role_word = values[KEY_ROLE].text;
	view->filter = (IndicatorFilter){
	    .annex_no = values[KEY_ANNEX].is_set ? values[KEY_ANNEX].number : INDICATOR_ANY_ANNEX,
	    .year = (int)values[KEY_YEAR].number,
	    .agency_id = values[KEY_AGENCY].number,
	    .role = values[KEY_ROLE].number == 1 ? AGENCY_ROLE_COORDINATING : AGENCY_ROLE_LEAD,
	    .after = values[KEY_AFTER].number,
	    .limit = ROWS_PER_PAGE + 1,
	};
	return true;
}

static void
make_pager(IndicatorListView *view, const HttpValue *values, GPtrArray *indicators)
{
	Arena *arena = view->page.arena;
	int64_t first =
	    view->filter.after > 0 && values[KEY_POSITION].is_set ? values[KEY_POSITION].number : 1;
	const Indicator *last;

	view->pager = (PartPager){.noun = "chỉ tiêu", .total = view->total};
	if (view->filter.after > 0)
		view->pager.first_url = link_with(arena, &view->base, NULL, 0);
	if (indicators->len > ROWS_PER_PAGE) {
		LinkParam changes[2];

		g_ptr_array_set_size(indicators, ROWS_PER_PAGE);
		last = g_ptr_array_index(indicators, ROWS_PER_PAGE - 1);
		changes[0] = (LinkParam){"sau", arena_printf(arena, "%" G_GINT64_FORMAT, last->indicator_no)};
		changes[1] =
		    (LinkParam){"tu", arena_printf(arena, "%" G_GINT64_FORMAT, first + ROWS_PER_PAGE)};
		view->pager.next_url = link_with(arena, &view->base, changes, G_N_ELEMENTS(changes));
	}
	if (indicators->len > 0) {
		view->pager.first = first;
		view->pager.last = first + indicators->len - 1;
	}
}

typedef void (*WriteIndicator)(const IndicatorListView *view, const Indicator *indicator, void *data);

static bool
each_indicator(const IndicatorListView *view, WriteIndicator write, void *data, GError **error)
{
	IndicatorFilter filter = view->filter;
	guint n;

	filter.after = 0;
	filter.limit = ROWS_PER_STEP;
	do {
		g_autoptr(Arena) arena = arena_new();
		g_autoptr(GPtrArray) indicators = g_ptr_array_new();
		g_autoptr(GPtrArray) targets = g_ptr_array_new();

		if (!indicator_list(&view->page.scope, &filter, arena, indicators, targets, error))
			return false;
		n = indicators->len;
		for (guint i = 0; i < n; i++)
			write(view, g_ptr_array_index(indicators, i), data);
		if (n > 0)
			filter.after =
			    ((const Indicator *)g_ptr_array_index(indicators, n - 1))->indicator_no;
	} while (n == ROWS_PER_STEP);
	return true;
}

static const char *
annex_label(const IndicatorListView *view, const Indicator *indicator)
{
	const PlanAnnexInfo *annex = plan_page_annex(&view->page, indicator->annex_no);

	return annex != NULL ? annex->label : NULL;
}

/* The targets of one milestone year in one cell; year 0: those without a year. */
static void
write_csv_targets(GString *out, const Indicator *indicator, int year)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < indicator->n_targets; i++) {
		const IndicatorTarget *target = indicator_target(indicator, i);

		if (target->year != year)
			continue;
		g_string_append(text, text->len > 0 ? "; " : "");
		indicator_append_target(target, indicator->unit, text);
	}
	csv_text(out, text->str);
}

static void
write_csv_row(const IndicatorListView *view, const Indicator *indicator, void *data)
{
	GString *out = data;

	csv_text(out, annex_label(view, indicator));
	csv_text(out, indicator->no);
	csv_text(out, indicator->name);
	csv_text(out, indicator->unit);
	for (guint i = 0; i < view->years->len; i++)
		write_csv_targets(out, indicator, g_array_index(view->years, IndicatorYear, i).year);
	csv_text(out, indicator->lead);
	csv_text(out, indicator->coordinating);
	csv_text(out, indicator->output);
	csv_int(out, indicator->confidence);
	csv_end_line(out);
}

static void
write_csv_heads(const IndicatorListView *view, GString *out)
{
	static const char *const BEFORE[] = {"Phụ lục", "Số", "Chỉ tiêu", "Đơn vị"};
	static const char *const BEHIND[] = {"Chủ trì", "Phối hợp", "Sản phẩm", "Độ tin cậy (%)"};

	for (size_t i = 0; i < G_N_ELEMENTS(BEFORE); i++)
		csv_text(out, BEFORE[i]);
	for (guint i = 0; i < view->years->len; i++) {
		int year = g_array_index(view->years, IndicatorYear, i).year;
		g_autofree char *head =
		    year > 0 ? g_strdup_printf("Mục tiêu %d", year) : g_strdup("Mục tiêu không nêu năm");

		csv_text(out, head);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(BEHIND); i++)
		csv_text(out, BEHIND[i]);
	csv_end_line(out);
}

static bool
export_csv(const IndicatorListView *view, HttpResponse *response, GError **error)
{
	http_csv_begin(response, "chi-tieu.csv", NULL, 0);
	write_csv_heads(view, response->body);
	return each_indicator(view, write_csv_row, response->body, error);
}

static void
write_json_target(JsonWriter *json, const IndicatorTarget *target)
{
	json_begin_object(json);
	json_key(json, "year");
	if (target->year > 0)
		json_int(json, target->year);
	else
		json_null(json);
	json_key_string(json, "comparator", plan_comparator_name(target->comparator));
	if (target->comparator != PLAN_COMPARATOR_TEXT) {
		json_key(json, "value");
		json_decimal(json, target->value);
	}
	if (target->comparator == PLAN_COMPARATOR_RANGE) {
		json_key(json, "value_high");
		json_decimal(json, target->value_high);
	}
	json_key_string(json, "raw", target->raw);
	json_end_object(json);
}

static void
write_json_row(const IndicatorListView *view, const Indicator *indicator, void *data)
{
	JsonWriter *json = data;

	json_begin_object(json);
	json_key_int(json, "id", indicator->indicator_no);
	json_key_string(json, "annex", annex_label(view, indicator));
	json_key_string(json, "no", indicator->no);
	json_key_string(json, "name", indicator->name);
	json_key_string(json, "unit", indicator->unit);
	json_key(json, "targets");
	json_begin_array(json);
	for (guint i = 0; i < indicator->n_targets; i++)
		write_json_target(json, indicator_target(indicator, i));
	json_end_array(json);
	json_key_string(json, "lead", indicator->lead);
	json_key_string(json, "coordinating", indicator->coordinating);
	json_key_string(json, "output", indicator->output);
	json_key_int(json, "confidence", indicator->confidence);
	json_end_object(json);
}

static bool
export_json(const IndicatorListView *view, HttpResponse *response, GError **error)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "plan", view->page.layout.plan_label);
	json_key_int(&json, "total", view->total);
	json_key(&json, "indicators");
	json_begin_array(&json);
	if (!each_indicator(view, write_json_row, &json, error))
		return false;
	json_end_array(&json);
	json_end_object(&json);
	return true;
}

static bool
show_page(IndicatorListView *view, const HttpValue *values, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) indicators = g_ptr_array_new();
	g_autoptr(GPtrArray) targets = g_ptr_array_new();

	if (!indicator_list(&view->page.scope, &view->filter, view->page.arena, indicators, targets, error) ||
	    !agency_list(&view->page.scope, view->page.arena, view->agencies, error))
		return false;
	make_pager(view, values, indicators);
	view->exports = plan_page_exports(&view->page, &view->base);
	if (!indicator_make_tables(view, indicators, error))
		return false;
	indicator_list_page(response->body, view);
	return true;
}

bool
indicator_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GArray) years = g_array_new(FALSE, FALSE, sizeof(IndicatorYear));
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	IndicatorListView view = {.years = years, .agencies = agencies};
	HttpValue values[KEY_MAX];

	if (!plan_page_begin(request, LAYOUT_NAV_INDICATORS, "Chỉ tiêu", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!read_query(request, &view, values, error) ||
	    !indicator_list_years(&view.page.scope, years, error) ||
	    !indicator_count(&view.page.scope, &view.filter, &view.total, error))
		return false;
	view.next_year = indicator_next_year(years, view.page.today);
	if (request->format == HTTP_CSV)
		return export_csv(&view, response, error);
	if (request->format == HTTP_JSON)
		return export_json(&view, response, error);
	return show_page(&view, values, response, error);
}
