/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Văn bản nguồn: the public face of the module. Documents as they were read, what was understood from each
 * piece of their text, and how both are read back. */

#include "modules/document/document_image.h"
#include "modules/document/document_look.h"
#include "modules/document/document_pages.h"
#include "modules/document/document_rows.h"
#include "modules/document/document_store.h"
