CREATE TABLE `signal_findings` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`fingerprint` text NOT NULL,
	`rule_id` text NOT NULL,
	`rule_version` integer NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`subject_key` text NOT NULL,
	`subject_title` text,
	`repository` text,
	`team_id` text,
	`severity` text NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`resolved_at` integer,
	`opened_count` integer NOT NULL,
	`sentence` text NOT NULL,
	`facts` text NOT NULL,
	`evidence` text NOT NULL,
	`judged_at` integer NOT NULL,
	`suggestions` text NOT NULL,
	`clear_since` integer,
	`is_announced` integer NOT NULL,
	`snoozed_until` integer,
	`assigned_person_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signal_findings_key` ON `signal_findings` (`workspace_id`,`fingerprint`);--> statement-breakpoint
CREATE INDEX `signal_findings_open` ON `signal_findings` (`workspace_id`,`rule_id`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `signal_findings_resolved` ON `signal_findings` (`workspace_id`,`resolved_at`);--> statement-breakpoint
CREATE INDEX `signal_findings_subject` ON `signal_findings` (`workspace_id`,`subject_id`);--> statement-breakpoint
CREATE TABLE `signal_history` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`finding_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signal_history_key` ON `signal_history` (`workspace_id`,`finding_id`,`at`,`kind`);--> statement-breakpoint
CREATE TABLE `signal_mutes` (
	`workspace_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`muted_by` text NOT NULL,
	`muted_at` integer NOT NULL,
	`reason` text,
	PRIMARY KEY(`workspace_id`, `rule_id`, `subject_id`)
);
--> statement-breakpoint
CREATE TABLE `signal_rule_runs` (
	`workspace_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`rule_version` integer NOT NULL,
	`ran_at` integer NOT NULL,
	`judged` integer NOT NULL,
	`open` integer NOT NULL,
	`unknown` integer NOT NULL,
	`unknown_reason` text,
	`error` text,
	PRIMARY KEY(`workspace_id`, `rule_id`)
);
