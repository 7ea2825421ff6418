import type { SubjectRows } from '@adjutant/core/domain';
import { utc } from './compute.ts';

/** Returns a successful, planned deployment to production, with whatever is given in place of the defaults. */
export function deploymentRow(
  at: string,
  overrides: Partial<SubjectRows['deployment']> = {},
): SubjectRows['deployment'] {
  return {
    id: at,
    repositoryExternalId: 'repository',
    serviceKey: null,
    environment: 'production',
    result: 'success',
    kind: 'planned',
    origin: 'deployment',
    startedAt: null,
    finishedAt: utc(at),
    incidentCount: 0,
    incidentLink: null,
    restoredAt: null,
    rolledBackAt: null,
    hotfixCount: 0,
    ...overrides,
  };
}

/** What a row holds of an incident that a source says it caused. */
export function failed(
  restoredAt: string | null,
  incidentCount = 1,
): Partial<SubjectRows['deployment']> {
  const restored = restoredAt === null ? null : utc(restoredAt);
  return { incidentCount, incidentLink: 'explicit', restoredAt: restored };
}

/** Returns a resolved incident, with whatever is given in place of the defaults. */
export function incidentRow(
  at: string,
  overrides: Partial<SubjectRows['incident']> = {},
): SubjectRows['incident'] {
  const createdAt = utc(at);
  return {
    id: at,
    serviceKey: 'shop',
    severity: null,
    isExternal: false,
    createdAt,
    acknowledgedAt: createdAt + 600_000,
    resolvedAt: createdAt + 3_600_000,
    linkMethod: 'explicit',
    ...overrides,
  };
}

/**
 * G3, of one service: a deployment that caused two incidents, a run that failed, the hotfix after it,
 * and two deployments without harm. The third incident, from outside, is linked to none.
 */
export const failuresExample = {
  window: { from: utc('2026-09-07'), to: utc('2026-09-14') },
  deployments: [
    deploymentRow('2026-09-07 10:00'),
    deploymentRow('2026-09-08 10:00', failed('2026-09-09 12:30', 2)),
    deploymentRow('2026-09-09 10:00', { result: 'failure' }),
    deploymentRow('2026-09-09 12:00', { kind: 'hotfix' }),
    deploymentRow('2026-09-10 10:00'),
  ],
  incidents: [
    incidentRow('2026-09-08 11:00', { resolvedAt: utc('2026-09-09 12:30') }),
    incidentRow('2026-09-08 15:00', { resolvedAt: utc('2026-09-09 12:30') }),
    incidentRow('2026-09-10 09:00', { isExternal: true, linkMethod: null }),
  ],
};

/** Returns deployments of every kind, a tenth of which failed their users. */
export function randomDeployments(
  count: number,
  random: () => number,
  instant: () => number,
): SubjectRows['deployment'][] {
  return Array.from({ length: count }, (_, index) => {
    const finishedAt = instant();
    const later = (): number => finishedAt + Math.floor(random() * 72) * 3_600_000;
    const hasFailed = random() < 0.1;
    return {
      ...deploymentRow('2026-01-01'),
      id: String(index),
      environment: random() < 0.8 ? 'production' : 'staging',
      result: random() < 0.9 ? ('success' as const) : ('failure' as const),
      kind: ([null, 'planned', 'hotfix', 'rollback'] as const)[Math.floor(random() * 4)] ?? null,
      finishedAt,
      incidentCount: hasFailed ? 1 + Math.floor(random() * 3) : 0,
      incidentLink: hasFailed ? (random() < 0.5 ? ('explicit' as const) : ('time' as const)) : null,
      restoredAt: hasFailed && random() < 0.8 ? later() : null,
      rolledBackAt: random() < 0.05 ? later() : null,
      hotfixCount: random() < 0.1 ? 1 : 0,
    };
  });
}

/** Returns incidents, some of them external, open, unacknowledged or linked to no deployment. */
export function randomIncidents(
  count: number,
  random: () => number,
  instant: () => number,
): SubjectRows['incident'][] {
  return Array.from({ length: count }, (_, index) => {
    const createdAt = instant();
    const later = (): number => createdAt + Math.floor(random() * 72) * 3_600_000;
    return {
      ...incidentRow('2026-01-01'),
      id: String(index),
      isExternal: random() < 0.1,
      createdAt,
      acknowledgedAt: random() < 0.7 ? later() : null,
      resolvedAt: random() < 0.9 ? later() : null,
      linkMethod: ([null, 'explicit', 'time'] as const)[Math.floor(random() * 3)] ?? null,
    };
  });
}
