-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tasks of live plans as work of agencies and people. Nothing here is deleted; entries are never changed.

CREATE TABLE work_piece (
	commune_id BIGINT NOT NULL,
	piece_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	task_no INTEGER NOT NULL,
	agency_id INTEGER NOT NULL,
	role INTEGER NOT NULL,          -- AgencyRole
	part_no INTEGER NOT NULL,       -- 0: the whole task
	part TEXT,
	deadline_kind INTEGER NOT NULL, -- PlanDeadlineKind
	period INTEGER NOT NULL,        -- PlanPeriod
	period_end INTEGER NOT NULL,    -- day number; 0: no occurrence
	needs_document INTEGER NOT NULL,
	-- What follows from the entries (work_replay()); kept here for lists. Checked by namro verify.
	state INTEGER NOT NULL,         -- WorkState
	stage INTEGER NOT NULL,         -- WorkStage
	percent INTEGER NOT NULL,       -- -1: nobody has said
	person_id BIGINT NOT NULL,      -- 0: nobody in particular
	is_taken INTEGER NOT NULL,
	is_returned INTEGER NOT NULL,
	original_due INTEGER,
	due INTEGER,
	due_key INTEGER NOT NULL,       -- due; above all days where there is none
	submitted_day INTEGER,
	submitter_id BIGINT NOT NULL,
	accepted_day INTEGER,
	updated_month INTEGER,
	event_day INTEGER,
	has_product INTEGER NOT NULL,
	has_reason INTEGER NOT NULL,
	doc_number TEXT,
	doc_day INTEGER,
	pending_no INTEGER NOT NULL,
	pending_kind INTEGER NOT NULL,
	n_extensions INTEGER NOT NULL,
	last_us BIGINT NOT NULL,
	version INTEGER NOT NULL,       -- how many entries
	PRIMARY KEY (commune_id, piece_id),
	FOREIGN KEY (commune_id, plan_id, task_no) REFERENCES task (commune_id, plan_id, task_no),
	FOREIGN KEY (commune_id, agency_id) REFERENCES agency (commune_id, agency_id)
);

-- No piece is made twice; used by work_pieces_of_task.
CREATE UNIQUE INDEX work_piece_by_task ON work_piece (commune_id, plan_id, task_no, agency_id, role, part_no, period_end);

-- Used by work_list_stage, work_count_due.
CREATE INDEX work_piece_by_stage ON work_piece (commune_id, stage, due_key, piece_id);

-- Used by work_list_agency.
CREATE INDEX work_piece_by_agency ON work_piece (commune_id, agency_id, stage, due_key, piece_id);

-- Used by work_list_person.
CREATE INDEX work_piece_by_person ON work_piece (commune_id, person_id, stage, due_key, piece_id);

-- Used by work_list_pending.
CREATE INDEX work_piece_by_pending ON work_piece (commune_id, pending_kind, due_key, piece_id);

CREATE TABLE work_entry (
	commune_id BIGINT NOT NULL,
	piece_id BIGINT NOT NULL,
	entry_no INTEGER NOT NULL,      -- 1, 2, … of the piece
	kind INTEGER NOT NULL,          -- WorkEntryKind
	at_us BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	name TEXT,
	state INTEGER NOT NULL,         -- -1: none
	percent INTEGER NOT NULL,       -- -1: none
	month INTEGER,
	due INTEGER,
	day INTEGER,
	ref_no INTEGER NOT NULL,
	for_person BIGINT NOT NULL,
	is_idle INTEGER NOT NULL,
	is_granted INTEGER NOT NULL,
	done TEXT,
	difficulties TEXT,
	proposals TEXT,
	product TEXT,
	reason TEXT,
	doc_number TEXT,
	PRIMARY KEY (commune_id, piece_id, entry_no),
	FOREIGN KEY (commune_id, piece_id) REFERENCES work_piece (commune_id, piece_id)
);

-- Months whose updates were closed or opened again by somebody; the rule of the settings holds for the others.
CREATE TABLE work_lock (
	commune_id BIGINT NOT NULL,
	month INTEGER NOT NULL,         -- its last day
	is_locked INTEGER NOT NULL,
	name TEXT,
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, month),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- How far the daily work has come with each plan.
CREATE TABLE work_progress (
	commune_id BIGINT NOT NULL,
	plan_id INTEGER NOT NULL,
	opened_task INTEGER NOT NULL,   -- the last task of which pieces were made
	period_day INTEGER NOT NULL,    -- periods up to this day are there
	period_task INTEGER NOT NULL,   -- … and up to this task for today
	PRIMARY KEY (commune_id, plan_id),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);
