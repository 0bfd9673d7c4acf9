-- SPDX-License-Identifier: GPL-3.0-or-later
-- Obstacles, proposals and questions of units, and the way they go until the unit says that they are settled. Nothing here is
-- deleted; entries are never changed.

-- By which steps a plan's proposals go: roles, not names. A commune's own rows take the place of those it began with.
CREATE TABLE proposal_route (
	commune_id BIGINT NOT NULL,
	family INTEGER NOT NULL,        -- PlanFamily
	valid_from INTEGER NOT NULL,    -- day; the newest route that has begun holds
	step_no INTEGER NOT NULL,       -- 1, 2, …
	role TEXT NOT NULL,             -- who has it in the plan does the step
	title TEXT NOT NULL,
	working_days INTEGER NOT NULL,
	decides INTEGER NOT NULL,       -- 1: the step that decides
	source TEXT NOT NULL,
	PRIMARY KEY (commune_id, family, valid_from, step_no),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

CREATE TABLE proposal (
	commune_id BIGINT NOT NULL,
	proposal_id BIGINT NOT NULL,
	kind INTEGER NOT NULL,          -- ProposalKind
	plan_id INTEGER NOT NULL,
	what INTEGER NOT NULL,          -- PlanLineWhat; 0: of the plan as a whole
	row_no INTEGER NOT NULL,        -- 0: none
	piece_id BIGINT NOT NULL,       -- of work; 0
	origin_no INTEGER NOT NULL,     -- the entry of that piece from which the words came; 0
	agency_id INTEGER NOT NULL,     -- the unit that raised it; 0: none
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	field TEXT NOT NULL,            -- what is to be adjusted: "deadline", "target"; ''
	year INTEGER NOT NULL,          -- of a target; 0
	new_text TEXT,
	new_day INTEGER,
	raiser_id BIGINT NOT NULL,
	raiser TEXT NOT NULL,
	raised_us BIGINT NOT NULL,
	-- What follows from the entries (proposal_replay()); kept here for lists. Checked by namro verify.
	state INTEGER NOT NULL,         -- ProposalState
	step_no INTEGER NOT NULL,
	due INTEGER,
	is_granted INTEGER NOT NULL,
	doc_number TEXT,
	doc_day INTEGER,
	n_reopened INTEGER NOT NULL,
	last_us BIGINT NOT NULL,
	version INTEGER NOT NULL,       -- how many entries
	PRIMARY KEY (commune_id, proposal_id),
	FOREIGN KEY (commune_id, plan_id) REFERENCES plan (commune_id, plan_id)
);

-- Used by proposal_of_origin and proposal_list_piece.
CREATE INDEX proposal_by_piece ON proposal (commune_id, piece_id, origin_no);

-- Used by proposal_list_row.
CREATE INDEX proposal_by_row ON proposal (commune_id, plan_id, what, row_no, proposal_id);

CREATE TABLE proposal_entry (
	commune_id BIGINT NOT NULL,
	proposal_id BIGINT NOT NULL,
	entry_no INTEGER NOT NULL,      -- 1, 2, … of the proposal
	kind INTEGER NOT NULL,          -- ProposalEntryKind
	at_us BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	name TEXT,
	step_no INTEGER NOT NULL,       -- at which it stands since
	due INTEGER,                    -- of that step
	is_granted INTEGER NOT NULL,
	text TEXT,
	doc_number TEXT,
	doc_day INTEGER,
	plan_id INTEGER NOT NULL,       -- where it belongs since; 0: as before
	row_no INTEGER NOT NULL,
	new_text TEXT,                  -- what was decided
	new_day INTEGER,
	PRIMARY KEY (commune_id, proposal_id, entry_no),
	FOREIGN KEY (commune_id, proposal_id) REFERENCES proposal (commune_id, proposal_id)
);
