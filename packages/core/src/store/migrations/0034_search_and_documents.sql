CREATE TABLE `document_texts` (
	`workspace_id` text NOT NULL,
	`hash` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `document_vectors` (
	`workspace_id` text NOT NULL,
	`embedder` text NOT NULL,
	`text_hash` text NOT NULL,
	`part` integer NOT NULL,
	`vector` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `embedder`, `text_hash`, `part`)
);
--> statement-breakpoint
CREATE TABLE `documents` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`path` text NOT NULL,
	`text_hash` text NOT NULL,
	`commit_sha` text NOT NULL,
	`byte_count` integer NOT NULL,
	`last_changed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_key` ON `documents` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `documents_text` ON `documents` (`workspace_id`,`text_hash`);--> statement-breakpoint
CREATE INDEX `documents_repository` ON `documents` (`workspace_id`,`source`,`repository_external_id`);--> statement-breakpoint
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
