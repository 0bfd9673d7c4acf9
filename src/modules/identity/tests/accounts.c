/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/tests/accounts.h"

#include "app/secret.h"

IdentityScope
accounts_scope(App *app, Arena *arena)
{
	return (IdentityScope){.db = app_db(app),
	    .commune_id = app_commune(app)->commune_id,
	    .now_us = app_now_us(app),
	    .directory = app_directory(app),
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = arena};
}

int64_t
accounts_add(App *app, Arena *arena, const IdentityNew *account)
{
	IdentityScope scope = accounts_scope(app, arena);
	IdentityNew whole = *account;
	g_autofree char *hash = NULL;
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t account_id;

	if (whole.password_hash == NULL)
		whole.password_hash = hash = secret_hash_password(ACCOUNTS_PASSWORD);
	whole.name = whole.name != NULL ? whole.name : whole.login;
	whole.position = whole.position != NULL ? whole.position : "";
	whole.unit = whole.unit != NULL ? whole.unit : "";
	identity_add(&scope, &whole, &account_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_null(problem);
	return account_id;
}
