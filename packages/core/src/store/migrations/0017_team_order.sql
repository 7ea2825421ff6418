DROP INDEX `pull_request_facts_merged`;--> statement-breakpoint
CREATE INDEX `pull_request_facts_team_merged` ON `pull_request_facts` (`workspace_id`,`team_id`,`merged_at`,`pull_request_id`);--> statement-breakpoint
CREATE INDEX `pull_request_facts_team_deployed` ON `pull_request_facts` (`workspace_id`,`team_id`,`deployed_at`,`pull_request_id`);