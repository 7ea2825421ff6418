ALTER TABLE `pull_request_facts` ADD `is_hotfix` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `sync_cursors` ADD `backfill_since` integer;--> statement-breakpoint
CREATE INDEX `pull_requests_repository` ON `pull_requests` (`workspace_id`,`source`,`repository_external_id`,`number`);