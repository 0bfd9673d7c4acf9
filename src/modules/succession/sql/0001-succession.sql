-- SPDX-License-Identifier: GPL-3.0-or-later
-- Comparing a plan with the one that it replaces or amends, until it is put into force. What came of it stands in
-- plan_succession and plan_line.

CREATE TABLE succession (
	commune_id BIGINT NOT NULL,
	succession_id BIGINT NOT NULL,
	draft_id BIGINT NOT NULL,       -- the new plan as a draft; 0: it counts already
	new_plan_id INTEGER NOT NULL,   -- 0 until the draft is published
	old_plan_id INTEGER NOT NULL,
	kind INTEGER NOT NULL,          -- PlanSuccessionKind
	from_day INTEGER NOT NULL,
	carries_roles INTEGER NOT NULL, -- 1: roles of the old plan go on in the new one
	state INTEGER NOT NULL,         -- SuccessionState
	version INTEGER NOT NULL,       -- how often it was changed
	name TEXT NOT NULL,             -- who began it
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, succession_id),
	FOREIGN KEY (commune_id, old_plan_id) REFERENCES plan (commune_id, plan_id)
);

-- What a person said about lines; taken back ones stay and say so.
CREATE TABLE succession_step (
	commune_id BIGINT NOT NULL,
	succession_id BIGINT NOT NULL,
	step_no INTEGER NOT NULL,
	kind INTEGER NOT NULL,          -- SuccessionStepKind
	what INTEGER NOT NULL,          -- PlanLineWhat; 0: all lines
	old_no INTEGER NOT NULL,        -- 0: the new row comes from nothing
	new_key TEXT NOT NULL,          -- the new row's mark in its document; '': the old row is gone
	seen INTEGER NOT NULL,          -- version of the draft
	is_undone INTEGER NOT NULL,
	name TEXT NOT NULL,
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, succession_id, step_no),
	FOREIGN KEY (commune_id, succession_id) REFERENCES succession (commune_id, succession_id)
);
