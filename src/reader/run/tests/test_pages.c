/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/reader.h"
#include "reader/run/tests/fake.h"

#include <glib/gstdio.h>
#include <string.h>

/* Files whose pages are recognised one by one, with the stand-in for all readers. */

static char *work_directory, *log_path;

static void
set_up_work(void)
{
	work_directory = g_build_filename(fake_directory, "work", NULL);
	log_path = g_build_filename(fake_directory, "starts", NULL);
	g_assert_cmpint(g_mkdir(work_directory, 0700), ==, 0);
}

/* Forgets what was started and kept. */
static void
start_afresh(void)
{
	g_autoptr(GDir) dir = g_dir_open(work_directory, 0, NULL);
	const char *name;

	g_remove(log_path);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(work_directory, name, NULL);

		g_remove(path);
	}
}

static void
tear_down_work(void)
{
	start_afresh();
	g_rmdir(work_directory);
	g_clear_pointer(&work_directory, g_free);
	g_clear_pointer(&log_path, g_free);
}

/* How often a form was started for a page. */
static guint
count_starts(const char *line)
{
	g_autofree char *log = NULL;
	g_auto(GStrv) lines = NULL;
	guint n = 0;

	if (!g_file_get_contents(log_path, &log, NULL, NULL))
		return 0;
	lines = g_strsplit(log, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++)
		n += strcmp(lines[i], line) == 0;
	return n;
}

static bool
read_pdf(const char *orders, const ReaderOptions *options, BlockDocument **ret_document, GError **error)
{
	g_autofree char *file = g_strdup_printf("%%PDF-1.7\nLOG:%s\n%s", log_path, orders);
	bool is_ok = reader_read(file, strlen(file), options, ret_document, error);

	fake_assert_no_process();
	return is_ok;
}

static void
assert_text(const BlockDocument *document, guint at, const char *expected)
{
	const Block *block = g_ptr_array_index(document->blocks, at);
	g_autofree char *text = block_text_join(&block->text);

	g_assert_cmpstr(text, ==, expected);
}

typedef struct Progress {
	GArray *pages;
	uint32_t n_pages;
	gint *cancel_at_page; /* set to 1 when the given page is begun */
	uint32_t page;
} Progress;

static void
on_progress(void *data, uint32_t page, uint32_t n_pages)
{
	Progress *progress = data;

	g_array_append_val(progress->pages, page);
	progress->n_pages = n_pages;
	if (progress->cancel_at_page != NULL && page == progress->page)
		g_atomic_int_set(progress->cancel_at_page, 1);
}

static void
test_all_pages(void)
{
	g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	Progress progress = {.pages = pages};
	const ReaderOptions options = {.max_workers = 2, .on_progress = on_progress, .data = &progress};
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	start_afresh();
	g_assert_true(read_pdf("SHEETS:5\n", &options, &document, &error));
	g_assert_no_error(error);
	g_assert_cmpint(document->source, ==, BLOCK_SOURCE_SCAN);
	g_assert_cmpuint(document->blocks->len, ==, 5);
	assert_text(document, 0, "chữ-1");
	assert_text(document, 4, "chữ-5");
	g_assert_cmpuint(progress.n_pages, ==, 5);
	g_assert_cmpuint(pages->len, ==, 5);
	for (uint32_t i = 0; i < 5; i++)
		g_assert_cmpuint(g_array_index(pages, uint32_t, i), ==, i + 1);
}

static void
test_image(void)
{
	static const char FILE_BYTES[] = "\x89PNG\r\n\x1A\n";
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(reader_read(FILE_BYTES, sizeof(FILE_BYTES) - 1, NULL, &document, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(document->blocks->len, ==, 2);
	assert_text(document, 1, "chữ-2");
}

static void
test_one_page_fails(void)
{
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;
	const BlockNote *note;

	start_afresh();
	g_assert_true(read_pdf("SHEETS:3\nFAIL:2\n", NULL, &document, &error));
	g_assert_no_error(error);
	assert_text(document, 0, "chữ-1");
	assert_text(document, 1, "");
	assert_text(document, 2, "chữ-3");
	g_assert_cmpuint(document->notes->len, ==, 1);
	note = g_ptr_array_index(document->notes, 0);
	g_assert_cmpstr(note->rule, ==, "page-not-recognised");
	g_assert_cmpuint(note->page, ==, 2);
	g_assert_nonnull(strstr(note->message, "dừng đột ngột"));
}

static void
test_every_page_fails(void)
{
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	start_afresh();
	g_assert_false(read_pdf("SHEETS:1\nFAIL:1\n", NULL, &document, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
	g_assert_nonnull(strstr(error->message, "bộ nhận dạng chữ dừng đột ngột ở trang 1"));
}

/* Without the recogniser, pages that need none are still read; a document of pictures alone is not. */
static void
test_no_recogniser(void)
{
	g_autofree char *path = g_build_filename(fake_directory, "namro-read-ocr", NULL);
	g_autofree char *aside = g_build_filename(fake_directory, "aside", NULL);
	g_autoptr(BlockDocument) document = NULL, none = NULL;
	g_autoptr(GError) error = NULL;

	start_afresh();
	g_assert_cmpint(g_rename(path, aside), ==, 0);
	g_assert_true(read_pdf("SHEETS:3\nREADABLE:1\n", NULL, &document, &error));
	g_assert_no_error(error);
	assert_text(document, 0, "chữ");
	g_assert_cmpuint(document->notes->len, ==, 2);
	g_assert_false(read_pdf("SHEETS:2\n", NULL, &none, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
	g_assert_nonnull(strstr(error->message, "namro-read-ocr"));
	g_assert_cmpint(g_rename(aside, path), ==, 0);
}

/* A recogniser that answers for another page than its own replaces nothing. */
static void
test_wrong_page(void)
{
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	start_afresh();
	g_assert_true(read_pdf("SHEETS:2\nLIE:2\n", NULL, &document, &error));
	g_assert_no_error(error);
	assert_text(document, 0, "chữ-1");
	assert_text(document, 1, "");
	g_assert_cmpuint(document->notes->len, ==, 1);
}

static void
test_resume(void)
{
	static const char ORDERS[] = "SHEETS:4\nSLOW:1\n";
	g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	gint is_cancelled = 0;
	Progress progress = {.pages = pages, .cancel_at_page = &is_cancelled, .page = 3};
	ReaderOptions options = {.work_directory = work_directory,
	    .max_workers = 1,
	    .is_cancelled = &is_cancelled,
	    .on_progress = on_progress,
	    .data = &progress};
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	start_afresh();
	g_assert_false(read_pdf(ORDERS, &options, &document, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
	g_clear_error(&error);
	g_assert_cmpuint(count_starts("page 2"), ==, 1);
	g_assert_cmpuint(count_starts("page 4"), ==, 0);

	g_atomic_int_set(&is_cancelled, 0);
	progress.cancel_at_page = NULL;
	g_array_set_size(pages, 0);
	g_assert_true(read_pdf(ORDERS, &options, &document, &error));
	g_assert_no_error(error);
	assert_text(document, 0, "chữ-1");
	assert_text(document, 3, "chữ-4");
	g_assert_cmpuint(count_starts("page 1"), ==, 1);
	g_assert_cmpuint(count_starts("page 2"), ==, 1);
	g_assert_cmpuint(count_starts("page 4"), ==, 1);
	g_assert_cmpuint(g_array_index(pages, uint32_t, 0), ==, 3);
}

/* How a scan had to be turned arrives with the pages, and only those that were recognised. */
static void
test_turned(void)
{
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(read_pdf("SHEETS:2\nREADABLE:1\nTURNS:3\n", NULL, &document, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(g_array_index(document->pages, BlockPage, 0).turns, ==, 0);
	g_assert_cmpuint(g_array_index(document->pages, BlockPage, 1).turns, ==, 3);
}

static void
test_names(void)
{
	static const char *const NAMES[] = {"Phòng Kinh tế", "", "Ban Quản lý chợ", NULL};
	const ReaderOptions options = {.agencies = NAMES};
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	start_afresh();
	g_assert_true(read_pdf("SHEETS:1\n", &options, &document, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(count_starts("page 1 Phòng Kinh tế Ban Quản lý chợ"), ==, 1);
}

/* However many there are, the command can be started: the first ones are told. */
static void
test_too_many_names(void)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) expected = g_string_new("page 1");
	ReaderOptions options = {0};

	g_ptr_array_add(names, g_strnfill(LIMIT_KNOWN_NAMES_BYTES, 'x'));
	for (guint i = 0; i < 2 * LIMIT_KNOWN_NAMES; i++) {
		g_ptr_array_add(names, g_strdup_printf("n%u", i));
		if (i < LIMIT_KNOWN_NAMES)
			g_string_append_printf(expected, " n%u", i);
	}
	g_ptr_array_add(names, NULL);
	options.agencies = (const char *const *)names->pdata;
	start_afresh();
	g_assert_true(read_pdf("SHEETS:1\n", &options, &document, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(count_starts(expected->str), ==, 1);
}

/* A kept page that was cut short, or is of another page, is recognised again. */
static void
test_broken_kept_page(void)
{
	const ReaderOptions options = {.work_directory = work_directory};
	g_autoptr(BlockDocument) first = NULL, second = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = NULL;
	const char *name;

	start_afresh();
	g_assert_true(read_pdf("SHEETS:2\n", &options, &first, &error));
	g_assert_no_error(error);
	dir = g_dir_open(work_directory, 0, NULL);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(work_directory, name, NULL);

		g_assert_true(g_str_has_suffix(name, ".pages"));
		g_assert_true(g_file_set_contents(path, "Q\x05", 2, NULL));
	}
	g_assert_true(read_pdf("SHEETS:2\n", &options, &second, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(count_starts("page 1"), ==, 2);
	g_assert_cmpuint(count_starts("page 2"), ==, 2);
	assert_text(second, 1, "chữ-2");
}

/* What a file is, its bytes say; a name that says otherwise becomes a note. */
static void
test_wrong_name(void)
{
	static const struct {
		const char *name;
		guint n_notes;
	} CASES[] = {{"a.docx", 1}, {"a.PDF", 0}, {"a.b/ke-hoach", 0}, {"a.jpeg", 1}};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const ReaderOptions options = {.file_name = CASES[i].name};
		g_autoptr(BlockDocument) document = NULL;
		g_autoptr(GError) error = NULL;

		g_assert_true(read_pdf("SHEETS:1\n", &options, &document, &error));
		g_assert_no_error(error);
		g_assert_cmpuint(document->notes->len, ==, CASES[i].n_notes);
	}
}

static void
test_render(void)
{
	static const char FILE_BYTES[] = "%PDF-1.7\nSHEETS:2\n";
	g_autofree char *png = NULL;
	g_autoptr(GError) error = NULL;
	size_t len;

	g_assert_true(reader_render_page(FILE_BYTES, sizeof(FILE_BYTES) - 1, 2, 900, 3, &png, &len, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(len, ==, 24);
	g_assert_cmpint(png[23], ==, 1 + 3);
	g_assert_false(reader_render_page(FILE_BYTES, sizeof(FILE_BYTES) - 1, 3, 900, 0, &png, &len, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_false(reader_render_page("chữ", 4, 1, 900, 0, &png, &len, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

int
main(int argc, char **argv)
{
	int result;

	g_test_init(&argc, &argv, NULL);
	g_assert_cmpint(argc, ==, 2);
	fake_set_up(argv[1]);
	set_up_work();
	g_test_add_func("/pages/all", test_all_pages);
	g_test_add_func("/pages/image", test_image);
	g_test_add_func("/pages/one-fails", test_one_page_fails);
	g_test_add_func("/pages/every-one-fails", test_every_page_fails);
	g_test_add_func("/pages/no-recogniser", test_no_recogniser);
	g_test_add_func("/pages/wrong-page", test_wrong_page);
	g_test_add_func("/pages/resume", test_resume);
	g_test_add_func("/pages/broken-kept-page", test_broken_kept_page);
	g_test_add_func("/pages/wrong-name", test_wrong_name);
	g_test_add_func("/pages/turned", test_turned);
	g_test_add_func("/pages/names", test_names);
	g_test_add_func("/pages/too-many-names", test_too_many_names);
	g_test_add_func("/pages/render", test_render);
	result = g_test_run();
	tear_down_work();
	fake_tear_down();
	return result;
}
