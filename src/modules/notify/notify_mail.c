/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "modules/notify/notify_internal.h"

#include <string.h>

#define LINE_BYTES 57     /* 76 characters in base64 */
#define WORD_BYTES 45     /* of an encoded word (RFC 2047: at most 75 characters) */
#define ADDRESS_BYTES 254 /* RFC 5321 */

bool
notify_address_is_valid(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at[1] == '\0' || strchr(at + 1, '@') != NULL ||
	    strlen(address) > ADDRESS_BYTES)
		return false;
	for (const char *p = address; *p != '\0'; p++)
		if (!g_ascii_isalnum(*p) && strchr("@.!#$%&'*+/=?^_`{|}~-", *p) == NULL)
			return false;
	return *address != '-' && strchr(at + 1, '.') != NULL;
}

/* A header's text as encoded words, cut between characters. */
static void
put_words(GString *out, const char *text)
{
	const char *end = text + strlen(text);

	while (text < end) {
		const char *stop = text;
		g_autofree char *coded = NULL;

		while (stop < end && text_next(stop) - text <= WORD_BYTES)
			stop = text_next(stop);
		coded = g_base64_encode((const guchar *)text, (gsize)(stop - text));
		g_string_append_printf(out, "=?UTF-8?B?%s?=%s", coded, stop < end ? "\r\n " : "");
		text = stop;
	}
}

static void
put_body(GString *out, const GString *body)
{
	for (size_t i = 0; i < body->len; i += LINE_BYTES) {
		g_autofree char *line =
		    g_base64_encode((const guchar *)body->str + i, MIN(body->len - i, LINE_BYTES));

		g_string_append_printf(out, "%s\r\n", line);
	}
}

static void
put_text(const NotifySettings *settings, const NotifyParcel *parcel, GString *out)
{
	g_string_append_printf(out, "Kính gửi %s,\r\n", parcel->delivery.name);
	for (guint i = 0; i < parcel->messages->len; i++) {
		const NotifyMessage *message = g_ptr_array_index(parcel->messages, i);

		g_string_append_printf(out, "\r\n%u. %s\r\n", i + 1, message->subject);
		if (*message->body != '\0')
			g_string_append_printf(out, "   %s\r\n", message->body);
		if (*message->path != '\0' && settings->base_url != NULL)
			g_string_append_printf(out, "   %s%s\r\n", settings->base_url, message->path);
	}
	g_string_append_printf(out,
	    "\r\n--\r\nThư tự động của Năm Rõ%s%s. Xin không trả lời thư này; việc cập nhật làm trong chương "
	    "trình.\r\n",
	    *parcel->commune != '\0' ? ", " : "", parcel->commune);
}

static void
put_date(GString *out, int64_t now_us)
{
	/* Names of days and months in English whatever the locale (RFC 5322). */
	static const char *const DAYS[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const MONTHS[] = {
	    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(now_us / INSTANT_SECOND);

	g_string_append_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
	    DAYS[g_date_time_get_day_of_week(at) - 1], g_date_time_get_day_of_month(at),
	    MONTHS[g_date_time_get_month(at) - 1], g_date_time_get_year(at), g_date_time_get_hour(at),
	    g_date_time_get_minute(at), g_date_time_get_second(at));
}

void
notify_mail_write(const NotifySettings *settings, const NotifyParcel *parcel, GString *out)
{
	const NotifyMessage *first = g_ptr_array_index(parcel->messages, 0);
	const char *domain = strchr(settings->mail_from, '@');
	g_autoptr(GString) body = g_string_new(NULL);
	g_autofree char *subject = parcel->messages->len == 1 ? g_strdup(first->subject)
							      : g_strdup_printf("%u việc cần chú ý: %s, …",
								    parcel->messages->len, first->subject);

	put_text(settings, parcel, body);
	put_date(out, parcel->now_us);
	g_string_append(out, "From: ");
	put_words(out, "Năm Rõ");
	g_string_append_printf(
	    out, " <%s>\r\nTo: <%s>\r\nSubject: ", settings->mail_from, parcel->delivery.address);
	put_words(out, subject);
	g_string_append_printf(out,
	    "\r\nMessage-ID: <%s%s>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n",
	    parcel->delivery.token, domain != NULL ? domain : "@localhost");
	put_body(out, body);
}

void
notify_hook_write(const NotifySettings *settings, const NotifyParcel *parcel, GString *out)
{
	const NotifyMessage *message = g_ptr_array_index(parcel->messages, 0);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "id", parcel->delivery.token);
	json_key_string(&json, "commune", parcel->commune);
	json_key_int(&json, "person_id", parcel->delivery.person_id);
	json_key_string(&json, "name", parcel->delivery.name);
	json_key_string(&json, "subject", message->subject);
	json_key_string(&json, "body", message->body);
	if (*message->path != '\0' && settings->base_url != NULL) {
		g_autofree char *url = g_strconcat(settings->base_url, message->path, NULL);

		json_key_string(&json, "url", url);
	}
	json_end_object(&json);
}
