/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_duty_edit.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_people.h"
#include "modules/identity/identity_roles.h"

bool
identity_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	return identity_people_verify(db, commune_id, report, error) &&
	       identity_plan_role_verify(db, commune_id, report, error) &&
	       identity_review_verify(db, commune_id, report, error) &&
	       identity_duties_verify(db, commune_id, report, error);
}
