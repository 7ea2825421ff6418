import type { Identifiers } from './identifiers.ts';
import { longAgo } from './people.ts';
import type {
  TwinActor,
  TwinDeployment,
  TwinDeploymentStatus,
  TwinRepository,
  TwinWorkflow,
  TwinWorkflowRun,
} from './records.ts';

type NewDeployment = Partial<Omit<TwinDeployment, 'repository' | 'type'>> &
  Pick<TwinDeployment, 'commit' | 'createdAt' | 'creator' | 'environment'>;
type NewRun = Partial<TwinWorkflowRun> & Pick<TwinWorkflowRun, 'actor' | 'createdAt' | 'headSha'>;

/** Returns the ways in which deployments and workflow runs come. */
export function createDeliveryData(identifiers: Identifiers) {
  return {
    addDeployment(repository: TwinRepository, deployment: NewDeployment): TwinDeployment {
      const added: TwinDeployment = {
        id: identifiers.next(),
        refName: repository.defaultBranch,
        task: 'deploy',
        updatedAt: deployment.createdAt,
        statuses: [],
        ...deployment,
        type: 'Deployment',
        repository,
      };
      repository.deployments.push(added);
      return added;
    },
    addDeploymentStatus(
      deployment: TwinDeployment,
      status: Pick<TwinDeploymentStatus, 'at' | 'state'> & { creator?: TwinActor },
    ): TwinDeploymentStatus {
      const added: TwinDeploymentStatus = {
        id: identifiers.next(),
        creator: deployment.creator,
        description: null,
        ...status,
        type: 'DeploymentStatus',
        deployment,
      };
      deployment.statuses.push(added);
      deployment.updatedAt = Math.max(deployment.updatedAt, added.at);
      return added;
    },
    addWorkflow(
      repository: TwinRepository,
      workflow: Pick<TwinWorkflow, 'name'> & Partial<TwinWorkflow>,
    ): TwinWorkflow {
      const added: TwinWorkflow = {
        id: identifiers.next(),
        path: `.github/workflows/${workflow.name.toLowerCase().replaceAll(/\W+/g, '-')}.yml`,
        state: 'active',
        createdAt: longAgo,
        runs: [],
        ...workflow,
      };
      repository.workflows.push(added);
      return added;
    },
    addWorkflowRun(workflow: TwinWorkflow, run: NewRun): TwinWorkflowRun {
      const added: TwinWorkflowRun = {
        id: identifiers.next(),
        number: workflow.runs.length + 1,
        attempt: 1,
        event: 'push',
        status: 'completed',
        conclusion: 'success',
        headBranch: 'main',
        startedAt: run.createdAt,
        updatedAt: run.createdAt,
        ...run,
      };
      workflow.runs.push(added);
      return added;
    },
  };
}
