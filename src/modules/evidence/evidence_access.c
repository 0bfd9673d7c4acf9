/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_access.h"

#include "app/context.h"
#include "app/record_kind.h"
#include "base/app-error.h"

#include <string.h>

/* The plan and row of an object. *ret_is_there false: it is not there, or not for this visitor. */
static bool
target_of(HttpRequest *request, const EvidenceObject *object, AppTarget *ret_target, bool *ret_is_there,
    GError **error)
{
	g_autoptr(GError) reason = NULL;
	const AppRecordKind *kind;
	const char *id;

	*ret_target = (AppTarget){0};
	*ret_is_there = true;
	if (object->kind == NULL)
		return true;
	kind = app_record_kind_find(arena_printf(request->arena, "%s/%s", object->kind, object->id), &id);
	if (kind == NULL || kind->target == NULL || kind->target(request, id, ret_target, &reason))
		return true;
	*ret_is_there = false;
	if (g_error_matches(reason, APP_ERROR, APP_ERROR_NOT_FOUND))
		return true;
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

bool
evidence_may_for(
    HttpRequest *request, const char *permission, const EvidenceObject *object, bool *ret_may, GError **error)
{
	const AppVisitor *visitor = app_context(request)->visitor;
	AppTarget target;
	AppAnswer answer;
	bool is_there;

	*ret_may = visitor->is_open;
	if (visitor->is_open)
		return true;
	if (object->kind == NULL && strcmp(permission, APP_EVIDENCE) == 0) {
		*ret_may = app_visitor_may(visitor, permission);
		return true;
	}
	if (!target_of(request, object, &target, &is_there, error))
		return false;
	if (!is_there)
		return true;
	if (!app_access(request, permission, &target, &answer, error))
		return false;
	*ret_may = answer.is_allowed;
	return true;
}

static bool
is_own(const HttpRequest *request, const Evidence *evidence)
{
	const AppVisitor *visitor = app_context(request)->visitor;

	return evidence->person_id != 0 && evidence->person_id == visitor->person_id;
}

bool
evidence_may(
    HttpRequest *request, const char *permission, const Evidence *evidence, bool *ret_may, GError **error)
{
	static const EvidenceObject NOTHING = {NULL, NULL};
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GPtrArray) objects = g_ptr_array_new();

	*ret_may = false;
	if (!evidence_links(&scope, evidence->evidence_id, request->arena, objects, error))
		return false;
	for (guint i = 0; i < objects->len && !*ret_may; i++)
		if (!evidence_may_for(request, permission, g_ptr_array_index(objects, i), ret_may, error))
			return false;
	if (*ret_may)
		return true;
	if (is_own(request, evidence) && app_visitor_may(app_context(request)->visitor, permission)) {
		*ret_may = true;
		return true;
	}
	/* Whoever may do so in the commune as a whole may with what belongs to nothing. */
	return objects->len > 0 || strcmp(permission, APP_EVIDENCE) == 0 ||
	       evidence_may_for(request, permission, &NOTHING, ret_may, error);
}

static bool
fail_not_found(int64_t evidence_id, GError **error)
{
	g_set_error(
	    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có minh chứng %" G_GINT64_FORMAT, evidence_id);
	return false;
}

bool
evidence_find_readable(HttpRequest *request, int64_t evidence_id, Evidence *ret_evidence, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	bool may;

	if (!evidence_find(&scope, evidence_id, request->arena, ret_evidence, error) ||
	    !evidence_may(request, APP_DOWNLOAD, ret_evidence, &may, error))
		return false;
	return may || fail_not_found(evidence_id, error);
}

static bool
refuse(HttpRequest *request, const char *permission, GError **error)
{
	const char *reason = NULL;

	if (!app_access_missing(request, permission, &reason, error))
		return false;
	request->problem = reason;
	g_set_error(error, APP_ERROR, APP_ERROR_FORBIDDEN, "not for this record: %s", permission);
	return false;
}

bool
evidence_require(HttpRequest *request, const char *permission, int64_t evidence_id, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	Evidence evidence;
	bool may, may_read;

	if (!evidence_find(&scope, evidence_id, request->arena, &evidence, error) ||
	    !evidence_may(request, permission, &evidence, &may, error))
		return false;
	if (may)
		return true;
	if (!evidence_may(request, APP_DOWNLOAD, &evidence, &may_read, error))
		return false;
	return may_read ? refuse(request, permission, error) : fail_not_found(evidence_id, error);
}

bool
evidence_require_for(
    HttpRequest *request, const char *permission, const EvidenceObject *object, GError **error)
{
	bool may;

	return evidence_may_for(request, permission, object, &may, error) &&
	       (may || refuse(request, permission, error));
}

bool
evidence_keep_readable(HttpRequest *request, GPtrArray *pieces, GError **error)
{
	AppAnswer everywhere;

	if (app_context(request)->visitor->is_open)
		return true;
	if (!app_access(request, APP_DOWNLOAD, NULL, &everywhere, error))
		return false;
	for (guint i = 0; i < pieces->len && !everywhere.is_allowed;) {
		bool may;

		if (!evidence_may(request, APP_DOWNLOAD, g_ptr_array_index(pieces, i), &may, error))
			return false;
		if (may)
			i++;
		else
			g_ptr_array_remove_index(pieces, i);
	}
	return true;
}
