import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineSignal } from './define-signal.ts';
import { judgeSubjects } from './judge-subjects.ts';
import { quietSubject } from './quiet-subjects.ts';

it('lets others have their turn as often as a rule is dear', async () => {
  const rule = defineSignal({
    id: 'a-rule',
    version: 1,
    title: 'A rule',
    description: 'Finds nothing.',
    subject: 'team',
    severity: 'low',
    params: z.object({}),
    evaluate: () => null,
  });
  const subjects = Array.from({ length: 60 }, (_, at) => ({
    ...quietSubject('team'),
    id: `${at}`,
  }));
  const turnsOf = async (judgedAtOnce: number): Promise<number> => {
    let turns = 0;
    const judging = new AbortController();
    const counting = (async () => {
      while (!judging.signal.aborted) {
        await setImmediate();
        turns += 1;
      }
    })();
    await judgeSubjects({ ...rule, judgedAtOnce }, subjects, {
      timeZone: 'UTC',
      open: new Map(),
    });
    judging.abort();
    await counting;
    return turns;
  };
  expect(await turnsOf(10)).toBeGreaterThanOrEqual(6);
  expect(await turnsOf(1_000)).toBeLessThan(4);
});
