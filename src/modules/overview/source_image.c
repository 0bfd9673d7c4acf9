/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/overview/source_image.h"

#include "base/app-error.h"
#include "base/date.h"
#include "http/query.h"
#include "modules/document/document.h"
#include "modules/overview/overview_pages.h"

#include <math.h>
#include <string.h>

#define MARGIN_PT 2.0
#define KEY_DIGITS 16                       /* of the file's hash, in the address of its pictures */
#define SIGNED_AT_MAX INT64_C(253402275599) /* seconds: the last of the year 9999 */

static const char *
page_url(const SourceImageView *view, int64_t page_no)
{
	if (page_no < 1 || page_no > view->document.page_count)
		return NULL;
	return plan_page_link(&view->page, "/van-ban", "xem=anh&trang=%" G_GINT64_FORMAT, page_no);
}

static bool
choose_page(SourceImageView *view, const SourceImageFocus *focus, GError **error)
{
	g_autoptr(GPtrArray) areas = g_ptr_array_new();
	const PlanScope *scope = &view->page.scope;

	view->page_no = focus->page_no;
	if (view->page_no == 0 && focus->item != NULL) {
		if (!document_list_item_areas(scope->db, scope->commune_id, view->document.document_id,
			focus->item, view->page.arena, areas, error))
			return false;
		if (areas->len > 0)
			view->page_no = ((const DocumentArea *)g_ptr_array_index(areas, 0))->page_no;
	}
	view->page_no = CLAMP(view->page_no, 1, view->document.page_count);
	return true;
}

static bool
load_size(SourceImageView *view, GError **error)
{
	g_autoptr(GPtrArray) pages = g_ptr_array_new();
	const PlanScope *scope = &view->page.scope;
	const DocumentPage *page;

	if (!document_list_pages(scope->db, scope->commune_id, view->document.document_id, view->page_no,
		view->page_no, view->page.arena, pages, error))
		return false;
	if (pages->len == 0) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "no page %" G_GINT64_FORMAT, view->page_no);
		return false;
	}
	page = g_ptr_array_index(pages, 0);
	view->width = MAX((int)lrint(page->width), 1);
	view->height = MAX((int)lrint(page->height), 1);
	view->turns = page->turns;
	view->image_height = DOCUMENT_IMAGE_WIDTH * view->height / view->width;
	return true;
}

static const char *
item_url(const SourceImageView *view, const DocumentArea *area)
{
	const char *path = area->kind == DOCUMENT_MARK_TASK ? "/nhiem-vu" : "/chi-tieu";

	if (area->target_no == 0)
		return NULL;
	return plan_page_link(
	    &view->page, arena_printf(view->page.arena, "%s/%" G_GINT64_FORMAT, path, area->target_no), NULL);
}

static bool
load_areas(SourceImageView *view, const char *item, GError **error)
{
	g_autoptr(GPtrArray) areas = g_ptr_array_new();
	const PlanScope *scope = &view->page.scope;

	if (!document_list_page_areas(scope->db, scope->commune_id, view->document.document_id, view->page_no,
		view->page.arena, areas, error))
		return false;
	view->areas = arena_array(view->page.arena, SourceOutline, areas->len + 1);
	for (guint i = 0; i < areas->len; i++) {
		const DocumentArea *area = g_ptr_array_index(areas, i);
		SourceOutline *outline = &view->areas[view->n_areas++];
		int left = MAX((int)floor(area->left - MARGIN_PT), 0);
		int top = MAX((int)floor(area->top - MARGIN_PT), 0);

		*outline = (SourceOutline){.number = i + 1,
		    .left = left,
		    .top = top,
		    .width = MAX(MIN((int)ceil(area->right + MARGIN_PT), view->width) - left, 1),
		    .height = MAX(MIN((int)ceil(area->bottom + MARGIN_PT), view->height) - top, 1),
		    .area = area,
		    .url = item_url(view, area),
		    .is_marked = item != NULL && strcmp(area->item, item) == 0};
	}
	return true;
}

static const char *
image_url(const SourceImageView *view, const char *more)
{
	return plan_page_link(&view->page,
	    arena_printf(view->page.arena, "/van-ban/trang/%" G_GINT64_FORMAT ".png", view->page_no),
	    "tep=%.*s&xoay=%d%s", KEY_DIGITS, view->document.sha256, view->turns, more);
}

static const char *
format_signed_at(Arena *arena, int64_t at_s)
{
	char text[INSTANT_VI_SIZE];

	if (at_s <= 0 || at_s > SIGNED_AT_MAX)
		return NULL;
	instant_format_minute_vi(at_s * INSTANT_SECOND, text);
	return arena_strdup(arena, text);
}

bool
source_signatures_load(
    const PlanPage *page, int64_t document_id, SourceSignatures *ret_signatures, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	SourceSignatures signatures = {0};

	if (!document_list_signatures(
		page->scope.db, page->scope.commune_id, document_id, page->arena, found, error))
		return false;
	signatures.rows = arena_array(page->arena, SourceSignature, found->len + 1);
	for (guint i = 0; i < found->len; i++) {
		const BlockSignature *signature = g_ptr_array_index(found, i);
		bool is_whole = signature->is_intact && signature->covers_all;

		signatures.rows[signatures.n_rows++] = (SourceSignature){
		    .signer = signature->signer != NULL ? signature->signer : "không rõ người ký",
		    .when = format_signed_at(page->arena, signature->signed_at),
		    .kind = is_whole               ? "ok"
			    : signature->is_intact ? "soon"
						   : "late",
		    .state = is_whole               ? "Nguyên vẹn"
			     : signature->is_intact ? "Nguyên vẹn, có phần thêm sau khi ký"
						    : "Nội dung đã bị thay đổi sau khi ký"};
	}
	*ret_signatures = signatures;
	return true;
}

bool
source_image_load(SourceImageView *view, const SourceImageFocus *focus, GError **error)
{
	if (!choose_page(view, focus, error) || !load_size(view, error) ||
	    !load_areas(view, focus->item, error) ||
	    !source_signatures_load(&view->page, view->document.document_id, &view->signatures, error))
		return false;
	view->image_url = image_url(view, "");
	view->large_url = image_url(view, "&rong=2000");
	view->self_url = page_url(view, view->page_no);
	view->previous_url = page_url(view, view->page_no - 1);
	view->next_url = page_url(view, view->page_no + 1);
	view->text_url = focus->item != NULL ? plan_page_link(&view->page, "/van-ban", "xem=chu&muc=%s",
						   plan_page_encode(&view->page, focus->item))
					     : plan_page_link(&view->page, "/van-ban", "xem=chu");
	view->download_url = plan_page_link(&view->page, "/van-ban/tai-ve", NULL);
	return true;
}

enum { KEY_FILE, KEY_WIDTH, KEY_TURNS, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_FILE] = {"tep", "Tệp", http_valid_text, .max = KEY_DIGITS},
    [KEY_WIDTH] = {"rong", "Rộng", http_valid_int, .min = DOCUMENT_IMAGE_WIDTH,
	.max = DOCUMENT_IMAGE_WIDTH_LARGE},
    [KEY_TURNS] = {"xoay", "Xoay", http_valid_int, .min = 0, .max = BLOCK_TURNS_MAX},
};

bool
overview_source_image(HttpRequest *request, HttpResponse *response, GError **error)
{
	const char *directory = app_context(request)->directory;
	g_autofree char *png = NULL;
	HttpValue values[KEY_MAX];
	DocumentInfo document;
	PlanPage page;
	uint32_t number;
	size_t len;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !document_image_number(http_request_param(request, "trang"), &number, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_DOCUMENT, "Văn bản nguồn", &page, error))
		return false;
	if (page.plan == NULL)
		return plan_page_show_empty(&page, response);
	if (!document_load(page.scope.db, page.scope.commune_id, page.plan->document_id, request->arena,
		&document, error) ||
	    !document_page_image(directory, document.sha256, number,
		values[KEY_WIDTH].is_set ? DOCUMENT_IMAGE_WIDTH_LARGE : DOCUMENT_IMAGE_WIDTH,
		values[KEY_TURNS].is_set ? (unsigned)values[KEY_TURNS].number : 0, &png, &len, error))
		return false;
	/* The newest plan may be another one tomorrow; a file's pages stay what they are. */
	if (values[KEY_FILE].is_set && g_str_has_prefix(document.sha256, values[KEY_FILE].text))
		response->cache = HTTP_CACHE_PRIVATE;
	response->content_type = "image/png";
	response->is_packed = true;
	g_string_append_len(response->body, png, (gssize)len);
	return true;
}
