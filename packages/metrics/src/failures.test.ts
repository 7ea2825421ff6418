import type { MetricDefinition, MetricOutcome, SubjectRows } from '@adjutant/core/domain';
import { describe, expect, test } from 'vitest';
import { computeOver, utc } from './__fixtures__/compute.ts';
import {
  deploymentRow,
  failed,
  failuresExample,
  incidentRow,
  randomDeployments,
} from './__fixtures__/deployments.ts';
import { seededRandom } from './__fixtures__/seeded-random.ts';
import { changeFailRate } from './dora/change-fail-rate.ts';
import { deploymentReworkRate } from './dora/deployment-rework-rate.ts';
import { failedDeploymentRecoveryTime } from './dora/failed-deployment-recovery-time.ts';
import { pipelineFailureShare } from './dora/pipeline-failure-share.ts';
import { timeToAcknowledge } from './dora/time-to-acknowledge.ts';
import { timeToRestore } from './dora/time-to-restore.ts';
import { hourMs, weekMs } from './week-buckets.ts';

const { window, deployments, incidents } = failuresExample;
const now = utc('2026-10-05');

function compute(
  metric: MetricDefinition,
  rows: readonly (SubjectRows['deployment'] | SubjectRows['incident'])[],
  beside: { shown?: boolean; unlinked?: number | null; now?: number } = {},
): MetricOutcome {
  return computeOver(metric, rows, window, beside.now ?? now, undefined, null, undefined, {
    shown: { incident: beside.shown ?? true },
    unlinkedIncidents: beside.unlinked === undefined ? 0 : beside.unlinked,
  });
}
const ten = Array.from({ length: 10 }, (_, index) => deploymentRow(`2026-09-08 ${10 + index}:00`));

describe('G3', () => {
  test('one of four successful deployments failed, however many incidents it caused', () => {
    const outcome = compute(changeFailRate, deployments);
    expect(outcome).toMatchObject({ value: 0.25, sampleSize: 4 });
    expect(outcome.evidence[0], 'the failed one comes first').toBe(1);
    expect(outcome.series?.map(({ value, sampleSize }) => [value, sampleSize])).toEqual([
      [0.25, 4],
    ]);
  });

  test('recovery took 26.5 hours, one value for one failed deployment', () => {
    const outcome = compute(failedDeploymentRecoveryTime, deployments);
    expect(outcome).toMatchObject({ value: 26.5, p50: 26.5, p90: 26.5, sampleSize: 1 });
    expect([...outcome.evidence]).toEqual([1]);
  });

  test('one of four deployments was rework', () => {
    expect(compute(deploymentReworkRate, deployments)).toMatchObject({
      value: 0.25,
      sampleSize: 4,
    });
  });

  test('one of five runs failed', () => {
    const outcome = compute(pipelineFailureShare, deployments);
    expect(outcome).toMatchObject({ value: 0.2, sampleSize: 5 });
    expect(outcome.evidence[0]).toBe(2);
  });

  test('the two incidents of our own took 25.5 and 21.5 hours from their detection', () => {
    const outcome = compute(timeToRestore, incidents);
    expect(outcome).toMatchObject({ value: 23.5, sampleSize: 2 });
    expect(outcome.caveats).toContain('Marked external and left out: 1 incident.');
    expect([...outcome.evidence]).toEqual([0, 1]);
  });
});

test('two failed of ten are 20 %: one by an incident, one by the rollback linked to it', () => {
  const rows = ten.with(2, deploymentRow('2026-09-08 12:00', failed('2026-09-08 14:00')));
  rows[6] = deploymentRow('2026-09-08 16:00', { rolledBackAt: utc('2026-09-08 17:00') });
  rows[7] = deploymentRow('2026-09-08 17:00', { kind: 'rollback' });
  const rate = compute(changeFailRate, rows);
  expect(rate).toMatchObject({ value: 0.2, sampleSize: 10 });
  expect(rate.caveats).toEqual([
    '1 of 2 failed deployments known only by the rollback that took it back.',
  ]);
  const recovery = compute(failedDeploymentRecoveryTime, rows);
  expect(recovery).toMatchObject({ value: 1.5, sampleSize: 2 });
});

describe('change fail rate', () => {
  test('is unknown without a source of incidents, whatever was rolled back, and names the proxy', () => {
    for (const metric of [changeFailRate, failedDeploymentRecoveryTime]) {
      const outcome = compute(metric, deployments, { shown: false });
      expect(outcome).toMatchObject({ value: null, sampleSize: 0 });
      expect(outcome.caveats.join(' ')).toMatch(/No source shows incidents.*revert_share/);
    }
  });

  test('is a true 0 where incidents are shown and none came of a deployment', () => {
    expect(compute(changeFailRate, ten)).toMatchObject({ value: 0, sampleSize: 10, caveats: [] });
  });

  test('is unknown where there are incidents and none can be linked', () => {
    const outcome = compute(changeFailRate, ten, { unlinked: 3 });
    expect(outcome.value).toBeNull();
    expect(outcome.caveats[0]).toContain('there are 3 incidents in this window');
  });

  test('says how many incidents it could not count, and which links are by time alone', () => {
    const rows = ten.with(
      0,
      deploymentRow('2026-09-08 10:00', { ...failed(null), incidentLink: 'time' }),
    );
    expect(compute(changeFailRate, rows, { unlinked: 2 }).caveats).toEqual([
      '1 of 1 failed deployment known only by an incident of the same service within 72 hours.',
      'Incidents linked to no deployment cannot be counted here; this window has 2.',
    ]);
    expect(compute(changeFailRate, rows, { unlinked: null }).caveats).toHaveLength(1);
  });

  test('says which deployments are too young to be sure of', () => {
    const { caveats } = compute(changeFailRate, ten, { now: utc('2026-09-11 12:00') });
    expect(caveats).toContain('7 deployments ended within the last 72 hours and may still fail.');
  });

  test('leaves out other environments and runs that failed, linked or not', () => {
    const rows = [
      ...ten,
      deploymentRow('2026-09-09 01:00', { ...failed(null), environment: 'staging' }),
      deploymentRow('2026-09-09 02:00', { ...failed(null), result: 'failure' }),
    ];
    expect(compute(changeFailRate, rows)).toMatchObject({ value: 0, sampleSize: 10 });
  });

  test('of one deployment is all or nothing, and says that it is one', () => {
    const row = deploymentRow('2026-09-08 10:00', failed('2026-09-08 12:00'));
    const outcome = compute(changeFailRate, [row]);
    expect(outcome).toMatchObject({ value: 1, sampleSize: 1 });
    expect(outcome.caveats).toEqual(['Only 1 deployment: this describes them, it is no trend.']);
  });
});

describe('failed deployment recovery time', () => {
  test('leaves out what is still open, and says so', () => {
    const rows = [...deployments, deploymentRow('2026-09-11 10:00', failed(null))];
    const outcome = compute(failedDeploymentRecoveryTime, rows);
    expect(outcome).toMatchObject({ value: 26.5, sampleSize: 1 });
    expect(outcome.caveats[0]).toBe('1 of 2 failed deployments has not recovered yet: left out.');
  });

  test('is unknown where nothing failed, where all is open, and where time ran backwards', () => {
    expect(compute(failedDeploymentRecoveryTime, ten)).toMatchObject({
      value: null,
      caveats: ['None of 10 deployments is known to have failed: nothing to recover from.'],
    });
    for (const end of [null, '2026-09-08 09:59']) {
      const rows = [deploymentRow('2026-09-08 10:00', failed(end))];
      expect(compute(failedDeploymentRecoveryTime, rows).value).toBeNull();
    }
  });

  test('waits for the incident where a rollback ended before it', () => {
    const rolledBackAt = utc('2026-09-08 10:30');
    const row = deploymentRow('2026-09-08 10:00', { ...failed('2026-09-08 13:00'), rolledBackAt });
    expect(compute(failedDeploymentRecoveryTime, [row]).value).toBe(3);
  });
});

describe('time to restore', () => {
  test('is also known as mttr', () => {
    expect(timeToRestore.aliases).toContain('mttr');
  });

  test('leaves out what is open, and counts incidents without a deployment', () => {
    const rows = [
      ...incidents,
      incidentRow('2026-09-11 09:00', { resolvedAt: null, linkMethod: null }),
    ];
    const outcome = compute(timeToRestore, rows);
    expect(outcome).toMatchObject({ value: 23.5, sampleSize: 2 });
    expect(outcome.caveats).toEqual(
      expect.arrayContaining([
        '1 of 3 incidents is not resolved yet: left out.',
        '1 of 3 incidents is linked to no deployment.',
      ]),
    );
  });

  test.each([
    ['no source', [], false, 'No source shows incidents'],
    ['no incident', [], true, 'No incident is known to have begun'],
    [
      'external ones alone',
      [incidentRow('2026-09-08 09:00', { isExternal: true })],
      true,
      'All incidents of this window are marked external: 1.',
    ],
    [
      'an incident never resolved',
      [incidentRow('2026-09-08 09:00', { resolvedAt: null })],
      true,
      '1 of 1 incident is not resolved yet',
    ],
  ])('is unknown of %s, for its own reason', (_, rows, shown, reason) => {
    const outcome = compute(timeToRestore, rows, { shown });
    expect(outcome).toMatchObject({ value: null, sampleSize: 0 });
    expect(outcome.caveats[0]).toContain(reason);
  });
});

test('time to acknowledge counts what was acknowledged', () => {
  const rows = [...incidents, incidentRow('2026-09-11 09:00', { acknowledgedAt: null })];
  const outcome = compute(timeToAcknowledge, rows);
  expect(outcome.value).toBeCloseTo(1 / 6, 10);
  expect(outcome.sampleSize).toBe(2);
  expect(outcome.caveats).toContain('1 of 3 incidents is not known to be acknowledged: left out.');
});

describe('deployment rework rate', () => {
  const silent = ten.map((row) => ({ ...row, kind: null }));

  test('is unknown, not 0, where nothing says what the deployments were', () => {
    expect(compute(deploymentReworkRate, silent)).toMatchObject({ value: null, sampleSize: 0 });
  });

  test('is 0 where all are known to be planned', () => {
    expect(compute(deploymentReworkRate, ten)).toMatchObject({ value: 0, sampleSize: 10 });
  });

  test('takes a hotfix or revert that came along as a proxy, and says so', () => {
    const rows = silent.map((row, index) => ({ ...row, hotfixCount: index < 2 ? 3 : 0 }));
    const outcome = compute(deploymentReworkRate, rows);
    expect(outcome.value).toBe(0.2);
    expect(outcome.caveats).toEqual([
      '2 of 10 deployments count as unplanned by a proxy: a hotfix or revert that came with it.',
      '8 of 10 deployments do not say whether it was planned; without a known hotfix or revert it counts as planned.',
    ]);
  });

  test('believes the source where it calls a deployment planned, and where it was a rollback', () => {
    const rows = ten.map((row) => ({ ...row, hotfixCount: 1 }));
    expect(compute(deploymentReworkRate, rows).value).toBe(0);
    expect(
      compute(deploymentReworkRate, [deploymentRow('2026-09-08 10:00', { kind: 'rollback' })])
        .value,
    ).toBe(1);
  });
});

test('tags and releases show no failed run, so that nothing is said of them', () => {
  const tagged = ten.map((row) => ({ ...row, origin: 'tag' }));
  expect(compute(pipelineFailureShare, tagged)).toMatchObject({
    value: null,
    caveats: [expect.stringContaining('tags or releases')],
  });
  expect(compute(pipelineFailureShare, [...tagged, ...deployments])).toMatchObject({
    value: 0.2,
    sampleSize: 5,
  });
});

describe('of any deployments', () => {
  const random = seededRandom(5);
  const instant = (): number => window.from + Math.floor(random() * 7 * 24) * hourMs;
  const rounds = Array.from({ length: 30 }, (_, round) =>
    randomDeployments(1 + round * 3, random, instant),
  );
  const metrics = [
    changeFailRate,
    deploymentReworkRate,
    pipelineFailureShare,
    failedDeploymentRecoveryTime,
  ];

  test('a share lies between 0 and 1, however many incidents there were', () => {
    for (const rows of rounds) {
      for (const metric of metrics.slice(0, 3)) {
        const value = compute(metric, rows).value ?? 0;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  test('everything weeks later is the same figure', () => {
    const by = 5 * weekMs;
    const later = (at: number | null): number | null => (at === null ? null : at + by);
    for (const rows of rounds) {
      const moved = rows.map((row) => ({
        ...row,
        finishedAt: later(row.finishedAt),
        restoredAt: later(row.restoredAt),
        rolledBackAt: later(row.rolledBackAt),
      }));
      const span = { from: window.from + by, to: window.to + by };
      for (const metric of metrics) {
        const { value, p90, sampleSize, caveats } = computeOver(metric, rows, window, now);
        expect(computeOver(metric, moved, span, now + by)).toMatchObject({
          value,
          p90,
          sampleSize,
          caveats,
        });
      }
    }
  });

  test('an incident more at what has failed, and a run more that failed, leave the rate as it was', () => {
    for (const rows of rounds) {
      const worse = rows.map((row) => ({
        ...row,
        incidentCount: row.incidentCount === 0 ? 0 : row.incidentCount + 1,
      }));
      const more = [...worse, deploymentRow('2026-09-09 01:00', { result: 'failure' })];
      expect(compute(changeFailRate, more).value).toBe(compute(changeFailRate, rows).value);
    }
  });

  test('recovering twice as slowly is twice the time', () => {
    for (const rows of rounds) {
      const twice = (row: SubjectRows['deployment'], end: number | null): number | null =>
        end === null ? null : 2 * end - (row.finishedAt ?? 0);
      const slower = rows.map((row) => ({
        ...row,
        restoredAt: twice(row, row.restoredAt),
        rolledBackAt: twice(row, row.rolledBackAt),
      }));
      const { value } = compute(failedDeploymentRecoveryTime, rows);
      expect(compute(failedDeploymentRecoveryTime, slower).value).toBe(
        value === null ? null : 2 * value,
      );
    }
  });
});
