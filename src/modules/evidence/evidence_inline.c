/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_inline.h"

#include "app/context.h"
#include "base/app-error.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_receive.h"
#include "storage/txn.h"

bool
evidence_inline_admit(HttpRequest *request, HttpBodyRules *rules, GError **error)
{
	return evidence_form_admit(request, rules, error);
}

static const char *
told_of(HttpRequest *request, const GError *reason)
{
	return arena_strdup(request->arena, reason->message);
}

bool
evidence_inline_receive(HttpRequest *request, EvidenceInline **ret_received, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceInline *received = arena_new0(request->arena, EvidenceInline);

	*ret_received = received;
	if (request->n_files == 0)
		return true;
	if (!app_visitor_may(app_context(request)->visitor, APP_EVIDENCE)) {
		received->problem = "Bạn chưa được quyền nộp minh chứng; hãy bỏ tệp rồi gửi lại.";
		return true;
	}
	received->files = arena_array(request->arena, EvidenceFile, request->n_files);
	for (size_t i = 0; i < request->n_files && received->problem == NULL; i++) {
		const HttpFile *sent = &request->files[i];
		const EvidenceArrival arrival = {sent->path, sent->name, sent->sha256, (int64_t)sent->size};
		g_autoptr(GError) reason = NULL;

		if (evidence_receive(
			&scope, &arrival, request->arena, &received->files[received->n_files], &reason)) {
			received->n_files++;
		} else if (app_error_http_status(reason) < 500) {
			received->problem = told_of(request, reason);
		} else {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
	}
	return true;
}

bool
evidence_inline_store(HttpRequest *request, const EvidenceInline *received, const EvidenceNew *told,
    const char **ret_problem, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GError) reason = NULL;
	g_autoptr(DbTxn) txn = NULL;
	bool is_ok = true;
	int64_t id;

	*ret_problem = received->problem;
	if (received->problem != NULL || received->n_files == 0)
		return true;
	if (!db_txn_begin(scope.db, &txn, error))
		return false;
	for (size_t i = 0; i < received->n_files && is_ok; i++)
		is_ok = evidence_add(&scope, told, &received->files[i], &id, &reason);
	if (is_ok)
		return db_txn_commit(txn, error);
	if (app_error_http_status(reason) >= 500) {
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	*ret_problem = told_of(request, reason);
	return true;
}

void
evidence_check_whole(
    const EvidenceScope *scope, const Evidence *evidence, Arena *arena, const char **ret_problem)
{
	g_autoptr(GError) reason = NULL;
	const char *path;

	*ret_problem = NULL;
	if (evidence->sha256 != NULL && !evidence_check_file(scope, evidence, arena, &path, &reason))
		*ret_problem = arena_strdup(arena, reason->message);
}
