// Requests as a stranger would send them, to every receiver: real payloads and made-up ones, mutated in
// body, headers and signature. Whatever comes, nothing throws, only what is signed is taken, and
// memory stays flat. Nothing is contacted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { type Sent, sendAll, type Tally } from './fuzz/send.ts';
import { type Judged, printJudged } from './report.ts';

const runs = 100_000;
const seed = 42;
/** Caches are full by then: what the heap holds more at the end was kept for nothing. */
const measuredAt = runs / 5;
const mostGrowthMegabytes = 10;
// Without a run of it, what nobody holds any more would count as held.
setFlagsFromString('--expose-gc');
const collectGarbage = z
  .custom<() => void>((value) => typeof value === 'function')
  .parse(runInNewContext('gc'));

/** @unit megabytes */
function heldMegabytes(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

export async function chaosFuzz(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-fuzz-'));
  try {
    let early = 0;
    let late = 0;
    const sent = await sendAll({
      store: join(folder, 'store.db'),
      runs,
      seed,
      onSent: (count) => {
        if (count === measuredAt) early = heldMegabytes();
        if (count === runs) late = heldMegabytes();
        if (process.stderr.isTTY && count % 1_000 === 0) {
          process.stderr.write(`\r${count} of ${runs} requests`);
        }
      },
    });
    if (sent.thrown !== null) console.error(sent.thrown);
    return printJudged('Webhooks from strangers', [
      ...judge(sent),
      {
        title: `heap at request ${measuredAt} and at ${runs}, settled`,
        figure: `${early.toFixed(1)} MB, ${late.toFixed(1)} MB`,
        must: `at most ${mostGrowthMegabytes} MB more`,
        ok: early > 0 && late > 0 && late - early <= mostGrowthMegabytes,
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge({ of, inStore, thrown, connections }: Sent): Judged[] {
  const sum = (pick: (tally: Tally) => number): number =>
    [...of.values()].reduce((all, tally) => all + pick(tally), 0);
  const line = (title: string, figure: number, must: string, ok: boolean): Judged => ({
    title,
    figure: String(figure),
    must,
    ok,
  });
  const none = (title: string, figure: number): Judged => line(title, figure, '0', figure === 0);
  const exactly = (title: string, figure: number, must: number): Judged =>
    line(title, figure, String(must), figure === must);
  const above = (title: string, figure: number, bound: number): Judged =>
    line(title, figure, `above ${bound}`, figure > bound);
  const each = [...of].flatMap(([source, tally]) => [
    above(`${source}: requests`, tally.sent, runs / 5),
    above(`${source}: genuine among them`, tally.genuine, runs / 40),
    none(`${source}: taken without the signature of their bytes`, tally.forgedTaken),
    none(`${source}: genuine and taken for forged`, tally.genuineLost),
    above(
      `${source}: taken, or known already`,
      tally.kept + tally.duplicates + tally.answered,
      100,
    ),
  ]);
  return [
    exactly(
      `requests sent, seed ${seed}`,
      sum(({ sent }) => sent),
      runs,
    ),
    none('of them threw', thrown === null ? 0 : 1),
    ...each,
    exactly(
      'kept, each once',
      inStore,
      sum(({ kept }) => kept),
    ),
    none('connections opened', connections),
  ];
}
