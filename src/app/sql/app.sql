-- SPDX-License-Identifier: GPL-3.0-or-later

-- A data directory holds one commune.
-- name: app_find_commune
-- scope: store
-- columns: commune_id, code, name, province
SELECT commune_id, code, name, province FROM commune ORDER BY commune_id LIMIT 1;

-- name: app_insert_commune
-- params: code text, name text, province text, created_us int
INSERT INTO commune (commune_id, code, name, province, created_us)
VALUES (:commune_id, :code, :name, :province, :created_us);

-- name: app_name_commune
-- params: name text
UPDATE commune SET name = :name WHERE commune_id = :commune_id AND name = '';

-- name: app_get_setting
-- columns: value
-- params: key text
SELECT value FROM setting WHERE commune_id = :commune_id AND key = :key;

-- name: app_put_setting
-- params: key text, value text
INSERT INTO setting (commune_id, key, value) VALUES (:commune_id, :key, :value)
ON CONFLICT (commune_id, key) DO UPDATE SET value = excluded.value;

-- name: app_delete_setting
-- params: key text
DELETE FROM setting WHERE commune_id = :commune_id AND key = :key;
