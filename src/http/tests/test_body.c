/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "http/body.h"
#include "http/multipart.h"

#include <glib/gstdio.h>
#include <string.h>

/* Bodies of forms, in pieces of every length: what comes out does not depend on where they are cut. */

#define TYPE "multipart/form-data; boundary=bien"
#define FILE_BYTES_MAX ((size_t)200 * 1024)

typedef struct Fixture {
	Arena *arena;
	char *folder;
	HttpBodyRules rules;
	HttpRequest request;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;

	(void)unused;
	fixture->arena = arena_new();
	fixture->folder = g_dir_make_tmp("namro-body-XXXXXX", &error);
	g_assert_no_error(error);
	fixture->rules = (HttpBodyRules){.file_bytes_max = FILE_BYTES_MAX,
	    .body_bytes_max = 3 * FILE_BYTES_MAX,
	    .directory = fixture->folder};
	fixture->request = (HttpRequest){.arena = fixture->arena};
}

static guint
count_files(const Fixture *fixture)
{
	g_autoptr(GDir) dir = g_dir_open(fixture->folder, 0, NULL);
	guint n = 0;

	while (g_dir_read_name(dir) != NULL)
		n++;
	return n;
}

/* Nothing stays on the disk, whatever happened. */
static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	g_assert_cmpuint(count_files(fixture), ==, 0);
	g_rmdir(fixture->folder);
	g_free(fixture->folder);
	arena_free(fixture->arena);
}

static HttpBody *
feed(Fixture *fixture, const char *type, const char *bytes, size_t len, size_t step, int *ret_status)
{
	HttpBody *body;

	fixture->request = (HttpRequest){.arena = fixture->arena};
	body = http_body_new(&fixture->request, type, &fixture->rules);
	for (size_t i = 0; i < len; i += step)
		http_body_feed(body, bytes + i, MIN(step, len - i));
	*ret_status = http_body_end(body);
	return body;
}

static int
status_of(Fixture *fixture, const char *type, const char *text, size_t step)
{
	int status;
	g_autoptr(HttpBody) body G_GNUC_UNUSED = feed(fixture, type, text, strlen(text), step, &status);

	return status;
}

static char *
content_of(const HttpFile *file)
{
	char *content = NULL;

	g_assert_true(g_file_get_contents(file->path, &content, NULL, NULL));
	g_assert_cmpuint(strlen(content), ==, file->size);
	return content;
}

static const char TWO_FILES[] =
    "lời mở đầu bị bỏ qua\r\n"
    "--bien\r\n"
    "Content-Disposition: form-data; name=\"ghi-chu\"\r\n\r\n"
    "Hội nghị\r\n--bie không phải là biên\r\n"
    "\r\n--bien \t\r\n"
    "content-type: text/plain\r\n"
    "content-disposition: form-data; name=\"tep\"; filename=\"C:\\Users\\a\\k\xE1\xBA\xBF ho\xE1\xBA\xA1"
    "ch.txt\"\r\n\r\n"
    "--bien ở đầu dòng này là chữ thường vì thiếu dòng mới\r"
    "\r\n--bien\r\n"
    "Content-Disposition: form-data; filename=\"../../etc/r%22ong.md\"; name=tep\r\n\r\n"
    "\r\n--bien--\r\nlời kết";

static void
test_two_files(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	for (size_t step = 1; step <= sizeof(TWO_FILES); step++) {
		int status;
		const HttpRequest *request = &fixture->request;
		g_autoptr(HttpBody) body G_GNUC_UNUSED =
		    feed(fixture, TYPE, TWO_FILES, sizeof(TWO_FILES) - 1, step, &status);
		g_autofree char *first = NULL;
		g_autofree char *hash = NULL;

		g_assert_cmpint(status, ==, 0);
		g_assert_cmpuint(request->n_form, ==, 1);
		g_assert_cmpstr(
		    http_request_form(request, "ghi-chu"), ==, "Hội nghị\r\n--bie không phải là biên\r\n");
		g_assert_null(http_request_form(request, "tep"));
		g_assert_cmpuint(request->n_files, ==, 2);
		g_assert_cmpstr(request->files[0].name, ==, "kế hoạch.txt");
		g_assert_cmpstr(request->files[0].field, ==, "tep");
		first = content_of(&request->files[0]);
		g_assert_true(g_str_has_suffix(first, "dòng mới\r"));
		hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, first, -1);
		g_assert_cmpstr(request->files[0].sha256, ==, hash);
		g_assert_cmpstr(request->files[1].name, ==, "r\"ong.md");
		g_assert_cmpuint(request->files[1].size, ==, 0);
		g_assert_cmpuint(count_files(fixture), ==, 2);
	}
}

#define PART "--bien\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
#define FILE_PART(name) "--bien\r\nContent-Disposition: form-data; name=\"a\"; filename=\"" name "\"\r\n\r\n"

static void
test_refusals(Fixture *fixture, gconstpointer unused)
{
	static const struct {
		const char *type, *text;
		int status;
	} CASES[] = {
	    {TYPE, PART "x\r\n--bien--", 0},
	    {TYPE, "--bien--", 0},
	    {TYPE, FILE_PART("") "\r\n--bien--", 0},    /* a file field left empty */
	    {TYPE, FILE_PART("") "x\r\n--bien--", 400}, /* content without a name */
	    {TYPE, "", 400},                            /* no boundary at all */
	    {TYPE, PART "x", 400},                      /* no closing boundary */
	    {TYPE, PART "x\r\n--bien", 400},            /* cut in the boundary */
	    {TYPE, PART "x\r\n--bienx--", 400},         /* a boundary that goes on */
	    {TYPE, "--bien\r\n\r\nx\r\n--bien--", 400}, /* a part without headers */
	    {TYPE, "--bien\r\nContent-Type: a\r\n\r\nx\r\n--bien--", 400},
	    {TYPE, "--bien\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--bien--", 400},
	    {TYPE, "--bien\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--bien--", 400},
	    {TYPE, PART "\xFF\r\n--bien--", 400},               /* not UTF-8 */
	    {"multipart/form-data", PART "x\r\n--bien--", 415}, /* the boundary is not named */
	    {"multipart/form-data; boundary=\"\"", "", 415},
	    {"multipart/form-data; boundary=a<b", "", 415},
	    {"multipart/mixed; boundary=bien", "", 415},
	    {"application/json", "{}", 415},
	    {"application/x-www-form-urlencoded", "a=1&b=%C4%91", 0},
	    {"application/x-www-form-urlencoded; charset=UTF-8", "", 0},
	    {"application/x-www-form-urlencoded", "a=%zz", 400},
	    {NULL, "", 0},
	};

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		for (size_t step = 1; step < 80; step += 13) {
			g_test_message("case %zu, pieces of %zu", i, step);
			g_assert_cmpint(
			    status_of(fixture, CASES[i].type, CASES[i].text, step), ==, CASES[i].status);
			if (CASES[i].status != 0)
				g_assert_nonnull(fixture->request.problem);
		}
	}
}

/* A part of `n` bytes. */
static GString *
large_part(const char *head, size_t n)
{
	GString *text = g_string_new(head);
	size_t start = text->len;

	g_string_set_size(text, start + n);
	memset(text->str + start, 'a', n);
	g_string_append(text, "\r\n--bien--");
	return text;
}

static void
test_ceilings(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GString) field = large_part(PART, HTTP_FORM_BYTES_MAX + 1);
	g_autoptr(GString) fits = large_part(FILE_PART("a.txt"), FILE_BYTES_MAX);
	g_autoptr(GString) file = large_part(FILE_PART("a.txt"), FILE_BYTES_MAX + 1);
	g_autoptr(GString) headers = large_part("--bien\r\nContent-Type: ", HTTP_PART_HEADER_BYTES_MAX + 1);
	g_autoptr(GString) pairs = g_string_new("a=1");
	g_autoptr(GString) parts = g_string_new(NULL);

	(void)unused;
	for (size_t i = 0; i < HTTP_FORM_PAIRS_MAX; i++)
		g_string_append(pairs, "&a=1");
	for (size_t i = 0; i <= HTTP_FILES_MAX; i++)
		g_string_append(parts, FILE_PART("a.txt") "x\r\n");
	g_string_append(parts, "--bien--");
	fixture->rules.body_bytes_max = 3 * HTTP_FORM_BYTES_MAX;
	g_assert_cmpint(status_of(fixture, TYPE, field->str, 4096), ==, 413);
	g_assert_cmpint(status_of(fixture, TYPE, fits->str, 4096), ==, 0);
	g_assert_cmpint(status_of(fixture, TYPE, file->str, 4096), ==, 413);
	g_assert_nonnull(strstr(fixture->request.problem, "a.txt"));
	g_assert_cmpint(status_of(fixture, TYPE, headers->str, 4096), ==, 400);
	g_assert_cmpint(status_of(fixture, TYPE, parts->str, 4096), ==, 413);
	g_assert_cmpint(status_of(fixture, "application/x-www-form-urlencoded", pairs->str, 4096), ==, 400);
	fixture->rules.body_bytes_max = FILE_BYTES_MAX;
	g_assert_cmpint(status_of(fixture, TYPE, fits->str, 4096), ==, 413);
	fixture->rules.file_bytes_max = 0;
	g_assert_cmpint(status_of(fixture, TYPE, FILE_PART("a.txt") "x\r\n--bien--", 7), ==, 400);
	fixture->rules.file_status = 503;
	g_assert_cmpint(status_of(fixture, TYPE, FILE_PART("a.txt") "x\r\n--bien--", 7), ==, 503);
}

/* The file is the handler's as soon as it has moved it away. */
static void
test_moved_away(Fixture *fixture, gconstpointer unused)
{
	static const char TEXT[] = FILE_PART("a.txt") "kế hoạch\r\n--bien--";
	g_autofree char *kept = g_build_filename(fixture->folder, "giu-lai", NULL);
	int status;
	HttpBody *body = feed(fixture, TYPE, TEXT, sizeof(TEXT) - 1, 5, &status);

	(void)unused;
	g_assert_cmpint(status, ==, 0);
	g_assert_cmpint(g_rename(fixture->request.files[0].path, kept), ==, 0);
	http_body_free(body);
	g_assert_cmpuint(count_files(fixture), ==, 1);
	g_assert_cmpint(g_unlink(kept), ==, 0);
}

static void
test_no_folder(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->rules.directory = "/khong/co/thu/muc";
	g_assert_cmpint(status_of(fixture, TYPE, FILE_PART("a.txt") "x\r\n--bien--", 7), ==, 500);
}

#define ADD(name, function) g_test_add("/body/" name, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("two-files", test_two_files);
	ADD("refusals", test_refusals);
	ADD("ceilings", test_ceilings);
	ADD("moved-away", test_moved_away);
	ADD("no-folder", test_no_folder);
	return g_test_run();
}
