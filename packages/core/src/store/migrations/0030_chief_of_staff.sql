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
CREATE TABLE `incident_events` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`incident_external_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`actor_account_external_id` text,
	`summary` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incident_events_key` ON `incident_events` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `incident_events_incident` ON `incident_events` (`workspace_id`,`source`,`incident_external_id`,`at`);--> statement-breakpoint
CREATE TABLE `incident_follow_ups` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`incident_id` text NOT NULL,
	`reference` text NOT NULL,
	`work_item_id` text,
	`owner_person_id` text,
	`due_day` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incident_follow_ups_incident` ON `incident_follow_ups` (`workspace_id`,`incident_id`);--> statement-breakpoint
CREATE TABLE `incident_roles` (
	`workspace_id` text NOT NULL,
	`incident_id` text NOT NULL,
	`role` text NOT NULL,
	`person_id` text NOT NULL,
	`given_by` text NOT NULL,
	`given_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `incident_id`, `role`)
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
CREATE TABLE `pull_request_files` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`pull_request_external_id` text NOT NULL,
	`path` text NOT NULL,
	`additions` integer,
	`deletions` integer,
	PRIMARY KEY(`workspace_id`, `source`, `pull_request_external_id`, `path`)
);
--> statement-breakpoint
CREATE INDEX `pull_request_files_path` ON `pull_request_files` (`workspace_id`,`path`);--> statement-breakpoint
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
--> statement-breakpoint
CREATE TABLE `work_item_links` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`work_item_external_id` text NOT NULL,
	`kind` text NOT NULL,
	`other_external_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `work_item_external_id`, `kind`, `other_external_id`)
);
--> statement-breakpoint
CREATE INDEX `work_item_links_other` ON `work_item_links` (`workspace_id`,`source`,`other_external_id`,`kind`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `action_revisions` ADD `outside_texts` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `url` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `assignee_account_external_ids` text;--> statement-breakpoint
ALTER TABLE `pipeline_runs` ADD `branch` text;--> statement-breakpoint
ALTER TABLE `pull_request_commits` ADD `committed_at` integer;--> statement-breakpoint
CREATE INDEX `pull_request_commits_sha` ON `pull_request_commits` (`workspace_id`,`source`,`repository_external_id`,`sha`);--> statement-breakpoint
ALTER TABLE `signal_rule_runs` ADD `streams_read` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `pull_request_work_items_item` ON `pull_request_work_items` (`workspace_id`,`work_item_source`,`work_item_external_id`,`source`,`pull_request_external_id`);--> statement-breakpoint
CREATE INDEX `pull_requests_opened` ON `pull_requests` (`workspace_id`,`opened_at`);--> statement-breakpoint
CREATE INDEX `work_item_changes_sprint` ON `work_item_changes` (`workspace_id`,`source`,`work_item_external_id`,`from_value`,`to_value`) WHERE field = 'sprint';--> statement-breakpoint
CREATE INDEX `work_item_changes_moved` ON `work_item_changes` (`workspace_id`,`at`) WHERE field = 'status';--> statement-breakpoint
CREATE INDEX `work_items_created` ON `work_items` (`workspace_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `work_items_open` ON `work_items` (`workspace_id`,`id`) WHERE (status_category is null and done_at is null) or status_category <> 'done';