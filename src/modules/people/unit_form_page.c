/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "modules/agency/agency_kind.h"
#include "modules/people/pages/unit_form.html.h"
#include "modules/people/unit_deed.h"
#include "modules/people/unit_pages.h"

#include <string.h>

const char *const UNIT_DEED_WORDS[UNIT_DO_MAX] = {
    "them", "xac-nhan", "dinh-chinh", "doi-ten", "sap-nhap", "chia-tach", "ket-thuc", "gop-cach-viet"};

const char *const UNIT_DEED_TITLES[UNIT_DO_MAX] = {"Thêm đơn vị", "Xác nhận", "Đính chính",
    "Đổi tên, đổi thông tin", "Sáp nhập, hợp nhất", "Chia, tách", "Giải thể, kết thúc",
    "Gộp vào đơn vị khác (chỉ là cách viết)"};

const char *const UNIT_DEED_HINTS[UNIT_DO_MAX] = {
    "Đơn vị chưa có trong danh sách.",
    "Tên lấy từ kế hoạch là một đơn vị thật. Bổ sung loại, mã, tên viết tắt nếu biết.",
    "Sửa điều đã ghi sai: áp dụng cho cả thời gian trước, vì xưa nay vẫn vậy. Tên đổi theo quyết định thì "
    "dùng "
    "“Đổi tên”.",
    "Tên, loại hoặc nơi trực thuộc thay đổi từ một ngày, theo quyết định. Trước ngày đó vẫn giữ tên cũ.",
    "Nhiều đơn vị thành một, từ một ngày. Việc đã ghi giữ tên cũ và được hiểu là của đơn vị mới từ ngày đó.",
    "Một đơn vị thành nhiều đơn vị, từ một ngày.",
    "Đơn vị không còn hoạt động từ một ngày, không ai kế tục.",
    "Tên này chỉ là cách viết khác của một đơn vị đã có; gộp cho mọi thời gian.",
};

bool
unit_is_chosen(const UnitForm *form, int64_t agency_id)
{
	for (const int64_t *id = form->chosen; id != NULL && *id != 0; id++)
		if (*id == agency_id)
			return true;
	return false;
}

bool
unit_kind_is_offered(const UnitFormView *view, const AgencyKind *kind)
{
	return strcmp(kind->kind, view->form.kind) == 0 || agency_kind_is_on(kind, view->today);
}

/* Everything as typed, so that a refused form comes back as it was. */
static UnitForm
read_form(const HttpRequest *request, int64_t agency_id)
{
	int deed = people_word(UNIT_DEED_WORDS, UNIT_DO_MAX, http_request_form_text(request, "viec"));
	int64_t *chosen = arena_array(request->arena, int64_t, request->n_form + 2);
	size_t n = 0;
	UnitForm form = {.deed = deed < 0 ? UNIT_DO_MAX : (UnitDeed)deed,
	    .agency_id = agency_id,
	    .name = http_request_form_text(request, "ten"),
	    .short_name = http_request_form_text(request, "viet-tat"),
	    .code = http_request_form_text(request, "ma"),
	    .kind = http_request_form_text(request, "loai"),
	    .day = http_request_form_text(request, "tu-ngay"),
	    .decision = http_request_form_text(request, "so-quyet-dinh"),
	    .decision_day = http_request_form_text(request, "ngay-quyet-dinh"),
	    .note = http_request_form_text(request, "ghi-chu"),
	    .parent_id = people_number(http_request_form_text(request, "truc-thuoc")),
	    .into = people_number(http_request_form_text(request, "con-lai")),
	    .is_generic = *http_request_form_text(request, "goi-chung") != '\0',
	    .is_higher = *http_request_form_text(request, "cap-tren") != '\0',
	    .keeps = *http_request_form_text(request, "van-con") != '\0',
	    .moves_people = *http_request_form_text(request, "chuyen-nguoi") != '\0',
	    .chosen = chosen};

	for (size_t i = 0; i < request->n_form; i++) {
		int64_t id =
		    strcmp(request->form[i].name, "chon") == 0 ? people_number(request->form[i].value) : 0;

		if (id > 0)
			chosen[n++] = id;
	}
	for (int i = 0; i < UNIT_NEW_NAMES; i++)
		form.names[i] =
		    http_request_form_text(request, arena_printf(request->arena, "ten-moi-%d", i + 1));
	return form;
}

/* As a form begins: what the unit is now. */
static UnitForm
fresh_form(const HttpRequest *request, UnitDeed deed, const AgencyVersion *at)
{
	UnitForm form = {.deed = deed,
	    .name = "",
	    .short_name = "",
	    .code = "",
	    .kind = "",
	    .day = "",
	    .decision = "",
	    .decision_day = "",
	    .note = "",
	    .moves_people = true};
	int64_t *chosen = arena_array(request->arena, int64_t, 2);

	for (int i = 0; i < UNIT_NEW_NAMES; i++)
		form.names[i] = "";
	form.chosen = chosen;
	if (at == NULL)
		return form;
	chosen[0] = form.agency_id = at->agency_id;
	if (deed == UNIT_DO_CONFIRM || deed == UNIT_DO_CORRECT || deed == UNIT_DO_RENAME) {
		form.name = at->name;
		form.short_name = at->short_name;
		form.code = at->code;
		form.kind = at->kind;
		form.parent_id = at->parent_id;
		form.is_generic = at->is_generic;
		form.is_higher = at->is_higher;
	}
	return form;
}

static bool
answer(HttpRequest *request, HttpResponse *response, const UnitForm *form, const char *problem,
    const GPtrArray *effects, GError **error)
{
	const AppContext *context = app_context(request);
	const UnitQuery query = {.day = context->today, .filter = UNIT_LIVING, .kind = "", .search = ""};
	UnitFormView view = {.arena = request->arena,
	    .form = *form,
	    .today = context->today,
	    .problem = problem,
	    .effects = effects};

	if (!unit_rows_read(request, &query, true, &view.all, error))
		return false;
	view.back = form->agency_id == 0
			? UNITS_PATH
			: arena_printf(request->arena, UNITS_PATH "/%" G_GINT64_FORMAT, form->agency_id);
	view.action =
	    arena_printf(request->arena, "%s/%s", view.back, form->agency_id == 0 ? "moi" : "thay-doi");
	if (form->agency_id != 0)
		view.unit_name = agency_name_at(&view.all.book, form->agency_id, context->today);
	view.layout = app_layout(request,
	    view.unit_name == NULL
		? UNIT_DEED_TITLES[form->deed]
		: arena_printf(request->arena, "%s: %s", view.unit_name, UNIT_DEED_TITLES[form->deed]));
	unit_form_page(response->body, &view);
	return true;
}

bool
unit_form_new(HttpRequest *request, HttpResponse *response, GError **error)
{
	UnitForm form = fresh_form(request, UNIT_DO_ADD, NULL);

	return answer(request, response, &form, NULL, NULL, error);
}

static bool
refuse_deed(HttpRequest *request, GError **error)
{
	request->problem = "Không có việc này; hãy mở lại trang đơn vị và chọn.";
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "viec");
	return false;
}

bool
unit_form_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	int deed = people_word(UNIT_DEED_WORDS, UNIT_DO_MAX, http_request_query_text(request, "viec"));
	AgencyScope scope = people_units_of(request);
	const AgencyUnit *unit;
	const AgencyVersion *at;
	int64_t agency_id;
	AgencyBook book;
	UnitForm form;

	if (!http_request_param_int(request, "id", &agency_id, error) ||
	    !agency_book_read(context->db, context->commune_id, request->arena, &book, error))
		return false;
	unit = agency_find(&book, agency_id);
	at = unit != NULL ? agency_at(unit, context->today) : NULL;
	if (unit == NULL) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có đơn vị số %" G_GINT64_FORMAT, agency_id);
		return false;
	}
	if (deed <= UNIT_DO_ADD)
		return refuse_deed(request, error);
	form = fresh_form(request, (UnitDeed)deed, at != NULL ? at : &unit->versions[0]);
	if (form.deed == UNIT_DO_CONFIRM && *form.kind == '\0' &&
	    !agency_guess_kind(&scope, form.name, &form.kind, error))
		return false;
	return answer(request, response, &form, NULL, NULL, error);
}

/* "xem": what it would do, without doing it; anything else does it. */
bool
unit_form_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	bool is_preview = strcmp(http_request_form_text(request, "buoc"), "xem") == 0;
	g_autoptr(GPtrArray) effects = g_ptr_array_new();
	int64_t agency_id = 0;
	const char *problem = NULL;
	UnitForm form;

	if (http_request_param(request, "id") != NULL &&
	    !http_request_param_int(request, "id", &agency_id, error))
		return false;
	form = read_form(request, agency_id);
	if (form.deed == UNIT_DO_MAX || (form.deed == UNIT_DO_ADD) != (agency_id == 0))
		return refuse_deed(request, error);
	if (!unit_deed_do(request, &form, is_preview, &agency_id, effects, &problem, error))
		return false;
	if (problem == NULL && !is_preview) {
		http_response_redirect(
		    response, arena_printf(request->arena, UNITS_PATH "/%" G_GINT64_FORMAT, agency_id));
		return true;
	}
	if (problem != NULL)
		response->status = 422;
	return answer(request, response, &form, problem, problem == NULL ? effects : NULL, error);
}
