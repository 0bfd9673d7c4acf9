/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/people/people_import.h"

typedef struct ImportView {
	LayoutView layout;
	const PeopleSheet *sheet; /* NULL: nothing was sent yet */
	const PeopleImport *plan; /* what it would do, or did */
	const char *packed;       /* the rows, for the form that writes them */
	const char *problem;      /* with the file as a whole; NULL */
	bool is_done;
} ImportView;

bool import_show(HttpRequest *request, HttpResponse *response, GError **error);
bool import_preview(HttpRequest *request, HttpResponse *response, GError **error);
bool import_write(HttpRequest *request, HttpResponse *response, GError **error);
bool import_template(HttpRequest *request, HttpResponse *response, GError **error);
bool import_export(HttpRequest *request, HttpResponse *response, GError **error);
