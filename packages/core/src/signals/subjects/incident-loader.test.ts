import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAdjutant } from '../../create-adjutant.ts';
import {
  buildIncident,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '../../testing.ts';
import { defineSignal } from '../define-signal.ts';
import { dayMs, hourMs, noon, startSubjects } from './__fixtures__/subject-world.ts';
import { isSevere } from './incident-severity.ts';

const incident = (externalId: string, fields: Parameters<typeof buildIncident>[0] = {}) =>
  buildIncident({ source: 'tracker', externalId, createdAt: noon - 2 * hourMs, ...fields });
const item = (number: number, title: string, fields: Parameters<typeof buildWorkItem>[0] = {}) =>
  buildWorkItem({
    source: 'tracker',
    externalId: String(number),
    key: `OPS-${number}`,
    title,
    createdAt: noon - hourMs,
    ...fields,
  });

describe('an incident', () => {
  it('is told while it is open and for thirty days after', async () => {
    const { rows, subjects } = await startSubjects('incident');
    rows['1'] = {
      incidents: [
        incident('Q1OPEN', { serviceKey: 'PAY', severity: 'P1', acknowledgedAt: noon - hourMs }),
        incident('Q2OVER', {
          serviceKey: 'PAY',
          severity: 'low',
          createdAt: noon - 3 * dayMs,
          resolvedAt: noon - dayMs,
        }),
        incident('Q3OLD', { createdAt: noon - 40 * dayMs, resolvedAt: noon - 31 * dayMs }),
      ],
    };
    expect(await subjects()).toMatchObject([
      {
        key: 'Q2OVER',
        isOpen: false,
        isSevere: false,
        isAcknowledged: false,
        openHours: 48,
        resolvedWeekdayHours: 24,
        similarCount: 0,
        followUpCount: null,
      },
      {
        key: 'Q1OPEN',
        isOpen: true,
        isSevere: true,
        isAcknowledged: true,
        hasLead: null,
        openHours: 2,
        resolvedWeekdayHours: null,
        similarCount: 1,
      },
    ]);
  });

  it('has an unknown owner where its source never tells of any', async () => {
    const { rows, subjects } = await startSubjects('incident');
    const over = [1, 2, 3, 4, 5].map((number) =>
      incident(`over-${number}`, { createdAt: noon - dayMs, resolvedAt: noon - 20 * hourMs }),
    );
    rows['1'] = { incidents: [...over, incident('open')] };
    expect((await subjects()).at(-1)).toMatchObject({ key: 'open', isAcknowledged: null });
  });

  it('is followed up by work items that name it, by id, number or title', async () => {
    const { rows, subjects } = await startSubjects('incident');
    const shown = (externalId: string, title: string, position: number) =>
      incident(externalId, { title, createdAt: noon - (10 - position) * hourMs });
    rows['1'] = {
      incidents: [
        shown('Q1ABC', 'Down', 0),
        shown('INC-42', 'Down', 1),
        shown('Q9XYZ', 'Checkout answers with errors', 2),
        shown('Q7NONE', 'Down', 3),
        shown('77', 'Down', 4),
      ],
      workItems: [
        item(1, 'Alert earlier (q1abc)'),
        item(2, 'Post-mortem of incident #42', { statusCategory: 'done', doneAt: noon }),
        item(3, 'Follow-up: checkout  answers with errors'),
        item(4, 'Q7NONE was foreseen', { createdAt: noon - 3 * dayMs }),
        item(5, 'Down'),
        item(6, 'Raise the limit to 77'),
      ],
    };
    const found = await subjects();
    expect(
      found.map(({ key, followUpCount, openFollowUpCount }) => [
        key,
        followUpCount,
        openFollowUpCount,
      ]),
    ).toEqual([
      ['Q1ABC', 1, 1],
      ['INC-42', 1, 0],
      ['Q9XYZ', 1, 1],
      ['Q7NONE', 0, 0],
      ['77', 0, 0],
    ]);
    expect(found[3]?.followUpProject).toBe('OPS');
    expect(found[0]?.evidence).toHaveLength(2);
  });

  it('has the project of all follow-ups of thirty days in every pass of a day', async () => {
    const seen: (string | null)[] = [];
    const rule = defineSignal({
      id: 'open-incident',
      version: 1,
      title: 'Open',
      description: 'Is open.',
      subject: 'incident',
      severity: 'low',
      params: z.object({}),
      evaluate({ isOpen, followUpProject }) {
        if (!isOpen) return null;
        seen.push(followUpProject);
        return { since: 0, sentence: 'Open.' };
      },
    });
    const clock = createFakeClock(noon);
    const earlier = noon - 10 * dayMs;
    const adjutant = await createAdjutant({
      store: ':memory:',
      clock,
      signals: [rule],
      connectors: [
        createRowsConnector({
          id: 'tracker',
          records: () => ({
            one: {
              incidents: [
                incident('Q1OPEN'),
                incident('Q2OVER', { createdAt: earlier, resolvedAt: earlier + hourMs }),
              ],
              workItems: [item(1, 'Alert earlier (q2over)')],
            },
          }),
        }),
      ],
    });
    onTestFinished(() => adjutant.close());
    await adjutant.sync();
    clock.advance(hourMs);
    await adjutant.sync();
    clock.advance(hourMs);
    await adjutant.sync();
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(new Set(seen)).toEqual(new Set(['OPS']));
  });

  it('was open at an instant before it was resolved', async () => {
    const { adjutant, clock, rows, past } = await startSubjects('incident');
    rows['1'] = { incidents: [incident('Q1')] };
    await adjutant.sync();
    clock.advance(40 * dayMs);
    rows['1'] = {
      incidents: [incident('Q1', { acknowledgedAt: noon + hourMs, resolvedAt: noon + 2 * hourMs })],
    };
    await adjutant.sync();
    expect(await past('Q1')).toMatchObject({ isOpen: true, isAcknowledged: false, openHours: 2 });
  });
});

describe('a severity', () => {
  it.each([
    ['P1', true],
    ['P2', true],
    ['P3', false],
    ['SEV-1', true],
    ['sev 3', false],
    ['High', true],
    ['critical: data is lost', true],
    ['low', false],
    ['Highly unlikely', false],
    ['', false],
    [null, false],
  ])('%s is severe: %s', (severity, expected) => {
    expect(isSevere(severity, 1)).toBe(expected);
  });

  it('counts from 0 where its source does', () => {
    expect([0, 1, 2].map((number) => isSevere(`SEV${number}`, 0))).toEqual([true, true, false]);
  });
});
