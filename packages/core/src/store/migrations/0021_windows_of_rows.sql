DROP INDEX `incident_teams_team`;--> statement-breakpoint
ALTER TABLE `incident_teams` ADD `created_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `incident_teams` SET `created_at` = coalesce((SELECT i.`created_at` FROM `incidents` i WHERE i.`id` = `incident_teams`.`incident_id`), 0);--> statement-breakpoint
CREATE INDEX `incident_teams_window` ON `incident_teams` (`workspace_id`,`team_id`,`created_at`,`incident_id`);--> statement-breakpoint
CREATE INDEX `pull_request_facts_unopened` ON `pull_request_facts` (`workspace_id`,`team_id`) WHERE opened_at is null;