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
CREATE INDEX `documents_repository` ON `documents` (`workspace_id`,`source`,`repository_external_id`);