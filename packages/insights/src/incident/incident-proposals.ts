import type { IncidentCourse, NearDeployment } from '@adjutant/core';
import type { SuggestedAction } from '@adjutant/core/domain';
import { formatMinute } from '../format.ts';
import { deploymentName } from './suspect-deployments.ts';
import type { SuspectDeployment } from './incident-timeline.ts';

const jiraKeyPattern = /^[A-Z][A-Z0-9_]+-\d{1,9}$/;
const pagerdutyIdPattern = /^[A-Za-z0-9]{1,40}$/;
const slackChannelPattern = /^[CG][A-Z0-9]{2,20}$/;

/** Returns what could be proposed about an incident; while it is open, and its status afterwards. */
export function incidentProposals(
  course: IncidentCourse,
  suspects: readonly SuspectDeployment[],
  repositories: ReadonlyMap<string, string>,
): SuggestedAction[] {
  const isOpen = course.incident.resolvedAt === null;
  return [
    ...(isOpen ? page(course) : []),
    ...(isOpen ? rollback(course, suspects, repositories) : []),
    ...status(course),
  ];
}

/** Somebody on call for its service, where nobody has taken it. */
function page({ incident }: IncidentCourse): SuggestedAction[] {
  const { serviceKey, source, externalId, acknowledgedAt } = incident;
  if (acknowledgedAt !== null || serviceKey === null) return [];
  if (!source.startsWith('pagerduty') || !pagerdutyIdPattern.test(serviceKey)) return [];
  return [
    {
      type: 'incident.page',
      payload: {
        service: serviceKey,
        summary: `Incident ${keyOf(externalId)} is open since ${formatMinute(incident.createdAt)} UTC and nobody has taken it.`,
        severity: 'critical',
      },
      why: 'Pages whoever is on call for the service.',
    },
  ];
}

/**
 * The run that deployed last before the likeliest suspect, once more; else a comment that asks in the
 * pull request that it carried. Only where a service or a statement ties it to the incident.
 */
function rollback(
  { deployments, incident }: IncidentCourse,
  [suspect]: readonly SuspectDeployment[],
  repositories: ReadonlyMap<string, string>,
): SuggestedAction[] {
  const deployment = deployments.find(({ id }) => id === suspect?.id);
  if (deployment === undefined) return [];
  if (!deployment.isNamed && deployment.isOfService !== true) return [];
  const repository = repositories.get(deployment.repository ?? '');
  if (repository === undefined) return [];
  const name = deploymentName(deployment);
  const runId = runOf(deployment.previous);
  if (runId !== null) {
    return [
      {
        type: 'workflow.rerun',
        payload: { repository, runId },
        why: `Runs the last good deployment before ${name} once more, which takes it back.`,
      },
    ];
  }
  const number = Number(/#(\d{1,9})$/.exec(deployment.requests.at(-1)?.key ?? '')?.[1] ?? 0);
  if (number === 0) return [];
  return [
    {
      type: 'pr.comment',
      payload: {
        repository,
        number,
        body: `Incident ${keyOf(incident.externalId)} began at ${formatMinute(incident.createdAt)} UTC, after this was deployed. It may come from it or not. Can it be taken back safely, if it does?`,
      },
      why: `Asks whether ${name} can be taken back.`,
    },
  ];
}

/** The run of a workflow that a deployment was made of. */
function runOf(deployment: NearDeployment['previous']): number | null {
  const run = /^run:(\d{1,16})$/.exec(deployment?.externalId ?? '')?.[1];
  if (deployment?.origin !== 'workflow_run' || run === undefined) return null;
  const runId = Number(run);
  return Number.isSafeInteger(runId) && runId > 0 ? runId : null;
}

/** To the channels in which threads began meanwhile that speak of being held up, and to follow-ups. */
function status({ incident, threads, followUps }: IncidentCourse): SuggestedAction[] {
  const text = statusText(incident);
  const channel = (threads.find(({ namesBlocker }) => namesBlocker) ?? threads[0])?.channelId;
  const followUp = followUps.find(({ reference }) => jiraKeyPattern.test(reference));
  return [
    ...(channel === undefined || !slackChannelPattern.test(channel)
      ? []
      : [{ type: 'message.post', payload: { channel, text }, why: 'Tells where it stands.' }]),
    ...(followUp === undefined
      ? []
      : [
          {
            type: 'issue.comment',
            payload: { issue: followUp.reference, body: text },
            why: `Tells in ${followUp.reference} where it stands.`,
          },
        ]),
  ];
}

function statusText({
  externalId,
  createdAt,
  acknowledgedAt,
  resolvedAt,
}: IncidentCourse['incident']): string {
  const began = `Incident ${keyOf(externalId)} began at ${formatMinute(createdAt)} UTC`;
  if (resolvedAt !== null) return `${began} and was resolved at ${formatMinute(resolvedAt)} UTC.`;
  return acknowledgedAt === null
    ? `${began}. It is open, and nobody has taken it yet.`
    : `${began}. It is open; somebody took it at ${formatMinute(acknowledgedAt)} UTC.`;
}

/** The source's own id, bounded, of signs that can do nothing in a message. */
function keyOf(externalId: string): string {
  return externalId.replaceAll(/[^\w.:#-]/g, '').slice(0, 60);
}
