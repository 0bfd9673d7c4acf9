/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/package.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/office/xml.h"

#include <string.h>
#include <zip.h>

#define RATIO_MAX 200
#define RATIO_FREE_BYTES ((uint64_t)1024 * 1024) /* what may be packed as tightly as it likes */

static const char OLE_MAGIC[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

struct OfficePackage {
	zip_t *zip;
};

/* The name of a stream in an OLE file, as UTF-16. */
static bool
ole_has_stream(const char *bytes, size_t len, const char *name)
{
	g_autofree char *wide = g_malloc0(2 * strlen(name));

	for (size_t i = 0; name[i] != '\0'; i++)
		wide[2 * i] = name[i];
	return memmem(bytes, len, wide, 2 * strlen(name)) != NULL;
}

static bool
refuse_ole(const char *bytes, size_t len, GError **error)
{
	if (ole_has_stream(bytes, len, "EncryptedPackage"))
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp được bảo vệ bằng mật khẩu; hãy mở bằng Word hoặc Excel, bỏ mật khẩu, lưu lại rồi "
		    "nộp");
	else
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp thật ra có định dạng cũ (.doc, .xls) dù tên là gì; hãy mở bằng Word hoặc Excel và "
		    "lưu lại thành .docx hoặc .xlsx");
	return false;
}

static bool
refuse_bomb(GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
	    "tệp nén bung ra quá lớn (quá %d MB hoặc quá %d lần kích thước tệp), giống tệp phá hoại; không "
	    "đọc",
	    (int)(LIMIT_UNPACKED_BYTES / (1024 * 1024)), RATIO_MAX);
	return false;
}

static bool
refuse_locked(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "tệp được khóa bằng mật khẩu; hãy bỏ mật khẩu, lưu lại rồi nộp");
	return false;
}

/* The sizes that the archive states of itself; office_package_read() holds it to them. */
static bool
check_sizes(zip_t *zip, size_t packed, GError **error)
{
	zip_int64_t n = zip_get_num_entries(zip, 0);
	uint64_t total = 0;

	if (n > LIMIT_PACKAGE_PARTS)
		return refuse_bomb(error);
	for (zip_int64_t i = 0; i < n; i++) {
		zip_stat_t stat;

		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE))
			continue;
		if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
			return refuse_locked(error);
		if (stat.size > LIMIT_UNPACKED_BYTES)
			return refuse_bomb(error);
		total += stat.size;
	}
	if (total > LIMIT_UNPACKED_BYTES ||
	    (total > RATIO_FREE_BYTES && total > RATIO_MAX * (uint64_t)packed))
		return refuse_bomb(error);
	return true;
}

static bool
refuse_damaged(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "tệp bị hỏng hoặc bị cắt cụt, không mở ra được; hãy lấy lại bản gốc");
	return false;
}

bool
office_package_open(const char *bytes, size_t len, OfficePackage **ret_package, GError **error)
{
	zip_source_t *source;
	zip_t *zip;

	if (len >= sizeof(OLE_MAGIC) - 1 && memcmp(bytes, OLE_MAGIC, sizeof(OLE_MAGIC) - 1) == 0)
		return refuse_ole(bytes, len, error);
	if (len < 4 || memcmp(bytes, "PK", 2) != 0) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_UNREADABLE, "tệp không phải Word (.docx) hay Excel (.xlsx)");
		return false;
	}
	source = zip_source_buffer_create(bytes, len, 0, NULL);
	zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
	if (zip == NULL) {
		zip_source_free(source);
		return refuse_damaged(error);
	}
	if (!check_sizes(zip, len, error)) {
		zip_discard(zip);
		return false;
	}
	*ret_package = g_new0(OfficePackage, 1);
	(*ret_package)->zip = zip;
	return true;
}

void
office_package_free(OfficePackage *package)
{
	if (package == NULL)
		return;
	zip_discard(package->zip);
	g_free(package);
}

bool
office_package_has(const OfficePackage *package, const char *path)
{
	return zip_name_locate(package->zip, path, ZIP_FL_NOCASE) >= 0;
}

static bool
read_entry(zip_file_t *file, uint64_t size, char **ret_bytes, size_t *ret_len)
{
	g_autofree char *buffer = g_malloc(size + 1);
	uint64_t got = 0;
	char more;

	while (got < size) {
		zip_int64_t n = zip_fread(file, buffer + got, size - got);

		if (n <= 0)
			return false;
		got += (uint64_t)n;
	}
	/* Reading to the end is what makes the checksum be compared. */
	if (zip_fread(file, &more, 1) != 0)
		return false;
	buffer[size] = '\0';
	*ret_bytes = g_steal_pointer(&buffer);
	*ret_len = size;
	return true;
}

bool
office_package_read(
    OfficePackage *package, const char *path, char **ret_bytes, size_t *ret_len, GError **error)
{
	zip_stat_t stat;
	zip_file_t *file;
	bool is_read;

	if (zip_stat(package->zip, path, ZIP_FL_NOCASE, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE)) {
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp thiếu phần “%s”, không đủ để đọc; hãy lưu lại bằng Word hoặc Excel", path);
		return false;
	}
	if (stat.size > LIMIT_SOURCE_BYTES)
		return refuse_bomb(error);
	file = zip_fopen_index(package->zip, stat.index, 0);
	is_read = file != NULL && read_entry(file, stat.size, ret_bytes, ret_len);
	if (file != NULL)
		zip_fclose(file);
	return is_read || refuse_damaged(error);
}

static void
relation_free(gpointer data)
{
	OfficeRelation *relation = data;

	g_free(relation->id);
	g_free(relation->type);
	g_free(relation->target);
	g_free(relation);
}

/* A target as written, from the folder of the part that names it: "../media/x" under "word/". */
static char *
resolve_target(const char *part, const char *target)
{
	g_autofree char *folder = g_path_get_dirname(part);
	g_autofree char *joined = NULL;
	g_auto(GStrv) steps = NULL;
	g_autoptr(GPtrArray) kept = g_ptr_array_new();

	joined = *target == '/' || strcmp(folder, ".") == 0 ? g_strdup(target)
							    : g_strconcat(folder, "/", target, NULL);
	steps = g_strsplit(joined, "/", -1);
	for (size_t i = 0; steps[i] != NULL; i++) {
		if (strcmp(steps[i], "..") == 0) {
			if (kept->len > 0)
				g_ptr_array_set_size(kept, (gint)kept->len - 1);
		} else if (*steps[i] != '\0' && strcmp(steps[i], ".") != 0) {
			g_ptr_array_add(kept, steps[i]);
		}
	}
	g_ptr_array_add(kept, NULL);
	return g_strjoinv("/", (char **)kept->pdata);
}

static void
read_relation(Xml *xml, const char *part, GPtrArray *relations)
{
	const char *type = xml_attribute(xml, "Type"), *target = xml_attribute(xml, "Target"),
		   *mode = xml_attribute(xml, "TargetMode");
	OfficeRelation *relation;
	const char *slash;

	if (type == NULL || target == NULL)
		return;
	relation = g_new0(OfficeRelation, 1);
	slash = strrchr(type, '/');
	relation->id = g_strdup(xml_attribute_or(xml, "Id", ""));
	relation->type = g_strdup(slash != NULL ? slash + 1 : type);
	relation->is_external = mode != NULL && g_ascii_strcasecmp(mode, "External") == 0;
	relation->target = relation->is_external ? g_strdup(target) : resolve_target(part, target);
	g_ptr_array_add(relations, relation);
}

static char *
relations_path(const char *part)
{
	g_autofree char *folder = g_path_get_dirname(part), *name = g_path_get_basename(part);

	if (*part == '\0')
		return g_strdup("_rels/.rels");
	if (strcmp(folder, ".") == 0)
		return g_strdup_printf("_rels/%s.rels", name);
	return g_strdup_printf("%s/_rels/%s.rels", folder, name);
}

bool
office_package_relations(OfficePackage *package, const char *part, GPtrArray **ret_relations, GError **error)
{
	g_autofree char *path = relations_path(part), *bytes = NULL;
	g_autoptr(GPtrArray) relations = g_ptr_array_new_with_free_func(relation_free);
	g_autoptr(Xml) xml = NULL;
	XmlScope scope;
	size_t len;

	if (office_package_has(package, path)) {
		if (!office_package_read(package, path, &bytes, &len, error))
			return false;
		xml = xml_new(bytes, len, path);
		scope = xml_root(xml);
		while (xml_child(xml, &scope) && relations->len < LIMIT_PACKAGE_PARTS)
			if (xml_is(xml, "Relationship"))
				read_relation(xml, part, relations);
		if (!xml_finish(xml, error))
			return false;
	}
	*ret_relations = g_steal_pointer(&relations);
	return true;
}

const OfficeRelation *
office_relation_of_type(const GPtrArray *relations, const char *type)
{
	for (guint i = 0; i < relations->len; i++) {
		const OfficeRelation *relation = g_ptr_array_index(relations, i);

		if (strcmp(relation->type, type) == 0 && !relation->is_external)
			return relation;
	}
	return NULL;
}

const OfficeRelation *
office_relation_of_id(const GPtrArray *relations, const char *id)
{
	for (guint i = 0; id != NULL && i < relations->len; i++) {
		const OfficeRelation *relation = g_ptr_array_index(relations, i);

		if (strcmp(relation->id, id) == 0)
			return relation;
	}
	return NULL;
}
