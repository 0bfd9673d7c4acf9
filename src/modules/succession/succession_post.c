/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/plan_access.h"
#include "base/app-error.h"
#include "http/query.h"
#include "modules/succession/succession_pages.h"

#include <string.h>

enum {
	KEY_VERSION,
	KEY_NEW,
	KEY_OLD,
	KEY_KIND,
	KEY_FROM,
	KEY_ROLES,
	KEY_WHAT,
	KEY_ROW,
	KEY_CHOSEN,
	KEY_SHOW,
	KEY_PAGE,
	KEY_MAX
};

static const char *const KINDS[] = {"thay-the", "sua-doi", "ban-moi", NULL};
static const char *const WHATS[] = {"chi-tieu", "nhiem-vu", NULL};
static const char *const YES[] = {"1", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_VERSION] = {"phien-ban", "Phiên bản", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_NEW] = {"moi", "Kế hoạch mới", http_valid_text, .max = 200},
    [KEY_OLD] = {"cu", "Kế hoạch được thay thế", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_KIND] = {"kieu", "Quan hệ", http_valid_word, .words = KINDS},
    [KEY_FROM] = {"tu-ngay", "Có hiệu lực từ", http_valid_date, .max = 0},
    [KEY_ROLES] = {"vai-tro", "Vai trò", http_valid_word, .words = YES},
    [KEY_WHAT] = {"loai", "Loại", http_valid_word, .words = WHATS},
    [KEY_ROW] = {"dong-moi", "Dòng mới", http_valid_text, .max = 200},
    [KEY_CHOSEN] = {"dong-cu", "Dòng cũ", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_SHOW] = {"loc", "Lọc", http_valid_word, .words = SUCCESSION_SHOW_WORDS},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = 100000},
};

typedef struct Form {
	HttpRequest *request;
	SuccessionScope scope;
	int64_t succession_id;
	HttpValue values[KEY_MAX];
} Form;

static bool
begin(HttpRequest *request, Form *form, GError **error)
{
	Succession row;

	*form = (Form){.request = request, .scope = succession_scope_of(request)};
	return http_form_parse(FIELDS, KEY_MAX, request, form->values, error) &&
	       http_request_param_int(request, "id", &form->succession_id, error) &&
	       succession_find(&form->scope, form->succession_id, &row, error) &&
	       app_access_require(request, APP_READ, &(AppTarget){.plan_id = row.old_plan_id}, error);
}

/* What a person can do something about is told on the page; the rest is an error. */
static const char *
told(HttpRequest *request, HttpResponse *response, const GError *error)
{
	if (!g_error_matches(error, APP_ERROR, APP_ERROR_CONFLICT) &&
	    !g_error_matches(error, APP_ERROR, APP_ERROR_INVALID))
		return NULL;
	response->status = g_error_matches(error, APP_ERROR, APP_ERROR_CONFLICT) ? 409 : 422;
	return arena_strdup(request->arena, error->message);
}

static bool
finish(const Form *form, bool is_done, GError *take_reason, HttpResponse *response, GError **error)
{
	g_autoptr(GError) reason = take_reason;
	const char *problem;

	if (is_done) {
		const char *show = form->values[KEY_SHOW].is_set
				       ? SUCCESSION_SHOW_WORDS[form->values[KEY_SHOW].number]
				       : SUCCESSION_SHOW_WORDS[0];

		http_response_redirect(response,
		    arena_printf(form->request->arena,
			SUCCESSION_PATH "/%" G_GINT64_FORMAT "?loc=%s&trang=%" G_GINT64_FORMAT "#dong",
			form->succession_id, show,
			form->values[KEY_PAGE].is_set ? form->values[KEY_PAGE].number : 1));
		return true;
	}
	problem = told(form->request, response, reason);
	if (problem != NULL)
		return succession_show_compare(form->request, response, form->succession_id, problem, error);
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

bool
succession_post_begin(HttpRequest *request, HttpResponse *response, GError **error)
{
	SuccessionScope scope = succession_scope_of(request);
	SuccessionTyped typed = {.kind = PLAN_SUCCESSION_REPLACE, .from_day = scope.today};
	Succession wanted = {.carries_roles = true};
	HttpValue values[KEY_MAX];
	GError *reason = NULL;
	const char *problem;
	int64_t succession_id;

	if (!http_form_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	typed.new_value = values[KEY_NEW].text;
	typed.old_plan_id = values[KEY_OLD].number;
	if (values[KEY_KIND].is_set)
		typed.kind = (PlanSuccessionKind)(values[KEY_KIND].number + PLAN_SUCCESSION_REPLACE);
	if (values[KEY_FROM].is_set)
		typed.from_day = (int32_t)values[KEY_FROM].number;
	wanted.old_plan_id = typed.old_plan_id;
	wanted.kind = typed.kind;
	wanted.from_day = typed.from_day;
	if (typed.new_value != NULL && g_str_has_prefix(typed.new_value, "nhap-"))
		wanted.draft_id = g_ascii_strtoll(typed.new_value + strlen("nhap-"), NULL, 10);
	else if (typed.new_value != NULL && g_str_has_prefix(typed.new_value, "ke-hoach-"))
		wanted.new_plan_id = g_ascii_strtoll(typed.new_value + strlen("ke-hoach-"), NULL, 10);
	if (succession_begin(&scope, &wanted, &succession_id, &reason)) {
		http_response_redirect(response,
		    arena_printf(request->arena, SUCCESSION_PATH "/%" G_GINT64_FORMAT, succession_id));
		return true;
	}
	problem = told(request, response, reason);
	if (problem == NULL) {
		g_propagate_error(error, reason);
		return false;
	}
	g_error_free(reason);
	return succession_show_list(request, response, &typed, problem, error);
}

bool
succession_post_line(HttpRequest *request, HttpResponse *response, GError **error)
{
	SuccessionStep step = {.kind = SUCCESSION_ACCEPT};
	GError *reason = NULL;
	bool is_done;
	Form form;

	if (!begin(request, &form, error))
		return false;
	step.what = form.values[KEY_WHAT].number == 1 ? PLAN_LINE_TASK : PLAN_LINE_INDICATOR;
	step.old_no = form.values[KEY_CHOSEN].number;
	step.new_key = form.values[KEY_ROW].is_set ? form.values[KEY_ROW].text : "";
	is_done =
	    succession_step(&form.scope, form.succession_id, form.values[KEY_VERSION].number, &step, &reason);
	return finish(&form, is_done, reason, response, error);
}

bool
succession_post_all(HttpRequest *request, HttpResponse *response, GError **error)
{
	const SuccessionStep step = {.kind = SUCCESSION_ACCEPT_ALL};
	GError *reason = NULL;
	bool is_done;
	Form form;

	if (!begin(request, &form, error))
		return false;
	is_done =
	    succession_step(&form.scope, form.succession_id, form.values[KEY_VERSION].number, &step, &reason);
	return finish(&form, is_done, reason, response, error);
}

bool
succession_post_undo(HttpRequest *request, HttpResponse *response, GError **error)
{
	GError *reason = NULL;
	bool is_done;
	Form form;

	if (!begin(request, &form, error))
		return false;
	is_done = succession_undo(&form.scope, form.succession_id, form.values[KEY_VERSION].number, &reason);
	return finish(&form, is_done, reason, response, error);
}

bool
succession_post_set(HttpRequest *request, HttpResponse *response, GError **error)
{
	GError *reason = NULL;
	bool is_done;
	Form form;

	if (!begin(request, &form, error))
		return false;
	is_done = succession_set(&form.scope, form.succession_id, form.values[KEY_VERSION].number,
	    (PlanSuccessionKind)(form.values[KEY_KIND].number + PLAN_SUCCESSION_REPLACE),
	    form.values[KEY_FROM].is_set ? (int32_t)form.values[KEY_FROM].number : form.scope.today,
	    form.values[KEY_ROLES].is_set, &reason);
	return finish(&form, is_done, reason, response, error);
}

bool
succession_post_drop(HttpRequest *request, HttpResponse *response, GError **error)
{
	GError *reason = NULL;
	bool is_done;
	Form form;

	if (!begin(request, &form, error))
		return false;
	is_done = succession_drop(&form.scope, form.succession_id, form.values[KEY_VERSION].number, &reason);
	return finish(&form, is_done, reason, response, error);
}

bool
succession_post_publish(HttpRequest *request, HttpResponse *response, GError **error)
{
	SuccessionResult result;
	GError *reason = NULL;
	Form form;

	if (!begin(request, &form, error))
		return false;
	if (!succession_publish(
		&form.scope, form.succession_id, form.values[KEY_VERSION].number, &result, &reason))
		return finish(&form, false, reason, response, error);
	http_response_redirect(
	    response, arena_printf(request->arena, "/ke-hoach/%" G_GINT64_FORMAT, result.new_plan_id));
	return true;
}
