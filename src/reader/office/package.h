/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The zip file of parts that a .docx or .xlsx is (ECMA-376 part 2), in memory and read only. */
typedef struct OfficePackage OfficePackage;

/* Opens a package over bytes that must outlive it.
 * Fails with APP_ERROR_UNREADABLE (not a zip file, cut, locked by a password, an older binary format) or
 * APP_ERROR_LIMIT (unpacks to too much). */
bool office_package_open(const char *bytes, size_t len, OfficePackage **ret_package, GError **error);
void office_package_free(OfficePackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfficePackage, office_package_free)

bool office_package_has(const OfficePackage *package, const char *path);

/* Gives a part, with a NUL behind it; the caller's.
 * Fails with APP_ERROR_UNREADABLE where it is missing or damaged, APP_ERROR_LIMIT where it is too large. */
bool office_package_read(
    OfficePackage *package, const char *path, char **ret_bytes, size_t *ret_len, GError **error);

/* What one part says of another. */
typedef struct OfficeRelation {
	char *id;
	char *type;   /* the last word of its address: "styles", "header", "worksheet" */
	char *target; /* path in the package; of an external one the address as written */
	bool is_external;
} OfficeRelation;

/* Gives the relations of a part ("" for those of the package): of OfficeRelation *, the caller's to unref,
 * empty where it has none. Fails as office_package_read() and where the list is no XML. */
bool
office_package_relations(OfficePackage *package, const char *part, GPtrArray **ret_relations, GError **error);

/* The first relation of a type; NULL. */
const OfficeRelation *office_relation_of_type(const GPtrArray *relations, const char *type);
const OfficeRelation *office_relation_of_id(const GPtrArray *relations, const char *id);
