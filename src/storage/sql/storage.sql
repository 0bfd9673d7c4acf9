-- The store's own tables: which migrations it has, and the number of its state.

-- name: storage_list_migrations
-- scope: store
-- columns: module, number, name, checksum
SELECT module, number, name, checksum FROM db_migration ORDER BY module, number;

-- name: storage_add_migration
-- scope: store
INSERT INTO db_migration (module, number, name, checksum, applied_us)
VALUES (:module, :number, :name, :checksum, :applied_us);

-- name: storage_version
-- scope: store
-- columns: version
SELECT version FROM db_state WHERE id = 1;

-- name: storage_bump_version
-- scope: store
UPDATE db_state SET version = version + 1 WHERE id = 1;

-- name: storage_find_migration
-- scope: store
-- columns: checksum
-- params: module text, number int
SELECT checksum FROM db_migration WHERE module = :module AND number = :number;
