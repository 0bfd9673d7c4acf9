/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "html/layout.h"
#include "http/router.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_upload.h"

/* Minh chứng: list, card, forms. */

#define EVIDENCE_PATH "/minh-chung"

bool evidence_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_form_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_form_send(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_form_admit(HttpRequest *request, HttpBodyRules *rules, GError **error);
bool evidence_card_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_card_withdraw(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_card_rescan(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_secret_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_secret_send(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_mark_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_mark_send(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_download(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_download_suspect(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_preview(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_settings_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_settings_send(HttpRequest *request, HttpResponse *response, GError **error);

/* Uploads in pieces; all but dropping answer with JSON. */
bool evidence_upload_announce(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_upload_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_upload_piece(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_upload_piece_admit(HttpRequest *request, HttpBodyRules *rules, GError **error);
bool evidence_upload_finish(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_upload_cancel(HttpRequest *request, HttpResponse *response, GError **error);

/* Makes the message of `error` what the person reads; gives false, to end a handler with. */
bool evidence_tell(HttpRequest *request, const GError *error);

/* Where people go to be told of an object: "Nhiệm vụ 12" and its page. */
typedef struct EvidencePlace {
	const char *label, *url; /* url NULL: it has none */
	const char *word;        /* "task/3/12": for forms and filters */
} EvidencePlace;

EvidencePlace evidence_place_of(Arena *arena, const EvidenceObject *object);

/* Reads "task/3/12"; both NULL where it is none. */
EvidenceObject evidence_object_parse(Arena *arena, const char *word);

/* One piece as pages show it. */
typedef struct EvidenceRow {
	const Evidence *evidence;
	const char *url, *name;
	const char *type, *size, *when,
	    *issued;                    /* "tệp PDF", "1,2 MB", "22/11/2026 16:32", "24/02/2026" or "" */
	const char *state_kind, *state; /* part_state() */
	bool has_file;                  /* that may be downloaded */
} EvidenceRow;

void evidence_make_row(Arena *arena, const Evidence *evidence, EvidenceRow *ret_row);

/* An upload that is not finished. */
typedef struct EvidencePending {
	const EvidenceUpload *upload;
	const char *size, *done;
	int share_pct;
	EvidencePlace place;
} EvidencePending;

typedef struct EvidenceRefusal {
	const char *name, *reason;
} EvidenceRefusal;

typedef struct EvidenceRoom {
	const char *used, *quota, *left, *file_max;
	int64_t n_files, file_bytes, left_bytes;
	int share_pct;
	bool has_scanner;
} EvidenceRoom;

bool evidence_room(const EvidenceScope *scope, Arena *arena, EvidenceRoom *ret_room, GError **error);
bool evidence_pending(
    const EvidenceScope *scope, Arena *arena, EvidencePending **ret, size_t *ret_n, GError **error);

/* The kinds that are valid today. */
typedef struct EvidenceKinds {
	const EvidenceKind **items;
	size_t n;
} EvidenceKinds;

bool evidence_kinds_today(const EvidenceScope *scope, Arena *arena, EvidenceKinds *ret_kinds, GError **error);

enum {
	EVIDENCE_KEY_WORDS,
	EVIDENCE_KEY_OBJECT,
	EVIDENCE_KEY_KIND,
	EVIDENCE_KEY_SCAN,
	EVIDENCE_KEY_STATE,
	EVIDENCE_KEY_PERSON,
	EVIDENCE_KEY_FROM,
	EVIDENCE_KEY_TO,
	EVIDENCE_KEY_BEFORE,
	EVIDENCE_KEY_MAX,
};

extern const char *const EVIDENCE_SCAN_WORDS[], *const EVIDENCE_SCAN_TITLES[];

typedef struct EvidenceListView {
	LayoutView layout;
	HttpRequest *request;
	const char *texts[EVIDENCE_KEY_MAX]; /* of the filter; NULL */
	int scan, withdrawn;
	EvidenceRow *rows;
	size_t n_rows;
	EvidenceKinds kinds;
	GPtrArray *people; /* of const char * */
	EvidencePending *pending;
	size_t n_pending;
	EvidenceRoom room;
	bool is_filtered, may_add, may_set;
	const char *more_url, *csv_url, *json_url;
	EvidencePlace place; /* of the filter */
} EvidenceListView;

typedef struct EvidenceFormView {
	LayoutView layout;
	EvidenceKinds kinds;
	const char *title, *kind, *number, *issued; /* as typed */
	const char *accept;
	EvidencePlace place; /* word "": to nothing */
	EvidencePending *pending;
	size_t n_pending;
	EvidenceRoom room;
	EvidenceRefusal *refusals;
	size_t n_refusals, n_taken;
	const char *problem; /* with the fields; NULL */
} EvidenceFormView;

/* Reads all but what was typed. */
bool evidence_form_load(HttpRequest *request, const char *title, EvidenceFormView *ret_view, GError **error);

typedef struct EvidenceCardView {
	LayoutView layout;
	EvidenceRow row;
	EvidencePlace *places;
	size_t n_places;
	int64_t *same;
	size_t n_same;
	bool may_change, may_system, may_mark, has_preview, is_damaged;
	const char *problem, *reason; /* of a refused withdrawal */
	const char *withdrawn_at;
} EvidenceCardView;

typedef struct EvidenceSettingsView {
	LayoutView layout;
	const char *values[EVIDENCE_SETTING_MAX];
	const char *scanner, *also, *problem;
	EvidenceRoom room;
} EvidenceSettingsView;

/* Fails where the file of a piece is gone or another one than it was; looked at anew where it changed, and
 * now and then. */
bool evidence_check_file(const EvidenceScope *scope, const Evidence *evidence, Arena *arena,
    const char **ret_path, GError **error);
