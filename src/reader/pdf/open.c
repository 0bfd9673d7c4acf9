/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/open.h"

#include "base/app-error.h"
#include "base/ceilings.h"

#include <stdbool.h>
#include <string.h>

#define HEAD_BYTES 1024 /* where "%PDF-" must stand, as readers commonly allow */

static bool
has_head(const char *bytes, size_t len)
{
	return memmem(bytes, MIN(len, HEAD_BYTES), "%PDF-", 5) != NULL;
}

static void
fold_error(const GError *cause, GError **error)
{
	if (g_error_matches(cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp PDF bị khóa bằng mật khẩu; hãy mở tệp bằng mật khẩu, lưu lại một bản không đặt mật "
		    "khẩu rồi nộp "
		    "bản đó");
	else
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp PDF bị hỏng hoặc bị cắt cụt, không đọc được danh sách trang; hãy sao chép hoặc tải "
		    "lại tệp rồi "
		    "nộp lần nữa");
}

static bool
check_page_count(PopplerDocument *document, GError **error)
{
	int n_pages = poppler_document_get_n_pages(document);

	if (n_pages > LIMIT_PAGES) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "tệp PDF có %d trang, nhiều hơn mức %d trang đọc được; hãy tách tệp thành nhiều phần",
		    n_pages, LIMIT_PAGES);
		return false;
	}
	if (n_pages <= 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp PDF bị hỏng hoặc bị cắt cụt: không còn trang nào; hãy sao chép hoặc tải lại tệp rồi "
		    "nộp lần nữa");
		return false;
	}
	return true;
}

PopplerDocument *
open_pdf(const char *bytes, size_t len, GError **error)
{
	g_autoptr(GBytes) file = NULL;
	g_autoptr(PdfDocument) document = NULL;
	g_autoptr(GError) cause = NULL;

	if (len == 0) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_UNREADABLE, "tệp rỗng, không có nội dung nào để đọc");
		return NULL;
	}
	if (!has_head(bytes, len)) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp không phải là PDF (thiếu phần đầu %PDF-); hãy kiểm tra lại tệp đã chọn");
		return NULL;
	}
	file = g_bytes_new_static(bytes, len);
	document = poppler_document_new_from_bytes(file, NULL, &cause);
	if (document == NULL) {
		fold_error(cause, error);
		return NULL;
	}
	return check_page_count(document, error) ? g_steal_pointer(&document) : NULL;
}
