/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "modules/agency/agency_change.h"
#include "modules/agency/agency_change_store.h"
#include "modules/agency/agency_check.h"
#include "storage/txn.h"

#include <string.h>

/* Mergers, splits, ends, and the undoing of changes. */

void
agency_outcome_clear(AgencyOutcome *outcome)
{
	g_clear_pointer(&outcome->agency_ids, g_array_unref);
}

static bool
open_edit(const AgencyScope *scope, AgencyEdit *edit, DbTxn **txn, GError **error)
{
	*edit = (AgencyEdit){.scope = scope};
	return db_txn_begin(scope->db, txn, error) &&
	       agency_book_read(scope->db, scope->commune_id, scope->arena, &edit->before, error);
}

/* Ends a unit on a day under the name it has. */
static bool
end_unit(AgencyEdit *edit, int64_t agency_id, int32_t day, GError **error)
{
	AgencyData data = agency_data_of(agency_at(agency_find(&edit->before, agency_id), day));

	return agency_edit_settle(edit, agency_id, error) &&
	       agency_edit_version(edit, agency_id, day, &data, true, error);
}

static const char *
check_olds(const AgencyBook *book, const int64_t *olds, size_t n_olds, int32_t day)
{
	for (size_t i = 0; i < n_olds; i++) {
		const char *problem = agency_check_alive(book, olds[i], day);

		if (problem != NULL)
			return problem;
		for (size_t j = 0; j < i; j++)
			if (olds[i] == olds[j])
				return "Một đơn vị được chọn hai lần.";
	}
	return NULL;
}

static const char *
check_merge(const AgencyBook *book, const AgencyBasis *basis, const int64_t *olds, size_t n_olds,
    int64_t into, const AgencyData *data)
{
	int64_t ended[AGENCY_PARTS_MAX + 1] = {0};
	const char *problem = agency_check_basis(basis);
	size_t n_others = 0;

	if (problem == NULL && n_olds > AGENCY_PARTS_MAX)
		problem = "Một lần sáp nhập có tối đa 20 đơn vị.";
	if (problem != NULL)
		return problem;
	for (size_t i = 0; i < n_olds; i++) {
		ended[i] = olds[i];
		n_others += olds[i] != into;
	}
	if (n_others == 0 || (into == 0 && n_olds < 2))
		return "Hãy chọn ít nhất hai đơn vị để sáp nhập, kể cả đơn vị còn lại sau sáp nhập.";
	problem = check_olds(book, olds, n_olds, basis->day);
	if (problem != NULL)
		return problem;
	return into != 0 ? agency_check_alive(book, into, basis->day)
			 : agency_check_data(book, data, basis->day, ended);
}

static bool
write_merge(AgencyEdit *edit, const AgencyBasis *basis, const int64_t *olds, size_t n_olds, int64_t into,
    GError **error)
{
	if (!agency_edit_settle(edit, into, error))
		return false;
	for (size_t i = 0; i < n_olds; i++)
		if (olds[i] != into && (!end_unit(edit, olds[i], basis->day, error) ||
					   !agency_edit_link(edit, olds[i], into, false, error)))
			return false;
	return true;
}

static bool
finish(AgencyEdit *edit, DbTxn *txn, GArray *agency_ids, AgencyOutcome *ret_outcome, GError **error)
{
	if (!agency_edit_end(edit, error) || !db_txn_commit(txn, error))
		return false;
	*ret_outcome = (AgencyOutcome){edit->change_no, g_array_ref(agency_ids)};
	return true;
}

bool
agency_merge(const AgencyScope *scope, const AgencyBasis *basis, const int64_t *olds, size_t n_olds,
    int64_t into, const AgencyData *data, AgencyOutcome *ret_outcome, const char **ret_problem,
    GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GArray) made = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_auto(AgencyEdit) edit = {0};

	if (!open_edit(scope, &edit, &txn, error))
		return false;
	*ret_problem = check_merge(&edit.before, basis, olds, n_olds, into, data);
	if (*ret_problem != NULL)
		return true;
	if (!agency_edit_begin(&edit, AGENCY_MERGE, basis, error) ||
	    (into == 0 && !agency_edit_new_unit(&edit, basis->day, data, &into, error)) ||
	    !write_merge(&edit, basis, olds, n_olds, into, error))
		return false;
	g_array_append_val(made, into);
	return finish(&edit, txn, made, ret_outcome, error);
}

static const char *
check_split(const AgencyBook *book, const AgencyBasis *basis, int64_t old, bool keeps,
    const AgencyData *parts, size_t n_parts)
{
	const int64_t ended[] = {keeps ? 0 : old, 0};
	const char *problem = agency_check_basis(basis);

	if (problem == NULL)
		problem = agency_check_alive(book, old, basis->day);
	if (problem == NULL && (n_parts == 0 || (!keeps && n_parts < 2) || n_parts > AGENCY_PARTS_MAX))
		problem = "Hãy ghi tên các đơn vị sau khi tách: ít nhất hai, hoặc một nếu đơn vị cũ vẫn còn.";
	for (size_t i = 0; i < n_parts && problem == NULL; i++) {
		problem = agency_check_data(book, &parts[i], basis->day, ended);
		for (size_t j = 0; j < i && problem == NULL; j++)
			if (g_str_equal(parts[i].name, parts[j].name))
				problem = "Hai đơn vị mới có cùng một tên.";
	}
	return problem;
}

static bool
write_split(AgencyEdit *edit, int32_t day, int64_t old, const AgencyData *parts, size_t n_parts, GArray *made,
    GError **error)
{
	for (size_t i = 0; i < n_parts; i++) {
		int64_t agency_id;

		if (!agency_edit_new_unit(edit, day, &parts[i], &agency_id, error) ||
		    !agency_edit_link(edit, old, agency_id, false, error))
			return false;
		g_array_append_val(made, agency_id);
	}
	return true;
}

bool
agency_divide(const AgencyScope *scope, const AgencyBasis *basis, int64_t old, bool keeps,
    const AgencyData *parts, size_t n_parts, AgencyOutcome *ret_outcome, const char **ret_problem,
    GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GArray) made = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_auto(AgencyEdit) edit = {0};

	if (!open_edit(scope, &edit, &txn, error))
		return false;
	*ret_problem = check_split(&edit.before, basis, old, keeps, parts, n_parts);
	if (*ret_problem != NULL)
		return true;
	if (!agency_edit_begin(&edit, AGENCY_SPLIT, basis, error) ||
	    !(keeps ? agency_edit_settle(&edit, old, error) : end_unit(&edit, old, basis->day, error)) ||
	    !write_split(&edit, basis->day, old, parts, n_parts, made, error))
		return false;
	if (keeps)
		g_array_append_val(made, old);
	return finish(&edit, txn, made, ret_outcome, error);
}

bool
agency_close(const AgencyScope *scope, const AgencyBasis *basis, int64_t agency_id, const char **ret_problem,
    GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_auto(AgencyEdit) edit = {0};

	if (!open_edit(scope, &edit, &txn, error))
		return false;
	*ret_problem = agency_check_basis(basis);
	if (*ret_problem == NULL)
		*ret_problem = agency_check_alive(&edit.before, agency_id, basis->day);
	if (*ret_problem != NULL)
		return true;
	return agency_edit_begin(&edit, AGENCY_CLOSE, basis, error) &&
	       end_unit(&edit, agency_id, basis->day, error) && agency_edit_end(&edit, error) &&
	       db_txn_commit(txn, error);
}

bool
agency_join(
    const AgencyScope *scope, int64_t agency_id, int64_t main_id, const char **ret_problem, GError **error)
{
	const AgencyBasis basis = {
	    .day = AGENCY_SINCE_EVER, .decision = "", .decision_day = DATE_NONE, .note = ""};
	g_autoptr(DbTxn) txn = NULL;
	g_auto(AgencyEdit) edit = {0};
	const AgencyUnit *unit, *main_unit;

	if (!open_edit(scope, &edit, &txn, error))
		return false;
	unit = agency_find(&edit.before, agency_id);
	main_unit = agency_find(&edit.before, main_id);
	if (unit == NULL || main_unit == NULL || main_unit->same_as != 0)
		*ret_problem = "Hãy chọn đơn vị chính để gộp vào.";
	else if (agency_id == main_id)
		*ret_problem = "Không thể gộp một đơn vị vào chính nó.";
	else if (unit->same_as != 0)
		*ret_problem = "Cách viết này đã được gộp rồi.";
	else
		*ret_problem = NULL;
	if (*ret_problem != NULL)
		return true;
	return agency_edit_begin(&edit, AGENCY_JOIN, &basis, error) &&
	       agency_edit_settle(&edit, main_id, error) &&
	       agency_edit_link(&edit, agency_id, main_id, true, error) && agency_edit_end(&edit, error) &&
	       db_txn_commit(txn, error);
}

static bool
is_touched(const GArray *touches, int64_t change_no, int64_t agency_id)
{
	for (guint i = 0; i < touches->len; i++) {
		const AgencyTouch *touch = &g_array_index(touches, AgencyTouch, i);

		if (touch->change_no == change_no && touch->agency_id == agency_id)
			return true;
	}
	return false;
}

/* A later change that counts and is about one of the same units. */
static const AgencyChange *
find_later(const AgencyBook *book, const GArray *touches, int64_t change_no)
{
	for (guint i = 0; i < touches->len; i++) {
		const AgencyTouch *touch = &g_array_index(touches, AgencyTouch, i);

		if (touch->change_no != change_no)
			continue;
		for (size_t j = 0; j < book->n_changes; j++) {
			const AgencyChange *other = &book->changes[j];

			if (other->change_no > change_no && other->undone_by == 0 &&
			    is_touched(touches, other->change_no, touch->agency_id))
				return other;
		}
	}
	return NULL;
}

/* A unit that the change made and that another stands below. */
static bool
has_dependants(const AgencyBook *book, const GArray *touches, int64_t change_no)
{
	for (size_t i = 0; i < book->n_units; i++)
		for (size_t v = 0; v < book->units[i].n_versions; v++) {
			const AgencyVersion *version = &book->units[i].versions[v];
			const AgencyUnit *parent = agency_find(book, version->parent_id);

			if (parent != NULL && version->change_no != change_no &&
			    parent->versions[0].change_no == change_no &&
			    is_touched(touches, change_no, parent->agency_id) &&
			    parent->versions[0].valid_from != AGENCY_SINCE_EVER)
				return true;
		}
	return false;
}

static const char *
check_undo(const AgencyBook *book, const GArray *touches, int64_t change_no, const char *note)
{
	const AgencyChange *change = agency_change_find(book, change_no), *later;

	if (change == NULL || change->kind == AGENCY_UNDO)
		return "Không có thay đổi này, hoặc đó là một lần hủy: hãy ghi lại thay đổi như mới.";
	if (change->undone_by != 0)
		return "Thay đổi này đã được hủy rồi.";
	if (*note == '\0' || strlen(note) > AGENCY_NOTE_BYTES_MAX)
		return "Hãy ghi lý do hủy, không quá dài.";
	later = find_later(book, touches, change_no);
	if (later != NULL)
		return arena_printf(book->arena,
		    "Sau đó đã có thay đổi số %" G_GINT64_FORMAT
		    " (%s) trên cùng đơn vị; hãy hủy thay đổi đó trước.",
		    later->change_no, AGENCY_CHANGE_LABELS[later->kind]);
	if (has_dependants(book, touches, change_no))
		return "Đã có đơn vị trực thuộc đơn vị do thay đổi này lập ra; hãy sửa các đơn vị đó trước.";
	return NULL;
}

bool
agency_undo(
    const AgencyScope *scope, int64_t change_no, const char *note, const char **ret_problem, GError **error)
{
	const AgencyBasis basis = {
	    .day = scope->today, .decision = "", .decision_day = DATE_NONE, .note = note};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GArray) touches = g_array_new(FALSE, FALSE, sizeof(AgencyTouch));
	g_auto(AgencyEdit) edit = {0};

	if (!open_edit(scope, &edit, &txn, error) || !agency_read_touches(scope, touches, error))
		return false;
	*ret_problem = check_undo(&edit.before, touches, change_no, note);
	if (*ret_problem != NULL)
		return true;
	return agency_edit_begin(&edit, AGENCY_UNDO, &basis, error) &&
	       agency_edit_undo(&edit, change_no, error) && agency_edit_end(&edit, error) &&
	       db_txn_commit(txn, error);
}
