// Requests made from /openapi.json, right and spoilt, by several people and programs of two workspaces.
// Whatever comes, nothing breaks, every answer is as documented, and nobody sees what is not theirs.
// Nothing is contacted.
import { type Sent, sendAll } from './api/send.ts';
import { type Judged, printJudged } from './report.ts';

const runs = 20_000;
const shortRuns = 2_000;
const usualSeed = 42;
const leastShare = 0.4;
const shown = 8;

/** `--short` sends fewer; `--seed=7` others. */
export async function chaosApi(options: readonly string[]): Promise<number> {
  const isShort = options.includes('--short');
  const given = options.find((word) => word.startsWith('--seed='))?.slice('--seed='.length);
  const seed = given === undefined ? usualSeed : Number(given);
  const sent = await sendAll({
    runs: isShort ? shortRuns : runs,
    seed,
    onSent: (count) => {
      if (process.stderr.isTTY && count % 100 === 0) process.stderr.write(`\r${count} requests`);
    },
  });
  // Of the processor, because others may use it too.
  const { user, system } = process.cpuUsage();
  const minutes = (user + system) / 60_000_000;
  for (const list of [sent.faults, sent.undocumented, sent.seen, sent.crossed, sent.unlisted]) {
    for (const what of list.slice(0, shown)) console.error(what);
  }
  return printJudged(`The API under /v1, seed ${seed}`, [
    ...judge(sent, isShort ? shortRuns : runs),
    {
      title: 'minutes of processor time',
      figure: minutes.toFixed(1),
      // Of whichever machine it is.
      must: 'printed',
      ok: true,
    },
  ]);
}

function judge(sent: Sent, wanted: number): Judged[] {
  const none = (title: string, list: readonly string[]): Judged => ({
    title,
    figure: `${list.length}`,
    must: '0',
    ok: list.length === 0,
  });
  const whole = [...sent.of.values()].reduce((sum, { sent: count }) => sum + count, 0);
  const statuses = [...sent.statuses].toSorted(([one], [other]) => one - other);
  return [
    { title: 'requests', figure: `${whole}`, must: `at least ${wanted}`, ok: whole >= wanted },
    {
      title: 'answers by status',
      figure: statuses.map(([status, count]) => `${status}: ${count}`).join(', '),
      must: 'some of 200, 400, 401, 403 and 404',
      ok: [200, 400, 401, 403, 404].every((status) => sent.statuses.has(status)),
    },
    none('faults of ours', sent.faults),
    none('answers that are not as documented', sent.undocumented),
    none('answers with what somebody else alone may see', sent.seen),
    none('rows of one workspace answered to the other', sent.crossed),
    none(`of ${sent.probes} requests that no document names: answered`, sent.unlisted),
    ...[...sent.of].map(([id, { sent: count, answered }]) => ({
      title: `${id}: answered well`,
      figure: `${answered} of ${count} (${Math.round((100 * answered) / count)} %)`,
      must: `at least ${leastShare * 100} %`,
      ok: answered / count >= leastShare,
    })),
  ];
}
