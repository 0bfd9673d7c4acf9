/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_type.h"

#include <string.h>

const char *const EVIDENCE_SCAN_WORDS[] = {"chua-quet", "dang-quet", "sach", "nghi-nhiem", NULL};
const char *const EVIDENCE_SCAN_TITLES[] = {"Chưa quét", "Đang quét", "Sạch", "Nghi nhiễm", NULL};

G_STATIC_ASSERT(G_N_ELEMENTS(EVIDENCE_SCAN_WORDS) == EVIDENCE_SCAN_MAX + 1);

/* Kinds of objects that have a page of their own; of others the name is shown. */
static const struct {
	const char *kind, *title;
} OBJECT_KINDS[] = {{EVIDENCE_OBJECT_TASK, "Nhiệm vụ"}, {"update", "Lần cập nhật"}, {"request", "Đề nghị"}};

EvidenceScope
evidence_scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (EvidenceScope){context->db, context->commune_id, context->directory, context->now_us,
	    app_actor(request), context->visitor != NULL ? context->visitor->account_id : 0};
}

bool
evidence_tell(HttpRequest *request, const GError *error)
{
	/* Errors of the store are for the log, not for a person. */
	if (error != NULL && request->problem == NULL &&
	    (app_error_http_status(error) < 500 || g_error_matches(error, APP_ERROR, APP_ERROR_BUSY)))
		request->problem = arena_strdup(request->arena, error->message);
	return false;
}

EvidenceObject
evidence_object_parse(Arena *arena, const char *word)
{
	const char *slash = word != NULL ? strchr(word, '/') : NULL;
	EvidenceObject object = {0};

	if (slash == NULL)
		return object;
	object.kind = arena_printf(arena, "%.*s", (int)(slash - word), word);
	object.id = arena_strdup(arena, slash + 1);
	return evidence_object_is_valid(&object) ? object : (EvidenceObject){0};
}

/* "3/12": the number of the plan and of the task in it. */
static EvidencePlace
task_place(Arena *arena, const char *id)
{
	const char *slash = strchr(id, '/');
	EvidencePlace place = {
	    arena_printf(arena, "Nhiệm vụ %s", slash != NULL ? slash + 1 : id), NULL, NULL};

	if (slash != NULL && strspn(id, "0123456789/") == strlen(id))
		place.url =
		    arena_printf(arena, "/nhiem-vu/%s?ke-hoach=%.*s", slash + 1, (int)(slash - id), id);
	return place;
}

EvidencePlace
evidence_place_of(Arena *arena, const EvidenceObject *object)
{
	EvidencePlace place = {NULL, NULL, NULL};

	if (object->kind == NULL)
		return (EvidencePlace){NULL, NULL, ""};
	if (strcmp(object->kind, EVIDENCE_OBJECT_TASK) == 0)
		place = task_place(arena, object->id);
	if (strcmp(object->kind, EVIDENCE_OBJECT_WORK) == 0 &&
	    strspn(object->id, "0123456789") == strlen(object->id))
		place = (EvidencePlace){arena_printf(arena, "Phiếu việc %s", object->id),
		    arena_printf(arena, "/cong-viec/%s", object->id), NULL};
	for (size_t i = 0; place.label == NULL && i < G_N_ELEMENTS(OBJECT_KINDS); i++)
		if (strcmp(object->kind, OBJECT_KINDS[i].kind) == 0)
			place.label = arena_printf(arena, "%s %s", OBJECT_KINDS[i].title, object->id);
	place.word = arena_printf(arena, "%s/%s", object->kind, object->id);
	if (place.label == NULL)
		place.label = place.word;
	return place;
}

static const char *
format_instant(Arena *arena, int64_t at_us)
{
	char text[INSTANT_VI_SIZE];

	instant_format_minute_vi(at_us, text);
	return arena_strdup(arena, text);
}

static void
fill_state(const Evidence *evidence, EvidenceRow *row)
{
	static const char *const KINDS[EVIDENCE_SCAN_MAX] = {"idle", "run", "ok", "late"};

	if (evidence->withdrawn_us != 0) {
		row->state_kind = "idle";
		row->state = "Đã rút";
	} else if (evidence->is_secret) {
		row->state_kind = "soon";
		row->state = "Mật, chỉ có số và ngày";
	} else if (evidence->scan < EVIDENCE_SCAN_MAX) {
		row->state_kind = KINDS[evidence->scan];
		row->state = EVIDENCE_SCAN_TITLES[evidence->scan];
	}
}

void
evidence_make_row(Arena *arena, const Evidence *evidence, EvidenceRow *ret_row)
{
	const EvidenceType *type = evidence->type != NULL ? evidence_type_find(evidence->type) : NULL;
	char issued[DATE_ISO_SIZE] = "";
	EvidenceRow row = {.evidence = evidence, .state_kind = "idle", .state = ""};

	if (evidence->issued_day != DATE_NONE)
		date_format_vi(evidence->issued_day, issued);
	row.issued = arena_strdup(arena, issued);
	row.url = arena_printf(arena, EVIDENCE_PATH "/%" G_GINT64_FORMAT, evidence->evidence_id);
	row.name = evidence->is_secret ? arena_printf(arena, "Văn bản mật số %s", evidence->number)
				       : evidence->title;
	row.type = type != NULL ? type->title : "";
	row.size = evidence->sha256 != NULL ? evidence_format_size(arena, evidence->size_bytes) : "";
	row.when = format_instant(arena, evidence->added_us);
	row.has_file = evidence->sha256 != NULL && evidence->scan != EVIDENCE_SUSPECT;
	fill_state(evidence, &row);
	*ret_row = row;
}

bool
evidence_room(const EvidenceScope *scope, Arena *arena, EvidenceRoom *ret_room, GError **error)
{
	g_autofree char *scanner = NULL;
	EvidenceLimits limits;
	int64_t left;

	if (!evidence_limits(scope, &limits, error) ||
	    !app_setting_get(scope->db, scope->commune_id, EVIDENCE_SCANNER_KEY, &scanner, error))
		return false;
	left = limits.quota_bytes - limits.used_bytes;
	if (limits.free_bytes >= 0)
		left = MIN(left, limits.free_bytes - limits.reserve_bytes);
	left = MAX(left, 0);
	*ret_room = (EvidenceRoom){
	    .used = evidence_format_size(arena, limits.used_bytes),
	    .quota = evidence_format_size(arena, limits.quota_bytes),
	    .left = left > 0 ? evidence_format_size(arena, left) : "0 KB",
	    .file_max = evidence_format_size(arena, limits.file_bytes),
	    .n_files = limits.n_files,
	    .file_bytes = limits.file_bytes,
	    .left_bytes = left,
	    .share_pct = (int)MIN(limits.used_bytes * 100 / limits.quota_bytes, 100),
	    .has_scanner = scanner != NULL,
	};
	return true;
}

bool
evidence_kinds_today(const EvidenceScope *scope, Arena *arena, EvidenceKinds *ret_kinds, GError **error)
{
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();

	if (!evidence_kinds(scope, instant_day(scope->now_us), arena, kinds, error))
		return false;
	ret_kinds->n = kinds->len;
	ret_kinds->items = arena_array(arena, const EvidenceKind *, kinds->len + 1);
	for (guint i = 0; i < kinds->len; i++)
		ret_kinds->items[i] = g_ptr_array_index(kinds, i);
	return true;
}

bool
evidence_pending(
    const EvidenceScope *scope, Arena *arena, EvidencePending **ret, size_t *ret_n, GError **error)
{
	g_autoptr(GPtrArray) uploads = g_ptr_array_new();

	if (!evidence_upload_list(scope, arena, uploads, error))
		return false;
	*ret = arena_array(arena, EvidencePending, uploads->len + 1);
	*ret_n = uploads->len;
	for (guint i = 0; i < uploads->len; i++) {
		const EvidenceUpload *upload = g_ptr_array_index(uploads, i);

		(*ret)[i] = (EvidencePending){
		    .upload = upload,
		    .size = evidence_format_size(arena, upload->size_bytes),
		    .done = evidence_format_size(arena, upload->offset),
		    .share_pct = (int)(upload->offset * 100 / MAX(upload->size_bytes, 1)),
		    .place = evidence_place_of(arena, &upload->told.object),
		};
	}
	return true;
}
