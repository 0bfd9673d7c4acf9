/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/secrecy.h"
#include "modules/intake/intake_draft.h"

/* R16: documents with the stamp of a state secret do not come in. */

/* Sets the error that people read. Gives false, to end with. */
bool intake_refuse_secret(const char *file_name, Secrecy secrecy, GError **error);

/* Looks at a file before anything of it is kept. Fails with APP_ERROR_INVALID where it bears
 * a stamp; the file at file->path (NULL: none) is wiped then. */
bool intake_check_secret(const IntakeFile *file, GError **error);

/* The stamp was seen only when the whole document was read (on a page that had to be recognised): the files
 * of the draft are wiped, its name and caption redacted, and it fails with the reason. */
bool intake_job_secret(const IntakeScope *scope, const IntakeDraft *draft, Secrecy secrecy, GError **error);

/* Takes away what the row of a draft says; state: what it is from now on. Nothing is noted. */
bool intake_redact_row(const IntakeScope *scope, int64_t draft_id, int64_t state, GError **error);
