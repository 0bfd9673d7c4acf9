/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tests/html_check.h"
#include "modules/register/register.h"
#include "modules/register/register_cells.h"
#include "modules/work/tests/fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Registers out and in, through the reader as a file from outside goes. */

/* libxlsxwriter 1.1.4 loses the formula of a list to choose from. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:lxw_strdup\nleak:libxlsxwriter";
}

static void
export_as(const Fixture *f, int64_t person, const RegisterChoice *choice, GString *out)
{
	WorkScope scope = fixture_scope(f, person);
	g_autoptr(GError) error = NULL;

	register_export(&scope, choice, out, &error);
	g_assert_no_error(error);
}

static void
read_bytes(const Fixture *f, const char *bytes, size_t len, RegisterFile *file)
{
	g_autoptr(GError) error = NULL;

	register_read_file(bytes, len, "so.xlsx", f->arena, file, &error);
	g_assert_no_error(error);
}

/* The register of plan 1 as somebody would fill it in. */
static void
take_out(const Fixture *f, RegisterFile *file)
{
	g_autoptr(GString) bytes = g_string_new(NULL);

	export_as(f, 0, &(RegisterChoice){.plan_id = 1}, bytes);
	read_bytes(f, bytes->str, bytes->len, file);
	g_assert_cmpuint(file->problems->len, ==, 0);
}

static void
take_in(const Fixture *f, int64_t person, RegisterFile *file, RegisterMode mode, RegisterResult *result)
{
	WorkScope scope = fixture_scope(f, person);
	g_autoptr(GError) error = NULL;

	register_import(&scope, file, NULL, 0, mode, result, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < file->problems->len; i++) {
		const RegisterProblem *problem = &g_array_index(file->problems, RegisterProblem, i);

		g_test_message("%s!%s: %s", problem->sheet, problem->address, problem->message);
	}
}

/* The row of a task by its name. */
static RegisterRow *
row_of(const Fixture *f, RegisterFile *file, int64_t task_no)
{
	WorkScope scope = fixture_scope(f, 0);
	int64_t piece_id = fixture_piece(f, task_no);
	const char *mark;

	g_assert_true(register_mark(&scope, &mark, NULL));
	for (size_t i = 0; i < file->n_rows; i++)
		if (register_code_read(&scope, mark, file->rows[i].cells[REGISTER_KEY]) == piece_id)
			return &file->rows[i];
	g_assert_not_reached();
}

static void
check_problem(const RegisterFile *file, guint n, const char *address, const char *words)
{
	const RegisterProblem *problem;

	g_assert_cmpuint(file->problems->len, ==, n);
	problem = &g_array_index(file->problems, RegisterProblem, n - 1);
	g_test_message("%s: %s", problem->address, problem->message);
	if (address != NULL)
		g_assert_cmpstr(problem->address, ==, address);
	g_assert_nonnull(strstr(problem->message, words));
}

static WorkPiece
piece_now(const Fixture *f, int64_t task_no)
{
	WorkScope scope = fixture_scope(f, 0);
	g_autoptr(GError) error = NULL;
	WorkPiece piece;

	work_find(&scope, fixture_piece(f, task_no), &piece, &error);
	g_assert_no_error(error);
	return piece;
}

static void
write_something(const Fixture *f)
{
	WorkEntry update = work_entry(WORK_UPDATE), submit = work_entry(WORK_SUBMIT);

	update.state = WORK_DOING;
	update.percent = 40;
	update.month = work_month_of(APP_TEST_TODAY);
	update.done = "Đã họp thôn\nvà niêm yết; 1.10";
	update.difficulties = "=1+1";
	fixture_act(f, f->police, fixture_piece(f, 1), &update);
	submit.product = "Báo cáo";
	submit.doc_number = "12/BC-UBND";
	submit.day = APP_TEST_TODAY - 1;
	submit.month = update.month;
	fixture_attach(f, fixture_piece(f, 2), "bao-cao", "");
	fixture_act(f, f->office, fixture_piece(f, 2), &submit);
}

static void
test_nothing_changes(Fixture *f, gconstpointer unused)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	g_auto(RegisterFile) file = {0};
	WorkPiece before;

	(void)unused;
	write_something(f);
	before = piece_now(f, 1);
	take_out(f, &file);
	g_assert_cmpuint(file.n_rows, ==, 9);
	g_assert_cmpstr(row_of(f, &file, 1)->cells[REGISTER_DONE], ==, "Đã họp thôn\nvà niêm yết; 1.10");
	g_assert_cmpstr(row_of(f, &file, 1)->cells[REGISTER_DIFFICULTIES], ==, "=1+1");
	take_in(f, 0, &file, REGISTER_WRITE, &result);
	g_assert_cmpuint(file.problems->len, ==, 0);
	g_assert_cmpuint(changes->len, ==, 0);
	g_assert_cmpuint(result.n_same, ==, 9);
	g_assert_cmpint(piece_now(f, 1).version, ==, before.version);
	fixture_verify(f);
}

/* LibreOffice opens it and saves it in its own way. */
static void
test_other_writer(Fixture *f, gconstpointer unused)
{
	g_autofree char *soffice = g_find_program_in_path("soffice"), *folder = NULL, *from = NULL,
			*to = NULL, *profile = NULL, *command = NULL, *saved = NULL, *out = NULL,
			*bytes = NULL;
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	g_autoptr(GString) book = g_string_new(NULL);
	RegisterResult result = {.changes = changes};
	g_auto(RegisterFile) file = {0};
	gsize len;

	(void)unused;
	if (soffice == NULL) {
		g_test_skip("no LibreOffice");
		return;
	}
	write_something(f);
	export_as(f, 0, &(RegisterChoice){.plan_id = 1}, book);
	folder = g_dir_make_tmp("namro-register-XXXXXX", NULL);
	from = g_build_filename(folder, "so.xlsx", NULL);
	out = g_build_filename(folder, "out", NULL);
	saved = g_build_filename(out, "so.xlsx", NULL);
	profile = g_build_filename(folder, "profile", NULL);
	g_assert_true(g_file_set_contents(from, book->str, (gssize)book->len, NULL));
	command =
	    g_strdup_printf("%s -env:UserInstallation=file://%s --headless --convert-to xlsx --outdir %s %s",
		soffice, profile, out, from);
	g_assert_true(g_spawn_command_line_sync(command, &to, NULL, NULL, NULL));
	g_assert_true(g_file_get_contents(saved, &bytes, &len, NULL));
	g_assert_false(len == book->len && memcmp(bytes, book->str, len) == 0);
	read_bytes(f, bytes, len, &file);
	take_in(f, 0, &file, REGISTER_WRITE, &result);
	g_assert_cmpuint(file.problems->len, ==, 0);
	g_assert_cmpuint(changes->len, ==, 0);
	g_assert_cmpuint(result.n_same, ==, 9);
	g_free(command);
	command = g_strdup_printf("rm -rf %s", folder);
	g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
}

static void
test_changes(Fixture *f, gconstpointer unused)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new(), again = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	g_auto(RegisterFile) file = {0};
	RegisterRow *row;
	WorkPiece piece;

	(void)unused;
	fixture_attach(f, fixture_piece(f, 2), "bao-cao", "");
	take_out(f, &file);
	row = row_of(f, &file, 1);
	row->cells[REGISTER_STATE] = " đang thực hiện";
	row->cells[REGISTER_PERCENT] = "55%";
	row->cells[REGISTER_DONE] = "Đã xong một phần";
	row->cells[REGISTER_PERSON] = "người CÔNG AN";
	row = row_of(f, &file, 2);
	row->cells[REGISTER_STATE] = "Chờ nghiệm thu";
	row->cells[REGISTER_PRODUCT] = "Báo cáo";
	row->cells[REGISTER_NUMBER] = "7/BC-UBND";
	row->cells[REGISTER_DAY] = "46371"; /* 15/12/2026, as Excel counts */

	/* Looking at it writes nothing. */
	take_in(f, 0, &file, REGISTER_TRY, &result);
	g_assert_cmpuint(file.problems->len, ==, 0);
	g_assert_cmpuint(changes->len, ==, 2);
	g_assert_cmpuint(result.n_entries, ==, 3);
	g_assert_cmpint(piece_now(f, 1).version, ==, 1);

	take_in(f, 0, &file, REGISTER_WRITE, &result);
	g_assert_cmpuint(file.problems->len, ==, 0);
	piece = piece_now(f, 1);
	g_assert_cmpint(piece.state, ==, WORK_DOING);
	g_assert_cmpint(piece.percent, ==, 55);
	g_assert_cmpint(piece.person_id, ==, f->police);
	piece = piece_now(f, 2);
	g_assert_cmpint(piece.state, ==, WORK_WAITING);
	g_assert_cmpstr(piece.doc_number, ==, "7/BC-UBND");
	g_assert_cmpint(piece.doc_day, ==, APP_TEST_TODAY);

	/* The same file once more says nothing new. */
	result.changes = again;
	take_in(f, 0, &file, REGISTER_WRITE, &result);
	g_assert_cmpuint(again->len, ==, 0);
	g_assert_cmpint(piece_now(f, 1).version, ==, 3);
	fixture_verify(f);
}

/* One cell that is wrong, and nothing of the file is written. */
static void
test_all_or_nothing(Fixture *f, gconstpointer unused)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	g_auto(RegisterFile) file = {0};

	(void)unused;
	take_out(f, &file);
	row_of(f, &file, 1)->cells[REGISTER_DONE] = "Đã xong";
	row_of(f, &file, 9)->cells[REGISTER_PERCENT] = "150";
	take_in(f, 0, &file, REGISTER_WRITE, &result);
	check_problem(&file, 1, NULL, "Tỷ lệ là số nguyên từ 0 đến 100");
	g_assert_cmpint(piece_now(f, 1).version, ==, 1);
	fixture_verify(f);
}

/* What each row may be is asked of the same rules as on pages. */
static void
test_rights(Fixture *f, gconstpointer unused)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	g_auto(RegisterFile) file = {0};

	(void)unused;
	take_out(f, &file);
	row_of(f, &file, 1)->cells[REGISTER_DONE] = "Đã xong"; /* of the police */
	take_in(f, f->office, &file, REGISTER_WRITE, &result);
	check_problem(&file, 1, NULL, "không phải của bạn");
	g_assert_cmpint(piece_now(f, 1).version, ==, 1);
}

typedef struct BadCell {
	RegisterField field;
	const char *text, *words;
} BadCell;

static const BadCell BAD_CELLS[] = {
    {REGISTER_STATE, "Hoàn thành", "người nghiệm thu"}, {REGISTER_STATE, "Gần xong", "Chỉ ghi"},
    {REGISTER_STATE, "Chờ nghiệm thu", "nêu sản phẩm"}, {REGISTER_PERCENT, "0,5", "số nguyên"},
    {REGISTER_DAY, "31/02/2026", "cả số và ngày"}, {REGISTER_NUMBER, "7/BC", "cả số và ngày"},
    {REGISTER_PERSON, "Không Có Ai", "Không có người nào"}, {REGISTER_PRODUCT, "Báo cáo", "khi nộp kết quả"},
    {REGISTER_DUE, "01/01/2030", "gia hạn"}, {REGISTER_MONTH, "10/2026", "Đổi tháng"},
    {REGISTER_KEY, "999-ABCD", "Mã dòng không đúng"}, {REGISTER_IDLE, "x", NULL}, /* fine */
};

static void
test_bad_cells(Fixture *f, gconstpointer unused)
{
	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(BAD_CELLS); i++) {
		const BadCell *bad = &BAD_CELLS[i];
		g_autoptr(GPtrArray) changes = g_ptr_array_new();
		RegisterResult result = {.changes = changes};
		g_auto(RegisterFile) file = {0};

		g_test_message("%s", bad->text);
		take_out(f, &file);
		row_of(f, &file, 1)->cells[bad->field] = bad->text;
		take_in(f, 0, &file, REGISTER_TRY, &result);
		if (bad->words != NULL)
			check_problem(&file, 1, NULL, bad->words);
		else
			g_assert_cmpuint(file.problems->len, ==, 0);
		/* Nothing of what was typed is told on. */
		for (guint k = 0; k < file.problems->len; k++)
			g_assert_null(
			    strstr(g_array_index(file.problems, RegisterProblem, k).message, "Không Có Ai"));
	}
	g_assert_cmpint(piece_now(f, 1).version, ==, 1);
}

static void
test_annex_cells(Fixture *f, gconstpointer unused)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	g_auto(RegisterFile) file = {0};
	RegisterRow *row;

	(void)unused;
	take_out(f, &file);
	row = row_of(f, &file, 1);
	for (int i = 0; i < REGISTER_COLUMNS_MAX; i++)
		if (row->others[i] != NULL && strcmp(row->others[i], "Hoàn thành cơ sở dữ liệu hộ tịch") == 0)
			row->others[i] = "Hoàn thành cái khác";
	take_in(f, 0, &file, REGISTER_WRITE, &result);
	check_problem(&file, 1, NULL, "chép từ phụ lục");
}

/* Somebody else was faster: both are shown, and somebody decides. */
static void
test_conflict(Fixture *f, gconstpointer unused)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	WorkScope scope = fixture_scope(f, 0);
	WorkEntry other = work_entry(WORK_UPDATE);
	g_autoptr(GError) error = NULL;
	g_auto(RegisterFile) file = {0};
	const RegisterChange *change;
	RegisterDecision decision;

	(void)unused;
	take_out(f, &file);
	row_of(f, &file, 1)->cells[REGISTER_PERCENT] = "80";
	other.percent = 30;
	other.done = "Của người khác";
	other.month = work_month_of(APP_TEST_TODAY);
	fixture_act(f, f->police, fixture_piece(f, 1), &other);
	take_in(f, 0, &file, REGISTER_WRITE, &result);
	g_assert_cmpuint(result.n_conflicts, ==, 1);
	change = g_ptr_array_index(changes, 0);
	g_assert_true(change->is_conflict);
	g_assert_cmpstr(change->before[REGISTER_PERCENT], ==, "30");
	g_assert_cmpstr(change->after[REGISTER_PERCENT], ==, "80");
	g_assert_cmpuint(change->n_newer, ==, 1);
	g_assert_cmpint(piece_now(f, 1).percent, ==, 30);

	decision = (RegisterDecision){change->piece_id, change->version - 1, true};
	register_import(&scope, &file, &decision, 1, REGISTER_WRITE, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(result.n_conflicts, ==, 1); /* decided about what is not there any more */
	decision.version++;
	decision.takes_file = false;
	register_import(&scope, &file, &decision, 1, REGISTER_WRITE, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(piece_now(f, 1).percent, ==, 30);
	decision.takes_file = true;
	register_import(&scope, &file, &decision, 1, REGISTER_WRITE, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(piece_now(f, 1).percent, ==, 80);

	/* What the other one wrote in cells that the file left alone is still said. */
	g_clear_pointer(&file.problems, g_array_unref);
	take_out(f, &file);
	g_assert_cmpstr(row_of(f, &file, 1)->cells[REGISTER_DONE], ==, "Của người khác");
	fixture_verify(f);
}

/* --- files that are wrong as a whole ---------------------------------------------------------------------
 */

static void
test_other_files(Fixture *f, gconstpointer unused)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	g_auto(RegisterFile) file = {0}, second = {0}, third = {0};

	(void)unused;
	take_out(f, &file);
	file.mark = "0123456789abcdef";
	take_in(f, 0, &file, REGISTER_TRY, &result);
	check_problem(&file, 1, "", "không phải của đơn vị đang mở");
	take_out(f, &second);
	row_of(f, &second, 1)->plan_id = 7;
	take_in(f, 0, &second, REGISTER_TRY, &result);
	check_problem(&second, 1, NULL, "không còn là bản đang thực hiện");
	take_out(f, &third);
	row_of(f, &third, 1)->version = 99;
	take_in(f, 0, &third, REGISTER_TRY, &result);
	check_problem(&third, 1, NULL, "không khớp với dữ liệu");
}

static Block *
add_sheet(BlockDocument *document, const char *name)
{
	Block *title = block_document_add(document, BLOCK_PARAGRAPH);

	block_text_add(document, &title->text, name, strlen(name), (BlockPlace){0}, BLOCK_BREAK_NONE, 100);
	return block_document_add(document, BLOCK_TABLE);
}

static void
add_cell(
    BlockDocument *document, Block *table, uint16_t row, uint16_t column, uint16_t n_rows, const char *text)
{
	block_text_add(document, &block_table_add_cell(document, &table->table, row, column, n_rows, 1)->text,
	    text, strlen(text), (BlockPlace){0}, BLOCK_BREAK_NONE, text[0] == '=' ? 0 : 100);
}

/* A sheet with all titles in the first row, from the right to the left. */
static Block *
add_titles(BlockDocument *document, const char *name)
{
	Block *table = add_sheet(document, name);

	for (int field = REGISTER_FIELD_MAX; field > 0; field--)
		add_cell(document, table, 0, (uint16_t)(REGISTER_FIELD_MAX - field), 1,
		    REGISTER_FIELDS[field - 1].title);
	return table;
}

static void
add_meta(BlockDocument *document, const char *version)
{
	Block *table = add_sheet(document, REGISTER_META_SHEET);

	add_cell(document, table, 0, 0, 1, REGISTER_FORMAT);
	add_cell(document, table, 0, 1, 1, version);
	add_cell(document, table, 8, 0, 1, "1-ABCD");
	add_cell(document, table, 8, 1, 1, "1");
	add_cell(document, table, 8, 2, 1, "3");
}

static uint16_t
at_field(RegisterField field)
{
	return (uint16_t)(REGISTER_FIELD_MAX - 1 - (int)field);
}

static void
test_sheets(void)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_SHEET);
	Block *table = add_titles(document, "Phụ lục I");
	g_auto(RegisterFile) file = {0};

	add_cell(document, table, 3, at_field(REGISTER_KEY), 1, "1-ABCD");
	add_cell(document, table, 3, at_field(REGISTER_DONE), 3, "gộp");
	add_cell(document, table, 3, at_field(REGISTER_PERCENT), 1, "=");
	add_cell(document, table, 7, at_field(REGISTER_DONE), 1, "không mã");
	add_cell(document, table, 8, at_field(REGISTER_KEY), 1, "1-ABCD");
	add_cell(document, table, 9, at_field(REGISTER_DUE), 1, "chú thích");
	add_meta(document, "1");
	register_file_read(document, document->arena, &file);
	g_assert_cmpuint(file.n_rows, ==, 1);
	g_assert_cmpint(file.rows[0].version, ==, 3);
	g_assert_cmpuint(file.rows[0].formulas, ==, 1U << REGISTER_PERCENT);
	g_assert_cmpuint(file.problems->len, ==, 3);
	g_assert_cmpstr(g_array_index(file.problems, RegisterProblem, 0).address, ==, "M4");
	g_assert_nonnull(strstr(g_array_index(file.problems, RegisterProblem, 0).message, "gộp"));
	g_assert_cmpstr(g_array_index(file.problems, RegisterProblem, 1).address, ==, "A8");
	g_assert_nonnull(strstr(g_array_index(file.problems, RegisterProblem, 2).message, "dòng thừa"));
}

static void
test_templates(void)
{
	g_autoptr(BlockDocument) none = block_document_new(BLOCK_SOURCE_SHEET);
	g_autoptr(BlockDocument) older = block_document_new(BLOCK_SOURCE_SHEET);
	g_autoptr(BlockDocument) cut = block_document_new(BLOCK_SOURCE_SHEET);
	g_auto(RegisterFile) a = {0}, b = {0}, c = {0};
	Block *table;

	add_titles(none, "Phụ lục I");
	register_file_read(none, none->arena, &a);
	check_problem(&a, 1, "", "mất trang tính ẩn");
	add_titles(older, "Phụ lục I");
	add_meta(older, "0");
	register_file_read(older, older->arena, &b);
	check_problem(&b, 1, "", "mẫu số 0");
	table = add_sheet(cut, "Phụ lục I");
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		if (field != REGISTER_DONE)
			add_cell(cut, table, 0, (uint16_t)field, 1, REGISTER_FIELDS[field].title);
	add_meta(cut, "1");
	register_file_read(cut, cut->arena, &c);
	check_problem(&c, 1, "", "Thiếu cột “Việc đã làm”");
}

static void
test_too_long(void)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_SHEET);
	Block *table = add_titles(document, "Phụ lục I");
	g_auto(RegisterFile) file = {0};

	for (uint16_t i = 1; i <= 50000; i++)
		add_cell(document, table, i, at_field(REGISTER_DONE), 1, "a");
	add_meta(document, "1");
	register_file_read(document, document->arena, &file);
	g_assert_nonnull(strstr(g_array_index(file.problems, RegisterProblem, 0).message, "hơn 5000 dòng"));
	g_assert_cmpuint(file.problems->len, <=, REGISTER_PROBLEMS_MAX);
	g_assert_true(file.is_cut);
}

/* Rows go along with a form and come back. */
static void
test_pack(Fixture *f, gconstpointer unused)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_auto(RegisterFile) file = {0}, back = {0};
	g_autofree char *packed = NULL, *again = NULL;

	(void)unused;
	write_something(f);
	take_out(f, &file);
	row_of(f, &file, 1)->cells[REGISTER_PROPOSALS] = "a\\b\tc\n\nd";
	for (size_t i = 0; i < file.n_rows; i++)
		g_ptr_array_add(rows, &file.rows[i]);
	packed = register_pack(&file, rows);
	register_unpack(packed, f->arena, &back);
	g_assert_cmpuint(back.problems->len, ==, 0);
	g_assert_cmpuint(back.n_rows, ==, file.n_rows);
	g_assert_cmpstr(row_of(f, &back, 1)->cells[REGISTER_PROPOSALS], ==, "a\\b c\n\nd");
	g_ptr_array_set_size(rows, 0);
	for (size_t i = 0; i < back.n_rows; i++)
		g_ptr_array_add(rows, &back.rows[i]);
	again = register_pack(&back, rows);
	g_assert_cmpstr(packed, ==, again);
}

/* A filter leaves out rows, and a file of a part says nothing of the rest. */
static void
test_choice(Fixture *f, gconstpointer unused)
{
	g_autoptr(GString) bytes = g_string_new(NULL), all = g_string_new(NULL);
	WorkScope scope = fixture_scope(f, 0);
	g_autoptr(GError) error = NULL;
	g_auto(RegisterFile) file = {0}, whole = {0};

	(void)unused;
	export_as(f, 0, &(RegisterChoice){.plan_id = 1, .agency_id = 1}, bytes);
	read_bytes(f, bytes->str, bytes->len, &file);
	g_assert_cmpuint(file.n_rows, ==, 3);
	export_as(f, 0, &(RegisterChoice){.plan_id = 0}, all);
	read_bytes(f, all->str, all->len, &whole);
	g_assert_cmpuint(whole.n_rows, ==, 9);
	g_assert_false(register_export(&scope, &(RegisterChoice){.plan_id = 9}, bytes, &error));
	g_assert_nonnull(strstr(error->message, "không có kế hoạch"));
}

static void
test_words(void)
{
	g_autoptr(Arena) arena = arena_new();

	g_assert_cmpint(register_day_read("15/12/2026"), ==, APP_TEST_TODAY);
	g_assert_cmpint(register_day_read("2026-12-15"), ==, APP_TEST_TODAY);
	g_assert_cmpint(register_day_read("46371"), ==, APP_TEST_TODAY);
	g_assert_cmpint(register_day_read("15/12/26"), ==, DATE_NONE);
	g_assert_cmpint(register_day_read("15/12/2026x"), ==, DATE_NONE);
	g_assert_cmpint(register_month_read("12/2026"), ==, work_month_of(APP_TEST_TODAY));
	g_assert_cmpint(register_month_read("2026-12"), ==, work_month_of(APP_TEST_TODAY));
	g_assert_cmpint(register_month_read("01/12/2026"), ==, work_month_of(APP_TEST_TODAY));
	g_assert_cmpint(register_month_read("13/2026"), ==, DATE_NONE);
	g_assert_cmpstr(register_month_text(arena, work_month_of(APP_TEST_TODAY)), ==, "12/2026");
}

/* --- pages -----------------------------------------------------------------------------------------------
 */

static void
test_pages(Fixture *f, gconstpointer unused)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autofree char *page = NULL, *download = NULL, *same = NULL, *none = NULL, *other = NULL,
			*location = NULL, *packed = NULL, *form = NULL, *done = NULL;
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_auto(RegisterFile) file = {0};

	(void)unused;
	g_assert_cmpint(app_test_get(f->test, "/so-theo-doi?ke-hoach=1", &page), ==, 200);
	html_check_assert(page);
	g_assert_cmpint(app_test_get(f->test, "/so-theo-doi/tep?ke-hoach=1", &download), ==, 200);
	g_assert_true(g_str_has_prefix(download, "PK"));
	export_as(f, 0, &(RegisterChoice){.plan_id = 1}, bytes);
	g_assert_cmpint(app_test_upload(f->test, "/so-theo-doi/xem-truoc", "tep", "so.xlsx", bytes->str,
			    bytes->len, &same, NULL),
	    ==, 200);
	html_check_assert(same);
	g_assert_nonnull(strstr(same, "Không có gì thay đổi: 9 dòng"));
	g_assert_cmpint(
	    app_test_upload(f->test, "/so-theo-doi/xem-truoc", "tep", "so.xlsx", "PK", 2, &none, NULL), ==,
	    422);
	html_check_assert(none);
	g_assert_cmpint(app_test_post(f->test, "/so-theo-doi/ghi", "bang=x", &other, NULL), ==, 422);
	html_check_assert(other);

	take_out(f, &file);
	row_of(f, &file, 1)->cells[REGISTER_DONE] = "Đã <b>xong</b>";
	g_ptr_array_add(rows, row_of(f, &file, 1));
	packed = register_pack(&file, rows);
	form = g_uri_escape_string(packed, NULL, false);
	g_free(packed);
	packed = g_strconcat("bang=", form, NULL);
	g_assert_cmpint(app_test_post(f->test, "/so-theo-doi/ghi", packed, NULL, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/so-theo-doi?xong=1");
	g_assert_cmpint(app_test_get(f->test, location, &done), ==, 200);
	g_assert_nonnull(strstr(done, "Đã ghi 1 dòng"));
	g_assert_cmpint(piece_now(f, 1).version, ==, 2);
	fixture_verify(f);
}

/* The readers stand beside the tests in the folder of the build. */
static void
find_readers(const char *self)
{
	g_autofree char *folder = g_path_get_dirname(self);
	g_autofree char *readers = g_build_filename(folder, "..", "reader", "office", NULL);

	g_setenv("NAMRO_READERS", readers, false);
}

int
main(int argc, char **argv)
{
	find_readers(argv[0]);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/register/words", test_words);
	g_test_add_func("/register/sheets", test_sheets);
	g_test_add_func("/register/templates", test_templates);
	g_test_add_func("/register/too-long", test_too_long);
	fixture_add("/register/nothing-changes", test_nothing_changes);
	fixture_add("/register/other-writer", test_other_writer);
	fixture_add("/register/changes", test_changes);
	fixture_add("/register/all-or-nothing", test_all_or_nothing);
	fixture_add("/register/rights", test_rights);
	fixture_add("/register/bad-cells", test_bad_cells);
	fixture_add("/register/annex-cells", test_annex_cells);
	fixture_add("/register/conflict", test_conflict);
	fixture_add("/register/other-files", test_other_files);
	fixture_add("/register/pack", test_pack);
	fixture_add("/register/choice", test_choice);
	fixture_add("/register/pages", test_pages);
	return g_test_run();
}
