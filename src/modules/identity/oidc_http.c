/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/identity/oidc.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_SECONDS_MAX 5

typedef struct Receiver {
	GString *body;
	bool is_too_long;
} Receiver;

static size_t
receive(char *bytes, size_t size, size_t n, void *data)
{
	Receiver *receiver = data;

	if (receiver->body->len + size * n > OIDC_BYTES_MAX) {
		receiver->is_too_long = true;
		return 0;
	}
	g_string_append_len(receiver->body, bytes, (gssize)(size * n));
	return size * n;
}

static gpointer
start_curl(gpointer unused)
{
	(void)unused;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	return NULL;
}

/* What no call may do without: an end in time, certificates that are right, nowhere else than where it was
 * sent. */
static void
set_limits(CURL *curl, const OidcCall *call, Receiver *receiver)
{
	bool is_here = g_str_has_prefix(call->url, "http:");

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_here ? "http" : "https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS_MAX);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)OIDC_SECONDS_MAX);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "127.0.0.1,localhost,::1");
	if (*call->ca_file != '\0')
		curl_easy_setopt(curl, CURLOPT_CAINFO, call->ca_file);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, receiver);
}

/* Who has to mend a certificate is told which file or whose name it is about. */
static bool
fail_certificate(const OidcCall *call, CURLcode code, GError **error)
{
	if (code == CURLE_SSL_CACERT_BADFILE)
		g_set_error(error, APP_ERROR, APP_ERROR_BUSY,
		    "Không đọc được tệp chứng thư gốc riêng %s. Hãy báo người quản trị: tệp phải ở trên máy "
		    "chủ "
		    "này, chương trình đọc được và là tệp PEM.",
		    call->ca_file);
	else
		g_set_error(error, APP_ERROR, APP_ERROR_BUSY,
		    "Không tin được chứng thư của nơi cấp tài khoản (%s). Hãy báo người quản trị: %s",
		    call->url,
		    *call->ca_file != '\0' ? "chứng thư này không do tệp chứng thư gốc riêng đã đặt ký, đã "
					     "hết hạn hoặc là của tên "
					     "máy khác."
					   : "nếu nơi cấp dùng chứng thư riêng của cơ quan thì đặt “Tệp "
					     "chứng thư gốc riêng”, nếu "
					     "không thì chứng thư đã hết hạn hoặc là của tên máy khác.");
	return false;
}

static bool
fail(const OidcCall *call, const Receiver *receiver, CURLcode code, GError **error)
{
	if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
		return fail_certificate(call, code, error);
	if (receiver->is_too_long)
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "Nơi cấp tài khoản trả lời dài bất thường (%s). Hãy báo người quản trị kiểm tra địa chỉ "
		    "nơi cấp.",
		    call->url);
	else
		g_set_error(error, APP_ERROR, APP_ERROR_BUSY,
		    "Không gọi được nơi cấp tài khoản (%s: %s). Hãy thử lại sau ít phút, hoặc đăng nhập bằng "
		    "mật khẩu.",
		    call->url, curl_easy_strerror(code));
	return false;
}

bool
oidc_call(const OidcCall *call, GString *ret_body, long *ret_status, GError **error)
{
	static GOnce once = G_ONCE_INIT;
	Receiver receiver = {.body = ret_body};
	struct curl_slist *headers = NULL;
	CURLcode code;
	CURL *curl;

	g_once(&once, start_curl, NULL);
	curl = curl_easy_init();
	g_assert(curl != NULL);
	headers = curl_slist_append(headers, "Accept: application/json");
	set_limits(curl, call, &receiver);
	curl_easy_setopt(curl, CURLOPT_URL, call->url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	if (call->form != NULL)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->form);
	if (call->user != NULL) {
		curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		curl_easy_setopt(curl, CURLOPT_USERNAME, call->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, call->secret);
	}
	code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, ret_status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return code == CURLE_OK || fail(call, &receiver, code, error);
}
