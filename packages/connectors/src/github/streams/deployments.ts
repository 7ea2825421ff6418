import { type Batch, type ConnectorContext, defineStream, type ReadRequest } from '@adjutant/core';
import { type DeploymentSource, type GithubConfig, sinceOf } from '../config.ts';
import { isRepositoryScope, repositoryOf } from '../discovery/session.ts';
import { type DeploymentPayload, deploymentPayloadSchema } from '../map/delivery-payload.ts';
import { mapDeployment } from '../map/map-delivery.ts';
import { readTracked, type TrackedStream } from '../reading/tracked-stream.ts';
import { deploymentKind, type DeploymentNode } from './deployment-kind.ts';
import { deploymentSourceOf } from './deployment-source.ts';

type Gap = Batch['gaps'][number];

const tracked: TrackedStream<DeploymentNode> = {
  kind: deploymentKind,
  section: 'deployments',
  newestBy: 'createdAt',
  gaps: [],
  source: ({ nodeId }, order) => ({
    name: 'Deployments',
    declarations: '$id: ID!',
    variables: { id: nodeId },
    wrap: (selection) =>
      `node(id: $id) { ... on Repository { page: deployments(first: $first, after: $after, orderBy: {field: ${order}}) ${selection} } }`,
    path: ['node'],
    plural: 'deployments',
  }),
};

async function* readDeployments(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await repositoryOf(context, request);
  const source = deploymentSourceOf(context.config, repository);
  const isDenied = repository.denied.has('deployments');
  const gaps = [sourceGap(source)];
  const known = request.state !== null && Object.keys(request.state).length > 0;
  // Without any there is nothing to ask for; those read before are removed by counting.
  const mayHold = source === 'deployments' || source === 'unknown';
  if (!mayHold && !isDenied && !known) {
    yield { records: [], tombstones: [], state: {}, complete: true, gaps };
    return;
  }
  const since = request.since ?? sinceOf(context.config);
  for await (const batch of readTracked(tracked, context, request, since)) {
    yield batch.complete ? { ...batch, gaps: [...batch.gaps, ...gaps] } : batch;
  }
}

/** Says what was used, because each way of knowing of a deployment errs in its own way. */
function sourceGap(source: ReturnType<typeof deploymentSourceOf>): Gap {
  return source === null
    ? {
        code: 'deployments_not_found',
        message:
          'GitHub holds no deployments here, and the configuration names no workflow that deploys.',
        affectedCount: null,
      }
    : sourceGaps[source];
}

const sourceGaps: Readonly<Record<DeploymentSource | 'unknown', Gap>> = {
  unknown: {
    code: 'deployments_source_unknown',
    message:
      'GitHub could not say whether it holds deployments here; it is asked again by the next sync.',
    affectedCount: null,
  },
  deployments: {
    code: 'deployments_from_deployments',
    message: "Deployments are GitHub's own deployments with their statuses.",
    affectedCount: null,
  },
  workflow_runs: {
    code: 'deployments_from_workflow_runs',
    message:
      'Deployments are runs of the workflows that the configuration names: GitHub holds no deployments here. A run ends when it was last updated.',
    affectedCount: null,
  },
  releases: {
    code: 'deployments_from_releases',
    message:
      'Deployments are releases: nothing else is known here. Each counts as a success at its publication.',
    affectedCount: null,
  },
  tags: {
    code: 'deployments_from_tags',
    message:
      'Deployments are tags: nothing else is known here. Each counts as a success at its date.',
    affectedCount: null,
  },
};

/** Deployments with their statuses. */
export const deployments = defineStream<GithubConfig, DeploymentPayload>({
  id: 'deployments',
  title: 'Deployments',
  payloadSchema: deploymentPayloadSchema,
  appliesTo: isRepositoryScope,
  read: readDeployments,
  map: mapDeployment,
});
