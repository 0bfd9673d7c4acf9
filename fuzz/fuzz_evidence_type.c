/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "modules/evidence/evidence_type.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const EvidenceType *type = evidence_type_sniff((const char *)data, size);

	g_assert_true(type == NULL || evidence_type_find(type->name) == type);
	return 0;
}
