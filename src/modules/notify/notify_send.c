/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_internal.h"

#include <curl/curl.h>
#include <string.h>

/* One mail or one call of the webhook, by libcurl. */

#define CONNECT_S 10L
#define ANSWER_BYTES 300
#define SECRET_BYTES_MAX 4096
#define HTTP_OK_MIN 200
#define HTTP_OK_MAX 299
#define HTTP_GONE 410
#define HTTP_UNPROCESSABLE 422
#define SMTP_REFUSED_MIN 550 /* the mailbox is not there, or does not want it */
#define SMTP_REFUSED_MAX 559

typedef struct Reading {
	const GString *text;
	size_t at;
} Reading;

void
notify_outcome_clear(NotifyOutcome *outcome)
{
	g_clear_pointer(&outcome->answer, g_free);
}

static void
set_outcome(NotifyOutcome *outcome, NotifyState state, const char *answer)
{
	outcome->state = state;
	g_free(outcome->answer);
	outcome->answer = g_utf8_make_valid(answer, -1);
}

static size_t
read_mail(char *to, size_t size, size_t n, void *data)
{
	Reading *reading = data;
	size_t len = MIN(size * n, reading->text->len - reading->at);

	memcpy(to, reading->text->str + reading->at, len);
	reading->at += len;
	return len;
}

static size_t
keep_answer(char *bytes, size_t size, size_t n, void *data)
{
	GString *answer = data;

	if (answer->len < ANSWER_BYTES)
		g_string_append_len(answer, bytes, (gssize)MIN(size * n, ANSWER_BYTES - answer->len));
	return size * n;
}

static int
look_whether_cancelled(void *data, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return g_atomic_int_get((gint *)data) != 0 ? 1 : 0;
}

/* The first line of a file; NULL where it cannot be read. */
static char *
read_secret(const char *path)
{
	g_autofree char *text = NULL;
	gsize len;

	if (!g_file_get_contents(path, &text, &len, NULL) || len > SECRET_BYTES_MAX)
		return NULL;
	text[strcspn(text, "\r\n")] = '\0';
	return g_steal_pointer(&text);
}

static void
set_common(CURL *curl, const NotifySettings *settings, gint *is_cancelled, GString *answer, char *problem)
{
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)settings->timeout_s);
	/* Saying QUIT to a server that hangs is no part of the whole; it would wait two minutes. */
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)settings->timeout_s);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, problem);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_answer);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_whether_cancelled);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, is_cancelled);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

/* A mail server of this machine may speak plainly; any other one must not. */
static bool
is_here(const char *url)
{
	const char *host = strstr(url, "://");

	return host != NULL &&
	       (g_str_has_prefix(host + 3, "127.0.0.1") || g_str_has_prefix(host + 3, "localhost"));
}

/* True where nobody answered, or not to the end. */
static bool
is_away(CURLcode code)
{
	return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT ||
	       code == CURLE_OPERATION_TIMEDOUT || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING;
}

/* A server that wants nobody's mail says 554 before anything was asked: that is not about the address. */
static bool
is_refusal(CURLcode code, long status, const Reading *reading)
{
	return status >= SMTP_REFUSED_MIN && status <= SMTP_REFUSED_MAX &&
	       (code == CURLE_SEND_ERROR || reading->at > 0);
}

static void
judge_mail(CURLcode code, long status, const char *problem, const Reading *reading, NotifyOutcome *outcome)
{
	bool refuses = is_refusal(code, status, reading);
	g_autofree char *answer = NULL;

	if (code == CURLE_OK) {
		set_outcome(outcome, NOTIFY_SENT, "máy chủ thư đã nhận");
		return;
	}
	outcome->is_away = !refuses && (is_away(code) || code == CURLE_WEIRD_SERVER_REPLY);
	if (outcome->is_away && reading->at == reading->text->len)
		answer =
		    g_strdup_printf("máy chủ thư không xác nhận đã nhận (%s); sẽ gửi lại với cùng mã thư",
			*problem != '\0' ? problem : curl_easy_strerror(code));
	else
		answer = g_strdup_printf("máy chủ thư: %s%s",
		    *problem != '\0' ? problem : curl_easy_strerror(code),
		    refuses ? " (địa chỉ không nhận thư)" : "");
	set_outcome(outcome, refuses ? NOTIFY_REFUSED : NOTIFY_WAITING, answer);
}

static void
send_mail(
    const NotifySettings *settings, const NotifyParcel *parcel, gint *is_cancelled, NotifyOutcome *outcome)
{
	g_autoptr(GString) mail = g_string_new(NULL), answer = g_string_new(NULL);
	g_autofree char *password =
	    settings->mail_password_file != NULL ? read_secret(settings->mail_password_file) : NULL;
	struct curl_slist *to = curl_slist_append(NULL, parcel->delivery.address);
	char problem[CURL_ERROR_SIZE] = "";
	Reading reading = {mail, 0};
	CURL *curl = curl_easy_init();
	long status = 0;
	CURLcode code;

	notify_mail_write(settings, parcel, mail);
	set_common(curl, settings, is_cancelled, answer, problem);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_URL, settings->mail_url);
	curl_easy_setopt(
	    curl, CURLOPT_USE_SSL, (long)(is_here(settings->mail_url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, settings->mail_from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	if (settings->mail_user != NULL)
		curl_easy_setopt(curl, CURLOPT_USERNAME, settings->mail_user);
	if (password != NULL)
		curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_mail);
	curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
	code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	judge_mail(code, status, problem, &reading, outcome);
	curl_slist_free_all(to);
	curl_easy_cleanup(curl);
}

static struct curl_slist *
hook_headers(const NotifySettings *settings, const NotifyParcel *parcel, const GString *body)
{
	g_autofree char *key =
	    settings->hook_secret_file != NULL ? read_secret(settings->hook_secret_file) : NULL;
	g_autofree char *once = g_strdup_printf("Idempotency-Key: %s", parcel->delivery.token);
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json; charset=utf-8");

	headers = curl_slist_append(headers, once);
	if (key != NULL) {
		g_autofree char *mark = g_compute_hmac_for_data(G_CHECKSUM_SHA256, (const guchar *)key,
		    strlen(key), (const guchar *)body->str, body->len);
		g_autofree char *signature = g_strdup_printf("X-Namro-Signature: sha256=%s", mark);

		headers = curl_slist_append(headers, signature);
	}
	return headers;
}

static void
judge_hook(CURLcode code, long status, const char *problem, NotifyOutcome *outcome)
{
	g_autofree char *answer = NULL;

	if (code == CURLE_OK && status >= HTTP_OK_MIN && status <= HTTP_OK_MAX) {
		set_outcome(outcome, NOTIFY_SENT, "đã nhận");
		return;
	}
	outcome->is_away = is_away(code);
	answer = code == CURLE_OK ? g_strdup_printf("cổng nhận trả lời mã %ld", status)
				  : g_strdup_printf("cổng nhận: %s",
					*problem != '\0' ? problem : curl_easy_strerror(code));
	set_outcome(outcome,
	    code == CURLE_OK && (status == HTTP_GONE || status == HTTP_UNPROCESSABLE) ? NOTIFY_REFUSED
										      : NOTIFY_WAITING,
	    answer);
}

static void
call_hook(
    const NotifySettings *settings, const NotifyParcel *parcel, gint *is_cancelled, NotifyOutcome *outcome)
{
	g_autoptr(GString) body = g_string_new(NULL), answer = g_string_new(NULL);
	char problem[CURL_ERROR_SIZE] = "";
	struct curl_slist *headers;
	CURL *curl = curl_easy_init();
	long status = 0;
	CURLcode code;

	notify_hook_write(settings, parcel, body);
	headers = hook_headers(settings, parcel, body);
	set_common(curl, settings, is_cancelled, answer, problem);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_URL, settings->hook_url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)body->len);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->str);
	code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	judge_hook(code, status, problem, outcome);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
}

void
notify_send(const NotifySettings *settings, const NotifyParcel *parcel, gint *is_cancelled,
    NotifyOutcome *ret_outcome)
{
	static gsize is_ready;

	if (g_once_init_enter(&is_ready)) {
		curl_global_init(CURL_GLOBAL_DEFAULT);
		g_once_init_leave(&is_ready, 1);
	}
	*ret_outcome = (NotifyOutcome){0};
	if (parcel->delivery.channel == NOTIFY_HOOK) {
		if (settings->hook_url == NULL)
			set_outcome(ret_outcome, NOTIFY_WAITING, "cổng nhận chưa được đặt");
		else
			call_hook(settings, parcel, is_cancelled, ret_outcome);
		return;
	}
	if (settings->mail_url == NULL || settings->mail_from == NULL)
		set_outcome(ret_outcome, NOTIFY_WAITING, "máy chủ thư chưa được đặt");
	else
		send_mail(settings, parcel, is_cancelled, ret_outcome);
}
