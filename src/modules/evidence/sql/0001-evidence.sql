-- SPDX-License-Identifier: GPL-3.0-or-later
-- Evidence: files kept by content, and the records of what they show. Nothing is deleted: what is withdrawn stays and says so.

-- Kinds of deliverables that a commune adds, or words anew; the kinds that come with the program are in evidence.sql.
CREATE TABLE evidence_kind (
	commune_id BIGINT NOT NULL,
	kind TEXT NOT NULL,             -- "van-ban"
	title TEXT NOT NULL,
	needs_number INTEGER NOT NULL,  -- 1: the issued document's number and date have to be told
	position INTEGER NOT NULL,      -- in lists
	valid_from INTEGER,             -- day; NULL: always
	valid_to INTEGER,               -- the last day; NULL: still
	source TEXT NOT NULL,
	PRIMARY KEY (commune_id, kind),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Each content once, however many records show it.
CREATE TABLE evidence_content (
	commune_id BIGINT NOT NULL,
	sha256 TEXT NOT NULL,           -- names it in the file store
	size_bytes BIGINT NOT NULL,
	type TEXT NOT NULL,             -- evidence_type.h
	scan INTEGER NOT NULL,          -- EvidenceScan
	scan_message TEXT NOT NULL,     -- what was found, or why it could not be scanned; ''
	scan_tries INTEGER NOT NULL,
	scan_after_us BIGINT NOT NULL,  -- not to be tried before
	scanned_us BIGINT,              -- when the answer came
	added_us BIGINT NOT NULL,       -- microseconds since 1970, UTC
	wiped_us BIGINT,                -- when the file was taken away, because it is a state secret
	PRIMARY KEY (commune_id, sha256),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Used by evidence_scan_claim.
CREATE INDEX evidence_content_by_scan ON evidence_content (commune_id, scan, scan_after_us);

-- What all contents take, kept beside them so that no page adds it up.
CREATE TABLE evidence_usage (
	commune_id BIGINT NOT NULL,
	size_bytes BIGINT NOT NULL,
	file_count BIGINT NOT NULL,
	PRIMARY KEY (commune_id),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

CREATE TABLE evidence (
	commune_id BIGINT NOT NULL,
	evidence_id BIGINT NOT NULL,
	title TEXT NOT NULL,            -- '' of a secret
	kind TEXT NOT NULL,
	number TEXT NOT NULL,           -- of an issued document; ''
	issued_day INTEGER,
	is_secret INTEGER NOT NULL,     -- 1: number and date alone are kept
	sha256 TEXT,                    -- NULL of a secret
	file_name TEXT NOT NULL,        -- as the sender called it; '' of a secret
	folded TEXT NOT NULL,           -- title, file name and number without marks: for search
	person_id BIGINT NOT NULL,      -- 0: nobody who had signed in
	person TEXT NOT NULL,
	added_us BIGINT NOT NULL,
	withdrawn_us BIGINT,
	withdrawn_by TEXT,
	withdrawn_why TEXT,
	PRIMARY KEY (commune_id, evidence_id),
	FOREIGN KEY (commune_id, sha256) REFERENCES evidence_content (commune_id, sha256)
);

-- Used by evidence_same_content.
CREATE INDEX evidence_by_content ON evidence (commune_id, sha256, evidence_id);

CREATE TABLE evidence_link (
	commune_id BIGINT NOT NULL,
	object_kind TEXT NOT NULL,      -- "task"
	object_id TEXT NOT NULL,        -- "3/12"
	evidence_id BIGINT NOT NULL,
	linked_us BIGINT NOT NULL,
	person TEXT NOT NULL,
	PRIMARY KEY (commune_id, object_kind, object_id, evidence_id),
	FOREIGN KEY (commune_id, evidence_id) REFERENCES evidence (commune_id, evidence_id)
);

-- Used by evidence_links.
CREATE INDEX evidence_link_by_evidence ON evidence_link (commune_id, evidence_id, object_kind, object_id);

-- Uploads that are not finished: what has arrived lies in uploads/ of the data directory. Gone when they end.
CREATE TABLE evidence_upload (
	commune_id BIGINT NOT NULL,
	upload_id TEXT NOT NULL,        -- 64 hexadecimal digits, random
	account_id BIGINT NOT NULL,     -- whose it is; 0: nobody who had signed in
	file_name TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,     -- announced
	changed_ms BIGINT NOT NULL,     -- of the file, as the browser says: tells whether it is the same one
	title TEXT NOT NULL,
	kind TEXT NOT NULL,
	number TEXT NOT NULL,
	issued_day INTEGER,
	object_kind TEXT,
	object_id TEXT,
	created_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, upload_id),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Used by evidence_upload_list.
CREATE INDEX evidence_upload_by_account ON evidence_upload (commune_id, account_id, created_us);
