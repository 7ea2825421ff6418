DROP INDEX `deployments_finished`;--> statement-breakpoint
DROP INDEX `deployments_repository`;--> statement-breakpoint
CREATE INDEX `deployments_kind` ON `deployments` (`workspace_id`,`kind`,`finished_at`);--> statement-breakpoint
CREATE INDEX `deployments_finished` ON `deployments` (`workspace_id`,`finished_at`,`source`,`repository_external_id`,`environment`);--> statement-breakpoint
CREATE INDEX `deployments_repository` ON `deployments` (`workspace_id`,`source`,`repository_external_id`,`finished_at`,`service_key`);--> statement-breakpoint
CREATE INDEX `incident_deployments_deployment` ON `incident_deployments` (`workspace_id`,`deployment_source`,`deployment_external_id`,`source`,`incident_external_id`);--> statement-breakpoint
CREATE INDEX `incidents_service` ON `incidents` (`workspace_id`,`service_key`,`created_at`);--> statement-breakpoint
CREATE INDEX `pull_request_facts_team_released` ON `pull_request_facts` (`workspace_id`,`team_id`,`released_at`,`pull_request_id`);