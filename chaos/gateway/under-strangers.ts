// Somebody signs in and webhooks arrive while a stranger floods the real command: from another address,
// and from the very same one, as behind a proxy that nobody configured.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createAdjutant } from '@adjutant/core';
import { z } from 'zod';
import { type SignedIn, signIn } from '../../e2e/adversaries/signed-in.ts';
import {
  openProvider,
  type ProviderWorld,
} from '../../packages/gateway/src/testing/provider-world.ts';
import type { Judged } from '../report.ts';
import {
  badSignInsPerSecond,
  connectionsOfOne,
  flood,
  type Flooded,
  heldBodies,
  slowBodies,
} from './flood.ts';
import { serveCommand, type ServedCommand } from './served-command.ts';
import { type Answer, type Visitor, visitorAt } from './visitor.ts';

const bound = { seconds: 2 };
const rounds = { whole: 40, short: 10 };
/** Between two of the person's own, so that the flood is at work all the while. */
const betweenMs = 300;
/** So long until the heads of all connections were read. */
const readMs = 400;
const stranger = '127.0.0.2';
const person = '127.0.0.3';
/** Another one, whose minute nobody has used up yet. */
const shared = '127.0.0.4';
/** An address begins no more than that in a minute, and a few are its owner's. */
const begunBefore = 20;

const questionSchema = z.object({ challengeId: z.string(), options: z.looseObject({}) });
type Question = z.infer<typeof questionSchema>;

interface Timed {
  ms: number[];
  refused: string[];
}

export async function underStrangers(
  folder: string,
  key: Buffer,
  isShort: boolean,
): Promise<Judged[]> {
  mkdirSync(folder);
  const port = await freePort();
  const back = `http://localhost:${port}/sign-in/oidc/callback`;
  const provider = await openProvider(back);
  provider.signsIn({ subject: 'owner', email: undefined, emailVerified: false });
  const events = `whsec_${key.toString('base64')}`;
  const options = { events, slack: key.toString('hex'), port, oidc: provider };
  const served = await serveCommand(folder, options);
  try {
    const owner = await signIn(served.link);
    const enrolled = await owner.enrol();
    if (enrolled.status >= 300) throw new Error(`No passkey was enrolled: ${enrolled.text}`);
    const wanted = isShort ? rounds.short : rounds.whole;
    const visit = { served, device: owner.device, key, wanted, back, provider };
    return [
      ...(await flooded('from another address', { ...visit, from: person, by: stranger })),
      ...(await flooded('from the same address', { ...visit, from: shared, by: shared })),
      ...(await heldUp({ served, key, wanted, path: '/slack/interactions', send: sendPress })),
      ...(await heldUp({ served, key, wanted, path: '/webhooks/github', send: sendSigned })),
    ];
  } finally {
    await served.stop();
    await provider.close();
  }
}

interface Holding extends Pick<Visit, 'served' | 'key' | 'wanted'> {
  path: string;
  send: (visitor: Visitor, key: Buffer, id: string) => Promise<Answer>;
}

/** Two addresses open all that they may, again and again; somebody at a third sends what is signed. */
async function heldUp({ served, key, wanted, path, send }: Holding): Promise<Judged[]> {
  const visitor = visitorAt(person, served.origin);
  const taken: Timed = { ms: [], refused: [] };
  for (let place = 0; place < wanted; place += 1) {
    const end = await heldBodies(served.origin, [stranger, shared], path);
    // Nobody gives way yet: a body has a second before it may be ended for another.
    await pause(readMs);
    await timed(taken, () => send(visitor, key, `held-${path}-${place}`));
    end();
    await pause(betweenMs);
  }
  visitor.leave();
  const held = 2 * connectionsOfOne;
  return [line(`${held} bodies held at ${path}: what is signed and taken`, taken, wanted)];
}

interface Visit {
  served: ServedCommand;
  provider: ProviderWorld;
  /** Where the provider sends the browser back to. */
  back: string;
  device: SignedIn['device'];
  key: Buffer;
  wanted: number;
  from: string;
  by: string;
}

async function flooded(title: string, visit: Visit): Promise<Judged[]> {
  const { served, wanted, from, by } = visit;
  const visitor = visitorAt(from, served.origin);
  const links = await makeLinks(served.store, wanted);
  const isSame = from === by;
  // Where the stranger begins all that the address may, a question that was asked before still holds.
  const asked: Question[] = [];
  const before = isSame ? Math.min(wanted, begunBefore) : 0;
  const begun: BegunAtProvider[] = [];
  const throughProvider = Math.min(wanted, begunBefore);
  for (let place = 0; place < before; place += 1) {
    asked.push(await ask(visitor));
    begun.push(await beginAtProvider(visitor, visit));
  }
  const stop = new AbortController();
  const flooding = flood(served.origin, by, stop.signal);
  await pause(2_000);
  const signedIn: Timed = { ms: [], refused: [] };
  const byPasskey: Timed = { ms: [], refused: [] };
  const byProvider: Timed = { ms: [], refused: [] };
  const webhooks: Timed = { ms: [], refused: [] };
  for (let place = 0; place < wanted; place += 1) {
    const token = links[place] ?? '';
    await timed(signedIn, () => visitor.post('/api/session', JSON.stringify({ token })));
    const early = asked[place];
    if (!isSame || early !== undefined) {
      await timed(byPasskey, async () => {
        const { challengeId, options } = early ?? (await ask(visitor));
        const response = visit.device.assert(options);
        return visitor.post('/api/sign-in/passkey', JSON.stringify({ challengeId, response }));
      });
    }
    if (place < throughProvider) {
      const { path, cookie } = begun[place] ?? (await beginAtProvider(visitor, visit));
      await timed(byProvider, () => visitor.get(path, { cookie }));
    }
    await timed(webhooks, () => sendSigned(visitor, visit.key, `${from}-${place}`));
    await pause(betweenMs);
  }
  stop.abort();
  const done = await flooding;
  visitor.leave();
  return [
    ...floodLines(title, done),
    line(`${title}: links that sign in`, signedIn, wanted),
    line(
      `${title}: passkeys that sign in`,
      byPasskey,
      isSame ? Math.min(wanted, begunBefore) : wanted,
    ),
    line(`${title}: answers of a provider that sign in`, byProvider, throughProvider),
    line(`${title}: signed webhooks that are taken`, webhooks, wanted),
  ];
}

async function makeLinks(store: string, count: number): Promise<string[]> {
  const adjutant = await createAdjutant({ store });
  try {
    const viewer = await adjutant.owner();
    const tokens: string[] = [];
    for (let place = 0; place < count; place += 1) {
      tokens.push((await adjutant.approvers().createLoginLink(viewer)).token);
    }
    return tokens;
  } finally {
    await adjutant.close();
  }
}

async function ask(visitor: Visitor): Promise<Question> {
  const { status, body } = await visitor.post('/api/sign-in/challenge', '{}');
  if (status !== 200) throw new Error(`The question was refused: ${status}`);
  return questionSchema.parse(JSON.parse(body));
}

interface BegunAtProvider {
  path: string;
  cookie: string;
}

/** Begins at the page and signs in at the provider; the answer is still to be brought back. */
async function beginAtProvider(
  visitor: Visitor,
  { provider, back }: Pick<Visit, 'provider' | 'back'>,
): Promise<BegunAtProvider> {
  const { status, headers } = await visitor.get('/sign-in/oidc');
  if (status !== 302) throw new Error(`Nobody is sent to the provider: ${status}`);
  const { pathname, search } = new URL(await provider.follow(headers.location ?? '', back));
  return { path: `${pathname}${search}`, cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function timed(into: Timed, work: () => Promise<Answer>): Promise<void> {
  const startedAt = performance.now();
  try {
    const { status } = await work();
    if (status !== 200 && status !== 202) into.refused.push(String(status));
  } catch (error) {
    into.refused.push(error instanceof Error ? error.message : String(error));
  }
  into.ms.push(performance.now() - startedAt);
}

function sendSigned(visitor: Visitor, key: Buffer, id: string): Promise<Answer> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const finishedAt = new Date().toISOString();
  const body = JSON.stringify({ type: 'deployment', id, result: 'success', finishedAt });
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
  return visitor.post('/webhooks/events', body, {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${hmac.digest('base64')}`,
  });
}

/** A press of a button that no card of ours has: taken, and nothing comes of it. */
function sendPress(visitor: Visitor, key: Buffer): Promise<Answer> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const payload = JSON.stringify({ type: 'block_actions', actions: [] });
  const body = new URLSearchParams({ payload }).toString();
  const hmac = createHmac('sha256', key.toString('hex')).update(`v0:${timestamp}:${body}`);
  return visitor.post('/slack/interactions', body, {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hmac.digest('hex')}`,
  });
}

function floodLines(title: string, done: Flooded): Judged[] {
  const perSecond = done.sent / done.seconds;
  const statuses = [...done.statuses].toSorted(([left], [right]) => left - right);
  const answers = statuses.map(([status, count]) => `${count} × ${status || 'cut off'}`).join(', ');
  return [
    {
      title: `${title}: wrong sign-ins a second`,
      figure: `${perSecond.toFixed(0)} (${answers})`,
      // A machine that is busy otherwise sends the last of them a little late.
      must: `at least ${badSignInsPerSecond * 0.9}`,
      ok: perSecond >= badSignInsPerSecond * 0.9,
    },
    {
      title: `${title}: slow bodies`,
      figure: `${slowBodies} at once, ${done.slowBegun} begun`,
      must: `at least ${slowBodies}`,
      ok: done.slowBegun >= slowBodies,
    },
    {
      title: `${title}: wrong ones that were let in`,
      figure: String(done.letIn),
      must: '0',
      ok: done.letIn === 0,
    },
  ];
}

function line(title: string, { ms, refused }: Timed, wanted: number): Judged {
  const sorted = ms.toSorted((left, right) => left - right);
  const worst = sorted.at(-1) ?? Number.POSITIVE_INFINITY;
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? worst;
  const why = refused.length === 0 ? '' : ` (${[...new Set(refused)].join(', ')})`;
  const taken = ms.length - refused.length;
  return {
    title,
    figure: `${taken} of ${wanted}${why}, p99 ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`,
    must: `all, each within ${bound.seconds} s`,
    ok: taken === wanted && worst <= bound.seconds * 1_000,
  };
}
