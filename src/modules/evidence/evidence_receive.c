/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_receive.h"

#include "app/filestore.h"
#include "app/setting.h"
#include "base/app-error.h"
#include "base/ceilings.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_type.h"
#include "reader/secrecy.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HASH_BYTES ((size_t)256 * 1024)

bool
evidence_hash_file(const char *path, char ret_sha256[static 65], int64_t *ret_size)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree guchar *bytes = g_malloc(HASH_BYTES);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int64_t size = 0;
	ssize_t n;

	if (fd < 0)
		return false;
	while ((n = read(fd, bytes, HASH_BYTES)) > 0) {
		g_checksum_update(checksum, bytes, n);
		size += n;
	}
	close(fd);
	g_strlcpy(ret_sha256, g_checksum_get_string(checksum), FILESTORE_KEY_SIZE);
	*ret_size = size;
	return n == 0;
}

static bool
refuse_secret(const EvidenceArrival *arrival, Secrecy secrecy, GError **error)
{
	if (!filestore_wipe_path(arrival->path, error))
		return false;
	g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
	    "Tệp “%s” có dấu chỉ độ mật “%s”. Chương trình không được lưu tài liệu bí mật nhà nước; phần đã "
	    "gửi lên đã "
	    "bị xóa. Chỉ đăng ký số và ngày của văn bản, ở mục “Văn bản mật”.",
	    arrival->name, secrecy_word(secrecy));
	return false;
}

/* What is too large for the readers is not looked through. */
static bool
check_secrecy(const EvidenceArrival *arrival, const EvidenceType *type, GMappedFile *mapped, GError **error)
{
	Secrecy secrecy = SECRECY_NONE;
	size_t len = g_mapped_file_get_length(mapped);

	if (type->has_text && len <= LIMIT_SOURCE_BYTES)
		secrecy = reader_find_secrecy(g_mapped_file_get_contents(mapped), len, NULL);
	return secrecy == SECRECY_NONE || refuse_secret(arrival, secrecy, error);
}

/* Only the pages that are looked at come into memory, and the system may take them back. */
static bool
check_content(
    const EvidenceScope *scope, const EvidenceArrival *arrival, const EvidenceType **ret_type, GError **error)
{
	g_autofree char *also = NULL;
	g_autoptr(GMappedFile) mapped = NULL;
	g_autoptr(GError) reason = NULL;

	if (!app_setting_get(scope->db, scope->commune_id, EVIDENCE_ALSO_KEY, &also, error))
		return false;
	if (arrival->size_bytes == 0)
		return evidence_type_check(arrival->name, "", 0, "", ret_type, error);
	mapped = g_mapped_file_new(arrival->path, FALSE, &reason);
	if (mapped == NULL) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, reason->message);
		return false;
	}
	return evidence_type_check(arrival->name, g_mapped_file_get_contents(mapped),
		   g_mapped_file_get_length(mapped), also != NULL ? also : "", ret_type, error) &&
	       check_secrecy(arrival, *ret_type, mapped, error);
}

static bool
find_hash(const EvidenceArrival *arrival, char sha256[static FILESTORE_KEY_SIZE], GError **error)
{
	int64_t size;

	if (arrival->sha256 != NULL) {
		g_strlcpy(sha256, arrival->sha256, FILESTORE_KEY_SIZE);
		return true;
	}
	if (evidence_hash_file(arrival->path, sha256, &size) && size == arrival->size_bytes)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không đọc được tệp vừa nhận", arrival->path);
	return false;
}

bool
evidence_receive(const EvidenceScope *scope, const EvidenceArrival *arrival, Arena *arena,
    EvidenceFile *ret_file, GError **error)
{
	char sha256[FILESTORE_KEY_SIZE];
	const EvidenceType *type = NULL;
	EvidenceLimits limits;

	if (!evidence_limits(scope, &limits, error) ||
	    !evidence_check_room(&limits, arrival->name, arrival->size_bytes, error) ||
	    !check_content(scope, arrival, &type, error) || !find_hash(arrival, sha256, error) ||
	    !filestore_adopt(scope->directory, arrival->path, sha256, error))
		return false;
	*ret_file = (EvidenceFile){
	    arena_strdup(arena, sha256), arena_strdup(arena, arrival->name), type->name, arrival->size_bytes};
	return true;
}
