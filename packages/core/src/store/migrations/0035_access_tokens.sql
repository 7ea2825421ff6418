CREATE TABLE `access_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`agent_name` text,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`digest` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_tokens_digest` ON `access_tokens` (`digest`);--> statement-breakpoint
CREATE INDEX `access_tokens_person` ON `access_tokens` (`workspace_id`,`person_id`);--> statement-breakpoint
ALTER TABLE `page_sessions` ADD `method` text;--> statement-breakpoint
ALTER TABLE `page_sessions` ADD `role` text;