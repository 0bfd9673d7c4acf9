/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/office.h"
bool
office_read_web(const char *bytes, size_t len, BlockDocument **ret_document, GError **error)
{
	(void)bytes;
	(void)len;
	(void)ret_document;
	(void)error;
	return false;
}
