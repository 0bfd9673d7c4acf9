-- SPDX-License-Identifier: GPL-3.0-or-later
-- Source files, kept by their hash, with the text as it was read.

CREATE TABLE document (
	commune_id BIGINT NOT NULL,
	document_id INTEGER NOT NULL,
	sha256 TEXT NOT NULL,        -- of the file as it was given; names it in the file store
	text_sha256 TEXT NOT NULL,   -- of the text as it was read
	file_name TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	part_count INTEGER NOT NULL, -- pages of Văn bản nguồn
	added_at BIGINT NOT NULL,   -- microseconds since 1970, UTC
	PRIMARY KEY (commune_id, document_id),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

CREATE UNIQUE INDEX document_by_text ON document (commune_id, text_sha256);

-- The document in order, without gaps.
CREATE TABLE document_block (
	commune_id BIGINT NOT NULL,
	document_id INTEGER NOT NULL,
	block_no INTEGER NOT NULL,   -- 1, 2, … in the order of the text
	part_no INTEGER NOT NULL,
	kind INTEGER NOT NULL,       -- PlanBlockKind
	depth INTEGER NOT NULL,
	line INTEGER NOT NULL,
	page INTEGER NOT NULL,       -- 0: a source without pages
	body TEXT NOT NULL,
	PRIMARY KEY (commune_id, document_id, block_no),
	FOREIGN KEY (commune_id, document_id) REFERENCES document (commune_id, document_id)
);

-- Used by document_block_list.
CREATE INDEX document_block_by_part ON document_block (commune_id, document_id, part_no, block_no);

-- Used by document_heading_list.
CREATE INDEX document_block_by_kind ON document_block (commune_id, document_id, kind, depth, block_no);

-- What was understood from a piece of the text: the right side of Văn bản nguồn.
CREATE TABLE document_mark (
	commune_id BIGINT NOT NULL,
	document_id INTEGER NOT NULL,
	block_no INTEGER NOT NULL,
	mark_no INTEGER NOT NULL,    -- 1, 2, … in the whole document
	kind INTEGER NOT NULL,       -- DocumentMarkKind
	item TEXT NOT NULL,          -- "annex2:5.10": unique in the document
	target_no INTEGER NOT NULL,  -- the number of the task or indicator; 0: it has no page of its own
	label TEXT NOT NULL,         -- "Nhiệm vụ 5.10"
	title TEXT NOT NULL,
	detail TEXT NOT NULL,        -- "Chủ trì: …" in plain words, one line for each fact
	mark_start INTEGER NOT NULL, -- bytes into the block's body
	mark_len INTEGER NOT NULL,   -- 0: the whole block
	confidence INTEGER NOT NULL, -- 0 to 100
	PRIMARY KEY (commune_id, document_id, mark_no),
	FOREIGN KEY (commune_id, document_id, block_no)
		REFERENCES document_block (commune_id, document_id, block_no)
);

-- Used by document_mark_list.
CREATE INDEX document_mark_by_block ON document_mark (commune_id, document_id, block_no, mark_no);

-- Used by document_mark_find.
CREATE INDEX document_mark_by_item ON document_mark (commune_id, document_id, item);
