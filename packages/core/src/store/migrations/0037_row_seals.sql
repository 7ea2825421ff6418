CREATE TABLE `audit_seals` (
	`workspace_id` text NOT NULL,
	`seq` integer NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `row_seals` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`table_name` text NOT NULL,
	`row_key` text NOT NULL,
	`salt` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `row_seals_row` ON `row_seals` (`workspace_id`,`table_name`,`row_key`);