import { describe, expect, it } from 'vitest';
import { repeatedCarryOver } from './rules/repeated-carry-over.ts';
import { scopeCreep } from './rules/scope-creep.ts';
import { sprintOverCommitted } from './rules/sprint-over-committed.ts';
import { dayMs, hourMs, now } from './testing/judge-rule.ts';
import { startOf, startSprints } from './testing/sprint-world.ts';

const rules = [sprintOverCommitted, scopeCreep, repeatedCarryOver];
const planned = startOf(7) - dayMs;

describe('a sprint in a store', () => {
  it('is held against the last sprints of its project', async () => {
    const { add, addDone, adjutant, handle, evaluate } = await startSprints(rules);
    for (const sprint of [2, 3, 4, 5, 6]) addDone(sprint, sprint);
    add('WEB-1', [['6', startOf(6) - dayMs]], { doneAt: startOf(6) + dayMs });
    for (let item = 1; item <= 6; item += 1) add(`PAY-${item}`, [['7', planned]]);
    await adjutant.sync();
    expect(await handle.signals.subjects('sprint')).toMatchObject([
      {
        key: 'Sprint 7',
        startedAt: startOf(7),
        plannedItems: 6,
        plannedPoints: null,
        addedItems: 0,
        closedSprints: 5,
        medianItems: 4,
        commitmentRatio: 1.5,
      },
    ]);
    const found = await evaluate();
    expect(found.map(({ sentence, since }) => [sentence, since])).toEqual([
      [
        'Sprint 7 was planned with 6 items; of the last 5 sprints the middle one completed 4.',
        startOf(7),
      ],
    ]);
    const { recomputed } = await handle.signals.get(found[0]?.id ?? '');
    expect(recomputed).toBe(found[0]?.sentence);
  });

  it('is no finding before three sprints are closed', async () => {
    const { add, addDone, handle, evaluate } = await startSprints(rules);
    for (const sprint of [5, 6]) addDone(sprint, 2);
    for (let item = 1; item <= 9; item += 1) add(`PAY-${item}`, [['7', planned]]);
    expect(await evaluate()).toEqual([]);
    const [rule] = await handle.signals.rules();
    expect(rule?.unknownReason).toMatch(/fewer than three/);
  });

  it('grows by what comes in after it began, and not by new estimates', async () => {
    const { add, change, clock, evaluate } = await startSprints(rules);
    for (let item = 1; item <= 10; item += 1) add(`PAY-${item}`, [['7', planned]], { points: 8 });
    change('PAY-1', 'points', ['1', '8'], startOf(7) + dayMs);
    expect(await evaluate()).toEqual([]);
    for (let item = 11; item <= 13; item += 1) {
      add(`PAY-${item}`, [['7', startOf(7) + item * hourMs]]);
    }
    clock.advance(hourMs);
    const found = await evaluate();
    expect(found.map(({ sentence, since }) => [sentence, since])).toEqual([
      ['3 items came into Sprint 7 after it began, beside 10 planned.', startOf(7) + 13 * hourMs],
    ]);
    clock.advance(dayMs);
    const again = await evaluate();
    expect(again).toEqual([{ ...found[0], judgedAt: again[0]?.judgedAt }]);
  });

  it('is told as it was at the instant of its finding', async () => {
    const { add, clock, handle, evaluate } = await startSprints(rules);
    for (let item = 1; item <= 13; item += 1) {
      add(`PAY-${item}`, [['7', item <= 10 ? planned : startOf(7) + dayMs]]);
    }
    const [found] = await evaluate();
    clock.advance(dayMs);
    add('PAY-14', [['7', now + hourMs]]);
    const moved = await handle.signals.get(found?.id ?? '');
    expect(moved.recomputed).toBe(found?.sentence);
  });
});

describe('an item in its third sprint', () => {
  it('is found, but one that was done in an earlier sprint is not', async () => {
    const { add, change, evaluate } = await startSprints([repeatedCarryOver]);
    const carried: [string, number][] = [
      ['5', startOf(5) - dayMs],
      ['5,6', startOf(6)],
      ['5,6,7', startOf(7)],
    ];
    add('PAY-1', carried);
    add('PAY-2', carried);
    change('PAY-2', 'status', ['Doing', 'Done'], startOf(5) + dayMs);
    change('PAY-2', 'status', ['Done', 'Doing'], startOf(6) + dayMs);
    add('PAY-9', [['4', startOf(4) - dayMs]], { doneAt: startOf(4) + dayMs });
    add('PAY-99', [['6', startOf(6) - dayMs]], { doneAt: now - dayMs });
    add('PAY-3', [
      ['7', startOf(7) - 30 * dayMs],
      ['8', startOf(7) - 20 * dayMs],
      ['7', planned],
    ]);
    const found = await evaluate();
    expect(found.map(({ sentence, since }) => [sentence, since])).toEqual([
      ['PAY-1 is in its 3rd sprint and is not done.', startOf(7)],
    ]);
  });
});
