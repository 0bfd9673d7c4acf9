/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <poppler.h>

/* Adds the electronic signatures of a file to a document, with a note on each that does not hold. Whether the
 * signed bytes are as they were signed is checked; whether the certificate is to be trusted is not: that
 * takes the network and the authorities' certificates. */
void signatures_add(PopplerDocument *pdf, const char *bytes, size_t len, BlockDocument *document);
