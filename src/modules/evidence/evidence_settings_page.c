/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"
#include "base/app-error.h"
#include "modules/evidence/evidence_clamd.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_type.h"
#include "modules/evidence/pages/settings.html.h"
#include "storage/txn.h"

#include <string.h>

static bool
load(HttpRequest *request, EvidenceSettingsView *view, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autofree char *scanner = NULL, *also = NULL;

	for (int i = 0; i < EVIDENCE_SETTING_MAX; i++) {
		const EvidenceSetting *setting = &EVIDENCE_SETTINGS[i];
		int64_t value;

		if (!app_setting_get_int(
			scope.db, scope.commune_id, setting->key, setting->fallback, &value, error))
			return false;
		view->values[i] = arena_printf(request->arena, "%" G_GINT64_FORMAT, value);
	}
	if (!app_setting_get(scope.db, scope.commune_id, EVIDENCE_SCANNER_KEY, &scanner, error) ||
	    !app_setting_get(scope.db, scope.commune_id, EVIDENCE_ALSO_KEY, &also, error) ||
	    !evidence_room(&scope, request->arena, &view->room, error))
		return false;
	view->scanner = scanner != NULL ? arena_strdup(request->arena, scanner) : "";
	view->also = also != NULL ? arena_strdup(request->arena, also) : "";
	view->layout = app_layout(request, "Thiết lập kho minh chứng");
	return true;
}

bool
evidence_settings_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	EvidenceSettingsView view = {0};

	if (!load(request, &view, error))
		return false;
	evidence_settings_page(response->body, &view);
	return true;
}

/* What is wrong with the fields; NULL: nothing. */
static const char *
find_problem(HttpRequest *request)
{
	const char *scanner = http_request_form(request, "may-quet"),
		   *also = http_request_form(request, "nhan-them");

	for (int i = 0; i < EVIDENCE_SETTING_MAX; i++) {
		const EvidenceSetting *setting = &EVIDENCE_SETTINGS[i];
		const char *text = http_request_form(request, setting->key);
		gint64 value;

		if (text == NULL ||
		    !g_ascii_string_to_signed(text, 10, setting->min, setting->max, &value, NULL))
			return arena_printf(request->arena,
			    "%s phải là số từ %" G_GINT64_FORMAT " đến %" G_GINT64_FORMAT " (%s).",
			    setting->title, setting->min, setting->max, setting->unit);
	}
	if (scanner != NULL && *scanner != '\0' && !clamd_address_is_valid(scanner))
		return "Địa chỉ của clamd phải là đường dẫn (/run/clamav/clamd.ctl) hoặc 127.0.0.1:cổng. Tệp "
		       "không được gửi "
		       "sang máy khác để quét.";
	if (also != NULL && *also != '\0' &&
	    (evidence_type_find(also) == NULL || !evidence_type_find(also)->is_optional))
		return "Loại tệp nhận thêm chỉ có thể là: zip.";
	return NULL;
}

static bool
set(const EvidenceScope *scope, const char *key, const char *value, GError **error)
{
	return app_setting_set(scope->db, scope->commune_id, &scope->actor, scope->now_us, key,
	    value != NULL && *value != '\0' ? value : NULL, error);
}

static bool
set_all(HttpRequest *request, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope.db, &txn, error))
		return false;
	for (int i = 0; i < EVIDENCE_SETTING_MAX; i++)
		if (!set(&scope, EVIDENCE_SETTINGS[i].key,
			http_request_form(request, EVIDENCE_SETTINGS[i].key), error))
			return false;
	return set(&scope, EVIDENCE_SCANNER_KEY, http_request_form(request, "may-quet"), error) &&
	       set(&scope, EVIDENCE_ALSO_KEY, http_request_form(request, "nhan-them"), error) &&
	       db_txn_commit(txn, error);
}

bool
evidence_settings_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	const char *problem = find_problem(request);
	EvidenceSettingsView view = {0};

	if (problem == NULL) {
		if (!set_all(request, error))
			return false;
		http_response_redirect(response, EVIDENCE_PATH "/thiet-lap");
		return true;
	}
	if (!load(request, &view, error))
		return false;
	view.problem = problem;
	for (int i = 0; i < EVIDENCE_SETTING_MAX; i++)
		if (http_request_form(request, EVIDENCE_SETTINGS[i].key) != NULL)
			view.values[i] = http_request_form(request, EVIDENCE_SETTINGS[i].key);
	if (http_request_form(request, "may-quet") != NULL)
		view.scanner = http_request_form(request, "may-quet");
	response->status = 422;
	evidence_settings_page(response->body, &view);
	return true;
}
