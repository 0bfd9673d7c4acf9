/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"

#include <string.h>

const AppRecordKind *
app_record_kind_find(const char *object, const char **ret_id)
{
	const char *slash = strchr(object, '/');
	size_t len = slash != NULL ? (size_t)(slash - object) : strlen(object);

	*ret_id = slash != NULL ? slash + 1 : "";
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const AppRecordKind *kind = (*module)->records; kind != NULL && kind->kind != NULL;
		     kind++)
			if (kind->permission != NULL && strlen(kind->kind) == len &&
			    strncmp(kind->kind, object, len) == 0)
				return kind;
	return NULL;
}
