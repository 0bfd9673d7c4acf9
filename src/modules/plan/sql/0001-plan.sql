-- SPDX-License-Identifier: GPL-3.0-or-later
-- Plans as they were understood. A plan is known by issuer, number, date and type; a changed text of the same plan
-- makes a new version and the old one is kept. Rows of a version are never changed.

CREATE TABLE plan (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	identity TEXT NOT NULL,       -- "issuer|number|date|type", folded
	version INTEGER NOT NULL,     -- 1, 2, … of the identity
	is_current INTEGER NOT NULL,  -- 1: the newest version
	family INTEGER NOT NULL,      -- PlanFamily
	number TEXT,
	type TEXT,
	issuer TEXT,
	place TEXT,
	issued_on TEXT,               -- "2026-02-24", "2026-02", "2026": as far as the document says
	title TEXT,
	signer TEXT,
	signer_role TEXT,
	is_plan INTEGER NOT NULL,     -- 0: the document does not look like a plan
	task_count INTEGER NOT NULL,
	indicator_count INTEGER NOT NULL,
	duty_count INTEGER NOT NULL,
	error_count INTEGER NOT NULL,
	warning_count INTEGER NOT NULL,
	info_count INTEGER NOT NULL,
	added_at BIGINT NOT NULL,    -- microseconds since 1970, UTC
	PRIMARY KEY (commune_id, plan_id),
	FOREIGN KEY (commune_id, document_id) REFERENCES document (commune_id, document_id)
);

CREATE UNIQUE INDEX plan_by_identity ON plan (commune_id, identity, version);

CREATE TABLE plan_annex (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	annex_no INTEGER NOT NULL,    -- 1, 2, … in the order of the document
	kind INTEGER NOT NULL,        -- PlanAnnexKind
	label TEXT NOT NULL,
	title TEXT,
	line INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id, annex_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

CREATE TABLE plan_column (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	annex_no INTEGER NOT NULL,
	column_no INTEGER NOT NULL,
	kind INTEGER NOT NULL,        -- PlanColumnKind
	title TEXT NOT NULL,
	year INTEGER NOT NULL,        -- 0: none
	PRIMARY KEY (commune_id, plan_id, annex_no, column_no),
	FOREIGN KEY (commune_id, plan_id, annex_no) REFERENCES plan_annex (commune_id, plan_id, annex_no)
);

-- Rows that head others.
CREATE TABLE plan_group (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	group_no INTEGER NOT NULL,    -- 1, 2, … in the whole plan
	annex_no INTEGER NOT NULL,
	parent_no INTEGER NOT NULL,   -- the group row above; 0: none
	level INTEGER NOT NULL,
	no TEXT,
	title TEXT NOT NULL,
	PRIMARY KEY (commune_id, plan_id, group_no),
	FOREIGN KEY (commune_id, plan_id, annex_no) REFERENCES plan_annex (commune_id, plan_id, annex_no)
);

-- What is wrong with the plan, or was read with doubt.
CREATE TABLE plan_finding (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	finding_no INTEGER NOT NULL,  -- 1, 2, …: errors first, then by place
	severity INTEGER NOT NULL,    -- DiagSeverity
	rule TEXT NOT NULL,
	message TEXT NOT NULL,
	line INTEGER NOT NULL,        -- 0: of the document as a whole
	block_no INTEGER NOT NULL,    -- 0: none
	PRIMARY KEY (commune_id, plan_id, finding_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

-- Used by plan_finding_of_blocks.
CREATE INDEX plan_finding_by_block ON plan_finding (commune_id, plan_id, block_no, finding_no);

-- Used by plan_finding_tally.
CREATE INDEX plan_finding_by_rule ON plan_finding (commune_id, plan_id, severity, rule);

CREATE TABLE plan_finding_place (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	finding_no INTEGER NOT NULL,
	place_no INTEGER NOT NULL,
	line INTEGER NOT NULL,
	block_no INTEGER NOT NULL,
	PRIMARY KEY (commune_id, plan_id, finding_no, place_no),
	FOREIGN KEY (commune_id, plan_id, finding_no) REFERENCES plan_finding (commune_id, plan_id, finding_no)
);

-- Documents that the plan rests on, cites or replaces.
CREATE TABLE plan_citation (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	citation_no INTEGER NOT NULL,
	relation INTEGER NOT NULL,    -- PlanRelation
	type TEXT,
	number TEXT,
	issuer TEXT,
	issued_on TEXT,
	PRIMARY KEY (commune_id, plan_id, citation_no),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);
