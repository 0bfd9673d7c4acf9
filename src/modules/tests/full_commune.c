/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/tests/full_commune.h"

#include "app/plan_access.h"
#include "app/secret.h"
#include "app/setting.h"
#include "modules/identity/identity.h"
#include "modules/intake/intake.h"
#include "modules/intake/intake_draft.h"
#include "storage/backend.h"
#include "storage/catalog.h"
#include "storage/txn.h"

#include <string.h>

#define MODULES_MAX 100
#define PERMISSIONS_MAX 100
#define FORM_MARK "dau-cua-phien"

/* %W: the commune's word, %N: the number of the plan. */
static const char PLAN[] =
    "ỦY BAN NHÂN DÂN\nXÃ %W\n-------\nSố: %N/KH-UBND\n\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"
    "%W, ngày 24 tháng 02 năm 2026\n\n"
    "KẾ HOẠCH\nChuyển đổi số của xã %W năm 2026, phần %N\n\n"
    "Căn cứ Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị;\n\n"
    "I. MỤC TIÊU\n- Tỷ lệ hồ sơ %W trực tuyến toàn trình đạt 80% năm 2026.\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng %W báo cáo trước ngày 25 hằng tháng.\n"
    "2. Công an xã %W\n- Bảo đảm an toàn thông tin %W.\n\n"
    "PHỤ LỤC I\nCÁC CHỈ TIÊU\n\n"
    "| TT | Chỉ tiêu | Đơn vị tính | Năm 2026 | Cơ quan chủ trì |\n|---|---|---|---|---|\n"
    "| 1 | Hộ %W có Internet | % | 95 | Phòng Kinh tế %W |\n\n"
    "PHỤ LỤC II\nPHÂN CÔNG NHIỆM VỤ\n\n"
    "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời gian hoàn thành |\n"
    "|---|---|---|---|---|---|\n"
    "| 1 | Rà soát hạ tầng mạng %W phần %N | Phòng Kinh tế %W | Công an xã %W | Báo cáo | Tháng 6/2026 |\n"
    "| 2 | Tập huấn kỹ năng số %W; lập tổ công nghệ số | Phòng Văn hóa %W | Đoàn xã | 04 lớp | khi nào xong "
    "phần mềm |\n"
    "| 3 | Lắp wifi %W công cộng | Phòng Kinh tế %W | Nhà văn hoá thôn | 10 điểm | 31/12/2026 |\n";

static bool
recognise(
    Db *db, int64_t commune_id, int64_t now_us, HttpRequest *request, AppVisitor *ret_visitor, GError **error)
{
	static const char *permissions[PERMISSIONS_MAX] = {APP_PUBLIC, APP_SELF};
	static const AppGrant everything = {
	    .via = APP_VIA_COMMUNE, .role = "moi-viec", .role_name = "Mọi việc", .permissions = permissions};

	(void)db;
	(void)commune_id;
	(void)now_us;
	(void)request;
	(void)error;
	for (size_t i = 0; APP_PERMISSIONS[i].name != NULL && i + 3 < PERMISSIONS_MAX; i++)
		permissions[i + 2] = APP_PERMISSIONS[i].name;
	*ret_visitor = (AppVisitor){.session_id = 1,
	    .account_id = 1,
	    .person_id = 1,
	    .name = "người đi khắp nơi",
	    .form_mark = FORM_MARK,
	    .grants = &everything,
	    .n_grants = 1,
	    .permissions = permissions};
	return true;
}

static bool
touch(Db *db, int64_t commune_id, int64_t now_us, const AppVisitor *visitor, GError **error)
{
	(void)db;
	(void)commune_id;
	(void)now_us;
	(void)visitor;
	(void)error;
	return true;
}

const AppGate FULL_COMMUNE_GATE = {.recognise = recognise, .touch = touch};

const AppModule *const *
full_commune_modules(void)
{
	static AppModule copies[MODULES_MAX];
	static const AppModule *list[MODULES_MAX + 1];

	for (size_t i = 0; APP_MODULES[i] != NULL; i++) {
		g_assert_cmpuint(i, <, MODULES_MAX);
		copies[i] = *APP_MODULES[i];
		if (copies[i].gate != NULL)
			copies[i].gate = &FULL_COMMUNE_GATE;
		list[i] = &copies[i];
	}
	return list;
}

static char *
plan_text(const char *word, int number)
{
	g_autofree char *digits = g_strdup_printf("%d", number);
	g_autoptr(GString) text = g_string_new(PLAN);

	g_string_replace(text, "%W", word, 0);
	g_string_replace(text, "%N", digits, 0);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

void
full_commune_plan(AppTest *test, const char *word, int number)
{
	g_autofree char *text = plan_text(word, number), *name = g_strdup_printf("%s-%d.md", word, number);
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	IntakeReading *reading = NULL;
	IntakeResult result;
	size_t len = strlen(text);

	intake_read(name, g_steal_pointer(&text), len, &reading, &error);
	g_assert_no_error(error);
	g_ptr_array_add(readings, reading);
	intake_store(test->app, readings, &result, &error);
	g_assert_no_error(error);
}

void
full_commune_work(AppTest *test)
{
	gint is_cancelled = 0;
	bool did = true;

	for (bool is_first = true; did; is_first = false) {
		did = false;
		for (const AppModule *const *module = APP_MODULES; *module != NULL; module++) {
			const AppWork work = {.db = test->db,
			    .commune_id = test->commune_id,
			    .directory = test->directory,
			    .now_us = app_now_us(test->app),
			    .is_cancelled = &is_cancelled,
			    .is_first = is_first};
			g_autoptr(GError) error = NULL;
			bool did_this = false;

			if ((*module)->work == NULL)
				continue;
			(*module)->work(&work, &did_this, &error);
			g_assert_no_error(error);
			did = did || did_this;
		}
	}
}

/* A draft that was corrected; the second is published. */
static void
add_draft(AppTest *test, const char *word, int number, const char *const forms[][2])
{
	g_autofree char *text = plan_text(word, number), *name = g_strdup_printf("%s-%d.md", word, number);

	const IntakeScope scope = intake_scope(test->app);
	const IntakeFile file = {.name = name, .bytes = text, .len = strlen(text)};
	g_autoptr(GError) error = NULL;
	IntakeArrival arrival;

	intake_draft_create(&scope, &file, false, &arrival, &error);
	g_assert_no_error(error);
	full_commune_work(test);
	for (size_t i = 0; forms[i][0] != NULL; i++)
		g_assert_cmpint(app_test_post(test, forms[i][0], forms[i][1], NULL, NULL), ==, 303);
}

static void
add_account(AppTest *test, const char *word, const char *login, IdentityKind kind, const char *role)
{
	static char *hash; /* takes its time: one for all */
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *own_login = g_ascii_strdown(login, -1);
	const IdentityScope scope = {.db = test->db,
	    .commune_id = test->commune_id,
	    .now_us = app_now_us(test->app),
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = arena};
	const char *problem = NULL;
	int64_t account_id;

	if (hash == NULL)
		hash = secret_hash_password("Mật-khẩu-số-1");
	identity_add(&scope,
	    &(IdentityNew){.login = own_login,
		.name = word,
		.position = word,
		.unit = word,
		.kind = kind,
		.role = role,
		.password_hash = hash},
	    &account_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
}

void
full_commune_accounts(AppTest *test, const char *word)
{
	g_autofree char *login = g_strconcat(word, "-hai", NULL);

	add_account(test, word, word, IDENTITY_ADMIN, NULL);
	add_account(test, word, login, IDENTITY_WORK, "thuong-truc");
}

void
full_commune_fill(AppTest *test, const char *word, int n_plans)
{
	const char *const none[][2] = {{NULL}};
	const char *const edits[][2] = {
	    {"/ra-soat/2", FULL_COMMUNE_FORM "&ban=0&viec=luu&muc=annex2:1&truong=output&gia-tri=Sua"},
	    {"/ra-soat/2",
		FULL_COMMUNE_FORM "&ban=1&viec=luu&muc=annex2:3&truong=lead&moi-cho=1&gia-tri=Doan+xa"},
	    {"/ra-soat/2/dua-vao", FULL_COMMUNE_FORM "&ban=2"}, {NULL}};
	g_autoptr(GError) error = NULL;

	full_commune_accounts(test, word);
	for (int i = 1; i <= n_plans; i++)
		full_commune_plan(test, word, i);
	app_setting_set(test->db, test->commune_id, &APP_SHELL_ACTOR, 1, "thu.chu", word, &error);
	g_assert_no_error(error);
	add_draft(test, word, 101, none);
	add_draft(test, word, 102, edits);
	app_sign_ledger(test->app, &error);
	g_assert_no_error(error);
}

static void
add_row(Db *db, const DbTable *table, int64_t commune_id, const char *word)
{
	bool on_server = db->backend == &DB_BACKEND_PG;
	g_autoptr(GString) names = g_string_new(NULL);
	g_autoptr(GString) values = g_string_new(NULL);
	g_autofree char *text = NULL;
	DbSql *sql = g_new0(DbSql, 1); /* kept by the connection's cache as long as it lives */
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	for (guint i = 0; i < table->columns->len; i++) {
		const DbColumn *column = g_ptr_array_index(table->columns, i);

		g_string_append_printf(names, "%s\"%s\"", i > 0 ? ", " : "", column->name);
		g_string_append_printf(values, "%s%c%u", i > 0 ? ", " : "", on_server ? '$' : '?', i + 1);
	}
	text = g_strdup_printf("INSERT INTO \"%s\" (%s) VALUES (%s) ON CONFLICT DO NOTHING", table->name,
	    names->str, values->str);
	*sql = (DbSql){.name = "fill", .sqlite = text, .pg = text, .n_params = (uint8_t)table->columns->len};
	db_prepare(db, sql, &stmt, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < table->columns->len; i++) {
		const DbColumn *column = g_ptr_array_index(table->columns, i);

		if (strcmp(column->name, "commune_id") == 0)
			db_bind_int(stmt, (int)i + 1, commune_id);
		else if (column->type == DB_TYPE_INT)
			db_bind_int(stmt, (int)i + 1, FULL_COMMUNE_FOREIGN_ID);
		else if (column->type == DB_TYPE_TEXT)
			db_bind_text(stmt, (int)i + 1, word);
		else
			db_bind_bytes(stmt, (int)i + 1, word, strlen(word));
	}
	db_run(stmt, &error);
	g_assert_no_error(error);
	g_clear_pointer(&stmt, db_stmt_release);
	db_forget(db, sql);
	g_free(sql);
}

guint
full_commune_fill_tables(AppTest *test, const char *word)
{
	g_autoptr(GPtrArray) tables = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;
	guint n = 0;

	db_catalog_load(test->db, &tables, &error);
	g_assert_no_error(error);
	g_assert_true(db_txn_begin(test->db, &txn, &error));
	for (guint i = 0; i < tables->len; i++) {
		const DbTable *table = g_ptr_array_index(tables, i);

		if (table->is_derived)
			continue;
		add_row(test->db, table, test->commune_id, word);
		n++;
	}
	db_txn_commit(txn, &error);
	g_assert_no_error(error);
	return n;
}
