import type { IncidentCourse, NearDeployment } from '@adjutant/core';
import { countOf } from '../format.ts';
import { quotedName } from '../outside-text/quoted-name.ts';
import { spokenHours } from '../signals/spoken-hours.ts';
import type { SuspectDeployment } from './incident-timeline.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mostSuspects = 5;
const largeLines = 400;
const hugeLines = 1_000;
const quietDays = 14;
const mostEvidence = 50;

interface Reason {
  weight: number;
  text: string;
  evidence: readonly string[];
}

/**
 * Returns the deployments from which an incident may come, the likeliest first: what its source names,
 * what is of its service and shortly before it, large, taken back or mended after it, or the first
 * after a quiet time. What reached nobody, or ended after it began, is none; an incident from outside
 * has none. It is about changes and says nothing of who made them.
 */
export function suspectDeployments(course: IncidentCourse): SuspectDeployment[] {
  const { incident, deployments } = course;
  if (incident.isExternal) return [];
  const candidates = deployments.filter(
    ({ isNamed, isProduction, isOfService, finishedAt, result }) =>
      isNamed ||
      (isProduction &&
        isOfService !== false &&
        result === 'success' &&
        finishedAt !== null &&
        finishedAt <= incident.createdAt),
  );
  return candidates
    .map((deployment) => ({ deployment, reasons: reasonsOf(deployment, course) }))
    .toSorted(
      (one, other) =>
        sumOf(other.reasons) - sumOf(one.reasons) ||
        (other.deployment.finishedAt ?? 0) - (one.deployment.finishedAt ?? 0) ||
        (one.deployment.id < other.deployment.id ? -1 : 1),
    )
    .slice(0, mostSuspects)
    .map(({ deployment, reasons }) => ({
      id: deployment.id,
      name: deploymentName(deployment),
      finishedAt: deployment.finishedAt ?? incident.createdAt,
      reasons: reasons.toSorted((one, other) => other.weight - one.weight).map(({ text }) => text),
      evidence: [...new Set([deployment.id, ...reasons.flatMap(({ evidence }) => evidence)])].slice(
        0,
        mostEvidence,
      ),
    }));
}

function sumOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { weight }) => sum + weight, 0);
}

/** Returns what was deployed where. */
export function deploymentName({
  serviceKey,
  repository,
  environment,
}: Pick<NearDeployment, 'serviceKey' | 'repository' | 'environment'>): string {
  return `${deployedName({ serviceKey, repository })} to ${quotedName(environment)}`;
}

/** Returns what was deployed. */
export function deployedName({
  serviceKey,
  repository,
}: Pick<NearDeployment, 'serviceKey' | 'repository'>): string {
  const name = serviceKey ?? repository;
  return name === null ? 'something' : quotedName(name);
}

function reasonsOf(deployment: NearDeployment, course: IncidentCourse): Reason[] {
  const { incident } = course;
  return [
    ...(deployment.isNamed
      ? [{ weight: 50, text: 'the source of the incident names it', evidence: [incident.id] }]
      : []),
    ...(deployment.isOfService === true
      ? [{ weight: 20, text: 'it is of the same service', evidence: [deployment.id] }]
      : []),
    ...timeReasons(deployment, incident.createdAt),
    ...sizeReasons(deployment),
    ...mendedReasons(deployment, course),
    ...quietReasons(deployment),
  ];
}

function timeReasons({ finishedAt, id }: NearDeployment, createdAt: number): Reason[] {
  if (finishedAt === null || finishedAt > createdAt) return [];
  const hours = (createdAt - finishedAt) / hourMs;
  const weight = hours <= 1 ? 25 : hours <= 6 ? 15 : hours <= 24 ? 8 : 3;
  const text =
    hours < 1
      ? `it ended ${countOf(Math.max(1, Math.floor(hours * 60)), 'minute')} before`
      : `it ended ${spokenHours(hours)} before`;
  return [{ weight, text, evidence: [id] }];
}

function sizeReasons({ requests }: NearDeployment): Reason[] {
  const known = requests.filter(({ sizeLines }) => sizeLines !== null);
  const lines = known.reduce((sum, { sizeLines }) => sum + (sizeLines ?? 0), 0);
  if (lines < largeLines) return [];
  const text = `it changed ${countOf(lines, 'line')} at least`;
  return [{ weight: lines >= hugeLines ? 10 : 5, text, evidence: known.map(({ id }) => id) }];
}

/** A hotfix or a rollback of the same place after the incident began. */
function mendedReasons(deployment: NearDeployment, course: IncidentCourse): Reason[] {
  const mended = course.deployments.find(
    ({ kind, finishedAt, environment, repository, serviceKey, id }) =>
      id !== deployment.id &&
      (kind === 'hotfix' || kind === 'rollback') &&
      (finishedAt ?? 0) >= course.incident.createdAt &&
      environment === deployment.environment &&
      repository === deployment.repository &&
      serviceKey === deployment.serviceKey,
  );
  if (mended === undefined) return [];
  const what = mended.kind === 'rollback' ? 'a rollback' : 'a hotfix';
  return [
    { weight: 15, text: `${what} of the same place followed the incident`, evidence: [mended.id] },
  ];
}

function quietReasons({ previous, previousAt, finishedAt, id }: NearDeployment): Reason[] {
  if (previous === null || previousAt === null || finishedAt === null) return [];
  const days = Math.floor((finishedAt - previousAt) / dayMs);
  return days < quietDays
    ? []
    : [
        {
          weight: 10,
          text: `it was the first there in ${countOf(days, 'day')}`,
          evidence: [id, previous.id],
        },
      ];
}
