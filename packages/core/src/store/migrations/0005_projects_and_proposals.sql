CREATE TABLE `project_definitions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `project_definitions_key` ON `project_definitions` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `project_parts` (
	`workspace_id` text NOT NULL,
	`project_id` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `project_id`, `kind`, `source`, `external_id`)
);
--> statement-breakpoint
CREATE TABLE `repository_owners` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`position` integer NOT NULL,
	`pattern` text NOT NULL,
	`owner` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `repository_external_id`, `position`, `owner`)
);
--> statement-breakpoint
CREATE TABLE `team_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`proposal_id` text NOT NULL,
	`decision` text NOT NULL,
	`subject` text NOT NULL,
	`effects` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`undone_at` integer
);
--> statement-breakpoint
CREATE INDEX `team_decisions_proposal` ON `team_decisions` (`workspace_id`,`proposal_id`);--> statement-breakpoint
CREATE TABLE `team_groups` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`group_external_id` text NOT NULL,
	`team_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `group_external_id`)
);
--> statement-breakpoint
ALTER TABLE `raw_records` ADD `headers` text;--> statement-breakpoint
ALTER TABLE `raw_records` ADD `signature` text;