/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/record.h"
#include "compiler/blocks/blocks.h"
#include "reader/page.h"
#include "reader/sandbox/child.h"
#include "reader/sandbox/frame.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Stands in for all readers in tests. What it does is written in its input, in lines behind the mark of the
 * format: "DO:loop", "SHEETS:3" (pages), "READABLE:1" (of those the first need no recognition), "FAIL:2" (the
 * page that crashes), "SLOW:1" (recognition takes its time), "TEXT:…" (what is recognised), "TURNS:2" (and
 * how that page had to be turned), "LOG:/path" (a file to which each start adds a line). */

static char *
order_of(const char *bytes, size_t len, const char *key)
{
	const char *at = memmem(bytes, len, key, strlen(key)), *end;

	if (at == NULL)
		return NULL;
	at += strlen(key);
	end = memchr(at, '\n', len - (size_t)(at - bytes));
	return g_strndup(at, end != NULL ? (size_t)(end - at) : len - (size_t)(at - bytes));
}

static uint32_t
number_of(const char *bytes, size_t len, const char *key)
{
	g_autofree char *text = order_of(bytes, len, key);

	return text != NULL ? (uint32_t)g_ascii_strtoull(text, NULL, 10) : 0;
}

static void
fall_asleep(void)
{
	for (;;)
		sleep(1000);
}

static void
do_loop(void)
{
	volatile bool is_looping = true;

	while (is_looping) {
	}
}

/* What the kernel does when the processor time is used up. */
static void
do_use_up(void)
{
	(void)raise(SIGXCPU);
}

static void
do_memory(void)
{
	static const size_t STEP = (size_t)8 * 1024 * 1024;

	for (;;) {
		char *bytes = malloc(STEP);

		if (bytes == NULL)
			abort();
		/* Unlike memset(), not left out by a compiler that sees nobody read it. */
		explicit_bzero(bytes, STEP);
		usleep(1000);
	}
}

static void
do_socket(void)
{
	(void)socket(AF_INET, SOCK_STREAM, 0);
}

static void
do_fork(void)
{
	if (fork() == 0)
		fall_asleep();
}

static void
do_exec(void)
{
	(void)execl("/bin/sleep", "sleep", "1000", NULL);
}

static void
do_crash(void)
{
	(void)signal(SIGSEGV, SIG_DFL);
	(void)raise(SIGSEGV);
}

static void
do_abort(void)
{
	(void)signal(SIGABRT, SIG_DFL);
	abort();
}

static void
do_flood_log(void)
{
	static const char NOISE[4096];

	for (;;)
		if (write(STDERR_FILENO, NOISE, sizeof(NOISE)) < 0)
			return;
}

static void
do_leave(void)
{
	_exit(0);
}

static void
do_leave_with_code(void)
{
	_exit(3);
}

static void
do_close(void)
{
	for (int fd = 0; fd < 64; fd++)
		close(fd);
	fall_asleep();
}

/* Bytes on the descriptor of the answer, past the frames: the first one behind the three standard ones. */
static void
say(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDERR_FILENO + 1, bytes, len);

		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

static void
do_garbage(void)
{
	say("đây không phải là kết quả", 30);
}

static void
do_half(void)
{
	say("d\x10\0\0\0abc", 8);
	_exit(0);
}

static void
do_huge_frame(void)
{
	say("d\xFF\xFF\xFF\x7F", 5);
	fall_asleep();
}

static void
do_flood(void)
{
	static const char FRAME[5 + 65536] = "d\0\0\1";

	for (;;)
		say(FRAME, sizeof(FRAME));
}

/* A whole answer, and no end of the process. */
static void
do_end_asleep(void)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_WORD);
	g_autoptr(GString) frame = g_string_new(NULL);
	size_t begin = record_begin(frame, FRAME_PAYLOAD);

	blocks_write(document, frame);
	record_end(frame, begin);
	record_end(frame, record_begin(frame, FRAME_END));
	say(frame->str, frame->len);
	fall_asleep();
}

static const struct {
	const char *name;
	void (*run)(void);
} DEEDS[] = {{"loop", do_loop}, {"use-up", do_use_up}, {"memory", do_memory}, {"socket", do_socket},
    {"fork", do_fork}, {"exec", do_exec}, {"crash", do_crash}, {"abort", do_abort}, {"orphan", do_crash},
    {"flood-log", do_flood_log}, {"leave", do_leave}, {"leave-with-code", do_leave_with_code},
    {"close", do_close}, {"garbage", do_garbage}, {"half", do_half}, {"huge-frame", do_huge_frame},
    {"flood", do_flood}, {"sleep", fall_asleep}, {"end-asleep", do_end_asleep}};

static void
do_deed(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(DEEDS); i++)
		if (strcmp(DEEDS[i].name, name) == 0)
			DEEDS[i].run();
}

static bool
refuse(const char *message, GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL, message);
	return false;
}

/* Tells by an error whether a file could be opened for writing. */
static bool
try_to_write(const char *path, GError **error)
{
	return open(path, O_WRONLY | O_CREAT, 0600) < 0 ? refuse("không ghi được", error)
							: refuse("đã ghi tệp", error);
}

static void
put(ChildOutput *output, const GString *bytes)
{
	child_put(output, bytes->str, bytes->len);
}

static void
give_blocks(const char *text, ChildOutput *output)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_WORD);
	g_autoptr(GString) stream = g_string_new(NULL);
	Block *block = block_document_add(document, BLOCK_PARAGRAPH);

	block_text_add(
	    document, &block->text, text, strlen(text), (BlockPlace){0}, BLOCK_BREAK_PARAGRAPH, 100);
	blocks_write(document, stream);
	put(output, stream);
}

static void
add_word(PageSet *set, PageSheet *sheet, const char *text)
{
	g_autofree char *copy = g_strdup(text);

	page_add_word(set, sheet, &(PageWord){.text = copy, .box = {1, 1, 2, 2}, .confidence = 90});
}

static void
give_sheets(uint32_t n_sheets, uint32_t n_with_text, ChildOutput *output)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GString) stream = g_string_new(NULL);

	for (uint32_t number = 1; number <= n_sheets; number++) {
		PageSheet *sheet = page_set_add(set, number, 595, 842);

		sheet->needs_recognition = number > n_with_text;
		if (!sheet->needs_recognition)
			add_word(set, sheet, "chữ");
	}
	page_set_write(set, stream);
	put(output, stream);
}

static void
give_page(const char *bytes, size_t len, uint32_t number, ChildOutput *output)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_SCAN);
	g_autoptr(GString) stream = g_string_new(NULL);
	g_autofree char *text = order_of(bytes, len, "TEXT:");
	PageSheet *sheet = page_set_add(set, number, 595, 842);

	if (text == NULL)
		text = g_strdup_printf("chữ-%u", number);
	sheet->turns = (uint8_t)number_of(bytes, len, "TURNS:");
	add_word(set, sheet, text);
	page_set_write(set, stream);
	put(output, stream);
}

/* What the layout would do, without any: a page and a block for each sheet, and its words. */
static bool
lay_out(const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GString) stream = g_string_new(NULL);
	BlockDocument *document = set->document;

	if (!page_set_read(bytes, len, set, error))
		return false;
	for (guint i = 0; i < set->sheets->len; i++) {
		const PageSheet *sheet = g_ptr_array_index(set->sheets, i);
		Block *block = block_document_add(document, BLOCK_PARAGRAPH);
		const BlockPlace place = {.page = sheet->number};
		BlockPage page = {sheet->width, sheet->height, sheet->is_scan, sheet->turns};

		g_array_append_val(document->pages, page);
		for (guint k = 0; k < sheet->words->len; k++) {
			const char *text = g_array_index(sheet->words, PageWord, k).text;

			block_text_add(
			    document, &block->text, text, strlen(text), place, BLOCK_BREAK_SPACE, 90);
		}
	}
	blocks_write(document, stream);
	put(output, stream);
	return true;
}

static bool
recognise(const char *bytes, size_t len, uint32_t page, ChildOutput *output)
{
	if (page == number_of(bytes, len, "FAIL:"))
		do_crash();
	if (number_of(bytes, len, "SLOW:") != 0)
		usleep(200 * 1000);
	give_page(bytes, len, page == number_of(bytes, len, "LIE:") ? 1 : page, output);
	return true;
}

static bool
draw(const char *bytes, size_t len, char **arguments, ChildOutput *output, GError **error)
{
	char png[24] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR";
	uint32_t page, width, turns;

	if (!child_number(arguments, 0, 1, 9999, &page, error) ||
	    !child_number(arguments, 1, 1, 9999, &width, error) ||
	    !child_number(arguments, 2, 0, 3, &turns, error))
		return false;
	if (page > number_of(bytes, len, "SHEETS:")) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "tệp không có trang %u", page);
		return false;
	}
	png[18] = (char)(width >> 8);
	png[19] = (char)(width & 0xFF);
	png[23] = (char)(1 + turns); /* the height tells */
	child_put(output, png, sizeof(png));
	return true;
}

static bool
run(const char *form, char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autofree char *deed = order_of(bytes, len, "DO:");
	g_autofree char *written = order_of(bytes, len, "WRITE:");
	uint32_t n_sheets = number_of(bytes, len, "SHEETS:"), page = 0;

	if (deed != NULL && strcmp(deed, "crash") == 0)
		child_progress(output, 3, 7);
	if (deed != NULL)
		do_deed(deed);
	if (written != NULL)
		return try_to_write(written, error);
	if (strcmp(form, "pages") == 0)
		give_sheets(n_sheets, number_of(bytes, len, "READABLE:"), output);
	else if (strcmp(form, "count") == 0)
		child_put(output, "2", 1);
	else if (strcmp(form, "page") == 0)
		return child_number(arguments, 0, 1, 9999, &page, error) &&
		       recognise(bytes, len, page, output);
	else if (strcmp(form, "blocks") == 0)
		return lay_out(bytes, len, output, error);
	else if (strcmp(form, "render") == 0)
		return draw(bytes, len, arguments, output, error);
	else
		give_blocks("Kế hoạch", output);
	return true;
}

static void
log_start(const char *path, const char *form, char **arguments)
{
	FILE *log = fopen(path, "a");

	if (log != NULL) {
		fputs(form, log);
		for (char **argument = arguments; *argument != NULL; argument++)
			fprintf(log, " %s", *argument);
		fputc('\n', log);
		fclose(log);
	}
}

/* Before the rights are given up: the file may be written to, and a process left behind. */
static bool
prepare(const char *form, char **arguments, GError **error)
{
	char bytes[4096];
	ssize_t len = pread(STDIN_FILENO, bytes, sizeof(bytes), 0);
	g_autofree char *log = len > 0 ? order_of(bytes, (size_t)len, "LOG:") : NULL;
	g_autofree char *deed = len > 0 ? order_of(bytes, (size_t)len, "DO:") : NULL;

	(void)error;
	if (log != NULL)
		log_start(log, form, arguments);
	if (g_strcmp0(deed, "orphan") == 0 && fork() == 0)
		fall_asleep();
	return true;
}

int
main(int argc, char **argv)
{
	static const ChildTool TOOL = {.name = "bad-reader", .cpu_s = 30, .prepare = prepare, .run = run};

	child_main(&TOOL, argc, argv);
}
