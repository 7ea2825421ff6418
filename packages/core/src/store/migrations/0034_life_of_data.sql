CREATE TABLE `erasure_marks` (
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`digest` text NOT NULL,
	`person_id` text NOT NULL,
	`stand_in` text NOT NULL,
	`word_count` integer NOT NULL,
	`salt` text NOT NULL,
	`erased_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `kind`, `digest`)
);
--> statement-breakpoint
ALTER TABLE `people` ADD `erased_at` integer;