import type { TwinDeployment, TwinDeploymentStatus } from '../../data/records.ts';
import { connection } from '../connection.ts';
import { dateTime, fieldsOf, unknownFields } from '../field-table.ts';
import { nodeId, opaqueId } from '../node-id.ts';
import { tagRef, type TwinRef } from './refs.ts';

/** What the deployment is called after its last status. */
function stateOf({ statuses }: TwinDeployment): string {
  const last = statuses.at(-1)?.state;
  return last === undefined ? 'PENDING' : last === 'SUCCESS' ? 'ACTIVE' : last;
}

function refOf({ repository, refName, commit }: TwinDeployment): TwinRef | null {
  const tag = repository.tags.find(({ name }) => name === refName);
  if (tag !== undefined) return tagRef(repository, tag);
  if (refName !== repository.defaultBranch) return null;
  return { type: 'Ref', repository, prefix: 'refs/heads/', name: refName, target: commit };
}

export const deploymentFields = fieldsOf<TwinDeployment>({
  id: (deployment) => nodeId(deployment),
  databaseId: ({ id }) => id,
  environment: ({ environment }) => environment,
  originalEnvironment: ({ environment }) => environment,
  latestEnvironment: ({ environment }) => environment,
  state: stateOf,
  task: ({ task }) => task,
  commit: ({ commit }) => commit,
  commitOid: ({ commit }) => commit.oid,
  ref: refOf,
  // The schema does not allow a missing creator, so this account is never taken away.
  creator: ({ creator }) => creator,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ updatedAt }) => dateTime(updatedAt),
  repository: ({ repository }) => repository,
  ...unknownFields('description', 'payload'),
  latestStatus: ({ statuses }) => statuses.at(-1) ?? null,
  statuses: connection<TwinDeployment, TwinDeploymentStatus>({
    items: ({ statuses }) => statuses,
    // The newest first, as GitHub lists them.
    place: ({ at, id }) => [-at, -id],
  }),
});

export const deploymentStatusFields = fieldsOf<TwinDeploymentStatus>({
  id: ({ id }) => opaqueId('DeploymentStatus', id),
  state: ({ state }) => state,
  description: ({ description }) => description,
  environment: ({ deployment }) => deployment.environment,
  creator: ({ creator }) => creator,
  createdAt: ({ at }) => dateTime(at),
  updatedAt: ({ at }) => dateTime(at),
  deployment: ({ deployment }) => deployment,
  ...unknownFields('environmentUrl', 'logUrl'),
});
