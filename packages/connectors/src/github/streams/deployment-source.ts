import { type DeploymentSource, type GithubConfig, workflowsOf } from '../config.ts';
import type { ProbedRepository } from '../discovery/probed.ts';

/**
 * Returns what deployments of a repository are read from: the first of the configured sources that
 * has any. Null where none has. One alone is used: two would count a deployment twice.
 */
export function deploymentSourceOf(
  config: Pick<GithubConfig, 'deploymentSources' | 'workflows'>,
  { sections, fullName }: ProbedRepository,
): DeploymentSource | null {
  const has: Record<DeploymentSource, () => boolean> = {
    deployments: () => (sections.deployments?.totalCount ?? 0) > 0,
    workflow_runs: () => workflowsOf(config, fullName).length > 0,
    releases: () => (sections.releases?.totalCount ?? 0) > 0,
    tags: () => true,
  };
  return config.deploymentSources.find((source) => has[source]()) ?? null;
}
