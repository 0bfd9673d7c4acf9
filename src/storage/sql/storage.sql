-- The store's own tables: which migrations it has, and the number of its state.

-- name: storage_list_migrations
-- scope: store
-- columns: module, number, name, checksum
SELECT module, number, name, checksum FROM db_migration ORDER BY module, number;

-- name: storage_add_migration
-- scope: store
INSERT INTO db_migration (module, number, name, checksum, applied_us)
VALUES (:module, :number, :name, :checksum, :applied_us);

-- Both numbers only grow, so their sum does. Commune 0: the store alone.
-- name: storage_version
-- scope: store
-- columns: version
SELECT SUM(version) AS version FROM db_state WHERE commune_id IN (0, :commune_id);

-- name: storage_stamp
-- scope: store
-- columns: stamp
SELECT stamp FROM db_state WHERE commune_id = :commune_id;

-- name: storage_bump_version
-- scope: store
INSERT INTO db_state (commune_id, version) VALUES (:commune_id, 1)
ON CONFLICT (commune_id) DO UPDATE SET version = db_state.version + 1;

-- name: storage_find_migration
-- scope: store
-- columns: checksum
-- params: module text, number int
SELECT checksum FROM db_migration WHERE module = :module AND number = :number;
