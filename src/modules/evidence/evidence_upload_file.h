/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence.h"

/* What has come of an upload: a file of its own. upload_id is known to be hexadecimal digits. */

/* The path, the caller's. */
char *upload_file_path(const EvidenceScope *scope, const char *upload_id);

/* Makes it, empty, and its folder. Fails with APP_ERROR_STORAGE. */
bool upload_file_create(const EvidenceScope *scope, const char *upload_id, GError **error);

/* 0 where there is none. */
int64_t upload_file_size(const EvidenceScope *scope, const char *upload_id);

/* When the last piece came, of the disk's clock; 0 where there is none. */
int64_t upload_file_changed_us(const EvidenceScope *scope, const char *upload_id);

void upload_file_remove(const EvidenceScope *scope, const char *upload_id);

/* Removes the files of the commune that none of the uploads (EvidenceUpload *) names. */
void upload_files_without_row(const EvidenceScope *scope, const GPtrArray *uploads);
