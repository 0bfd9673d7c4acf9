-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who somebody is and what he may do is read once for many requests; it counts for as long as the commune's stamp
-- (db_stamp()) is the same. Every change of a row that the gate reads draws a new one, whoever makes it: this process,
-- another one, a hand at the database. A new session, and that one was used, change nothing that was read before.
-- test_identity checks that every table that the gate's statements read has its triggers here.

-- only: sqlite
CREATE TRIGGER identity_session_stamp_update AFTER UPDATE OF token_hash, account_id, created_us, revoked_us, factor ON identity_session BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_session_stamp_delete AFTER DELETE ON identity_session BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_account_stamp_update AFTER UPDATE OF person_id, kind, must_change, disabled_us, totp_secret ON identity_account BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_account_stamp_delete AFTER DELETE ON identity_account BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_person_stamp_update AFTER UPDATE OF name ON identity_person BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_password_stamp_insert AFTER INSERT ON identity_password BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_password_stamp_update AFTER UPDATE ON identity_password BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_password_stamp_delete AFTER DELETE ON identity_password BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_grant_stamp_insert AFTER INSERT ON identity_grant BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_grant_stamp_update AFTER UPDATE ON identity_grant BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_grant_stamp_delete AFTER DELETE ON identity_grant BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_plan_role_stamp_insert AFTER INSERT ON identity_plan_role BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_plan_role_stamp_update AFTER UPDATE ON identity_plan_role BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_plan_role_stamp_delete AFTER DELETE ON identity_plan_role BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_post_stamp_insert AFTER INSERT ON identity_post BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_post_stamp_update AFTER UPDATE ON identity_post BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_post_stamp_delete AFTER DELETE ON identity_post BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_role_stamp_insert AFTER INSERT ON identity_role BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_role_stamp_update AFTER UPDATE ON identity_role BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_role_stamp_delete AFTER DELETE ON identity_role BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_role_permission_stamp_insert AFTER INSERT ON identity_role_permission BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_role_permission_stamp_update AFTER UPDATE ON identity_role_permission BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_role_permission_stamp_delete AFTER DELETE ON identity_role_permission BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_rule_stamp_insert AFTER INSERT ON identity_rule BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_rule_stamp_update AFTER UPDATE ON identity_rule BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_rule_stamp_delete AFTER DELETE ON identity_rule BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_rule_value_stamp_insert AFTER INSERT ON identity_rule_value BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_rule_value_stamp_update AFTER UPDATE ON identity_rule_value BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_rule_value_stamp_delete AFTER DELETE ON identity_rule_value BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_level_stamp_insert AFTER INSERT ON identity_level BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_level_stamp_update AFTER UPDATE ON identity_level BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_level_stamp_delete AFTER DELETE ON identity_level BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_level_rule_stamp_insert AFTER INSERT ON identity_level_rule BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_level_rule_stamp_update AFTER UPDATE ON identity_level_rule BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_level_rule_stamp_delete AFTER DELETE ON identity_level_rule BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_duty_stamp_insert AFTER INSERT ON identity_duty BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_duty_stamp_update AFTER UPDATE ON identity_duty BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER identity_duty_stamp_delete AFTER DELETE ON identity_duty BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER agency_stamp_update AFTER UPDATE OF name ON agency BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER agency_change_stamp_update AFTER UPDATE ON agency_change BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER agency_change_stamp_delete AFTER DELETE ON agency_change BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER agency_link_stamp_insert AFTER INSERT ON agency_link BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER agency_link_stamp_update AFTER UPDATE ON agency_link BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (NEW.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER agency_link_stamp_delete AFTER DELETE ON agency_link BEGIN
	INSERT INTO db_state (commune_id, version, stamp) VALUES (OLD.commune_id, 0, random())
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
END;

INSERT INTO db_state (commune_id, version, stamp) SELECT commune_id, 0, random() FROM commune WHERE true
ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
-- only: pg
CREATE TRIGGER identity_session_stamp AFTER UPDATE OF token_hash, account_id, created_us, revoked_us, factor OR DELETE ON identity_session
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_account_stamp AFTER UPDATE OF person_id, kind, must_change, disabled_us, totp_secret OR DELETE ON identity_account
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_person_stamp AFTER UPDATE OF name ON identity_person
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_password_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_password
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_grant_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_grant
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_plan_role_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_plan_role
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_post_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_post
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_role_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_role
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_role_permission_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_role_permission
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_rule_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_rule
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_rule_value_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_rule_value
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_level_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_level
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_level_rule_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_level_rule
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER identity_duty_stamp AFTER INSERT OR UPDATE OR DELETE ON identity_duty
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER agency_stamp AFTER UPDATE OF name ON agency
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER agency_change_stamp AFTER UPDATE OR DELETE ON agency_change
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

CREATE TRIGGER agency_link_stamp AFTER INSERT OR UPDATE OR DELETE ON agency_link
	FOR EACH ROW EXECUTE FUNCTION db_draw_stamp();

INSERT INTO db_state (commune_id, version, stamp)
SELECT commune_id, 0, 1 + floor(random() * 9007199254740991)::BIGINT FROM commune WHERE true
ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
-- only: both
