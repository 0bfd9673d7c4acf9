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

-- Moves the number on where the commune lives in this store, or where `moves` says that its place is what changes.
-- name: storage_bump_version
-- scope: store
-- params: commune_id int, moves int
INSERT INTO db_state (commune_id, version) VALUES (:commune_id, 1)
ON CONFLICT (commune_id) DO UPDATE SET version = db_state.version + 1 WHERE db_state.place = 0 OR :moves = 1;

-- name: storage_place
-- scope: store
-- columns: place, elsewhere
SELECT place, elsewhere FROM db_state WHERE commune_id = :commune_id;

-- name: storage_set_place
-- scope: store
-- params: commune_id int, place int, elsewhere text
INSERT INTO db_state (commune_id, version, place, elsewhere) VALUES (:commune_id, 0, :place, :elsewhere)
ON CONFLICT (commune_id) DO UPDATE SET place = excluded.place, elsewhere = excluded.elsewhere;

-- name: storage_find_migration
-- scope: store
-- columns: checksum
-- params: module text, number int
SELECT checksum FROM db_migration WHERE module = :module AND number = :number;
