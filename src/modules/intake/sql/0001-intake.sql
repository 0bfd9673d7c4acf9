-- SPDX-License-Identifier: GPL-3.0-or-later
-- Drafts: documents that came in and do not count yet. What a draft's plan is follows from its file, what a reader made
-- of it, and the edits; the plan itself is stored when it is published.

CREATE TABLE intake_draft (
	commune_id BIGINT NOT NULL,
	draft_id INTEGER NOT NULL,
	file_sha256 TEXT NOT NULL,       -- the file as it was given, in the file store
	source_sha256 TEXT,              -- what is compiled, in the file store: the block stream, or the file itself where it is
	                                 -- text; NULL until it was read
	file_name TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	format INTEGER NOT NULL,         -- ReaderFormat
	state INTEGER NOT NULL,          -- IntakeState
	page_done INTEGER NOT NULL,
	page_total INTEGER NOT NULL,     -- 0: not known
	message TEXT NOT NULL,           -- why it failed; ""
	version INTEGER NOT NULL,        -- grows with every edit, undo and redo
	caption TEXT NOT NULL,           -- "Kế hoạch số 57/KH-UBND …"; "" until it was read
	task_count INTEGER NOT NULL,
	indicator_count INTEGER NOT NULL,
	doubt_count INTEGER NOT NULL,
	plan_id INTEGER,                 -- that it was published as
	created_at BIGINT NOT NULL,      -- microseconds since 1970, UTC
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (commune_id, draft_id),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

-- Used by intake_draft_find_file.
CREATE INDEX intake_draft_by_file ON intake_draft (commune_id, file_sha256, draft_id);

-- Used by intake_draft_page and intake_job_claim.
CREATE INDEX intake_draft_by_state ON intake_draft (commune_id, state, draft_id);

-- What a reviewer did, in order. Nothing is deleted: what was undone stays and says so.
CREATE TABLE intake_edit (
	commune_id BIGINT NOT NULL,
	draft_id INTEGER NOT NULL,
	edit_no INTEGER NOT NULL,        -- 1, 2, … in the draft
	version INTEGER NOT NULL,        -- of the draft, when it was made
	body TEXT NOT NULL,              -- plan_edit_encode()
	standing INTEGER NOT NULL,       -- IntakeStanding: counts, undone, or undone and overtaken by a later edit
	made_at BIGINT NOT NULL,
	PRIMARY KEY (commune_id, draft_id, edit_no),
	FOREIGN KEY (commune_id, draft_id) REFERENCES intake_draft (commune_id, draft_id)
);

-- Spellings of agencies that a reviewer explained once; every later reading of this commune uses them.
CREATE TABLE intake_alias (
	commune_id BIGINT NOT NULL,
	printed TEXT NOT NULL,
	name TEXT NOT NULL,
	learned_at BIGINT NOT NULL,
	draft_id INTEGER NOT NULL,       -- that taught it
	PRIMARY KEY (commune_id, printed),
	FOREIGN KEY (commune_id, draft_id) REFERENCES intake_draft (commune_id, draft_id)
);
