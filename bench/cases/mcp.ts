import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsup';
import { z } from 'zod';
import { builtCommand } from '../built-command.ts';
import { type LineClient, startLineClient } from '../line-client.ts';
import { atMost, type BenchLine, median, type Pair, time } from '../measure.ts';
import { seedStore } from '../seed-store.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const pullRequests = 20_000;
const startRounds = 21;
const callRounds = 25;
const callsPerRound = 300;
const listsPerRound = 100;
const floors = join(import.meta.dirname, '../floors');

interface Programs {
  ours: readonly string[];
  echo: readonly string[];
  folder: string;
}

/** Start and calls of `adjutant mcp` as published, against the SDK's own one-tool echo. */
export async function benchMcp(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    await seedStore(join(folder, 'store.db'), pullRequests);
    writeFileSync(join(folder, 'adjutant.config.yaml'), 'store: ./store.db\n');
    const programs = {
      ours: [builtCommand(), 'mcp'],
      echo: [await bundleEcho(join(folder, 'echo'))],
      folder,
    };
    return [...(await starts(programs)), ...(await calls(programs))];
  });
}

/** Everything in one file: what any server of the SDK could at best be shipped as. */
async function bundleEcho(outDir: string): Promise<string> {
  await build({
    entry: { 'mcp-echo-server': join(floors, 'mcp-echo-server.ts') },
    outDir,
    config: false,
    format: 'esm',
    target: 'node22',
    platform: 'node',
    splitting: true,
    noExternal: [/.*/],
    outExtension: () => ({ js: '.mjs' }),
    silent: true,
  });
  return join(outDir, 'mcp-echo-server.mjs');
}

async function starts({ ours, echo, folder }: Programs): Promise<BenchLine[]> {
  const probe = await startServer(ours, folder);
  const [id = ''] = await someIds(probe, 1);
  await probe.close();
  const rounds = await inTurn(startRounds, {
    bare: () => runToEnd(['-e', '0']),
    echo: () => firstAnswer(echo, folder),
    ours: () => firstAnswer(ours, folder),
    opened: () => firstToolAnswer(ours, folder, id),
  });
  return [
    atMost('spawn → first answer, against a bundled SDK echo', pair(rounds, 'ours', 'echo'), 1.25),
    atMost('spawn → first answer, against node -e 0', pair(rounds, 'ours', 'bare'), 4),
    atMost('spawn → first tool answer, store open', pair(rounds, 'opened', 'bare'), 7),
  ];
}

async function calls({ ours, echo, folder }: Programs): Promise<BenchLine[]> {
  const server = await startServer(ours, folder);
  const echoServer = await startServer(echo, folder);
  const pipe = startLineClient([join(floors, 'raw-pipe-server.ts')], folder);
  const ids = await someIds(server, callsPerRound);
  const echoCall = { name: 'echo', arguments: { text: 'hello' } };
  const work = {
    echo: () => repeat(callsPerRound, () => echoServer.request('tools/call', echoCall)),
    pointRead: () =>
      repeat(callsPerRound, (turn) =>
        server.request('tools/call', {
          name: 'get_work',
          arguments: { id: ids[turn % ids.length] },
        }),
      ),
    list: () => repeat(listsPerRound, () => server.request('tools/list')),
    pipe: () => repeat(callsPerRound, () => pipe.request('tools/call', echoCall)),
  };
  // The first round compiles; it is not counted.
  await inTurn(1, work);
  const measured = await inTurn(callRounds, work);
  await Promise.all([server.close(), echoServer.close(), pipe.close()]);
  const raw = pair(measured, 'echo', 'pipe');
  const line = (title: string, name: string, limit: number) =>
    atMost(title, pair(measured, name, 'echo'), limit, 'µs', 1_000);
  return [
    line(`get_work of ${pullRequests} pull requests, against an SDK echo call`, 'pointRead', 2.5),
    line('tools/list, against an SDK echo call', 'list', 4),
    {
      ...atMost('SDK echo call, against a raw pipe', raw, 0, 'µs', 1_000),
      must: 'printed, not judged',
      ok: true,
    },
  ];
}

async function startServer(program: readonly string[], folder: string): Promise<LineClient> {
  const client = startLineClient(program, folder);
  await client.request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '0.0.0' },
  });
  client.notify('notifications/initialized');
  return client;
}

async function firstAnswer(program: readonly string[], folder: string): Promise<number> {
  let client: LineClient | undefined;
  const elapsedMs = await time(async () => {
    client = await startServer(program, folder);
  });
  await client?.close();
  return elapsedMs;
}

async function firstToolAnswer(
  program: readonly string[],
  folder: string,
  id: string,
): Promise<number> {
  let client: LineClient | undefined;
  const elapsedMs = await time(async () => {
    client = await startServer(program, folder);
    workSchema.parse(await client.request('tools/call', { name: 'get_work', arguments: { id } }));
  });
  await client?.close();
  return elapsedMs;
}

async function runToEnd(args: readonly string[]): Promise<number> {
  return time(() => once(spawn(process.execPath, args, { stdio: 'ignore' }), 'exit'));
}

const workSchema = z.object({
  result: z.object({ structuredContent: z.object({ id: z.string(), facts: z.unknown() }) }),
});
const pageSchema = z.object({
  result: z.object({
    structuredContent: z.object({
      groups: z.array(z.object({ items: z.array(z.object({ id: z.string() })) })),
      next_cursor: z.string().nullable(),
    }),
  }),
});

/** Ids as the server itself lists them; also shows that the store it answers from is the seeded one. */
async function someIds(server: LineClient, count: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const input: object = { name: 'list_work', arguments: cursor === null ? {} : { cursor } };
    const { result } = pageSchema.parse(await server.request('tools/call', input));
    const { groups } = result.structuredContent;
    ids.push(...groups.flatMap(({ items }) => items.map(({ id }) => id)));
    cursor = result.structuredContent.next_cursor;
  } while (cursor !== null && ids.length < count);
  if (ids.length < count) throw new Error(`only ${ids.length} of ${count} pieces of work`);
  return ids.slice(0, count);
}

/** Returns milliseconds per call, one call after the other. */
async function repeat(count: number, call: (turn: number) => Promise<unknown>): Promise<number> {
  const elapsedMs = await time(async () => {
    for (let turn = 0; turn < count; turn += 1) await call(turn);
  });
  return elapsedMs / count;
}

type Rounds = Record<string, number>[];

/** Measures every piece of work in each round, in alternating order. */
async function inTurn(count: number, work: Record<string, () => Promise<number>>): Promise<Rounds> {
  const rounds: Rounds = [];
  for (let round = 0; round < count; round += 1) {
    const entries = Object.entries(work);
    if (round % 2 === 1) entries.reverse();
    const measured: Record<string, number> = {};
    for (const [name, measure] of entries) measured[name] = await measure();
    rounds.push(measured);
  }
  return rounds;
}

function pair(rounds: Rounds, ours: string, floor: string): Pair {
  const figures = (name: string) => rounds.map((round) => round[name] ?? Number.NaN);
  const ratios = figures(ours).map((value, round) => value / (figures(floor)[round] ?? Number.NaN));
  return {
    oursMs: median(figures(ours)),
    floorMs: median(figures(floor)),
    ratio: median(ratios),
  };
}
