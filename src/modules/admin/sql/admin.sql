-- SPDX-License-Identifier: GPL-3.0-or-later

-- The store's own list: which migrations it has had, in the order in which they came.
-- name: admin_list_migrations
-- scope: store
-- columns: module, name, applied_us
SELECT module, name, applied_us FROM db_migration ORDER BY applied_us, module, number;

-- name: admin_find_commune
-- columns: code, name, province, created_us
SELECT code, name, province, created_us FROM commune WHERE commune_id = :commune_id;

-- name: admin_list_settings
-- columns: key, value
SELECT key, value FROM setting WHERE commune_id = :commune_id ORDER BY key;
