/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor that bench/run-pages measures us against: the least a program with this HTTP library and this
 * database can do for the task page. One thread, one prepared statement, one buffer; no routes, no filters,
 * no counts, no errors. floor PORT DATABASE AFTER HEAD TAIL HEAD and TAIL are our own page cut before its
 * first row and behind its last; the rows between them, those behind task number AFTER, are read and written
 * here, and bench/run-pages checks that the whole is our page byte by byte. */
#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROWS 50
#define TODAY 20802 /* 2026-12-15, the --now of bench/run-pages */

typedef struct Text {
	char *bytes;
	size_t len, room;
} Text;

typedef struct Floor {
	sqlite3_stmt *rows;
	Text head, tail, page;
} Floor;

static void
put(Text *text, const char *bytes, size_t len)
{
	if (text->room - text->len < len) {
		text->room = (text->room + len) * 2;
		text->bytes = realloc(text->bytes, text->room);
		if (text->bytes == NULL)
			abort();
	}
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
}

#define PUT(text, literal) put((text), (literal), sizeof(literal) - 1)

/* Our statement task_page, word for word. */
static const char SQL[] =
    "SELECT t.task_no, t.no, t.name, t.output, t.lead, t.coordinating, t.annex_no, t.group_no, "
    "t.section_title, "
    "t.deadline_kind, t.due_day, t.start_day, t.period, t.deadline_raw, t.confidence "
    "FROM task t "
    "WHERE t.commune_id = ?1 AND t.plan_id = ?2 AND t.task_no > ?3 AND t.due_key BETWEEN ?4 AND ?5 "
    "AND (?6 IS NULL OR t.annex_no = ?6) "
    "ORDER BY t.task_no LIMIT ?7";

enum { TASK_NO, NO, NAME, LEAD = 4, KIND = 9, DUE, START, PERIOD, DEADLINE };
enum { KIND_ONCE = 1, KIND_RECURRING, KIND_CONTINUOUS, KIND_CONDITIONAL };

static void
put_escaped(Text *text, sqlite3_stmt *rows, int column)
{
	const char *value = (const char *)sqlite3_column_text(rows, column);
	const char *end = value + sqlite3_column_bytes(rows, column);

	while (value < end) {
		size_t plain = strcspn(value, "&<>");

		put(text, value, plain);
		value += plain;
		if (*value == '&')
			PUT(text, "&amp;");
		else if (*value == '<')
			PUT(text, "&lt;");
		else if (*value == '>')
			PUT(text, "&gt;");
		value += value < end;
	}
}

static void
put_number(Text *text, int64_t number)
{
	char digits[24];

	put(text, digits, (size_t)snprintf(digits, sizeof(digits), "%lld", (long long)number));
}

/* The last day of the period that today is in: a month, quarter, half-year or year. */
static void
put_period_end(Text *text, int period)
{
	static const int MONTHS[] = {1, 1, 3, 6, 12};
	time_t now = (time_t)TODAY * 86400;
	struct tm day;
	char end[16];

	gmtime_r(&now, &day);
	day.tm_mon = (day.tm_mon / MONTHS[period] + 1) * MONTHS[period];
	day.tm_mday = 0;
	timegm(&day);
	put(text, end, strftime(end, sizeof(end), "%d/%m/%Y", &day));
}

static void
put_state(Text *text, sqlite3_stmt *rows)
{
	int kind = sqlite3_column_int(rows, KIND), days = sqlite3_column_int(rows, DUE) - TODAY;

	PUT(text, "<span class=\"st ");
	if (kind == KIND_ONCE && days < 0) {
		PUT(text, "late\">Quá hạn ");
		put_number(text, -days);
		PUT(text, " ngày");
	} else if (kind == KIND_ONCE && days <= 30) {
		PUT(text, "soon\">Còn ");
		put_number(text, days);
		PUT(text, " ngày");
	} else if (kind == KIND_ONCE) {
		PUT(text, "run\">Trong hạn");
	} else if (kind == KIND_RECURRING) {
		PUT(text, "run\">Kỳ tới: ");
		put_period_end(text, sqlite3_column_int(rows, PERIOD));
	} else if (kind == KIND_CONTINUOUS) {
		PUT(text, "run\">Thường xuyên");
	} else if (kind == KIND_CONDITIONAL) {
		PUT(text, "idle\">Chờ điều kiện");
	} else {
		PUT(text, "idle\">Chưa có thời hạn");
	}
	PUT(text, "</span>");
}

static void
write_row(Text *text, sqlite3_stmt *rows)
{
	int64_t task_no = sqlite3_column_int64(rows, TASK_NO);

	PUT(text, "<tr id=\"nv-");
	put_number(text, task_no);
	PUT(text, "\">\n<td data-l=\"Số\">");
	put_escaped(text, rows, NO);
	PUT(text, "</td>\n<td class=\"full t-name\" data-l=\"Nhiệm vụ\"><a href=\"/nhiem-vu/");
	put_number(text, task_no);
	PUT(text, "\">");
	put_escaped(text, rows, NAME);
	PUT(text, "</a></td>\n<td data-l=\"Chủ trì\">");
	put_escaped(text, rows, LEAD);
	PUT(text, "</td>\n<td data-l=\"Thời hạn\">");
	put_escaped(text, rows, DEADLINE);
	PUT(text, "</td>\n<td data-l=\"Tình trạng\">");
	put_state(text, rows);
	PUT(text, "\n</td>\n</tr>\n");
}

/* One commune, one plan, all deadlines and annexes; one row more than is shown, as we ask for. */
static void
bind_page(sqlite3_stmt *rows, int64_t after)
{
	sqlite3_bind_int64(rows, 1, 1);
	sqlite3_bind_int64(rows, 2, 1);
	sqlite3_bind_int64(rows, 3, after);
	sqlite3_bind_int64(rows, 4, INT32_MIN);
	sqlite3_bind_int64(rows, 5, INT32_MAX);
	sqlite3_bind_int64(rows, 7, ROWS + 1);
}

static bool
read_file(const char *path, Text *ret_text)
{
	FILE *stream = fopen(path, "rb");
	char chunk[4096];
	size_t n;

	if (stream == NULL)
		return false;
	while ((n = fread(chunk, 1, sizeof(chunk), stream)) > 0)
		put(ret_text, chunk, n);
	fclose(stream);
	return true;
}

static void
write_page(Floor *floor)
{
	floor->page.len = 0;
	put(&floor->page, floor->head.bytes, floor->head.len);
	for (int i = 0; sqlite3_step(floor->rows) == SQLITE_ROW; i++)
		if (i < ROWS)
			write_row(&floor->page, floor->rows);
	sqlite3_reset(floor->rows);
	put(&floor->page, floor->tail.bytes, floor->tail.len);
}

static enum MHD_Result
answer(void *closure, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *upload, size_t *upload_size, void **request)
{
	Floor *floor = closure;
	struct MHD_Response *response;
	enum MHD_Result result;

	(void)url, (void)method, (void)version, (void)upload, (void)upload_size, (void)request;
	write_page(floor);
	response = MHD_create_response_from_buffer(floor->page.len, floor->page.bytes, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
	result = MHD_queue_response(connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return result;
}

int
main(int argc, char **argv)
{
	Floor floor = {0};
	sqlite3 *db;
	struct MHD_Daemon *daemon;
	sigset_t stops;
	int stop;

	if (argc != 6 || !read_file(argv[4], &floor.head) || !read_file(argv[5], &floor.tail)) {
		fprintf(stderr, "floor PORT DATABASE AFTER HEAD TAIL\n");
		return 2;
	}
	if (sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v3(db, SQL, -1, SQLITE_PREPARE_PERSISTENT, &floor.rows, NULL) != SQLITE_OK) {
		fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
		return 4;
	}
	bind_page(floor.rows, strtol(argv[3], NULL, 10));
	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigprocmask(SIG_BLOCK, &stops, NULL);
	daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)strtol(argv[1], NULL, 10), NULL,
	    NULL, answer, &floor, MHD_OPTION_END);
	if (daemon == NULL) {
		fprintf(stderr, "floor: port %s: %s\n", argv[1], strerror(errno));
		return 4;
	}
	sigwait(&stops, &stop);
	MHD_stop_daemon(daemon);
	return 0;
}
