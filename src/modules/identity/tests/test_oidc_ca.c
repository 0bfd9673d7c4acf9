/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_crypt.h"
#include "base/app-error.h"
#include "modules/identity/oidc.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* An issuer whose certificate is signed by an authority of its own: openssl's TLS server with the document of
 * discovery as a file. */

#define WELL_KNOWN ".well-known"

typedef struct Fixture {
	Arena *arena;
	char *folder, *ca, *other_ca, *issuer;
	GPid server;
	int output;
} Fixture;

/* Words apart by blanks; "@" stands for the folder. */
static void
run(const Fixture *fixture, const char *command)
{
	g_auto(GStrv) parts = g_strsplit(command, "@", -1);
	g_autofree char *line = g_strjoinv(fixture->folder, parts);
	g_auto(GStrv) argv = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	g_assert_true(g_shell_parse_argv(line, NULL, &argv, &error));
	g_spawn_sync(NULL, argv, NULL,
	    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
	    NULL, &status, &error);
	g_assert_no_error(error);
	g_assert_cmpint(status, ==, 0);
}

static void
make_certificates(Fixture *fixture)
{
#define AUTHORITY "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
	run(fixture, AUTHORITY "-subj /CN=goc -keyout @/ca.key -out @/ca.pem");
	run(fixture, AUTHORITY "-subj /CN=khac -keyout @/other.key -out @/other.pem");
	run(fixture, "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1 "
		     "-addext subjectAltName=IP:127.0.0.1 -keyout @/server.key -out @/server.csr");
	run(fixture,
	    "openssl x509 -req -in @/server.csr -CA @/ca.pem -CAkey @/ca.key -CAcreateserial -days 2 "
	    "-copy_extensions copy -out @/server.pem");
	fixture->ca = g_build_filename(fixture->folder, "ca.pem", NULL);
	fixture->other_ca = g_build_filename(fixture->folder, "other.pem", NULL);
}

/* "ACCEPT 127.0.0.1:41234" is what the server says when it listens. */
static int
read_port(int fd)
{
	FILE *stream = fdopen(dup(fd), "r");
	char line[200];
	int port = 0;

	g_assert_nonnull(stream);
	while (port == 0 && fgets(line, sizeof(line), stream) != NULL)
		if (g_str_has_prefix(line, "ACCEPT "))
			port = atoi(strrchr(line, ':') + 1);
	fclose(stream);
	return port;
}

static void
start_server(Fixture *fixture)
{
	const char *argv[] = {"openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", "server.pem", "-key",
	    "server.key", "-WWW", NULL};
	g_autofree char *well_known = g_build_filename(fixture->folder, WELL_KNOWN, NULL);
	g_autofree char *path = g_build_filename(well_known, "openid-configuration", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	g_spawn_async_with_pipes(fixture->folder, (char **)(guintptr)argv, NULL,
	    G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
	    &fixture->server, NULL, &fixture->output, NULL, &error);
	g_assert_no_error(error);
	fixture->issuer = g_strdup_printf("https://127.0.0.1:%d", read_port(fixture->output));
	text = g_strdup_printf(
	    "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/a\",\"token_endpoint\":\"%s/t\","
	    "\"jwks_uri\":\"%s/k\",\"response_types_supported\":[\"code\"],"
	    "\"id_token_signing_alg_values_supported\":[\"RS256\"],"
	    "\"code_challenge_methods_supported\":[\"S256\"]}",
	    fixture->issuer, fixture->issuer, fixture->issuer, fixture->issuer);
	g_assert_cmpint(g_mkdir_with_parents(well_known, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;

	(void)unused;
	fixture->arena = arena_new();
	fixture->folder = g_dir_make_tmp("namro-ca-XXXXXX", &error);
	g_assert_no_error(error);
	make_certificates(fixture);
	start_server(fixture);
	oidc_forget();
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	kill(fixture->server, SIGKILL);
	waitpid(fixture->server, NULL, 0);
	close(fixture->output);
	oidc_forget();
	backup_remove_tree(fixture->folder);
	arena_free(fixture->arena);
	g_free(fixture->folder);
	g_free(fixture->ca);
	g_free(fixture->other_ca);
	g_free(fixture->issuer);
}

static bool
discover(const Fixture *fixture, const char *ca_file, GError **error)
{
	const OidcSettings settings = {.issuer = fixture->issuer, .ca_file = ca_file};
	OidcProvider provider;

	return oidc_discover(&settings, fixture->arena, &provider, error);
}

static void
assert_refused(const Fixture *fixture, const char *ca_file, const char *word)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(discover(fixture, ca_file, &error));
	g_assert_nonnull(error);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, word));
}

/* With its authority the issuer is believed; without it, or with another, it is not, and the message says
 * what to set. */
static void
test_authority(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *missing = g_build_filename(fixture->folder, "khong-co.pem", NULL);
	g_autoptr(GError) error = NULL;

	(void)unused;
	assert_refused(fixture, "", "đặt “Tệp chứng thư gốc riêng”");
	assert_refused(fixture, fixture->other_ca, "không do tệp chứng thư gốc riêng đã đặt ký");
	assert_refused(fixture, missing, missing);
	discover(fixture, fixture->ca, &error);
	g_assert_no_error(error);
}

/* What a setting may be, before anybody signs in by it. */
static void
test_setting(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *key = g_build_filename(fixture->folder, "ca.key", NULL);
	OidcSettings settings = {.issuer = fixture->issuer,
	    .client_id = "namro",
	    .secret_file = "",
	    .scopes = "openid",
	    .claim = "email",
	    .label = "Đăng nhập",
	    .base = "https://namro.example",
	    .trusted = ""};

	(void)unused;
	settings.ca_file = "ca.pem";
	g_assert_nonnull(strstr(oidc_settings_check(&settings, fixture->arena), "đường dẫn đầy đủ"));
	settings.ca_file = "/khong/co/ca.pem";
	g_assert_nonnull(strstr(oidc_settings_check(&settings, fixture->arena), "không đọc được"));
	settings.ca_file = key;
	g_assert_nonnull(strstr(oidc_settings_check(&settings, fixture->arena), "PEM"));
	settings.ca_file = fixture->ca;
	g_assert_cmpstr(oidc_settings_check(&settings, fixture->arena), ==, NULL);
}

int
main(int argc, char **argv)
{
	g_autofree char *openssl = g_find_program_in_path("openssl");

	g_test_init(&argc, &argv, NULL);
	if (openssl != NULL) {
		g_test_add("/oidc-ca/authority", Fixture, NULL, set_up, test_authority, tear_down);
		g_test_add("/oidc-ca/setting", Fixture, NULL, set_up, test_setting, tear_down);
	}
	return g_test_run();
}
