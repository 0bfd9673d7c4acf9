/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_people_note.h"

#include "app/secret.h"
#include "base/date.h"
#include "base/json.h"
#include "modules/identity/identity_post_store.h"

#define DIGEST_DIGITS 16

static void
write_digest(JsonWriter *json, int64_t person_id, const char *key, const char *value)
{
	g_autofree char *purpose = g_strdup_printf("person/%" G_GINT64_FORMAT "/%s", person_id, key);
	char digest[SECRET_TEXT_SIZE];

	if (*value == '\0')
		return;
	secret_digest_text(purpose, value, digest);
	digest[DIGEST_DIGITS] = '\0';
	json_key_string(json, key, digest);
}

char *
identity_person_state(const IdentityPerson *person)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "name", person->name);
	write_digest(&json, person->person_id, "email_digest", person->email);
	write_digest(&json, person->person_id, "phone_digest", person->phone);
	write_digest(&json, person->person_id, "other_digest", person->other_contact);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
write_day(JsonWriter *json, const char *key, int32_t day)
{
	if (day != DATE_NONE && day != AGENCY_SINCE_EVER)
		json_key_day(json, key, day);
}

static void
write_number(JsonWriter *json, const char *key, int64_t number)
{
	if (number != 0)
		json_key_int(json, key, number);
}

char *
identity_post_state(const IdentityPost *post)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "person", post->person_id);
	json_key_int(&json, "agency", post->agency_id);
	json_key_string(&json, "position", post->position);
	json_key_string(&json, "rank", IDENTITY_RANK_WORDS[post->rank]);
	json_key_int(&json, "main", post->is_main);
	write_day(&json, "from", post->valid_from);
	write_day(&json, "to", post->valid_to);
	write_number(&json, "void", post->is_void);
	write_number(&json, "from_change", post->from_change);
	write_number(&json, "to_change", post->to_change);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
note(const IdentityScope *scope, const char *object, const char *before, const char *after, GError **error)
{
	if (g_strcmp0(before, after) == 0)
		return true;
	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
	    &(LedgerNote){before != NULL ? LEDGER_CHANGE : LEDGER_ADD, object, before, after}, error);
}

bool
identity_note_person(
    const IdentityScope *scope, const IdentityPerson *before, const IdentityPerson *after, GError **error)
{
	g_autofree char *object = g_strdup_printf("person/%" G_GINT64_FORMAT, after->person_id);
	g_autofree char *old_state = before != NULL ? identity_person_state(before) : NULL;
	g_autofree char *state = identity_person_state(after);

	return note(scope, object, old_state, state, error);
}

bool
identity_note_post(
    const IdentityScope *scope, const IdentityPost *before, const IdentityPost *after, GError **error)
{
	g_autofree char *object = g_strdup_printf("post/%" G_GINT64_FORMAT, after->post_id);
	g_autofree char *old_state = before != NULL ? identity_post_state(before) : NULL;
	g_autofree char *state = identity_post_state(after);

	return note(scope, object, old_state, state, error);
}

bool
identity_people_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const IdentityScope scope = {.db = db, .commune_id = commune_id, .arena = arena};
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	if (!identity_people(&scope, people, error) || !identity_post_store_all(&scope, posts, error))
		return false;
	for (guint i = 0; i < people->len; i++) {
		const IdentityPerson *person = g_ptr_array_index(people, i);
		g_autofree char *object = g_strdup_printf("person/%" G_GINT64_FORMAT, person->person_id);
		g_autofree char *state = identity_person_state(person);

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *post = g_ptr_array_index(posts, i);
		g_autofree char *object = g_strdup_printf("post/%" G_GINT64_FORMAT, post->post_id);
		g_autofree char *state = identity_post_state(post);

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return true;
}
