/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/body.h"

#include "base/app-error.h"
#include "base/text.h"
#include "http/multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_MODE 0640
#define BYTES_PER_MB ((size_t)1024 * 1024)
#define TOO_LARGE_PLAN \
	"Hãy bỏ phần không phải là kế hoạch, hoặc quét lại với độ phân giải thấp hơn (200–300 dpi là đủ)."
#define URLENCODED "application/x-www-form-urlencoded"

struct HttpBody {
	HttpRequest *request;
	const HttpBodyRules *rules;
	HttpMultipart *multipart; /* NULL: urlencoded */
	GString *fields;          /* urlencoded: all of it; else the field that is arriving */
	size_t n_bytes, field_bytes;
	int status;    /* 0: all well */
	GArray *pairs; /* of HttpPair */
	GArray *files; /* of HttpFile */
	/* the part that is arriving */
	const char *name;
	HttpFile file;
	GChecksum *checksum;
	FILE *out;
	bool is_file;
};

/* The first reason counts. */
static bool
fail(HttpBody *body, int status, const char *problem)
{
	if (body->status == 0) {
		body->status = status;
		body->request->problem = problem;
	}
	return false;
}

static bool
fail_malformed(HttpBody *body)
{
	return fail(body, 400,
	    "Biểu mẫu đến không trọn vẹn hoặc sai khuôn dạng. Hãy tải lại trang rồi gửi lại; nếu vẫn lỗi, "
	    "hãy dùng trình "
	    "duyệt khác.");
}

/* By errno: the folder of what arrives is on the disk of the data directory. */
static bool
fail_disk(HttpBody *body)
{
	GError error = {.domain = APP_ERROR, .code = (gint)app_error_of_errno(errno)};

	return fail(body, app_error_http_status(&error), NULL);
}

/* What the sender calls a file: no folders, no control characters, never empty; NULL where it names none. */
static const char *
clean_name(HttpBody *body, const char *sent)
{
	g_autofree char *clean = NULL;
	g_autoptr(GString) name = g_string_new(NULL);
	const char *base = sent;

	for (const char *at = sent; *at != '\0'; at++)
		if (*at == '/' || *at == '\\')
			base = at + 1;
	if (!text_ingest(base, -1, &clean, NULL))
		return "tep";
	for (const char *at = clean; *at != '\0'; at = text_next(at)) {
		size_t len = (size_t)(text_next(at) - at);

		if (name->len + len > HTTP_FILE_NAME_BYTES_MAX)
			break;
		if (!g_unichar_iscntrl(g_utf8_get_char(at)))
			g_string_append_len(name, at, (gssize)len);
	}
	g_strstrip(name->str);
	if (strcmp(name->str, ".") == 0 || strcmp(name->str, "..") == 0)
		return "tep";
	return *name->str != '\0' ? arena_strdup(body->request->arena, name->str) : NULL;
}

static bool
open_file(HttpBody *body)
{
	char *path = arena_printf(body->request->arena, "%s/den-XXXXXX", body->rules->directory);
	int fd = g_mkstemp_full(path, O_WRONLY | O_CLOEXEC, FILE_MODE);

	body->out = fd >= 0 ? fdopen(fd, "wb") : NULL;
	if (body->out == NULL) {
		if (fd >= 0)
			close(fd);
		return fail_disk(body);
	}
	body->file.path = path;
	body->checksum = g_checksum_new(G_CHECKSUM_SHA256);
	return true;
}

static bool
begin_part(void *data, const char *name, const char *file_name)
{
	HttpBody *body = data;
	g_autofree char *clean = NULL;

	if (!text_ingest(name, -1, &clean, NULL))
		return fail_malformed(body);
	body->name = arena_strdup(body->request->arena, clean);
	body->is_file = file_name != NULL;
	g_string_truncate(body->fields, 0);
	if (!body->is_file)
		return true;
	/* A file field that was left empty is sent as a file without a name. */
	body->file = (HttpFile){.field = body->name, .name = clean_name(body, file_name)};
	if (body->file.name == NULL)
		return true;
	if (body->rules->file_bytes_max == 0 && body->rules->file_status != 0)
		return fail(body, body->rules->file_status, NULL);
	if (body->rules->file_bytes_max == 0)
		return fail(body, 400, "Trang này không nhận tệp.");
	if (body->files->len >= HTTP_FILES_MAX)
		return fail(body, 413, "Có quá nhiều tệp trong một lần gửi. Hãy gửi ít tệp hơn mỗi lần.");
	return open_file(body);
}

static bool
file_bytes(HttpBody *body, const char *bytes, size_t len)
{
	body->file.size += len;
	if (body->out == NULL)
		return fail_malformed(body); /* content, but no name */
	if (body->file.size > body->rules->file_bytes_max)
		return fail(body, 413,
		    arena_printf(body->request->arena, "Tệp “%s” lớn hơn %zu MB. %s", body->file.name,
			body->rules->file_bytes_max / BYTES_PER_MB,
			body->rules->too_large != NULL ? body->rules->too_large : TOO_LARGE_PLAN));
	g_checksum_update(body->checksum, (const guchar *)bytes, (gssize)len);
	return fwrite(bytes, 1, len, body->out) == len || fail_disk(body);
}

static bool
part_bytes(void *data, const char *bytes, size_t len)
{
	HttpBody *body = data;

	if (body->is_file)
		return file_bytes(body, bytes, len);
	body->field_bytes += len;
	if (body->field_bytes > HTTP_FORM_BYTES_MAX)
		return fail(body, 413, "Nội dung nhập trên trang quá dài. Hãy gửi dưới dạng tệp.");
	g_string_append_len(body->fields, bytes, (gssize)len);
	return true;
}

static bool
end_file(HttpBody *body)
{
	FILE *out = g_steal_pointer(&body->out);

	if (out == NULL)
		return true;
	body->file.sha256 = arena_strdup(body->request->arena, g_checksum_get_string(body->checksum));
	g_clear_pointer(&body->checksum, g_checksum_free);
	g_array_append_val(body->files, body->file);
	body->file.path = NULL;
	return fclose(out) == 0 || fail_disk(body);
}

static bool
end_part(void *data)
{
	HttpBody *body = data;
	HttpPair pair = {.name = body->name};
	g_autofree char *value = NULL;

	if (body->is_file)
		return end_file(body);
	if (body->pairs->len >= HTTP_FORM_PAIRS_MAX ||
	    !text_ingest(body->fields->str, (gssize)body->fields->len, &value, NULL))
		return fail_malformed(body);
	pair.value = arena_strdup(body->request->arena, value);
	g_array_append_val(body->pairs, pair);
	return true;
}

static const HttpMultipartSink SINK = {begin_part, part_bytes, end_part};

HttpBody *
http_body_new(HttpRequest *request, const char *content_type, const HttpBodyRules *rules)
{
	HttpBody *body = g_new0(HttpBody, 1);
	g_autofree char *boundary = http_multipart_boundary(content_type);

	body->request = request;
	body->rules = rules;
	body->fields = g_string_new(NULL);
	body->pairs = g_array_new(FALSE, TRUE, sizeof(HttpPair));
	body->files = g_array_new(FALSE, TRUE, sizeof(HttpFile));
	if (boundary != NULL)
		body->multipart = http_multipart_new(boundary, &SINK, body);
	else if (content_type != NULL &&
		 g_ascii_strncasecmp(content_type, URLENCODED, sizeof(URLENCODED) - 1) != 0)
		fail(body, 415, "Trang này chỉ nhận biểu mẫu của chương trình.");
	return body;
}

void
http_body_free(HttpBody *body)
{
	if (body == NULL)
		return;
	if (body->out != NULL)
		fclose(body->out);
	if (body->file.path != NULL)
		g_unlink(body->file.path);
	for (guint i = 0; i < body->files->len; i++)
		g_unlink(g_array_index(body->files, HttpFile, i).path);
	g_clear_pointer(&body->checksum, g_checksum_free);
	http_multipart_free(body->multipart);
	g_string_free(body->fields, TRUE);
	g_array_unref(body->pairs);
	g_array_unref(body->files);
	g_free(body);
}

void
http_body_feed(HttpBody *body, const char *bytes, size_t len)
{
	size_t max = body->multipart != NULL ? body->rules->body_bytes_max : HTTP_FORM_BYTES_MAX;

	if (body->status != 0)
		return;
	body->n_bytes += len;
	if (body->n_bytes > max)
		fail(body, 413,
		    arena_printf(body->request->arena,
			"Mỗi lần chỉ gửi được tối đa %zu MB. Hãy gửi ít tệp hơn mỗi lần.",
			max / BYTES_PER_MB));
	else if (body->multipart == NULL)
		g_string_append_len(body->fields, bytes, (gssize)len);
	else if (!http_multipart_feed(body->multipart, bytes, len))
		fail_malformed(body);
}

int
http_body_end(HttpBody *body)
{
	HttpRequest *request = body->request;

	if (body->status != 0)
		return body->status;
	if (body->multipart == NULL) {
		if (memchr(body->fields->str, '\0', body->fields->len) != NULL ||
		    !http_request_decode_pairs(
			request, body->fields->str, HTTP_FORM_PAIRS_MAX, &request->form, &request->n_form))
			fail_malformed(body);
		return body->status;
	}
	if (!http_multipart_is_complete(body->multipart))
		fail_malformed(body);
	request->form = (HttpPair *)(void *)body->pairs->data;
	request->n_form = body->pairs->len;
	request->files = (HttpFile *)(void *)body->files->data;
	request->n_files = body->files->len;
	return body->status;
}
