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
ALTER TABLE `incidents` ADD `url` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `assignee_account_external_ids` text;