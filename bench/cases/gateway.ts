import { type ChildProcess, fork } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import {
  type GithubDelivery,
  hookSecret,
  makeDeliveries,
  makeHookedStore,
} from '../github-deliveries.ts';
import { loadHttp, type LoadResult, percentile, type WrittenRequest } from '../load/http-load.ts';
import { absolute, type BenchLine, median } from '../measure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

/** One round alone is a third off either way on a machine that others share: the middle one is told. */
const rounds = 11;
const deliveriesPerRound = 4_000;
const readsPerRound = 4_000;
const connections = 32;
const leastShare = 0.5;
/** A soak of ten minutes, unless told otherwise by ADJUTANT_SOAK_SECONDS. */
const soakSeconds = Number(process.env['ADJUTANT_SOAK_SECONDS'] ?? 600);
const mostGrowth = 1.15;

const readySchema = z.object({ port: z.number(), cookie: z.string().default('') });
const memorySchema = z.object({ rssBytes: z.number() });

interface Served {
  port: number;
  cookie: string;
  /** What it said of its memory so far. @unit bytes */
  memory: number[];
  stop: () => Promise<void>;
}

/** What the gateway takes and answers a second, against bare hono that does one insert or one read. */
export async function benchGateway(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const template = join(folder, 'template.db');
    await makeHookedStore(template);
    const lines = await accept(folder, template);
    lines.push(...(await read(folder, template)));
    if (soakSeconds > 0) lines.push(...(await soak(folder, template)));
    return lines;
  });
}

async function accept(folder: string, template: string): Promise<BenchLine[]> {
  const sent = makeDeliveries(deliveriesPerRound);
  const ours: LoadResult[] = [];
  const floor: LoadResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const both = [
      async () => {
        const gateway = await startGateway(join(folder, `accept-${round}.db`), template);
        ours.push(await post(gateway, '/webhooks/github', sent));
        await gateway.stop();
      },
      async () => {
        const bare = await start('bare-hono', [join(folder, `bare-accept-${round}.db`)]);
        floor.push(await post(bare, '/hook', sent));
        await bare.stop();
      },
    ];
    for (const one of round % 2 === 0 ? both : both.toReversed()) await one();
  }
  return judged('webhooks verified, stored and acknowledged', 202, { ours, floor });
}

async function read(folder: string, template: string): Promise<BenchLine[]> {
  const gateway = await startGateway(join(folder, 'read.db'), template);
  const bare = await start('bare-hono', [join(folder, 'bare-read.db')]);
  const lines: BenchLine[] = [];
  for (const path of ['/v1/projects/shop', '/v1/projects', '/health']) {
    const ours: LoadResult[] = [];
    const floor: LoadResult[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const both = [
        async () => void ours.push(await get(gateway, path)),
        async () => void floor.push(await get(bare, '/project/shop')),
      ];
      for (const one of round % 2 === 0 ? both : both.toReversed()) await one();
    }
    lines.push(...judged(`GET ${path}`, 200, { ours, floor }));
  }
  await gateway.stop();
  await bare.stop();
  return lines;
}

/** Half of what it takes at most, for as long as it takes to see whether memory grows. */
async function soak(folder: string, template: string): Promise<BenchLine[]> {
  const path = join(folder, 'soak.db');
  const gateway = await startGateway(path, template);
  const trial = await post(gateway, '/webhooks/github', makeDeliveries(2_000));
  const perSecond = Math.max(1, Math.floor(2_000 / trial.seconds / 2));
  const kinds = makeDeliveries(200);
  const until = performance.now() + soakSeconds * 1_000;
  const acknowledged = new Set<string>();
  let count = 0;
  gateway.memory.length = 0;
  const result = await loadHttp({
    port: gateway.port,
    connections,
    perSecond,
    next() {
      if (performance.now() >= until) return null;
      count += 1;
      const kind = kinds[count % kinds.length];
      if (kind === undefined) return null;
      const id = `50a4-${String(count).padStart(12, '0')}`;
      return written(gateway, '/webhooks/github', { ...kind, id });
    },
    onAnswer: (id, status) => void (status === 202 && acknowledged.add(id)),
  });
  const { memory } = gateway;
  await gateway.stop();
  const lost = lostOf(path, acknowledged);
  const errors = count - (result.statuses.get(202) ?? 0);
  // What is filled once, such as caches and the heap's first generations, is not growth.
  const settled = memory.slice(Math.floor(memory.length / 4));
  const third = Math.max(1, Math.floor(settled.length / 3));
  const growth = median(settled.slice(-third)) / median(settled.slice(0, third));
  const minutes = (soakSeconds / 60).toFixed(1);
  return [
    absolute(
      `${minutes} minutes at half load: sent`,
      `${count} at ${perSecond} a second, p99 ${percentile(result.latenciesMs, 0.99).toFixed(1)} ms`,
      'printed',
      true,
    ),
    absolute('errors', String(errors), '0', errors === 0),
    absolute('acknowledged and not there', String(lost), '0', lost === 0),
    absolute(
      'memory at the end, beside the first quarter',
      `${growth.toFixed(2)} (${Math.round(median(settled.slice(-third)) / 1e6)} MB)`,
      `at most ${mostGrowth}`,
      growth <= mostGrowth,
    ),
  ];
}

function lostOf(path: string, acknowledged: ReadonlySet<string>): number {
  const database = new Database(path, { readonly: true });
  const rows = z
    .array(z.object({ id: z.string() }))
    .parse(database.prepare('select external_id as id from raw_records').all());
  database.close();
  const kept = new Set(rows.map(({ id }) => id));
  return [...acknowledged].filter((id) => !kept.has(id)).length;
}

function judged(
  title: string,
  wanted: number,
  { ours, floor }: { ours: readonly LoadResult[]; floor: readonly LoadResult[] },
): BenchLine[] {
  const rate = (result: LoadResult): number => (result.statuses.get(wanted) ?? 0) / result.seconds;
  const share = median(ours.map((result, round) => rate(result) / rate(floor[round] ?? result)));
  const p99 = (results: readonly LoadResult[]): string =>
    `${median(results.map(({ latenciesMs }) => percentile(latenciesMs, 0.99))).toFixed(1)} ms`;
  const refused = ours.reduce(
    (sum, { statuses, latenciesMs }) => sum + latenciesMs.length - (statuses.get(wanted) ?? 0),
    0,
  );
  return [
    {
      title,
      ours: `${Math.round(median(ours.map(rate)))} a second, p99 ${p99(ours)}`,
      floor: `${Math.round(median(floor.map(rate)))} a second, p99 ${p99(floor)}`,
      ratio: share,
      must: `at least ${leastShare}`,
      ok: share >= leastShare && refused === 0,
    },
  ];
}

function post(served: Served, path: string, sent: readonly GithubDelivery[]): Promise<LoadResult> {
  // Written out before the clock starts: making requests is not what is measured.
  const requests = sent.map((delivery) => written(served, path, delivery));
  let at = 0;
  return loadHttp({ port: served.port, connections, next: () => requests[at++] ?? null });
}

function written({ port }: Served, path: string, delivery: GithubDelivery): WrittenRequest {
  const { id, event, signature, body } = delivery;
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nX-GitHub-Delivery: ${id}\r\nX-GitHub-Event: ${event}\r\nX-Hub-Signature-256: ${signature}\r\n\r\n`;
  return { id, bytes: Buffer.concat([Buffer.from(head, 'latin1'), body]) };
}

function get({ port, cookie }: Served, path: string): Promise<LoadResult> {
  const head = `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: adjutant_${port}=${cookie}\r\n\r\n`;
  const bytes = Buffer.from(head, 'latin1');
  let left = readsPerRound;
  return loadHttp({
    port,
    connections,
    next: () => (left-- > 0 ? { id: String(left), bytes } : null),
  });
}

function startGateway(path: string, template: string): Promise<Served> {
  copyFileSync(template, path);
  return start('gateway', [path, hookSecret]);
}

async function start(name: string, args: readonly string[]): Promise<Served> {
  const child: ChildProcess = fork(
    join(import.meta.dirname, '..', 'children', `${name}.ts`),
    args,
    {
      execArgv: ['--conditions=@adjutant/source', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const [{ port, cookie }] = z
    .tuple([readySchema])
    .rest(z.unknown())
    .parse(await once(child, 'message'));
  const memory: number[] = [];
  child.on('message', (message) => {
    const told = memorySchema.safeParse(message);
    if (told.success) memory.push(told.data.rssBytes);
  });
  return {
    port,
    cookie,
    memory,
    async stop() {
      const exit = once(child, 'exit');
      if (name === 'gateway') child.send('stop');
      else child.kill();
      await exit;
    },
  };
}
