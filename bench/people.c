/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

#include "app/secret.h"
#include "modules/identity/identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD "Bình-Nguyệt-2026-bench"
#define PASSWORD_SENT "B%C3%ACnh-Nguy%E1%BB%87t-2026-bench"
#define MARK "name=\"dau-phien\" value=\""

void
bench_end_unless(bool is_ok, const GError *error)
{
	if (is_ok)
		return;
	fprintf(stderr, "%s\n", error != NULL ? error->message : "failed");
	exit(1);
}

static void
add(const IdentityScope *scope, const char *login, IdentityKind kind, const char *role, const char *hash)
{
	const IdentityNew account = {.login = login,
	    .name = "Người Thử",
	    .position = "",
	    .unit = "",
	    .kind = kind,
	    .role = role,
	    .password_hash = hash};
	const char *problem = NULL;
	g_autoptr(GError) error = NULL;
	int64_t account_id;

	bench_check(identity_add(scope, &account, &account_id, &problem, &error), error);
	if (problem != NULL) {
		fprintf(stderr, "%s: %s\n", login, problem);
		exit(1);
	}
}

void
bench_people_add(App *app, unsigned n)
{
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *hash = secret_hash_password(PASSWORD);
	IdentityScope scope = {.db = app_db(app),
	    .commune_id = app_commune(app)->commune_id,
	    .now_us = app_now_us(app),
	    .actor = APP_SHELL_ACTOR,
	    .arena = arena};

	add(&scope, "quan-tri", IDENTITY_ADMIN, NULL, hash);
	for (unsigned i = 0; i < n; i++)
		add(&scope, arena_printf(arena, "nguoi-%u", i), IDENTITY_WORK, "kiem-tra", hash);
}

void
bench_put_get(GString *out, const BenchPerson *person, const char *path)
{
	g_string_append_printf(
	    out, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Dest: document\r\n", path);
	if (person->cookie != NULL)
		g_string_append_printf(out, "Cookie: %s\r\n", person->cookie);
	g_string_append(out, "\r\n");
}

void
bench_put_post(GString *out, const BenchPerson *person, const char *path, const char *form)
{
	size_t len = strlen(form) + (person->mark != NULL ? strlen("&dau-phien=") + strlen(person->mark) : 0);

	g_string_append_printf(out,
	    "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n",
	    path, len);
	if (person->cookie != NULL)
		g_string_append_printf(out, "Cookie: %s\r\n", person->cookie);
	g_string_append_printf(out, "\r\n%s", form);
	if (person->mark != NULL)
		g_string_append_printf(out, "&dau-phien=%s", person->mark);
}

char *
bench_sign_in_form(unsigned number)
{
	return g_strdup_printf("ten=nguoi-%u&mat-khau=%s&tiep=/", number, PASSWORD_SENT);
}

typedef struct SignIn {
	BenchPerson *people;
	BenchTimes *times;
} SignIn;

/* First the form, then a page with a form, to get its mark. */
static bool
ask(unsigned client, GString *out, void *data)
{
	const SignIn *sign_in = data;
	const BenchPerson *person = &sign_in->people[client];
	g_autofree char *form = bench_sign_in_form(client);

	if (person->mark != NULL)
		return false;
	if (person->cookie == NULL)
		bench_put_post(out, person, "/dang-nhap", form);
	else
		bench_put_get(out, person, "/tai-khoan");
	return true;
}

static void
hear(unsigned client, int status, const GString *answer, int64_t us, void *data)
{
	const SignIn *sign_in = data;
	BenchPerson *person = &sign_in->people[client];

	if (person->cookie == NULL) {
		g_autofree char *cookie = bench_header(answer, "Set-Cookie");

		if (status != 303 || cookie == NULL) {
			fprintf(stderr, "sign-in %u: %d\n", client, status);
			exit(1);
		}
		person->cookie = g_strndup(cookie, strcspn(cookie, ";"));
		bench_times_add(sign_in->times, us);
	} else {
		const char *at = strstr(answer->str, MARK);

		if (at == NULL) {
			fprintf(stderr, "page with a form: %d\n", status);
			exit(1);
		}
		at += strlen(MARK);
		person->mark = g_strndup(at, strcspn(at, "\""));
	}
}

void
bench_people_sign_in(uint16_t port, unsigned n, BenchPerson *people, BenchTimes *times)
{
	SignIn sign_in = {people, times};
	const BenchLoad load = {
	    .port = port, .n_clients = n, .seconds = 60, .ask = ask, .hear = hear, .data = &sign_in};

	bench_load_run(&load);
}

void
bench_people_clear(BenchPerson *people, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		g_free(people[i].cookie);
		g_free(people[i].mark);
	}
	memset(people, 0, n * sizeof(*people));
}
