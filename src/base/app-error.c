/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"

#include <errno.h>

G_DEFINE_QUARK(namro - app - error, app_error)

static const struct {
	int http_status;
	int exit_code;
} TABLE[APP_ERROR_MAX] = {
    [APP_ERROR_INVALID] = {422, 1},
    [APP_ERROR_USAGE] = {400, 2},
    [APP_ERROR_UNREADABLE] = {422, 3},
    [APP_ERROR_NOT_FOUND] = {404, 3},
    [APP_ERROR_CONFLICT] = {409, 1},
    [APP_ERROR_FORBIDDEN] = {403, 1},
    [APP_ERROR_LIMIT] = {413, 3},
    [APP_ERROR_BUSY] = {503, 4},
    [APP_ERROR_STORAGE] = {500, 4},
    [APP_ERROR_DISK] = {507, 4},
    [APP_ERROR_INTERNAL] = {500, 4},
};

static bool
is_ours(const GError *error)
{
	return error != NULL && error->domain == APP_ERROR && error->code >= 0 && error->code < APP_ERROR_MAX;
}

int
app_error_http_status(const GError *error)
{
	return is_ours(error) ? TABLE[error->code].http_status : 500;
}

AppErrorCode
app_error_of_errno(int reason)
{
	switch (reason) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
	case EROFS:
		return APP_ERROR_DISK;
	default:
		return APP_ERROR_STORAGE;
	}
}

int
app_error_exit_code(const GError *error)
{
	return is_ours(error) ? TABLE[error->code].exit_code : 4;
}
