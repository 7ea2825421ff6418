-- What was decided and what was attempted is never rewritten from outside the engine: a revision's
-- payload and hashes, once there, stay as they are.
CREATE TRIGGER `action_revisions_payload_fixed` BEFORE UPDATE ON `action_revisions`
WHEN NEW.`payload` IS NOT OLD.`payload`
	OR (OLD.`payload_hash` IS NOT NULL AND NEW.`payload_hash` IS NOT OLD.`payload_hash`)
	OR (OLD.`preconditions` IS NOT NULL AND NEW.`preconditions` IS NOT OLD.`preconditions`)
	OR (OLD.`preview` IS NOT NULL AND NEW.`preview` IS NOT OLD.`preview`)
BEGIN
	SELECT RAISE(ABORT, 'a prepared revision is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `action_decisions_fixed` BEFORE UPDATE ON `action_decisions`
WHEN NEW.`verdict` IS NOT OLD.`verdict` OR NEW.`payload_hash` IS NOT OLD.`payload_hash`
	OR NEW.`reviewer_person_id` IS NOT OLD.`reviewer_person_id`
	OR NEW.`assurance` IS NOT OLD.`assurance` OR NEW.`proof` IS NOT OLD.`proof`
BEGIN
	SELECT RAISE(ABORT, 'a decision is never changed');
END;
--> statement-breakpoint
-- The ledger: its end moves on by one entry at a time, and what of an entry is personal is never
-- rewritten. It goes only where the newest entry is the one that tells of its erasure.
CREATE TRIGGER `audit_heads_move_on` BEFORE UPDATE ON `audit_heads`
WHEN NEW.`seq` <> OLD.`seq` + 1 OR NEW.`workspace_id` <> OLD.`workspace_id`
BEGIN
	SELECT RAISE(ABORT, 'the end of the ledger only moves on');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_heads_no_delete` BEFORE DELETE ON `audit_heads`
WHEN NOT EXISTS (SELECT 1 FROM `workspaces` WHERE `id` = OLD.`workspace_id` AND `deleting_at` IS NOT NULL)
BEGIN
	SELECT RAISE(ABORT, 'the end of the ledger only moves on');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_personal_data_no_update` BEFORE UPDATE ON `audit_personal_data`
BEGIN
	SELECT RAISE(ABORT, 'personal data of the ledger is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_personal_data_erased_only` BEFORE DELETE ON `audit_personal_data`
WHEN NOT EXISTS (SELECT 1 FROM `workspaces` WHERE `id` = OLD.`workspace_id` AND `deleting_at` IS NOT NULL)
	AND NOT EXISTS (
		SELECT 1 FROM `audit_heads` h
		JOIN `audit_entries` e ON e.`workspace_id` = h.`workspace_id` AND e.`seq` = h.`seq`
		JOIN json_each(e.`detail`, '$.entryIds') erased ON erased.`value` = OLD.`entry_id`
		WHERE h.`workspace_id` = OLD.`workspace_id` AND e.`event` = 'audit.personal_data_erased')
BEGIN
	SELECT RAISE(ABORT, 'personal data of the ledger goes only with an entry that tells of it');
END;
--> statement-breakpoint
-- The read-only surface for other people's SQL (docs/guide/sql.md): exactly the columns of the
-- founding documents, of the one workspace that the embedded default makes.
CREATE VIEW `approvals` AS
SELECT a.`id`, a.`type` AS `action_type`, a.`target_ref`, a.`risk` AS `risk_level`,
	(SELECT r.`payload` FROM `action_revisions` r WHERE r.`workspace_id` = a.`workspace_id`
		AND r.`action_id` = a.`id` AND r.`revision` = a.`revision`) AS `proposed_payload`,
	a.`requester`,
	CASE WHEN a.`expires_at` IS NULL THEN NULL ELSE (a.`expires_at` - a.`created_at`) / 1000 END AS `ttl`,
	a.`status`, a.`decided_by`,
	strftime('%Y-%m-%dT%H:%M:%fZ', a.`decided_at` / 1000.0, 'unixepoch') AS `decided_at`,
	(SELECT d.`verdict` FROM `action_decisions` d WHERE d.`workspace_id` = a.`workspace_id`
		AND d.`action_id` = a.`id` AND d.`revision` = a.`revision` AND d.`voided_at` IS NULL
		ORDER BY d.`decided_at` DESC, d.`id` DESC LIMIT 1) AS `decision`,
	(SELECT d.`reason` FROM `action_decisions` d WHERE d.`workspace_id` = a.`workspace_id`
		AND d.`action_id` = a.`id` AND d.`revision` = a.`revision` AND d.`voided_at` IS NULL
		ORDER BY d.`decided_at` DESC, d.`id` DESC LIMIT 1) AS `reason`,
	a.`model_version`, a.`trace_id`
FROM `actions` a WHERE a.`workspace_id` = 'default';
--> statement-breakpoint
CREATE VIEW `audit_events` AS
SELECT `id`, `subject`, `event` AS `verb`, `detail` AS `payload`, `actor`, `outcome`,
	strftime('%Y-%m-%dT%H:%M:%fZ', `at` / 1000.0, 'unixepoch') AS `ts`,
	`trace_id` AS `correlation_id`
FROM `audit_entries` WHERE `workspace_id` = 'default';
