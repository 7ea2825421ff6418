CREATE TRIGGER `audit_entries_no_update` BEFORE UPDATE ON `audit_entries`
BEGIN
	SELECT RAISE(ABORT, 'audit_entries is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_no_delete` BEFORE DELETE ON `audit_entries`
WHEN NOT EXISTS (SELECT 1 FROM `workspaces` WHERE `id` = OLD.`workspace_id` AND `deleting_at` IS NOT NULL)
BEGIN
	SELECT RAISE(ABORT, 'audit_entries is append-only');
END;
