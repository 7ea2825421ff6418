// A gateway under a burst of webhooks: killed again and again, it has whatever it acknowledged; told to
// end, it answers what it has begun and is gone within ten seconds. And the real command under a flood
// of strangers, who keep nobody from signing in and no webhook from being taken.
import { type ChildProcess, fork } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createAdjutant } from '@adjutant/core';
import { z } from 'zod';
import { createDice } from './dice.ts';
import { underStrangers } from './gateway/under-strangers.ts';
import { type Judged, printJudged } from './report.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const atOnce = 40;
const mostDrainMs = 10_000;
const kills = { whole: 25, short: 6 };
const key = randomBytes(32);
const secret = `whsec_${key.toString('base64')}`;

const exitSchema = z.tuple([z.number().nullable()]).rest(z.unknown());
const responseSchema = z.tuple([z.instanceof(IncomingMessage)]).rest(z.unknown());
const readySchema = z.tuple([z.object({ port: z.number() })]).rest(z.unknown());

interface Burst {
  acknowledged: Set<string>;
  asked: number;
  broken: number;
}

interface Destination {
  port: number;
  agent: Agent;
}

interface Served {
  child: ChildProcess;
  port: number;
}

export async function chaosGateway(words: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-gateway-'));
  const startedAt = performance.now();
  try {
    const isShort = words.includes('--short');
    const wanted = isShort ? kills.short : kills.whole;
    const lines = [
      ...(await underKills(join(folder, 'killed.db'), wanted)),
      ...(await underTerm(join(folder, 'ended.db'))),
      ...(await underStrangers(join(folder, 'flooded'), key, isShort)),
    ];
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    return printJudged(`A gateway under SIGKILL, SIGTERM and strangers, ${seconds} s`, lines);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function underKills(path: string, wanted: number): Promise<Judged[]> {
  const dice = createDice(41);
  const burst: Burst = { acknowledged: new Set(), asked: 0, broken: 0 };
  let killed = 0;
  for (; killed < wanted; killed += 1) {
    const { child, port } = await serve(path);
    const ended = once(child, 'exit');
    const stop = new AbortController();
    const sending = sendMany(port, `k${killed}`, burst, stop.signal);
    const before = burst.acknowledged.size;
    // Into a burst that is answered, at whatever point of it.
    while (burst.acknowledged.size === before) await pause(5);
    await pause(dice.below(300));
    child.kill('SIGKILL');
    await ended;
    stop.abort();
    await sending;
  }
  return [
    {
      title: 'killed in a burst',
      figure: String(killed),
      must: String(wanted),
      ok: killed === wanted,
    },
    {
      title: 'acknowledged',
      figure: `${burst.acknowledged.size}, and ${burst.broken} cut off without an answer`,
      must: 'more than 0, and cut off more than 0',
      ok: burst.acknowledged.size > 0 && burst.broken > 0,
    },
    ...(await lostLine(path, burst.acknowledged)),
  ];
}

/** Told to end while it is busy: nobody who was heard is left without an answer. */
async function underTerm(path: string): Promise<Judged[]> {
  const burst: Burst = { acknowledged: new Set(), asked: 0, broken: 0 };
  const { child, port } = await serve(path);
  const ended = once(child, 'exit');
  const stop = new AbortController();
  const sending = sendMany(port, 't', burst, stop.signal);
  while (burst.acknowledged.size < atOnce) await pause(5);
  const toldAt = performance.now();
  child.kill('SIGTERM');
  const [code] = exitSchema.parse(await ended);
  const tookMs = performance.now() - toldAt;
  stop.abort();
  await sending;
  return [
    {
      title: 'after SIGTERM it is gone',
      figure: `in ${(tookMs / 1_000).toFixed(1)} s with ${String(code)}`,
      must: `within ${mostDrainMs / 1_000} s with 0`,
      ok: tookMs <= mostDrainMs && code === 0,
    },
    {
      title: 'answers that were cut off by it',
      figure: String(burst.broken),
      must: '0',
      ok: burst.broken === 0,
    },
    ...(await lostLine(path, burst.acknowledged)),
  ];
}

async function lostLine(path: string, acknowledged: ReadonlySet<string>): Promise<Judged[]> {
  const adjutant = await createAdjutant({ store: path });
  const kept: string[] = [];
  for await (const line of adjutant.exportWorkspace()) kept.push(line);
  const report = await adjutant
    .workspace()
    .as(await adjutant.owner())
    .audit.verify();
  await adjutant.close();
  const text = kept.join('\n');
  const lost = [...acknowledged].filter((id) => !text.includes(`"${id}"`)).length;
  return [
    {
      title: 'acknowledged and not there afterwards',
      figure: `${lost} of ${acknowledged.size}`,
      must: '0, of more than 0',
      ok: lost === 0 && acknowledged.size > 0,
    },
    { title: 'the ledger verifies', figure: String(report.ok), must: 'true', ok: report.ok },
  ];
}

/** Sends until told to stop, or until nobody is there. */
async function sendMany(
  port: number,
  prefix: string,
  burst: Burst,
  stop: AbortSignal,
): Promise<void> {
  let count = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const one = async (): Promise<void> => {
    while (!stop.aborted) {
      count += 1;
      const id = `${prefix}-${count}`;
      const outcome = await sendOne({ port, agent }, id);
      if (outcome === 'refused') return;
      burst.asked += 1;
      if (outcome === 'broken') burst.broken += 1;
      if (outcome === 202) burst.acknowledged.add(id);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  agent.destroy();
}

/**
 * Returns the status; `refused` where nobody took the connection, `broken` where it was taken and no
 * answer came. Only of a connection that answered before is it known that the process took it: another one
 * may have been waiting, unseen, while it ended.
 */
async function sendOne(
  { port, agent }: Destination,
  id: string,
): Promise<number | 'refused' | 'broken'> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const body = JSON.stringify({
    type: 'deployment',
    id,
    result: 'success',
    finishedAt: new Date().toISOString(),
  });
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  const path = '/webhooks/events';
  const asked = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers });
  asked.end(body);
  try {
    const [response] = responseSchema.parse(await once(asked, 'response'));
    await buffer(response);
    return response.statusCode ?? 0;
  } catch {
    return asked.reusedSocket ? 'broken' : 'refused';
  }
}

async function serve(path: string): Promise<Served> {
  const child = fork(join(import.meta.dirname, 'children', 'gateway.ts'), [path, secret], {
    execArgv: ['--conditions=@adjutant/source', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'adjutant-chaos-compiled') },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = readySchema.parse(await once(child, 'message'));
  return { child, port };
}
