import type { IncidentCourse, NearDeployment } from '@adjutant/core';
import { countOf } from '../format.ts';
import { quotedName } from '../outside-text/quoted-name.ts';
import { trustedPage } from '../report/code-host.ts';
import { deployedName } from './suspect-deployments.ts';
import type { TimelineLine } from './incident-timeline.ts';

const mostRequests = 40;
const mostEvidence = 50;

type EventKind = IncidentCourse['events'][number]['kind'];
const eventTexts: Readonly<Record<EventKind, string>> = {
  triggered: 'The incident was triggered.',
  alert: 'An alert told of it.',
  assigned: 'It was given to somebody.',
  escalated: 'It was escalated.',
  acknowledged: 'Somebody took it.',
  unacknowledged: 'It was let go again.',
  note: 'A note was written.',
  resolved: 'It was resolved.',
  reopened: 'It was opened again.',
};

/** Returns what happened around an incident, the earliest first. */
export function timelineLines(course: IncidentCourse): TimelineLine[] {
  const lines = [
    ...ownLines(course),
    ...course.events.map(({ id, kind, at, summary }) =>
      line(at, 'event', eventTexts[kind], [id], { title: summary }),
    ),
    ...course.deployments.flatMap(deploymentLines),
    ...requestLines(course.deployments),
    ...course.threads.map(({ id, startedAt, channel, url, replyCount }) => {
      const replies = replyCount === null ? '' : `, ${countOf(replyCount, 'reply', 'replies')}`;
      return line(
        startedAt,
        'thread',
        `A thread began in ${quotedName(`#${channel}`)}${replies}.`,
        [id],
        {
          url: trustedPage(url),
        },
      );
    }),
  ];
  return lines.toSorted(
    (one, other) =>
      one.at - other.at ||
      order[one.kind] - order[other.kind] ||
      ((one.evidence[0] ?? '') < (other.evidence[0] ?? '') ? -1 : 1),
  );
}

const order: Readonly<Record<TimelineLine['kind'], number>> = {
  merge: 0,
  deployment: 1,
  begin: 2,
  event: 3,
  thread: 4,
  end: 5,
};

/** What the incident itself says, where its log does not. */
function ownLines({ incident, events }: IncidentCourse): TimelineLine[] {
  const has = (kind: EventKind): boolean => events.some((event) => event.kind === kind);
  const { id, createdAt, acknowledgedAt, resolvedAt } = incident;
  return [
    ...(has('triggered') ? [] : [line(createdAt, 'begin', 'The incident began.', [id])]),
    ...(acknowledgedAt === null || has('acknowledged')
      ? []
      : [line(acknowledgedAt, 'event', eventTexts.acknowledged, [id])]),
    ...(resolvedAt === null || has('resolved')
      ? []
      : [line(resolvedAt, 'end', eventTexts.resolved, [id])]),
  ];
}

const resultWords: Readonly<Record<string, string>> = {
  success: 'was deployed',
  failure: 'failed to be deployed',
  cancelled: 'was cancelled while it was deployed',
};

function deploymentLines(deployment: NearDeployment): TimelineLine[] {
  const { finishedAt, id, kind, result, commitIds, environment } = deployment;
  if (finishedAt === null) return [];
  const as = kind === 'hotfix' || kind === 'rollback' ? ` as a ${kind}` : '';
  const carried =
    commitIds.length === 0
      ? ''
      : `, with ${countOf(commitIds.length, 'commit')} for the first time`;
  const happened = resultWords[result ?? ''] ?? 'was being deployed';
  return [
    line(
      finishedAt,
      'deployment',
      `${deployedName(deployment)} ${happened} to ${quotedName(environment)}${as}${carried}.`,
      [id, ...commitIds].slice(0, mostEvidence),
    ),
  ];
}

/** Each pull request once, though several deployments carried it. */
function requestLines(deployments: readonly NearDeployment[]): TimelineLine[] {
  const byId = new Map(
    deployments.flatMap(({ requests }) => requests).map((request) => [request.id, request]),
  );
  return [...byId.values()]
    .filter(({ mergedAt }) => mergedAt !== null)
    .toSorted((one, other) => (other.mergedAt ?? 0) - (one.mergedAt ?? 0))
    .slice(0, mostRequests)
    .map(({ id, key, title, mergedAt, isRevert }) =>
      line(
        mergedAt ?? 0,
        'merge',
        `${quotedName(key)} was merged${isRevert ? ', which takes something back' : ''}.`,
        [id],
        {
          title,
        },
      ),
    );
}

function line(
  at: number,
  kind: TimelineLine['kind'],
  text: string,
  evidence: string[],
  { title = null, url = null }: Partial<Pick<TimelineLine, 'title' | 'url'>> = {},
): TimelineLine {
  return { at, kind, text, title, url, evidence };
}
