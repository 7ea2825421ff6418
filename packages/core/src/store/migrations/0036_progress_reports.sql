CREATE TABLE `declared_hours` (
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`time_zone` text NOT NULL,
	`weekdays` text NOT NULL,
	`from_time` text NOT NULL,
	`to_time` text NOT NULL,
	`declared_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `progress_report_revisions` (
	`workspace_id` text NOT NULL,
	`report_id` text NOT NULL,
	`revision` integer NOT NULL,
	`did` text,
	`next` text,
	`blockers` text,
	`submitted_via` text NOT NULL,
	`written_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `report_id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `progress_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`author_person_id` text NOT NULL,
	`day` text NOT NULL,
	`time_zone` text NOT NULL,
	`did` text,
	`next` text,
	`blockers` text,
	`visibility` text NOT NULL,
	`revision` integer NOT NULL,
	`submitted_via` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `progress_reports_key` ON `progress_reports` (`workspace_id`,`author_person_id`,`day`);--> statement-breakpoint
CREATE INDEX `progress_reports_shared` ON `progress_reports` (`workspace_id`,`visibility`,`day`,`id`,`author_person_id`);--> statement-breakpoint
CREATE TABLE `report_reminders` (
	`workspace_id` text NOT NULL,
	`person_id` text NOT NULL,
	`at_time` text NOT NULL,
	`weekdays` text NOT NULL,
	`asked_at` integer NOT NULL,
	`last_reminded_day` text,
	PRIMARY KEY(`workspace_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `pull_requests_opened` ON `pull_requests` (`workspace_id`,`opened_at`);--> statement-breakpoint
CREATE INDEX `work_item_changes_moved` ON `work_item_changes` (`workspace_id`,`at`) WHERE field = 'status';