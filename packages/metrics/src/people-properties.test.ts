import type { MetricOutcome, MetricSubject, SubjectRows } from '@adjutant/core/domain';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arbitraryFactInputs,
  propertyWindow as window,
  pullRequestRows,
} from './__fixtures__/arbitrary-rows.ts';
import { computeOver } from './__fixtures__/compute.ts';
import { metricTraits } from './__fixtures__/metric-traits.ts';
import { eventAt } from './__fixtures__/pull-requests.ts';
import { allMetrics } from './index.ts';

// What a bot opens or answers changes no figure that is of people.
type Row = SubjectRows[MetricSubject];

const settings = { numRuns: 40, seed: 2_027 };
const ofRequests = allMetrics.metrics.filter(({ subject }) => subject === 'pull_request');
const byPeople = (rows: readonly Row[]) => rows.filter((row) => !isOfBot(row));

function isOfBot(row: Row): boolean {
  return 'authorIsBot' in row && row.authorIsBot;
}

test('every metric of pull requests says what of it is of people', () => {
  const silent = ofRequests.filter(({ id }) => metricTraits[id]?.people === null);
  expect(silent.map(({ id }) => id)).toEqual([]);
});

describe.each(ofRequests.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  const people = metricTraits[id]?.people;
  const compute = (rows: readonly Row[]): MetricOutcome => computeOver(metric, rows, window);
  const holds = (property: (all: MetricOutcome, ofPeople: MetricOutcome) => void): void =>
    fc.assert(
      fc.property(arbitraryFactInputs, (inputs) => {
        const rows = pullRequestRows(inputs);
        property(compute(rows), compute(byPeople(rows)));
      }),
      settings,
    );

  test('is the same of requests that bots have answered too', () => {
    const property = fc.property(
      arbitraryFactInputs,
      fc.constantFrom('approved', 'changes_requested', null),
      (inputs, state) => {
        const noisy = inputs.map((input) => ({
          ...input,
          events: [
            ...input.events,
            ...input.events.flatMap(({ at }, place) =>
              (['review', 'comment'] as const).map((kind) =>
                eventAt(at + 1, kind, {
                  externalId: `bot-${kind}-${place}`,
                  actorAccountExternalId: 'robot',
                  actorIsBot: true,
                  state,
                }),
              ),
            ),
          ],
        }));
        expect(compute(pullRequestRows(noisy))).toEqual(compute(pullRequestRows(inputs)));
      },
    );
    fc.assert(property, settings);
  });

  test.runIf(people === 'median')('tells the median of people where bots are among them', () => {
    holds((all, ofPeople) => {
      const told = all.caveats.find((caveat) => caveat.includes('without them the median is'));
      if (all.sampleSize === ofPeople.sampleSize || ofPeople.sampleSize === 0) {
        expect(told).toBeUndefined();
      } else {
        expect(told).toContain(`the median is ${Math.round((ofPeople.value ?? 0) * 10) / 10} `);
      }
    });
  });

  test.runIf(people === 'count')('tells how many of those it counts are of bots', () => {
    holds((all, ofPeople) => {
      const told = all.caveats.find((caveat) => caveat.includes('opened by bots and counted here'));
      expect(told === undefined ? 0 : Number.parseInt(told, 10)).toBe(
        all.evidence.length - ofPeople.evidence.length,
      );
    });
  });

  test.runIf(people === 'parts')('has a part of people that no bot changes', () => {
    holds((all, ofPeople) => {
      const partOf = ({ parts }: MetricOutcome) => parts?.find((part) => part.id === 'of_people');
      expect(partOf(all)?.value ?? null).toBe(ofPeople.value);
      expect(partOf(all)?.sampleSize ?? 0).toBe(ofPeople.sampleSize);
    });
  });
});
