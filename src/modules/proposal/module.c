/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/proposal/proposal.migrations.h"
#include "modules/proposal/proposal.sql.h"
#include "modules/proposal/proposal_pages.h"
#include "modules/proposal/proposal_redact.h"
#include "modules/task/task_amend.h"

/* A commune begins with the routes that come with the program; of what decisions changed earlier, search may
 * have the words that were. */
static bool
do_work(const AppWork *work, bool *ret_did, GError **error)
{
	*ret_did = false;
	return !work->is_first ||
	       (proposal_routes_note_seed(work->db, work->commune_id, work->now_us, error) &&
		   task_search_catch_up(work->db, work->commune_id, error));
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, PROPOSAL_PATH, APP_READ, proposal_list_show, HTTP_CSV | HTTP_JSON | HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, PROPOSAL_PATH, APP_SELF, proposal_post_raise, HTTP_WRITES},
    {HTTP_GET, PROPOSAL_NEW_PATH, APP_READ, proposal_form_show, HTTP_UNCACHED},
    {HTTP_GET, PROPOSAL_PATH "/{id}", APP_READ, proposal_card_show, HTTP_UNCACHED},
    {HTTP_POST, PROPOSAL_PATH "/{id}/xu-ly", APP_SELF, proposal_post_act, HTTP_WRITES},
    {HTTP_GET, PROPOSAL_ROUTES_PATH, APP_READ, proposal_routes_show, HTTP_CSV | HTTP_JSON | HTTP_UNCACHED},
    {HTTP_POST, PROPOSAL_ROUTES_PATH, APP_OPERATE, proposal_route_post, HTTP_WRITES},
    {HTTP_POST, PROPOSAL_ROUTES_PATH "/thoi", APP_OPERATE, proposal_route_end_post, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{PROPOSAL_PATH, "Khó khăn, kiến nghị", LAYOUT_DOING}, {.path = NULL}};

extern const AppModule proposal_module;

const AppModule proposal_module = {
    .name = "proposal",
    .title = "Khó khăn, vướng mắc và kiến nghị",
    .requires =
	(const char *const[]){"agency", "calendar", "identity", "indicator", "plan", "task", "work", NULL},
    .migrations = proposal_migrations,
    .statements = proposal_statements,
    .verify = proposal_verify,
    .redact = proposal_redact,
    .routes = ROUTES,
    .nav = NAV,
    .work = do_work,
};
