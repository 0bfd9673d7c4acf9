/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_internal.h"

#include <glib/gstdio.h>
#include <string.h>

static gint
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
backup_list_versions(const char *folder)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *manifest = g_build_filename(folder, name, BACKUP_MANIFEST, NULL);

		if (g_ascii_isdigit(*name) && g_file_test(manifest, G_FILE_TEST_EXISTS))
			g_ptr_array_add(names, g_strdup(name));
	}
	g_ptr_array_sort(names, compare_names);
	return names;
}

/* Adds what a version needs; false where that cannot be told. */
static bool
collect_needed(const BackupOptions *options, const char *version, GHashTable *needed)
{
	g_autofree char *folder = g_build_filename(options->folder, version, NULL);
	g_auto(BackupManifest) manifest = {0};

	if (!backup_manifest_read(folder, options->key, &manifest, NULL))
		return false;
	for (guint i = 0; i < manifest.files->len; i++)
		g_hash_table_add(
		    needed, g_strdup(((const BackupFile *)g_ptr_array_index(manifest.files, i))->stored));
	return true;
}

static void
prune_folder(const char *store, const char *name, GHashTable *needed)
{
	g_autofree char *folder = g_build_filename(store, name, NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *file;

	while (dir != NULL && (file = g_dir_read_name(dir)) != NULL) {
		g_autofree char *stored = g_strdup_printf(BACKUP_STORE "/%s/%s", name, file);
		g_autofree char *path = g_build_filename(folder, file, NULL);

		if (!g_hash_table_contains(needed, stored))
			(void)g_unlink(path);
	}
	(void)g_rmdir(folder);
}

/* A version that cannot be read, of another key perhaps, may need any file: then all are kept. */
static void
prune_store(const BackupOptions *options, const GPtrArray *versions, guint n_removed)
{
	g_autoptr(GHashTable) needed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *store = g_build_filename(options->folder, BACKUP_STORE, NULL);
	g_autoptr(GDir) dir = NULL;
	const char *name;

	for (guint i = n_removed; i < versions->len; i++)
		if (!collect_needed(options, g_ptr_array_index(versions, i), needed))
			return;
	dir = g_dir_open(store, 0, NULL);
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		prune_folder(store, name, needed);
}

unsigned
backup_prune(const BackupOptions *options)
{
	g_autoptr(GPtrArray) versions = backup_list_versions(options->folder);
	guint n_removed = 0;

	while (options->n_keep > 0 && versions->len - n_removed > options->n_keep) {
		g_autofree char *path =
		    g_build_filename(options->folder, g_ptr_array_index(versions, n_removed), NULL);
		g_autofree char *manifest = g_build_filename(path, BACKUP_MANIFEST, NULL);

		/* First it stops being a version, then it goes. */
		(void)g_unlink(manifest);
		backup_remove_tree(path);
		n_removed++;
	}
	if (n_removed > 0)
		prune_store(options, versions, n_removed);
	return n_removed;
}
