-- SPDX-License-Identifier: GPL-3.0-or-later

-- All kinds: the commune's own, and those that come with the program where it has none of the same word. Sources: the
-- outputs that plans name in their annexes, and Nghị định 30/2020/NĐ-CP for issued documents.
-- name: evidence_kind_list
-- columns: kind, title, needs_number, position, valid_from, valid_to, source, is_own
SELECT kind, title, needs_number, position, valid_from, valid_to, source, 1
FROM evidence_kind
WHERE commune_id = :commune_id
UNION ALL
SELECT v.column1, v.column2, v.column3, v.column4, NULL, NULL, v.column5, 0
FROM (VALUES
	('van-ban', 'Văn bản đã ban hành', 1, 1, 'Nghị định 30/2020/NĐ-CP: văn bản có số, ngày'),
	('bao-cao', 'Báo cáo', 0, 2, 'Sản phẩm nêu trong phụ lục các kế hoạch'),
	('danh-sach', 'Danh sách tham dự', 0, 3, 'Sản phẩm nêu trong phụ lục các kế hoạch'),
	('bien-ban', 'Biên bản', 0, 4, 'Sản phẩm nêu trong phụ lục các kế hoạch'),
	('hinh-anh', 'Hình ảnh, phim', 0, 5, 'Mặc định của chương trình'),
	('so-lieu', 'Số liệu, bảng tính', 0, 6, 'Mặc định của chương trình'),
	('khac', 'Tài liệu khác', 0, 9, 'Mặc định của chương trình')) AS v
WHERE NOT EXISTS (SELECT 1 FROM evidence_kind AS own WHERE own.commune_id = :commune_id AND own.kind = v.column1)
ORDER BY position, kind;

-- name: evidence_kind_put
-- params: kind text, title text, needs_number int, position int, valid_from int?, valid_to int?, source text
INSERT INTO evidence_kind (commune_id, kind, title, needs_number, position, valid_from, valid_to, source)
VALUES (:commune_id, :kind, :title, :needs_number, :position, :valid_from, :valid_to, :source)
ON CONFLICT (commune_id, kind) DO UPDATE SET valid_to = excluded.valid_to, source = excluded.source;

-- name: evidence_content_find
-- columns: size_bytes, type, scan, wiped_us
-- params: sha256 text
SELECT size_bytes, type, scan, wiped_us FROM evidence_content WHERE commune_id = :commune_id AND sha256 = :sha256;

-- name: evidence_content_insert
-- params: sha256 text, size_bytes int, type text, now_us int
INSERT INTO evidence_content (commune_id, sha256, size_bytes, type, scan, scan_message, scan_tries, scan_after_us, added_us)
VALUES (:commune_id, :sha256, :size_bytes, :type, 0, '', 0, 0, :now_us)
ON CONFLICT (commune_id, sha256) DO NOTHING;

-- name: evidence_usage_add
-- params: size_bytes int, file_count int
INSERT INTO evidence_usage (commune_id, size_bytes, file_count) VALUES (:commune_id, :size_bytes, :file_count)
ON CONFLICT (commune_id) DO UPDATE SET size_bytes = evidence_usage.size_bytes + excluded.size_bytes,
	file_count = evidence_usage.file_count + excluded.file_count;

-- name: evidence_usage_get
-- columns: size_bytes, file_count
SELECT size_bytes, file_count FROM evidence_usage WHERE commune_id = :commune_id;

-- What evidence_usage must say.
-- name: evidence_usage_sum
-- columns: size_bytes, file_count
SELECT CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT), COUNT(*)
FROM evidence_content
WHERE commune_id = :commune_id AND wiped_us IS NULL;

-- name: evidence_insert
-- columns: evidence_id
-- params: title text, kind text, number text, issued_day int?, is_secret int, sha256 text?, file_name text, folded text, person_id int, person text, now_us int
INSERT INTO evidence (commune_id, evidence_id, title, kind, number, issued_day, is_secret, sha256, file_name, folded,
	person_id, person, added_us)
SELECT :commune_id, COALESCE(MAX(evidence_id), 0) + 1, :title, :kind, :number, :issued_day, :is_secret, :sha256, :file_name,
	:folded, :person_id, :person, :now_us
FROM evidence
WHERE commune_id = :commune_id
RETURNING evidence_id;

-- name: evidence_find
-- columns: evidence_id, title, kind, number, issued_day, is_secret, sha256, file_name, person_id, person, added_us
-- columns: withdrawn_us, withdrawn_by, withdrawn_why, size_bytes, type, scan, scan_message
-- params: evidence_id int
SELECT e.evidence_id, e.title, e.kind, e.number, e.issued_day, e.is_secret, e.sha256, e.file_name, e.person_id, e.person,
	e.added_us, e.withdrawn_us, e.withdrawn_by, e.withdrawn_why, c.size_bytes, c.type, c.scan, c.scan_message
FROM evidence e
LEFT JOIN evidence_content c ON c.commune_id = e.commune_id AND c.sha256 = e.sha256
WHERE e.commune_id = :commune_id AND e.evidence_id = :evidence_id;

-- The same columns as evidence_find.
-- name: evidence_of_object
-- hot
-- columns: evidence_id, title, kind, number, issued_day, is_secret, sha256, file_name, person_id, person, added_us
-- columns: withdrawn_us, withdrawn_by, withdrawn_why, size_bytes, type, scan, scan_message
-- params: object_kind text, object_id text, row_limit int
SELECT e.evidence_id, e.title, e.kind, e.number, e.issued_day, e.is_secret, e.sha256, e.file_name, e.person_id, e.person,
	e.added_us, e.withdrawn_us, e.withdrawn_by, e.withdrawn_why, c.size_bytes, c.type, c.scan, c.scan_message
FROM evidence_link l
JOIN evidence e ON e.commune_id = l.commune_id AND e.evidence_id = l.evidence_id
LEFT JOIN evidence_content c ON c.commune_id = e.commune_id AND c.sha256 = e.sha256
WHERE l.commune_id = :commune_id AND l.object_kind = :object_kind AND l.object_id = :object_id
ORDER BY l.evidence_id
LIMIT :row_limit;

-- name: evidence_count_of_object
-- hot
-- columns: n
-- params: object_kind text, object_id text, kind text?, suspect int
SELECT COUNT(*)
FROM evidence_link l
JOIN evidence e ON e.commune_id = l.commune_id AND e.evidence_id = l.evidence_id
LEFT JOIN evidence_content c ON c.commune_id = e.commune_id AND c.sha256 = e.sha256
WHERE l.commune_id = :commune_id AND l.object_kind = :object_kind AND l.object_id = :object_id
	AND e.withdrawn_us IS NULL AND COALESCE(c.scan, 0) <> :suspect AND (:kind IS NULL OR e.kind = :kind);

-- The list, newest first; the same columns as evidence_find.
-- name: evidence_page
-- hot
-- columns: evidence_id, title, kind, number, issued_day, is_secret, sha256, file_name, person_id, person, added_us
-- columns: withdrawn_us, withdrawn_by, withdrawn_why, size_bytes, type, scan, scan_message
-- params: before int, object_kind text?, object_id text?, kind text?, scan int?, withdrawn int?, from_us int?, to_us int?, person text?, words text?, row_limit int
SELECT e.evidence_id, e.title, e.kind, e.number, e.issued_day, e.is_secret, e.sha256, e.file_name, e.person_id, e.person,
	e.added_us, e.withdrawn_us, e.withdrawn_by, e.withdrawn_why, c.size_bytes, c.type, c.scan, c.scan_message
FROM evidence e
LEFT JOIN evidence_content c ON c.commune_id = e.commune_id AND c.sha256 = e.sha256
WHERE e.commune_id = :commune_id AND e.evidence_id < :before
	AND (:object_kind IS NULL OR EXISTS (SELECT 1 FROM evidence_link l WHERE l.commune_id = e.commune_id
		AND l.object_kind = :object_kind AND l.evidence_id = e.evidence_id AND (:object_id IS NULL OR l.object_id = :object_id)))
	AND (:kind IS NULL OR e.kind = :kind)
	AND (:scan IS NULL OR c.scan = :scan)
	AND (:withdrawn IS NULL OR (e.withdrawn_us IS NOT NULL AND :withdrawn = 1) OR (e.withdrawn_us IS NULL AND :withdrawn = 0))
	AND (:from_us IS NULL OR e.added_us >= :from_us)
	AND (:to_us IS NULL OR e.added_us < :to_us)
	AND (:person IS NULL OR e.person = :person)
	AND (:words IS NULL OR e.folded LIKE :words ESCAPE '!')
ORDER BY e.evidence_id DESC
LIMIT :row_limit;

-- Who handed something in, for the filter.
-- name: evidence_people
-- columns: person
SELECT DISTINCT person FROM evidence WHERE commune_id = :commune_id ORDER BY person LIMIT 200;

-- Another record that counts with the same content.
-- name: evidence_same_content
-- columns: evidence_id
-- params: sha256 text, evidence_id int
SELECT evidence_id
FROM evidence
WHERE commune_id = :commune_id AND sha256 = :sha256 AND evidence_id <> :evidence_id
ORDER BY evidence_id
LIMIT 20;

-- name: evidence_links
-- columns: object_kind, object_id
-- params: evidence_id int
SELECT object_kind, object_id
FROM evidence_link
WHERE commune_id = :commune_id AND evidence_id = :evidence_id
ORDER BY object_kind, object_id;

-- name: evidence_link_insert
-- params: object_kind text, object_id text, evidence_id int, now_us int, person text
INSERT INTO evidence_link (commune_id, object_kind, object_id, evidence_id, linked_us, person)
VALUES (:commune_id, :object_kind, :object_id, :evidence_id, :now_us, :person)
ON CONFLICT (commune_id, object_kind, object_id, evidence_id) DO NOTHING;

-- name: evidence_set_withdrawn
-- params: evidence_id int, now_us int, person text, reason text
UPDATE evidence SET withdrawn_us = :now_us, withdrawn_by = :person, withdrawn_why = :reason
WHERE commune_id = :commune_id AND evidence_id = :evidence_id AND withdrawn_us IS NULL;

-- What a record says goes; its number and date stay.
-- name: evidence_make_secret
-- params: evidence_id int, folded text
UPDATE evidence SET is_secret = 1, title = '', file_name = '', folded = :folded, sha256 = NULL,
	withdrawn_why = CASE WHEN withdrawn_why IS NULL THEN NULL ELSE 'Bí mật nhà nước' END
WHERE commune_id = :commune_id AND evidence_id = :evidence_id;

-- name: evidence_content_wipe
-- params: sha256 text, now_us int
UPDATE evidence_content SET wiped_us = :now_us WHERE commune_id = :commune_id AND sha256 = :sha256 AND wiped_us IS NULL;

-- name: evidence_noted
-- columns: evidence_id, title, kind, number, issued_day, is_secret, sha256, file_name, person_id, person, withdrawn_us, withdrawn_by, withdrawn_why
-- params: from_id int, row_limit int
SELECT evidence_id, title, kind, number, issued_day, is_secret, sha256, file_name, person_id, person, withdrawn_us, withdrawn_by,
	withdrawn_why
FROM evidence
WHERE commune_id = :commune_id AND evidence_id >= :from_id
ORDER BY evidence_id
LIMIT :row_limit;

-- name: evidence_content_noted
-- columns: sha256, size_bytes, type, scan, scan_message, wiped_us
-- params: from_sha256 text, row_limit int
SELECT sha256, size_bytes, type, scan, scan_message, wiped_us
FROM evidence_content
WHERE commune_id = :commune_id AND sha256 >= :from_sha256
ORDER BY sha256
LIMIT :row_limit;

-- ---- scanning ----

-- name: evidence_scan_recover
UPDATE evidence_content SET scan = 0 WHERE commune_id = :commune_id AND scan = 1;

-- name: evidence_scan_claim
-- columns: sha256, size_bytes
-- params: now_us int, size_max int
SELECT sha256, size_bytes
FROM evidence_content
WHERE commune_id = :commune_id AND scan = 0 AND scan_after_us <= :now_us AND wiped_us IS NULL AND size_bytes <= :size_max
ORDER BY scan_after_us
LIMIT 1;

-- name: evidence_scan_begin
-- params: sha256 text
UPDATE evidence_content SET scan = 1 WHERE commune_id = :commune_id AND sha256 = :sha256;

-- name: evidence_scan_end
-- params: sha256 text, scan int, message text, after_us int, now_us int
UPDATE evidence_content
SET scan = :scan, scan_message = :message, scan_tries = scan_tries + 1, scan_after_us = :after_us, scanned_us = :now_us
WHERE commune_id = :commune_id AND sha256 = :sha256;

-- name: evidence_scan_tries
-- columns: scan_tries
-- params: sha256 text
SELECT scan_tries FROM evidence_content WHERE commune_id = :commune_id AND sha256 = :sha256;

-- ---- uploads that are not finished ----

-- name: evidence_upload_insert
-- params: upload_id text, account_id int, file_name text, size_bytes int, changed_ms int, title text, kind text, number text, issued_day int?, object_kind text?, object_id text?, now_us int
INSERT INTO evidence_upload (commune_id, upload_id, account_id, file_name, size_bytes, changed_ms, title, kind, number,
	issued_day, object_kind, object_id, created_us)
VALUES (:commune_id, :upload_id, :account_id, :file_name, :size_bytes, :changed_ms, :title, :kind, :number, :issued_day,
	:object_kind, :object_id, :now_us);

-- name: evidence_upload_find
-- columns: upload_id, account_id, file_name, size_bytes, changed_ms, title, kind, number, issued_day, object_kind, object_id, created_us
-- params: upload_id text
SELECT upload_id, account_id, file_name, size_bytes, changed_ms, title, kind, number, issued_day, object_kind, object_id,
	created_us
FROM evidence_upload
WHERE commune_id = :commune_id AND upload_id = :upload_id;

-- The same columns.
-- name: evidence_upload_list
-- columns: upload_id, account_id, file_name, size_bytes, changed_ms, title, kind, number, issued_day, object_kind, object_id, created_us
-- params: account_id int, row_limit int
SELECT upload_id, account_id, file_name, size_bytes, changed_ms, title, kind, number, issued_day, object_kind, object_id,
	created_us
FROM evidence_upload
WHERE commune_id = :commune_id AND account_id = :account_id
ORDER BY created_us
LIMIT :row_limit;

-- All of them, with the same columns, to see which are too old.
-- name: evidence_upload_old
-- columns: upload_id, account_id, file_name, size_bytes, changed_ms, title, kind, number, issued_day, object_kind, object_id, created_us
-- params: before_us int
SELECT upload_id, account_id, file_name, size_bytes, changed_ms, title, kind, number, issued_day, object_kind, object_id,
	created_us
FROM evidence_upload
WHERE commune_id = :commune_id AND created_us < :before_us
ORDER BY created_us
LIMIT 1000;

-- What is announced and not finished, of everybody.
-- name: evidence_upload_total
-- columns: size_bytes, n
SELECT CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT), COUNT(*) FROM evidence_upload WHERE commune_id = :commune_id;

-- name: evidence_upload_delete
-- params: upload_id text
DELETE FROM evidence_upload WHERE commune_id = :commune_id AND upload_id = :upload_id;

-- name: evidence_content_wiped
-- columns: sha256
SELECT sha256 FROM evidence_content WHERE commune_id = :commune_id AND wiped_us IS NOT NULL;

-- Everything that is attached to something, to see what goes with a state secret.
-- name: evidence_redact_links
-- columns: object_kind, object_id, evidence_id
SELECT object_kind, object_id, evidence_id FROM evidence_link WHERE commune_id = :commune_id ORDER BY evidence_id;
