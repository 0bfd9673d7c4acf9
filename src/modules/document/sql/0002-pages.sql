-- SPDX-License-Identifier: GPL-3.0-or-later
-- Documents that have pages: their sizes, where on them each item stands, and the signatures in the file.

ALTER TABLE document ADD COLUMN page_count INTEGER NOT NULL DEFAULT 0; -- 0: a source without pages

-- Lengths are hundredths of a point (1/72 inch).
CREATE TABLE document_page (
	commune_id BIGINT NOT NULL,
	document_id INTEGER NOT NULL,
	page_no INTEGER NOT NULL,    -- 1, 2, …
	width INTEGER NOT NULL,
	height INTEGER NOT NULL,
	is_scan INTEGER NOT NULL,    -- its text was recognised from a picture
	turns INTEGER NOT NULL DEFAULT 0, -- quarters clockwise from the file's page to the one that is shown
	PRIMARY KEY (commune_id, document_id, page_no),
	FOREIGN KEY (commune_id, document_id) REFERENCES document (commune_id, document_id)
);

-- The parts of pages that a mark covers: one for each page, from the top left corner.
CREATE TABLE document_area (
	commune_id BIGINT NOT NULL,
	document_id INTEGER NOT NULL,
	mark_no INTEGER NOT NULL,
	page_no INTEGER NOT NULL,
	box_left INTEGER NOT NULL,
	box_top INTEGER NOT NULL,
	box_right INTEGER NOT NULL,
	box_bottom INTEGER NOT NULL,
	PRIMARY KEY (commune_id, document_id, mark_no, page_no),
	FOREIGN KEY (commune_id, document_id, mark_no)
		REFERENCES document_mark (commune_id, document_id, mark_no)
);

-- Used by document_area_of_page.
CREATE INDEX document_area_by_page ON document_area (commune_id, document_id, page_no, mark_no);

CREATE TABLE document_signature (
	commune_id BIGINT NOT NULL,
	document_id INTEGER NOT NULL,
	signature_no INTEGER NOT NULL, -- 1, 2, … in the order of the file
	signer TEXT,                   -- common name of the certificate
	issuer TEXT,
	signed_at BIGINT,              -- seconds since 1970, UTC; NULL where not stated
	is_intact INTEGER NOT NULL,    -- the signed bytes are as they were signed
	covers_all INTEGER NOT NULL,   -- nothing was added behind what was signed
	PRIMARY KEY (commune_id, document_id, signature_no),
	FOREIGN KEY (commune_id, document_id) REFERENCES document (commune_id, document_id)
);

-- Used by document_find_by_file.
CREATE INDEX document_by_file ON document (commune_id, sha256, document_id);
