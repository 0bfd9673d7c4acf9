/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "http/query.h"
#include "http/range.h"
#include "modules/overview/overview_pages.h"
#include "modules/overview/pages/source.html.h"
#include "modules/overview/pages/source_image.html.h"
#include "modules/overview/source_view.h"

#define HEADINGS_SHOWN 150 /* in the table of contents */

enum { KEY_PLAN, KEY_PART, KEY_ITEM, KEY_BLOCK, KEY_KIND, KEY_LOOK, KEY_PAGE, KEY_MAX };
enum { LOOK_IMAGE, LOOK_TEXT };

static const char *const LOOK_WORDS[] = {"anh", "chu", NULL};

/* In the order of DocumentMarkKind, then findings. */
static const char *const KIND_WORDS[] = {
    "nhiem-vu", "chi-tieu", "trach-nhiem", "bao-cao", "noi-dung", "phat-hien", NULL};
static const char *const KIND_TITLES[SOURCE_KINDS] = {
    "Nhiệm vụ", "Chỉ tiêu", "Trách nhiệm", "Chế độ báo cáo", "Nội dung, giải pháp", "Phát hiện"};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_PLAN] = {PLAN_PARAM, "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_PART] = {"phan", "Phần", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_ITEM] = {"muc", "Mục", http_valid_text, .max = 200},
    [KEY_BLOCK] = {"cho", "Chỗ", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_KIND] = {"loai", "Loại", http_valid_word, .words = KIND_WORDS},
    [KEY_LOOK] = {"xem", "Cách xem", http_valid_word, .words = LOOK_WORDS},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = G_MAXINT32},
};

/* Which part shows what was asked for: an item, a block, a part, else the first. */
static bool
choose_part(SourceView *view, const HttpValue *values, GError **error)
{
	const PlanScope *scope = &view->page.scope;
	int64_t document_id = view->page.plan->document_id;
	DocumentSpot spot = {0};

	if (values[KEY_ITEM].is_set) {
		view->item_name = values[KEY_ITEM].text;
		if (!document_find_item(
			scope->db, scope->commune_id, document_id, view->item_name, &spot, error))
			return false;
	} else if (values[KEY_BLOCK].is_set) {
		if (!document_find_block(
			scope->db, scope->commune_id, document_id, values[KEY_BLOCK].number, &spot, error))
			return false;
	}
	view->block_no = spot.block_no;
	view->part_no = spot.part_no > 0          ? spot.part_no
			: values[KEY_PART].is_set ? values[KEY_PART].number
						  : 1;
	view->part_no = CLAMP(view->part_no, 1, view->document.part_count);
	view->kind = values[KEY_KIND].is_set ? (int)values[KEY_KIND].number : -1;
	return true;
}

static bool
load_part(SourceView *view, GError **error)
{
	g_autoptr(GPtrArray) blocks = g_ptr_array_new();
	g_autoptr(GPtrArray) marks = g_ptr_array_new();
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	const PlanScope *scope = &view->page.scope;
	int64_t document_id = view->page.plan->document_id, first, last;

	if (!document_list_blocks(
		scope->db, scope->commune_id, document_id, view->part_no, view->page.arena, blocks, error))
		return false;
	if (blocks->len > 0) {
		first = ((const DocumentBlock *)g_ptr_array_index(blocks, 0))->block_no;
		last = ((const DocumentBlock *)g_ptr_array_index(blocks, blocks->len - 1))->block_no;
		if (!document_list_marks(scope->db, scope->commune_id, document_id, first, last,
			view->page.arena, marks, error) ||
		    !plan_list_block_findings(scope, first, last, view->page.arena, findings, error))
			return false;
	}
	source_lay_out(view, blocks, marks, findings);
	return true;
}

static void
make_kinds(SourceView *view)
{
	const PlanPage *page = &view->page;

	view->kinds[0] = (SourceKind){"Tất cả",
	    plan_page_link(page, "/van-ban", "phan=%" G_GINT64_FORMAT, view->part_no), 0, view->kind < 0};
	for (int kind = 0; kind < SOURCE_KINDS; kind++)
		view->kinds[kind + 1] = (SourceKind){KIND_TITLES[kind],
		    plan_page_link(page, "/van-ban", "phan=%" G_GINT64_FORMAT "&loai=%s", view->part_no,
			KIND_WORDS[kind]),
		    0, view->kind == kind};
	for (size_t i = 0; i < view->n_items; i++) {
		const SourceItem *item = &view->items[i];
		int kind = item->mark != NULL ? (int)item->mark->kind : DOCUMENT_MARK_MAX;

		view->kinds[0].count++;
		view->kinds[kind + 1].count++;
	}
}

static bool
load_headings(SourceView *view, GError **error)
{
	g_autoptr(GPtrArray) headings = g_ptr_array_new();
	const PlanPage *page = &view->page;

	if (!document_list_headings(page->scope.db, page->scope.commune_id, page->plan->document_id,
		HEADINGS_SHOWN, page->arena, headings, error))
		return false;
	view->n_headings = headings->len;
	view->headings = arena_array(page->arena, SourceHeading, view->n_headings + 1);
	for (size_t i = 0; i < view->n_headings; i++) {
		const DocumentHeading *heading = g_ptr_array_index(headings, (guint)i);

		view->headings[i] = (SourceHeading){heading->title,
		    plan_page_link(page, "/van-ban", "phan=%" G_GINT64_FORMAT "#b%" G_GINT64_FORMAT,
			heading->part_no, heading->block_no),
		    heading->depth, heading->is_annex};
	}
	return true;
}

static const char *
part_url(const SourceView *view, int64_t part_no)
{
	if (part_no < 1 || part_no > view->document.part_count)
		return NULL;
	return plan_page_link(&view->page, "/van-ban", "phan=%" G_GINT64_FORMAT, part_no);
}

/* A document with pages is shown as it looks, unless a part of its text is asked for. */
static bool
wants_image(const SourceView *view, const HttpValue *values)
{
	if (view->document.page_count == 0)
		return false;
	if (values[KEY_LOOK].is_set)
		return values[KEY_LOOK].number == LOOK_IMAGE;
	return !values[KEY_PART].is_set && !values[KEY_BLOCK].is_set && !values[KEY_KIND].is_set;
}

static bool
show_image(const SourceView *text, const HttpValue *values, HttpResponse *response, GError **error)
{
	const SourceImageFocus focus = {
	    values[KEY_ITEM].is_set ? values[KEY_ITEM].text : NULL, values[KEY_PAGE].number};
	SourceImageView view = {.page = text->page, .document = text->document};

	if (!source_image_load(&view, &focus, error))
		return false;
	source_image_page(response->body, &view);
	return true;
}

static void
link_looks(SourceView *view)
{
	if (view->document.page_count == 0)
		return;
	view->image_url = view->item_name != NULL ? plan_page_link(&view->page, "/van-ban", "xem=anh&muc=%s",
							plan_page_encode(&view->page, view->item_name))
						  : plan_page_link(&view->page, "/van-ban", "xem=anh");
	view->text_url = plan_page_link(&view->page, "/van-ban", "xem=chu");
}

bool
overview_source_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	SourceView view = {0};
	HttpValue values[KEY_MAX];

	if (!plan_page_begin(request, LAYOUT_NAV_DOCUMENT, "Văn bản nguồn", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !document_load(view.page.scope.db, view.page.scope.commune_id, view.page.plan->document_id,
		request->arena, &view.document, error))
		return false;
	if (wants_image(&view, values))
		return show_image(&view, values, response, error);
	if (!choose_part(&view, values, error) || !load_part(&view, error) || !load_headings(&view, error) ||
	    !source_signatures_load(&view.page, view.document.document_id, &view.signatures, error))
		return false;
	make_kinds(&view);
	link_looks(&view);
	view.previous_url = part_url(&view, view.part_no - 1);
	view.next_url = part_url(&view, view.part_no + 1);
	view.download_url = plan_page_link(&view.page, "/van-ban/tai-ve", NULL);
	source_page(response->body, &view);
	return true;
}

bool
overview_source_download(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autofree char *bytes = NULL;
	DocumentInfo document;
	PlanPage page;
	size_t len;

	if (!plan_page_begin(request, LAYOUT_NAV_DOCUMENT, "Văn bản nguồn", &page, error))
		return false;
	if (page.plan == NULL)
		return plan_page_show_empty(&page, response);
	if (!document_load(page.scope.db, page.scope.commune_id, page.plan->document_id, request->arena,
		&document, error) ||
	    !filestore_get(app_context(request)->directory, document.sha256, &bytes, &len, error))
		return false;
	g_string_append_len(response->body, bytes, (gssize)len);
	response->content_type = "application/octet-stream";
	response->disposition = http_attachment(request->arena, document.file_name);
	return true;
}
