-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: secret_insert
-- columns: mark_no
-- params: kind text, object_id text, number text, dated text, at_us int, person text, ledger_rows int, file_count int
INSERT INTO secret_mark (commune_id, mark_no, kind, object_id, number, dated, at_us, person, ledger_rows, file_count, is_compact)
VALUES (:commune_id, (SELECT COALESCE(MAX(m.mark_no), 0) + 1 FROM secret_mark m WHERE m.commune_id = :commune_id), :kind,
	:object_id, :number, :dated, :at_us, :person, :ledger_rows, :file_count, 0)
RETURNING mark_no;

-- name: secret_list
-- columns: mark_no, kind, object_id, number, dated, at_us, person, ledger_rows, file_count, is_compact
SELECT mark_no, kind, object_id, number, dated, at_us, person, ledger_rows, file_count, is_compact
FROM secret_mark
WHERE commune_id = :commune_id
ORDER BY mark_no DESC;

-- name: secret_find
-- columns: mark_no
-- params: kind text, object_id text
SELECT mark_no FROM secret_mark WHERE commune_id = :commune_id AND kind = :kind AND object_id = :object_id;

-- name: secret_count_waiting
-- columns: n
SELECT COUNT(*) FROM secret_mark WHERE commune_id = :commune_id AND is_compact = 0;

-- name: secret_set_compact
UPDATE secret_mark SET is_compact = 1 WHERE commune_id = :commune_id AND is_compact = 0;

-- name: secret_file_insert
-- params: sha256 text
INSERT INTO secret_file (commune_id, sha256) VALUES (:commune_id, :sha256) ON CONFLICT (commune_id, sha256) DO NOTHING;

-- name: secret_file_list
-- columns: sha256
SELECT sha256 FROM secret_file WHERE commune_id = :commune_id ORDER BY sha256;

-- name: secret_file_delete
-- params: sha256 text
DELETE FROM secret_file WHERE commune_id = :commune_id AND sha256 = :sha256;
