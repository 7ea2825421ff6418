import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountSchema, incidentSchema } from '@adjutant/core/domain';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCsv } from '../../testing/__fixtures__/read-csv.ts';
import { createPagerdutyData } from '../testing/pagerduty-data.ts';
import { incidentOf, logEntryOf } from '../testing/representations.ts';
import { pagerdutyNormalisers } from './normalise.ts';

const recorded = join(
  import.meta.dirname,
  '../../../../../../shared/data/devlake/pagerduty/raw/_raw_pagerduty_incidents.csv',
);
const isThere = existsSync(recorded);
/** Incidents as PagerDuty answered them, with their log entries inside. */
function payloads(): Record<string, unknown>[] {
  const [header = [], ...rows] = readCsv(readFileSync(recorded, 'utf8'));
  const at = header.indexOf('data');
  return rows.map((row) => z.record(z.string(), z.unknown()).parse(JSON.parse(row[at] ?? '')));
}

it.skipIf(isThere)('finds no recorded payloads beside the repository, so none is compared', () => {
  expect(isThere).toBe(false);
});

describe.skipIf(!isThere)('recorded payloads beside the repository', () => {
  it('gives each incident with when it was first acknowledged and when it ended', () => {
    const rows = payloads().map((payload) => pagerdutyNormalisers.incident(payload));
    const at = (text: string) => Date.parse(`2022-11-03T${text}Z`);
    expect(rows.flatMap(({ incidents = [] }) => incidents)).toEqual([
      expect.objectContaining({
        externalId: 'Q3YON8WNWTZMRQ',
        serviceKey: 'PIKL83L',
        severity: 'high',
        createdAt: at('06:23:06'),
        // It was let go since, and is triggered now.
        acknowledgedAt: at('06:23:07'),
        resolvedAt: null,
      }),
      expect.objectContaining({
        externalId: 'Q3CZAU7Q4008QD',
        createdAt: at('06:44:28'),
        acknowledgedAt: at('06:44:37'),
        resolvedAt: null,
      }),
      expect.objectContaining({
        externalId: 'Q1OHFWFP3GPXOG',
        severity: 'low',
        createdAt: at('06:45:36'),
        acknowledgedAt: at('06:45:46'),
        resolvedAt: at('06:51:44'),
      }),
    ]);
    for (const { incidents, accounts } of rows) {
      z.array(incidentSchema).parse(incidents);
      const ids = z
        .array(accountSchema)
        .parse(accounts)
        .map(({ externalId }) => externalId);
      expect(ids).toContain('PQYACO3');
      // The service acts too, and is no account.
      expect(ids).not.toContain('PIKL83L');
    }
  });

  it('has the form that our twin answers in', () => {
    const data = createPagerdutyData();
    const user = data.addUser('Ada Example');
    const service = data.addService('checkout', data.addPolicy('Default', [[user]]), 0);
    const incident = data.addIncident(service, { createdAt: 1_000 });
    data.acknowledge(incident, user, 2_000);
    const answered: Record<string, unknown> = {
      ...incidentOf(incident),
      log_entries: data.entries.map((entry) => logEntryOf(entry)),
    };
    for (const payload of payloads()) {
      expect(unlike(payload, answered)).toEqual([]);
    }
  });
});

/** Paths at which our twin lacks a field that is recorded, or gives it another type. */
function unlike(real: unknown, ours: unknown, path = ''): string[] {
  if (Array.isArray(real)) {
    if (!Array.isArray(ours)) return [`${path}: no list`];
    // Of an empty list nothing can be told.
    const [first] = ours;
    return first === undefined ? [] : real.flatMap((item) => unlike(item, first, `${path}[]`));
  }
  if (real === null || ours === null) return [];
  if (typeof real !== 'object')
    return typeof real === typeof ours ? [] : [`${path}: ${typeof ours}`];
  if (typeof ours !== 'object') return [`${path}: no object`];
  return Object.entries(real).flatMap(([name, value]) => {
    const found = Object.entries(ours).find(([key]) => key === name);
    if (found === undefined) return [`${path}.${name} is missing`];
    return unlike(value, found[1], `${path}.${name}`);
  });
}

describe('normalisers', () => {
  it('take log entries that stand beside the incident, and only its own', () => {
    const data = createPagerdutyData();
    const user = data.addUser('Ada Example');
    const service = data.addService('checkout', data.addPolicy('Default', [[user]]), 0);
    const incident = data.addIncident(service, { createdAt: 100_000 });
    const other = data.addIncident(service, { createdAt: 50_000 });
    data.acknowledge(other, user, 60_000);
    data.acknowledge(incident, user, 200_000);
    data.resolve(incident, user, 300_000);
    const logEntries = data.entries.map((entry) => logEntryOf(entry));
    const { incidents } = pagerdutyNormalisers.incident(incidentOf(incident), { logEntries });
    expect(incidents).toMatchObject([{ acknowledgedAt: 200_000, resolvedAt: 300_000 }]);
    data.merge(incident, other, user, 400_000);
    expect(pagerdutyNormalisers.incident(incidentOf(incident))).toEqual({});
  });

  it('say what is wrong with anything else, without repeating it', () => {
    for (const wrong of [null, [], { secret: 'x' }, { id: 'Q1', created_at: 'soon' }]) {
      expect(() => pagerdutyNormalisers.incident(wrong)).toThrow(
        expect.objectContaining({ code: 'InvalidInput' }),
      );
    }
    expect(
      pagerdutyNormalisers.user({ id: 'PU1', name: 'Ada', email: 'a@example.com' }),
    ).toMatchObject({ accounts: [{ externalId: 'PU1', emailVerified: false }] });
  });
});
