-- SPDX-License-Identifier: GPL-3.0-or-later

-- The same words in another file (other line ends, another encoding) are the same document.
-- name: document_find_by_text
-- columns: document_id
-- params: text_sha256 text
SELECT document_id FROM document WHERE commune_id = :commune_id AND text_sha256 = :text_sha256;

-- The newest document that came in as this file.
-- name: document_find_by_file
-- columns: document_id
-- params: sha256 text
SELECT document_id
FROM document
WHERE commune_id = :commune_id AND sha256 = :sha256
ORDER BY document_id DESC
LIMIT 1;

-- name: document_find
-- columns: sha256, file_name, size_bytes, part_count, page_count
-- params: document_id int
SELECT sha256, file_name, size_bytes, part_count, page_count
FROM document
WHERE commune_id = :commune_id AND document_id = :document_id;

-- name: document_insert
-- columns: document_id
-- params: sha256 text, text_sha256 text, file_name text, size_bytes int, part_count int, page_count int, added_at int
INSERT INTO document (commune_id, document_id, sha256, text_sha256, file_name, size_bytes, part_count, page_count,
	added_at)
VALUES (:commune_id, (SELECT COALESCE(MAX(d.document_id), 0) + 1 FROM document d WHERE d.commune_id = :commune_id),
	:sha256, :text_sha256, :file_name, :size_bytes, :part_count, :page_count, :added_at)
RETURNING document_id;

-- name: document_block_insert
-- params: document_id int, block_no int, part_no int, kind int, depth int, line int, page int, body text
INSERT INTO document_block (commune_id, document_id, block_no, part_no, kind, depth, line, page, body)
VALUES (:commune_id, :document_id, :block_no, :part_no, :kind, :depth, :line, :page, :body);

-- name: document_block_list
-- hot
-- columns: block_no, kind, depth, line, page, body
-- params: document_id int, part_no int
SELECT block_no, kind, depth, line, page, body
FROM document_block
WHERE commune_id = :commune_id AND document_id = :document_id AND part_no = :part_no
ORDER BY block_no;

-- The headings of the whole document: its table of contents.
-- name: document_heading_list
-- hot
-- columns: block_no, part_no, kind, depth, body
-- params: document_id int, kind_heading int, kind_annex int, max_depth int, row_limit int
SELECT block_no, part_no, kind, depth, body
FROM document_block
WHERE commune_id = :commune_id AND document_id = :document_id AND kind = :kind_annex
UNION ALL
SELECT block_no, part_no, kind, depth, body
FROM document_block
WHERE commune_id = :commune_id AND document_id = :document_id AND kind = :kind_heading AND depth <= :max_depth
ORDER BY block_no
LIMIT :row_limit;

-- name: document_block_find
-- columns: part_no
-- params: document_id int, block_no int
SELECT part_no
FROM document_block
WHERE commune_id = :commune_id AND document_id = :document_id AND block_no = :block_no;

-- name: document_mark_insert
-- params: document_id int, block_no int, mark_no int, kind int, item text, target_no int, label text, title text, detail text, mark_start int, mark_len int, confidence int
INSERT INTO document_mark (commune_id, document_id, block_no, mark_no, kind, item, target_no, label, title, detail,
	mark_start, mark_len, confidence)
VALUES (:commune_id, :document_id, :block_no, :mark_no, :kind, :item, :target_no, :label, :title, :detail,
	:mark_start, :mark_len, :confidence);

-- name: document_mark_list
-- hot
-- columns: block_no, kind, item, target_no, label, title, detail, mark_start, mark_len, confidence
-- params: document_id int, first_block int, last_block int
SELECT block_no, kind, item, target_no, label, title, detail, mark_start, mark_len, confidence
FROM document_mark
WHERE commune_id = :commune_id AND document_id = :document_id AND block_no BETWEEN :first_block AND :last_block
ORDER BY block_no, mark_no;

-- name: document_mark_find
-- columns: block_no, part_no, kind, mark_start, mark_len, body, page, line
-- params: document_id int, item text
SELECT m.block_no, b.part_no, m.kind, m.mark_start, m.mark_len, b.body, b.page, b.line
FROM document_mark m
JOIN document_block b
	ON b.commune_id = m.commune_id AND b.document_id = m.document_id AND b.block_no = m.block_no
WHERE m.commune_id = :commune_id AND m.document_id = :document_id AND m.item = :item;

-- name: document_mark_count
-- columns: kind, mark_count
-- params: document_id int
SELECT kind, COUNT(*) AS mark_count
FROM document_mark
WHERE commune_id = :commune_id AND document_id = :document_id
GROUP BY kind
ORDER BY kind;

-- name: document_page_insert
-- params: document_id int, page_no int, width int, height int, is_scan int, turns int
INSERT INTO document_page (commune_id, document_id, page_no, width, height, is_scan, turns)
VALUES (:commune_id, :document_id, :page_no, :width, :height, :is_scan, :turns);

-- name: document_page_list
-- hot
-- columns: page_no, width, height, is_scan, turns
-- params: document_id int, first int, last int
SELECT page_no, width, height, is_scan, turns
FROM document_page
WHERE commune_id = :commune_id AND document_id = :document_id AND page_no BETWEEN :first AND :last
ORDER BY page_no;

-- name: document_area_insert
-- params: document_id int, mark_no int, page_no int, box_left int, box_top int, box_right int, box_bottom int
INSERT INTO document_area (commune_id, document_id, mark_no, page_no, box_left, box_top, box_right, box_bottom)
VALUES (:commune_id, :document_id, :mark_no, :page_no, :box_left, :box_top, :box_right, :box_bottom);

-- What stands on one page.
-- name: document_area_of_page
-- hot
-- columns: item, kind, target_no, label, title, confidence, page_no, box_left, box_top, box_right, box_bottom
-- params: document_id int, page_no int
SELECT m.item, m.kind, m.target_no, m.label, m.title, m.confidence, a.page_no, a.box_left, a.box_top, a.box_right,
	a.box_bottom
FROM document_area a
JOIN document_mark m
	ON m.commune_id = a.commune_id AND m.document_id = a.document_id AND m.mark_no = a.mark_no
WHERE a.commune_id = :commune_id AND a.document_id = :document_id AND a.page_no = :page_no
ORDER BY a.mark_no;

-- Where one item stands, by page.
-- name: document_area_of_item
-- hot
-- columns: item, kind, target_no, label, title, confidence, page_no, box_left, box_top, box_right, box_bottom
-- params: document_id int, item text
SELECT m.item, m.kind, m.target_no, m.label, m.title, m.confidence, a.page_no, a.box_left, a.box_top, a.box_right,
	a.box_bottom
FROM document_mark m
JOIN document_area a
	ON a.commune_id = m.commune_id AND a.document_id = m.document_id AND a.mark_no = m.mark_no
WHERE m.commune_id = :commune_id AND m.document_id = :document_id AND m.item = :item
ORDER BY a.mark_no, a.page_no;

-- name: document_signature_insert
-- params: document_id int, signature_no int, signer text?, issuer text?, signed_at int?, is_intact int, covers_all int
INSERT INTO document_signature (commune_id, document_id, signature_no, signer, issuer, signed_at, is_intact, covers_all)
VALUES (:commune_id, :document_id, :signature_no, :signer, :issuer, :signed_at, :is_intact, :covers_all);

-- name: document_signature_list
-- hot
-- columns: signer, issuer, signed_at, is_intact, covers_all
-- params: document_id int
SELECT signer, issuer, signed_at, is_intact, covers_all
FROM document_signature
WHERE commune_id = :commune_id AND document_id = :document_id
ORDER BY signature_no;

-- ---- state secrets: nothing of it stays but its hash ----

-- name: document_redact_areas
-- params: document_id int
DELETE FROM document_area WHERE commune_id = :commune_id AND document_id = :document_id;

-- name: document_redact_marks
-- params: document_id int
DELETE FROM document_mark WHERE commune_id = :commune_id AND document_id = :document_id;

-- name: document_redact_signatures
-- params: document_id int
DELETE FROM document_signature WHERE commune_id = :commune_id AND document_id = :document_id;

-- name: document_redact_pages
-- params: document_id int
DELETE FROM document_page WHERE commune_id = :commune_id AND document_id = :document_id;

-- name: document_redact_blocks
-- params: document_id int
DELETE FROM document_block WHERE commune_id = :commune_id AND document_id = :document_id;

-- name: document_redact
-- params: document_id int
UPDATE document
SET text_sha256 = 'mật|' || CAST(document_id AS TEXT), file_name = 'tài liệu mật', part_count = 0, page_count = 0
WHERE commune_id = :commune_id AND document_id = :document_id;
