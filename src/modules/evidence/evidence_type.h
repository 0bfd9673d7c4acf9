/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What a file is by its content: a table of signatures, and the table of contents of zip files; nothing is
 * unpacked or parsed (docs/adr/0024-evidence.md). */

typedef struct EvidenceType {
	const char *name;       /* "docx"; also what is stored */
	const char *title;      /* Vietnamese: "tệp Word (.docx)" */
	const char *extensions; /* "jpg jpeg"; NULL: never taken */
	const char *mime;
	bool has_pages;   /* the sandboxed reader draws its first page */
	bool has_text;    /* it is looked through for a secrecy mark before it is kept */
	bool is_optional; /* taken only where the setting names it */
} EvidenceType;

/* Ended by a NULL name. */
extern const EvidenceType EVIDENCE_TYPES[];

/* Gives a type by its name; NULL where there is none. */
const EvidenceType *evidence_type_find(const char *name);

/* Tells what the bytes are. NULL: nothing that is known. Any bytes may come. */
const EvidenceType *evidence_type_sniff(const char *bytes, size_t len);

/* Tells whether a file may come in, and as what. also: optional types that are taken, names with blanks
 * between; "". Fails with APP_ERROR_UNREADABLE, in Vietnamese: what it is, and what to do. */
bool evidence_type_check(const char *file_name, const char *bytes, size_t len, const char *also,
    const EvidenceType **ret_type, GError **error);

/* The same by the name alone, before anything is sent. */
bool evidence_type_check_name(const char *file_name, GError **error);

/* The extensions that are taken, for the `accept` of a form: ".pdf,.docx,…"; the caller's. */
char *evidence_type_accept(const char *also);
