/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error_page.h"

#include "app/pages/error.html.h"
#include "base/json.h"
#include "http/data.h"

static const struct ErrorText {
	int status;
	const char *what, *advice;
} TEXTS[] = {
    {400, "Địa chỉ không hợp lệ", "Hãy kiểm tra lại địa chỉ, hoặc đi từ trang đầu."},
    {401, "Cần đăng nhập", "Hãy đăng nhập rồi thử lại."},
    {403, "Không có quyền xem trang này", "Hãy hỏi người quản trị nếu anh, chị cần quyền này."},
    {404, "Không tìm thấy trang", "Có thể nội dung đã được thay bằng bản mới. Hãy tìm lại từ trang đầu."},
    {405, "Trang này chỉ để xem", "Hãy mở trang từ một liên kết thay vì gửi biểu mẫu."},
    {409, "Nội dung đã thay đổi", "Có người vừa sửa cùng nội dung này. Hãy tải lại trang rồi làm tiếp."},
    {413, "Dữ liệu gửi lên quá lớn", "Hãy gửi tệp nhỏ hơn."},
    {415, "Kiểu dữ liệu không được nhận", "Hãy gửi lại từ trang của chương trình."},
    {414, "Địa chỉ quá dài", "Hãy bớt điều kiện lọc rồi thử lại."},
    {422, "Nội dung nhập chưa đúng", "Hãy quay lại trang trước và sửa mục đã nêu."},
    {507, "Không ghi được vào ổ đĩa của máy chủ",
	"Ổ đĩa chứa dữ liệu đã đầy hoặc chỉ cho đọc, nên chưa lưu được gì; vẫn xem được các trang. Hãy báo "
	"người quản trị "
	"giải phóng ổ đĩa, rồi gửi lại."},
    {503, "Hệ thống đang bận", "Hãy chờ vài giây rồi tải lại trang."},
    {500, "Có lỗi trong chương trình",
	"Lỗi đã được ghi lại. Hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị."},
};

/* Where a form was sent. */
static const struct ErrorText FORM_TEXTS[] = {
    {400, "Không nhận được nội dung gửi lên", "Hãy quay lại trang trước và gửi lại."},
    {403, "Không nhận biểu mẫu này", "Hãy mở trang trong chương trình rồi gửi lại từ đó."},
};

/* A form, for want of a permission; the problem says which, and whom to ask. */
static const struct ErrorText MISSING = {
    403, "Anh, chị không có quyền làm việc này", "Các việc được làm có ở thanh điều hướng bên trên."};

/* The last line answers for every status that has none of its own. */
static const struct ErrorText *
text_of(const HttpRequest *request, int status)
{
	const struct ErrorText *last = &TEXTS[G_N_ELEMENTS(TEXTS) - 1];

	if (status == 403 && request->missing != NULL && request->method == HTTP_POST)
		return &MISSING;
	for (size_t i = 0; i < G_N_ELEMENTS(FORM_TEXTS); i++)
		if (request->method == HTTP_POST && FORM_TEXTS[i].status == status)
			return &FORM_TEXTS[i];
	for (const struct ErrorText *text = TEXTS; text < last; text++)
		if (text->status == status)
			return text;
	return last;
}

static void
write_json(const HttpRequest *request, int status, const struct ErrorText *text, GString *out)
{
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "status", status);
	json_key_string(&json, "error", text->what);
	json_key_string(&json, "problem", request->problem);
	json_end_object(&json);
}

/* True where the same form may be well received later: what was typed into it stays in the page. A password
 * does not. */
static bool
keeps_form(const HttpRequest *request, int status)
{
	return request->method == HTTP_POST && request->may_repeat && request->n_form > 0 && status >= 500;
}

static void
write_html(const HttpRequest *request, int status, const struct ErrorText *text, GString *out)
{
	AppErrorView view = {
	    .layout = app_layout(request, text->what),
	    .status = status,
	    .what = text->what,
	    .problem = request->problem,
	    .advice = text->advice,
	    .kept = keeps_form(request, status) ? request : NULL,
	};

	app_error_body(out, &view);
}

void
app_error_page(const HttpRequest *request, int status, HttpResponse *response)
{
	const struct ErrorText *text = text_of(request, status);
	const char *allow = response->allow;

	http_response_reset(response);
	response->status = status;
	response->cache = HTTP_CACHE_NONE;
	response->allow = allow;
	if (request->format == HTTP_JSON) {
		http_json_begin(response);
		write_json(request, status, text, response->body);
	} else if (request->format == HTTP_CSV) {
		response->content_type = "text/plain; charset=utf-8";
		g_string_append_printf(response->body, "%s. %s\n", text->what, text->advice);
	} else {
		write_html(request, status, text, response->body);
	}
}
