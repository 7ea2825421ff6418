import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConfiguredConnector,
  createAdjutant,
  defineConnector,
  defineStream,
  type DomainRows,
  type WorkspaceHandle,
} from '@adjutant/core';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { createAdjutantServer } from '@adjutant/mcp-server';
import { allMetrics } from '@adjutant/metrics';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { runCli } from './run-cli.ts';
import { teamNow } from './team-days.ts';
import { wholeTeam } from './whole-team.ts';

export const activeStatuses = ['Doing'];

/** How a source's one stream ends each of its passes, the first one first. */
type Pass = { rows: boolean; end: 'whole' | 'more_to_come' | 'truncated' | 'fails' };

export interface StreamState {
  name: string;
  passes: readonly Pass[];
  /** What says that something is missing; null where nothing says so. */
  gap: { code: string; message: string } | null;
  /** Whether there are rows to make figures of. */
  hasRows: boolean;
}

const unread = {
  code: 'not_read_to_the_end',
  message: 'The records are not read to their end yet: some of them are missing.',
};
const failed = {
  code: 'last_pass_failed',
  message: 'The last reading of records failed: what came since may be missing.',
};
const cut = { code: 'truncated', message: 'Only a part of the records was given.' };

/** More gaps than any answer lists, which touch no figure: they must not hide the one that does. */
const unrelated = Array.from({ length: 12 }, (_, index) => ({
  code: `an_unrelated_${index}`,
  message: `Something else of kind ${index} is missing.`,
  affectedCount: null,
  touches: ['nothing'],
}));

/** The states that a stream can be in: read whole, absent, backfilling, truncated, failing. */
export const streamStates: readonly StreamState[] = [
  { name: 'read whole', passes: [{ rows: true, end: 'whole' }], gap: null, hasRows: true },
  { name: 'absent', passes: [], gap: null, hasRows: false },
  state('backfilling, nothing yet', false, [{ rows: false, end: 'more_to_come' }], unread),
  state('backfilling', true, [{ rows: true, end: 'more_to_come' }], unread),
  state('truncated', true, [{ rows: true, end: 'truncated' }], cut),
  state('failing from the first', false, [{ rows: false, end: 'fails' }], failed),
  state(
    'failing',
    true,
    [
      { rows: true, end: 'whole' },
      { rows: false, end: 'fails' },
    ],
    failed,
  ),
];

function state(
  name: string,
  hasRows: boolean,
  passes: readonly Pass[],
  gap: { code: string; message: string },
): StreamState {
  return { name, passes, gap, hasRows };
}

/** A store in which the stream is in one state, and every way to ask it. */
export interface StreamWorld {
  clock: FakeClock;
  handle: WorkspaceHandle;
  /** What the command line prints. @throws Error where it fails */
  cli: (line: string) => Promise<string>;
  /** What a tool answers a client: both forms. @throws Error where it fails */
  mcp: (name: string, input: Record<string, unknown>) => Promise<ToolAnswer>;
  close(): Promise<void>;
}

interface ToolAnswer {
  structured: unknown;
  text: string;
}

/** Fills a store in the folder and opens it for all of them. */
export async function openStreamWorld(folder: string, of: StreamState): Promise<StreamWorld> {
  const clock = createFakeClock(teamNow);
  writeFileSync(
    join(folder, 'adjutant.config.yaml'),
    `store: store.db\nflow: { activeStatuses: [${activeStatuses.join(', ')}] }\n`,
  );
  const passes = [...of.passes];
  const adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: passes.length === 0 ? [] : [sourceOf(passes)],
    metrics: allMetrics,
    flow: { activeStatuses },
    clock,
  });
  while (passes.length > 0) {
    const fails = passes[0]?.end === 'fails';
    const { streams } = await adjutant.sync();
    passes.shift();
    const hint = streams.map(({ error }) => error?.message ?? 'read');
    if (streams.some(({ error }) => (error !== null) !== fails)) throw new Error(hint.join());
  }
  const handle = adjutant.workspace().as(await adjutant.owner());
  const server = createAdjutantServer({
    open: async () => handle,
    version: '0.0.0',
    metrics: allMetrics,
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '0.0.0' });
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  return {
    clock,
    handle,
    async cli(line) {
      const { exitCode, stdout, stderr } = await runCli(line.split(' '), { cwd: folder, clock });
      if (exitCode !== 0) throw new Error(`adjutant ${line}: ${stderr}`);
      return stdout;
    },
    async mcp(name, input) {
      const answer = await client.callTool({ name, arguments: input });
      const [content] = answer.content;
      const text = content?.type === 'text' ? content.text : '';
      if (answer.isError === true) throw new Error(`${name}: ${text}`);
      return { structured: answer.structuredContent, text };
    },
    async close() {
      await client.close();
      await server.close();
      await adjutant.close();
    },
  };
}

/** A source whose stream ends its passes so; the first of them is the one that runs. */
function sourceOf(passes: readonly Pass[]): ConfiguredConnector {
  const payloadSchema = z.custom<DomainRows>((value) => typeof value === 'object');
  const stream = defineStream<Record<string, never>, DomainRows>({
    id: 'records',
    title: 'Records',
    payloadSchema,
    async *read() {
      const { rows, end } = passes[0] ?? { rows: false, end: 'whole' };
      const records = Object.entries(rows ? wholeTeam() : {});
      yield {
        records: records.map(([externalId, payload]) => ({ externalId, payload })),
        tombstones: [],
        state: {},
        complete: end === 'whole' || end === 'truncated',
        gaps: end === 'truncated' ? [...unrelated, { ...cut, affectedCount: null }] : [],
      };
      if (end === 'fails') throw new Error('The source is down.');
    },
    map: (payload) => payload,
  });
  return defineConnector<Record<string, never>>({
    id: 'forge',
    title: 'Forge',
    experimental: false,
    configSchema: z.object({}),
    reviewStream: stream.id,
    claimsCommits: true,
    hosts: () => [],
    check: async () => ({ identity: null, items: [] }),
    async *discover() {
      yield { externalId: 'shop', name: 'shop', detail: {} };
    },
    streams: [stream],
  })({});
}
