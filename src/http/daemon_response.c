/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/daemon_response.h"

#include "http/limits.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define POLICY_HEADER "Content-Security-Policy"

/* For pages. `style-src 'self'` has no 'unsafe-inline': templates cannot write style or script.
 */
static const char PAGE_POLICY[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/* Sent with every answer. */
static const char *const SECURITY_HEADERS[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
};

static void
add_header(struct MHD_Response *mhd_response, const char *name, const char *value)
{
	if (value != NULL)
		MHD_add_response_header(mhd_response, name, value);
}

static void
add_headers(struct MHD_Response *mhd_response, const HttpResponse *response, bool is_gzip)
{
	static const char *const CACHE[] = {
	    [HTTP_CACHE_REVALIDATE] = "private, no-cache",
	    [HTTP_CACHE_IMMUTABLE] = "public, max-age=31536000, immutable",
	    [HTTP_CACHE_PRIVATE] = "private, max-age=31536000, immutable",
	    [HTTP_CACHE_NONE] = "no-store",
	};

	if (response->status != MHD_HTTP_NOT_MODIFIED)
		add_header(mhd_response, "Content-Type", response->content_type);
	add_header(mhd_response, "Cache-Control", CACHE[response->cache]);
	add_header(mhd_response, "Vary",
	    response->cache == HTTP_CACHE_IMMUTABLE ? "Accept-Encoding" : "Accept-Encoding, Accept");
	add_header(mhd_response, "ETag", response->etag);
	add_header(mhd_response, "Location", response->location);
	add_header(mhd_response, "Allow", response->allow);
	add_header(mhd_response, "Set-Cookie", response->set_cookie);
	if (is_gzip)
		add_header(mhd_response, "Content-Encoding", "gzip");
	add_header(mhd_response, "Content-Disposition", response->disposition);
	add_header(mhd_response, "Content-Range", response->content_range);
	if (response->file_path != NULL)
		add_header(mhd_response, "Accept-Ranges", "bytes");
	if (response->filename != NULL && response->disposition == NULL) {
		g_autofree char *value = g_strdup_printf("attachment; filename=\"%s\"", response->filename);

		add_header(mhd_response, "Content-Disposition", value);
	}
	add_header(mhd_response, POLICY_HEADER,
	    response->content_policy != NULL ? response->content_policy : PAGE_POLICY);
	for (size_t i = 0; i < G_N_ELEMENTS(SECURITY_HEADERS); i++)
		add_header(mhd_response, SECURITY_HEADERS[i][0], SECURITY_HEADERS[i][1]);
}

/* The library sends it piece by piece and closes it. NULL: it is not there, or shorter than it was said to
 * be. */
static struct MHD_Response *
make_file_response(const HttpResponse *response)
{
	struct MHD_Response *mhd_response;
	int fd = open(response->file_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat info;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) ||
	    (uint64_t)info.st_size < response->file_start + response->file_len) {
		close(fd);
		return NULL;
	}
	mhd_response = MHD_create_response_from_fd_at_offset64(response->file_len, fd, response->file_start);
	if (mhd_response == NULL)
		close(fd);
	return mhd_response;
}

static struct MHD_Response *
make_response(const HttpResponse *response, HttpGzip *gzip, bool *ret_is_gzip)
{
	GString *body = response->body;
	void *packed;
	size_t packed_len;

	*ret_is_gzip = response->fixed != NULL && response->fixed_is_gzip;
	if (response->file_path != NULL)
		return make_file_response(response);
	if (response->fixed != NULL)
		return MHD_create_response_from_buffer(
		    response->fixed_len, (void *)(guintptr)response->fixed, MHD_RESPMEM_PERSISTENT);
	if (gzip != NULL && !response->is_packed && body->len >= HTTP_GZIP_BYTES_MIN &&
	    http_gzip_bytes(gzip, body->str, body->len, &packed, &packed_len)) {
		*ret_is_gzip = true;
		return MHD_create_response_from_buffer(packed_len, packed, MHD_RESPMEM_MUST_FREE);
	}
	return MHD_create_response_from_buffer(body->len, body->str, MHD_RESPMEM_MUST_COPY);
}

enum MHD_Result
http_daemon_send(struct MHD_Connection *connection, const HttpResponse *response, HttpGzip *gzip)
{
	struct MHD_Response *mhd_response;
	enum MHD_Result result;
	bool is_gzip;

	mhd_response = make_response(response, gzip, &is_gzip);
	if (mhd_response == NULL)
		return MHD_NO;
	add_headers(mhd_response, response, is_gzip);
	result = MHD_queue_response(connection, (unsigned)response->status, mhd_response);
	MHD_destroy_response(mhd_response);
	return result;
}
