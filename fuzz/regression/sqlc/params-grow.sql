-- name: task_a
-- params: a int, b int
DELETE FROM t WHERE commune_id = :commune_id AND a = :a AND b = :b;
