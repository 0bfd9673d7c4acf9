/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "http/request.h"
#include "http/response.h"

/* For tests of modules: a data directory of its own with the program's whole schema, and pages without a
 * socket. */

typedef struct AppTest {
	App *app;
	Db *db; /* app_db(app) */
	int64_t commune_id;
	char *directory;
	char *location;                   /* of the database */
	struct AppDispatcher *dispatcher; /* made at the first page */
	const char *cookies;              /* sent with every request; NULL */
	const char *fetch_site;           /* Sec-Fetch-Site of app_test_get(); NULL */
	const char *if_none_match;        /* of app_test_get(); NULL */
	char *etag;                       /* of the last app_test_get(); NULL */
	char *set_cookie;                 /* of the last answer; NULL */
	char *location_header;            /* of the last app_test_get(); NULL */
	bool is_guest;                    /* in the store of another test */
} AppTest;

#define APP_TEST_TODAY 20802 /* 15/12/2026 */

/* Makes a data directory in a temporary folder and opens it with these modules (APP_MODULES: all of the
 * program); the clock stands still at APP_TEST_TODAY. */
AppTest *app_test_new(const AppModule *const *modules);

/* Makes a second data directory of another commune, whose rows stand in the store of `host`, which must
 * outlive it. */
AppTest *app_test_new_beside(const AppTest *host, const char *code, const char *name);

/* Lets the clock go on from APP_TEST_TODAY by `us`, not from where it was moved to before. */
void app_test_set_clock(AppTest *test, int64_t us);

/* Closes it and takes the folder away. */
void app_test_free(AppTest *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AppTest, app_test_free)

/* Answers GET `target` ("/nhiem-vu?q=a") as the server would and gives the status; *ret_body is the caller's.
 */
int app_test_get(AppTest *test, const char *target, char **ret_body);

/* Answers POST `target` with urlencoded fields ("a=1&b=2"), sent from a page of ours. *ret_location: where it
 * leads (303), the caller's; NULL where it does not. Both may be NULL where nobody asks. */
int app_test_post(AppTest *test, const char *target, const char *form, char **ret_body, char **ret_location);

/* The same with any body. */
int app_test_post_body(AppTest *test, const char *target, const char *content_type, const char *bytes,
    size_t len, char **ret_body, char **ret_location);

/* The same with one file in the field `field`. */
int app_test_upload(AppTest *test, const char *target, const char *field, const char *file_name,
    const char *bytes, size_t len, char **ret_body, char **ret_location);
