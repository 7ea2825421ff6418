import type { DomainRows, MetricAnswer } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { dayMs, weekMs } from '../week-buckets.ts';
import { utc } from './compute.ts';
import { goldenNow, goldenRows, monday, unrelatedRows } from './golden-rows.ts';
import { openWorld } from './open-world.ts';

export interface GoldenFigures {
  /** The same on whatever day of the week all of it happens. */
  ofAnyDay: Record<string, unknown>;
  /** Of full weeks, and so the same only so many whole weeks later. */
  ofWeeks: Record<string, unknown>;
}

/**
 * Returns the figures of every worked example, from a source through a store, as the default mode
 * answers them: all of it so much later, beside the rows of another team where that is wanted.
 */
export async function goldenFigures(by = 0, withOthers = false): Promise<GoldenFigures> {
  const records = { ...goldenRows(), ...(withOthers ? { others: unrelatedRows() } : {}) };
  const world = await openWorld(later(records, by), goldenNow + by);
  try {
    const teams = await world.handle.teams();
    const team = world.handle.forTeam(teams.find(({ key }) => key === 'default')?.id ?? '');
    const windowOf = (from: string, weeks: number): Window => {
      const start = utc(from) + by;
      return { from: start, to: start + weeks * weekMs };
    };
    const ask = (metricId: string, window: Window, repository?: string) =>
      team.metric({ metricId, window, repository });
    const ofG1 = windowOf('2026-09-07', 1);
    const leadTime = await ask('lead_time_for_changes', ofG1, 'shop');
    const { items } = await team.explainMetric({
      metricId: 'lead_time_for_changes',
      window: ofG1,
      repository: 'shop',
    });
    const frequency = await ask('deployment_frequency', windowOf('2026-09-07', 4), 'frequency');
    const cycleTime = await ask('cycle_time', windowOf('2026-07-20', 2));
    const ofFailures = async (id: string) => (await ask(id, ofG1, 'failures')).value;
    const [sprint] = (await team.sprints.list()).items.filter(({ name }) => name === 'Sprint 7');
    const forecast = await team.forecast({
      repository: 'throughput',
      history: { from: goldenNow + by - 84 * dayMs, to: goldenNow + by },
      // Asked for at midnight, so that the day which begins is the first of the five.
      until: goldenNow + by + 5 * dayMs,
      items: 10,
    });
    const at85 = ({ probability }: { probability: number }): boolean => probability === 0.85;
    const compare = (from: number) =>
      team.aiImpact.compare({ window: { from: from + by, to: from + by + weekMs } });
    const helped = await compare(monday.helped);
    const simpson = await compare(monday.simpson);
    return {
      ofAnyDay: {
        'G1 p50, n': [leadTime.p50, leadTime.sampleSize],
        'G1 parts': partsOf(leadTime),
        'G1 totals': items.map(({ values }) => values['totalMs']).toSorted(),
        'G2 per day, n': [frequency.value, frequency.sampleSize],
        'G3 change fail rate': await ofFailures('change_fail_rate'),
        'G3 recovery': await ofFailures('failed_deployment_recovery_time'),
        'G3 rework': await ofFailures('deployment_rework_rate'),
        'G3 failed runs': await ofFailures('pipeline_failure_share'),
        'G4 p50': cycleTime.p50,
        'G4 expectation': partsOf(cycleTime),
        'G5 items in five days': forecast.howMany?.answers.find(at85)?.items,
        'G5 days for ten items': forecast.whenDone?.answers.find(at85)?.days,
        'G6': await team.sprints
          .report(sprint?.id ?? '')
          .then(({ commitment, reliability, velocity, addedShare, removedShare, ...rest }) => ({
            commitment,
            reliability,
            velocity,
            addedShare: addedShare.points,
            removedShare: removedShare.points,
            reEstimatedShare: rest.reEstimatedShare.points,
            netChangeShare: rest.netChangeShare.points,
            carryOverShare: rest.carryOverShare,
          })),
        'G7': (await ask('flow_efficiency', windowOf('2026-06-22', 1))).value,
      },
      ofWeeks: {
        'G2 parts': partsOf(frequency),
        'G2 weeks': frequency.series.map(({ value }) => value),
        'AI medians': [helped.arms.assisted.medianHours, helped.arms.declaredNone.medianHours],
        'AI difference': helped.speed?.medianDifferenceHours,
        'AI shift': helped.speed?.shiftHours,
        'AI delta': helped.speed?.cliffsDelta,
        'AI interval': helped.speed?.shiftInterval,
        'AI Simpson': [simpson.strata?.pooledDifferenceHours, simpson.strata?.simpson],
        'AI strata': simpson.strata?.strata.map((stratum) => [
          stratum.repository,
          stratum.medianDifferenceHours,
        ]),
      },
    };
  } finally {
    await world.close();
  }
}

function partsOf({ parts }: MetricAnswer): Record<string, number | null> {
  return Object.fromEntries(parts.map(({ id, value }) => [id, value]));
}

/** The same rows, every instant of them so much later. */
function later(records: Record<string, DomainRows>, by: number): Record<string, DomainRows> {
  const text = JSON.stringify(records, (name, value: unknown) =>
    typeof value === 'number' && /(?:^at|At)$/.test(name) ? value + by : value,
  );
  return JSON.parse(text) as Record<string, DomainRows>;
}
