CREATE TABLE `search_entries` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`part` integer NOT NULL,
	`title` text NOT NULL,
	`heading` text NOT NULL,
	`path` text NOT NULL,
	`place` text,
	`line_from` integer,
	`line_to` integer,
	`visibility` text NOT NULL,
	`owner_person_id` text,
	`team_id` text,
	`updated_at` integer,
	`content_hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_entries_key` ON `search_entries` (`workspace_id`,`kind`,`source`,`external_id`,`part`);--> statement-breakpoint
CREATE TABLE `search_marks` (
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`indexed_at` integer,
	`times` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `kind`, `source`, `external_id`)
);
--> statement-breakpoint
CREATE INDEX `search_marks_waiting` ON `search_marks` (`workspace_id`,`indexed_at`);--> statement-breakpoint
CREATE TABLE `search_states` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`form` text NOT NULL
);
