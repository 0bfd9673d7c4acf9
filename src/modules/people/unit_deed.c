/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/unit_deed.h"

#include "base/date.h"
#include "storage/txn.h"

typedef struct Deed {
	const HttpRequest *request;
	const UnitForm *form;
	AgencyScope scope;
	AgencyBasis basis;
	AgencyBook before;
	GPtrArray *effects;
	const char *problem;
	int64_t agency_id; /* whose page to show */
} Deed;

static void
say(Deed *deed, const char *text)
{
	g_ptr_array_add(deed->effects, (gpointer)(guintptr)text);
}

static bool
read_basis(Deed *deed)
{
	const UnitForm *form = deed->form;
	bool is_dated = form->deed == UNIT_DO_RENAME || form->deed == UNIT_DO_MERGE ||
			form->deed == UNIT_DO_SPLIT || form->deed == UNIT_DO_CLOSE;

	deed->basis = (AgencyBasis){.decision = form->decision, .note = form->note};
	if (!people_day(form->day, is_dated ? AGENCY_SINCE_EVER : deed->scope.today, &deed->basis.day) ||
	    !people_day(form->decision_day, DATE_NONE, &deed->basis.decision_day))
		deed->problem = "Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-12-15.";
	else if (form->deed == UNIT_DO_ADD && *form->day == '\0')
		deed->basis.day = AGENCY_SINCE_EVER;
	return deed->problem == NULL;
}

static AgencyData
data_of(const UnitForm *form)
{
	return (AgencyData){.name = form->name,
	    .short_name = form->short_name,
	    .code = form->code,
	    .kind = form->kind,
	    .parent_id = form->parent_id,
	    .is_generic = form->is_generic,
	    .is_higher = form->is_higher};
}

static unsigned
count_posts(Deed *deed, int64_t agency_id, unsigned *ret_heads, GError **error)
{
	IdentityScope people = people_scope_of(deed->request);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	*ret_heads = 0;
	if (!identity_people_of(&people, &deed->before, agency_id, deed->basis.day, posts, error))
		return 0;
	for (guint i = 0; i < posts->len; i++)
		*ret_heads += ((const IdentityPost *)g_ptr_array_index(posts, i))->rank == IDENTITY_HEAD;
	return posts->len;
}

/* People of the units that end go on in the new one; of several heads none is the head by himself. */
static bool
move_people(Deed *deed, const int64_t *olds, size_t n_olds, int64_t into, int64_t change_no, GError **error)
{
	IdentityScope people = people_scope_of(deed->request);
	unsigned n_people = 0, n_heads = 0, heads;
	int64_t n;

	if (!deed->form->moves_people) {
		say(deed, "Người trong các đơn vị cũ không được chuyển; hãy ghi vị trí mới cho từng người.");
		return true;
	}
	for (size_t i = 0; i < n_olds; i++) {
		n_people += count_posts(deed, olds[i], &heads, error);
		n_heads += heads;
	}
	for (size_t i = 0; i < n_olds; i++)
		if (olds[i] != into && !identity_posts_move(&people, olds[i], into, change_no,
					   deed->basis.day, n_heads > 1, &n, error))
			return false;
	say(deed, arena_printf(deed->scope.arena, "%u vị trí công tác chuyển sang đơn vị mới.", n_people));
	if (n_heads > 1)
		say(deed,
		    "Có nhiều người đứng đầu nên không ai được tự nhận là người đứng đầu đơn vị mới; hãy "
		    "ghi người đứng đầu sau khi sáp nhập.");
	return true;
}

static bool
merge(Deed *deed, GError **error)
{
	const UnitForm *form = deed->form;
	Arena *arena = deed->scope.arena;
	AgencyData data = data_of(form);
	g_auto(AgencyOutcome) outcome = {0};
	size_t n = 0;
	int64_t into;

	while (form->chosen[n] != 0)
		n++;
	if (!agency_merge(&deed->scope, &deed->basis, form->chosen, n, form->into, &data, &outcome,
		&deed->problem, error))
		return false;
	if (deed->problem != NULL)
		return true;
	deed->agency_id = into = g_array_index(outcome.agency_ids, int64_t, 0);
	for (size_t i = 0; i < n; i++)
		if (form->chosen[i] != into)
			say(deed, arena_printf(arena, "“%s” kết thúc; từ %s là “%s”.",
				      agency_name_at(&deed->before, form->chosen[i], deed->basis.day - 1),
				      date_text_vi(arena, deed->basis.day),
				      form->into != 0 ? agency_name_at(&deed->before, into, deed->basis.day)
						      : form->name));
	return move_people(deed, form->chosen, n, into, outcome.change_no, error);
}

static bool
split(Deed *deed, GError **error)
{
	const UnitForm *form = deed->form;
	Arena *arena = deed->scope.arena;
	AgencyData parts[UNIT_NEW_NAMES];
	g_auto(AgencyOutcome) outcome = {0};
	size_t n = 0;

	for (int i = 0; i < UNIT_NEW_NAMES; i++)
		if (*form->names[i] != '\0')
			parts[n++] = (AgencyData){
			    .name = form->names[i], .short_name = "", .code = "", .kind = form->kind};
	if (!agency_divide(&deed->scope, &deed->basis, form->agency_id, form->keeps, parts, n, &outcome,
		&deed->problem, error))
		return false;
	if (deed->problem != NULL)
		return true;
	say(deed, arena_printf(arena, form->keeps ? "“%s” vẫn còn." : "“%s” kết thúc.",
		      agency_name_at(&deed->before, form->agency_id, deed->basis.day - 1)));
	for (size_t i = 0; i < n; i++)
		say(deed, arena_printf(arena, "Từ %s có đơn vị “%s”.", date_text_vi(arena, deed->basis.day),
			      parts[i].name));
	say(deed, "Người trong đơn vị cũ chưa thuộc đơn vị mới nào; hãy ghi vị trí mới cho từng người.");
	return true;
}

static bool
set(Deed *deed, AgencyChangeKind kind, GError **error)
{
	const UnitForm *form = deed->form;
	AgencyData data = data_of(form);
	const char *was = agency_name_at(&deed->before, form->agency_id, deed->scope.today);

	if (!agency_set(&deed->scope, form->agency_id, kind, &deed->basis, &data, &deed->problem, error))
		return false;
	if (deed->problem == NULL && kind == AGENCY_RENAME)
		say(deed, arena_printf(deed->scope.arena, "Từ %s gọi là “%s”; trước đó vẫn là “%s”.",
			      date_text_vi(deed->scope.arena, deed->basis.day), form->name, was));
	else if (deed->problem == NULL)
		say(deed, arena_printf(deed->scope.arena, "Xưa nay gọi là “%s”.", form->name));
	return true;
}

static bool
close_unit(Deed *deed, GError **error)
{
	Arena *arena = deed->scope.arena;
	unsigned n_heads, n_people;

	if (!agency_close(&deed->scope, &deed->basis, deed->form->agency_id, &deed->problem, error))
		return false;
	if (deed->problem != NULL)
		return true;
	n_people = count_posts(deed, deed->form->agency_id, &n_heads, error);
	say(deed, arena_printf(arena, "Từ %s đơn vị không còn, không ai kế tục.",
		      date_text_vi(arena, deed->basis.day)));
	if (n_people > 0)
		say(deed,
		    arena_printf(arena,
			"%u người vẫn ghi ở đơn vị này; hãy kết thúc hoặc chuyển vị trí của họ.", n_people));
	return true;
}

static bool
join(Deed *deed, GError **error)
{
	const UnitForm *form = deed->form;

	if (!agency_join(&deed->scope, form->agency_id, form->into, &deed->problem, error))
		return false;
	if (deed->problem == NULL) {
		deed->agency_id = form->into;
		say(deed, arena_printf(deed->scope.arena, "“%s” được hiểu là “%s” trong mọi kế hoạch.",
			      agency_name_at(&deed->before, form->agency_id, deed->scope.today),
			      agency_name_at(&deed->before, form->into, deed->scope.today)));
	}
	return true;
}

static bool
add(Deed *deed, GError **error)
{
	AgencyData data = data_of(deed->form);

	if (!agency_add(&deed->scope, &deed->basis, &data, &deed->agency_id, &deed->problem, error))
		return false;
	say(deed, arena_printf(deed->scope.arena, "Thêm đơn vị “%s”.", deed->form->name));
	return true;
}

static bool
run(Deed *deed, GError **error)
{
	switch (deed->form->deed) {
	case UNIT_DO_ADD:
		return add(deed, error);
	case UNIT_DO_CONFIRM:
		return set(deed, AGENCY_CONFIRM, error);
	case UNIT_DO_CORRECT:
		return set(deed, AGENCY_CORRECT, error);
	case UNIT_DO_RENAME:
		return set(deed, AGENCY_RENAME, error);
	case UNIT_DO_MERGE:
		return merge(deed, error);
	case UNIT_DO_SPLIT:
		return split(deed, error);
	case UNIT_DO_CLOSE:
		return close_unit(deed, error);
	case UNIT_DO_JOIN:
		return join(deed, error);
	case UNIT_DO_MAX:
	default:
		g_return_val_if_reached(false);
	}
}

bool
unit_deed_do(const HttpRequest *request, const UnitForm *form, bool is_preview, int64_t *ret_agency_id,
    GPtrArray *effects, const char **ret_problem, GError **error)
{
	Deed deed = {.request = request,
	    .form = form,
	    .scope = people_units_of(request),
	    .effects = effects,
	    .agency_id = form->agency_id};
	g_autoptr(DbTxn) txn = NULL;

	if (read_basis(&deed)) {
		if (!db_txn_begin(deed.scope.db, &txn, error) ||
		    !agency_book_read(
			deed.scope.db, deed.scope.commune_id, request->arena, &deed.before, error) ||
		    !run(&deed, error))
			return false;
		if (deed.problem == NULL && !is_preview && !db_txn_commit(txn, error))
			return false;
	}
	*ret_problem = deed.problem;
	*ret_agency_id = deed.agency_id;
	return true;
}
