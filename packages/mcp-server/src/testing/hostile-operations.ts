import type { DomainRows } from '@adjutant/core';
import {
  buildChatChannel,
  buildChatThread,
  buildDeployment,
  buildIncident,
  buildPipelineRun,
  buildRelease,
} from '@adjutant/core/testing';
import { channelOrder, orderIn, plainOrder } from './hostile-orders.ts';

const dayMs = 86_400_000;
const source = 'github';
const repositoryExternalId = 'acme/widgets';

/** Returns rows of builds, deployments, incidents and threads of which every text gives an order. */
export function hostileOperations(now: number): DomainRows {
  return {
    releases: [
      buildRelease({
        source,
        name: orderIn('release-name'),
        sha: 'c1',
        releasedAt: now - 2 * dayMs,
      }),
    ],
    incidents: [
      buildIncident({
        source,
        title: orderIn('incident-title'),
        severity: orderIn('severity'),
        serviceKey: orderIn('service'),
        url: `https://example.com/${orderIn('incident-address')}`,
        createdAt: now - 2 * dayMs,
      }),
    ],
    incidentEvents: [
      {
        source,
        externalId: 'incident-event-1',
        incidentExternalId: 'incident-1',
        kind: 'note',
        at: now - 2 * dayMs + 60_000,
        actorAccountExternalId: 'grace',
        summary: orderIn('incident-note'),
      },
    ],
    deployments: [
      buildDeployment({
        source,
        sha: 'c1',
        serviceKey: orderIn('service'),
        environment: orderIn('environment'),
        result: 'failure',
        originalResult: orderIn('deployment-result'),
        finishedAt: now - 2 * dayMs - 3_600_000,
      }),
      buildDeployment({
        source,
        externalId: 'deployment-2',
        sha: 'c1',
        serviceKey: orderIn('service'),
        environment: orderIn('environment'),
        result: 'failure',
        finishedAt: now - 2 * dayMs - 7_200_000,
      }),
    ],
    ...hostileRuns(now),
    chatChannels: [buildChatChannel({ source, name: channelOrder('channel-name') })],
    chatThreads: [
      buildChatThread({
        source,
        namesBlocker: true,
        startedAt: now - 3 * dayMs,
        url: `https://example.com/${orderIn('thread-address')}`,
      }),
      buildChatThread({
        source,
        externalId: 'channel-1:2',
        asks: false,
        startedAt: now - 2 * dayMs + 60_000,
      }),
    ],
  };
}

function hostileRuns(now: number): DomainRows {
  const days = [1, 2, 3];
  return {
    pipelineRuns: [
      buildPipelineRun({
        source,
        name: orderIn('pipeline-name'),
        result: 'failure',
        branch: 'main',
        sha: 'c1',
        startedAt: now - dayMs,
        finishedAt: now - dayMs + 60_000,
      }),
      ...days.map((day) =>
        buildPipelineRun({
          source,
          externalId: `flaky-${day}`,
          name: 'build',
          originalResult: orderIn('run-result'),
          branch: orderIn('run-branch'),
          sha: `flaky-${day}`,
          startedAt: now - day * dayMs,
          finishedAt: now - day * dayMs + 60_000,
        }),
      ),
    ],
    // Fails and passes by turns on each of three commits.
    pipelineJobs: days.flatMap((day) =>
      (['failure', 'success'] as const).map((result, at) => ({
        source,
        externalId: `job-${day}-${at}`,
        runExternalId: `flaky-${day}`,
        repositoryExternalId,
        name: plainOrder('job-name'),
        attempt: at + 1,
        result,
        originalResult: null,
        sha: `flaky-${day}`,
        startedAt: now - day * dayMs + at * 1_000,
        finishedAt: now - day * dayMs + (at + 1) * 1_000,
      })),
    ),
  };
}
