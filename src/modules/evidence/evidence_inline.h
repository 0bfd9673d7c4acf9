/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/router.h"
#include "modules/evidence/evidence.h"

/* For other modules: files that come along in a form of theirs, and whether a file still is what was handed
 * in. */

/* For AppModule.admits of a route that takes evidence. */
bool evidence_inline_admit(HttpRequest *request, HttpBodyRules *rules, GError **error);

/* What came of the files of a form. */
typedef struct EvidenceInline {
	EvidenceFile *files; /* that were taken into the store */
	size_t n_files;
	const char *problem; /* Vietnamese: why one was not; NULL */
} EvidenceInline;

/* The slow half, of HTTP_PREPARES: looks the request's files through and puts them into the store; nothing
 * counts yet. Without the permission to hand evidence in, files are refused. Fails as evidence_receive() for
 * what is nobody's fault. */
bool evidence_inline_receive(HttpRequest *request, EvidenceInline **ret_received, GError **error);

/* The writer's half: makes records of them, attached to told->object. *ret_problem: Vietnamese: what is wrong
 * with what was told; NULL. */
bool evidence_inline_store(HttpRequest *request, const EvidenceInline *received, const EvidenceNew *told,
    const char **ret_problem, GError **error);

/* Hashes the file, unless that was done within the hour: not for an event loop. *ret_problem: Vietnamese: it
 * is gone or not what was handed in; NULL. */
void evidence_check_whole(
    const EvidenceScope *scope, const Evidence *evidence, Arena *arena, const char **ret_problem);

/* True where a piece counts: not withdrawn, not suspect. */
static inline bool
evidence_counts(const Evidence *evidence)
{
	return evidence->withdrawn_us == 0 && evidence->scan != EVIDENCE_SUSPECT;
}
