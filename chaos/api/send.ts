import * as fc from 'fast-check';
import {
  type PrincipalName,
  headersOf,
  principalNames,
} from '../../packages/gateway/src/testing/api-principals.ts';
import { apiTable, expectedOf } from '../../packages/gateway/src/testing/api-table.ts';
import {
  apiOrigin,
  type ApiWorld,
  openApiWorld,
} from '../../packages/gateway/src/testing/api-world.ts';
import { createDice } from '../dice.ts';
import { type Canaries, plantCanaries } from './canaries.ts';
import { knownValues } from './known.ts';
import { createLiveThings, type LiveThings } from './live.ts';
import type { Sending } from './mutations.ts';
import { type Operation, operationsOf } from './operations.ts';
import { type Plan, plansOf, textOf } from './plan.ts';

export interface Tally {
  sent: number;
  answered: number;
}

/** What came of all requests. */
export interface Sent {
  of: Map<string, Tally>;
  statuses: Map<number, number>;
  /** Each with the request that led to it; the first of them. */
  faults: string[];
  undocumented: string[];
  seen: string[];
  crossed: string[];
  unlisted: string[];
  probes: number;
}

/** What costs more than a few milliseconds is asked less often. */
const slow =
  /^(approvals\.(challenge|decide)|actions\.(propose|withdraw)|identities\.(create|merge|undo)|overview|briefs|ask|search|metrics\.compare|projects\.delete|reports\.delete)/;
const often = 4;
/** It checks every entry that the others have written. */
const seldom = 0.25;
const least = 8;
/** Between two requests: limits on how often somebody may ask are no part of this. */
const pauseMs = 500;
const probesPer = 20;

interface Bench {
  world: ApiWorld;
  canaries: Canaries;
  live: LiveThings;
  sent: Sent;
}

/** Sends requests over every operation and says what came of them. */
export async function sendAll(options: {
  runs: number;
  seed: number;
  onSent?: (count: number) => void;
}): Promise<Sent> {
  const { runs, seed, onSent } = options;
  const world = await openApiWorld();
  try {
    const canaries = await plantCanaries(world);
    for (let count = 0; count < 3; count += 1) await world.propose();
    const answer = await world.ask('nobody', { method: 'GET', path: '/openapi.json' });
    const operations = operationsOf(await answer.json());
    const known = await knownValues(world);
    const plans = operations.flatMap((operation, place) =>
      fc.sample(plansOf(operation, known(operation.id)), {
        numRuns: countOf(operation, operations, runs),
        seed: seed + place,
      }),
    );
    const bench: Bench = { world, canaries, live: createLiveThings(world), sent: nothingYet() };
    const dice = createDice(seed);
    for (const [count, plan] of shuffled(plans, dice).entries()) {
      await sendOne(bench, plan, count);
      if (count % probesPer === 0) await probe(bench, operations, dice);
      onSent?.(count + 1);
    }
    return bench.sent;
  } finally {
    await world.close();
  }
}

function countOf(operation: Operation, all: readonly Operation[], runs: number): number {
  const weightOf = ({ id }: Operation): number =>
    id === 'audit.verify' ? seldom : slow.test(id) ? 1 : often;
  const whole = all.reduce((sum, one) => sum + weightOf(one), 0);
  return Math.max(least, Math.ceil((runs * weightOf(operation)) / whole));
}

function nothingYet(): Sent {
  return {
    of: new Map(),
    statuses: new Map(),
    faults: [],
    undocumented: [],
    seen: [],
    crossed: [],
    unlisted: [],
    probes: 0,
  };
}

async function sendOne(bench: Bench, plan: Plan, count: number): Promise<void> {
  const { canaries, sent } = bench;
  const { operation, kind } = plan;
  const workspace = kind === 'anybody' ? plan.workspace : 'default';
  const who = kind === 'right' ? allowed(plan, count) : plan.who;
  const live = await bench.live.of(plan);
  if (kind === 'anybody' && operation.id === 'reports.get') {
    live.parameters = { id: canaries.reports[count % canaries.reports.length] ?? '' };
  }
  const right = sendingOf({ ...plan, ...live });
  const sending =
    kind === 'spoilt' ? plan.mutations.reduce((one, mutate) => mutate(one), right) : right;
  const { status, mediaType, text } = await answerTo(bench, who, workspace, sending);
  const tally = sent.of.get(operation.id) ?? { sent: 0, answered: 0 };
  sent.of.set(operation.id, tally);
  tally.sent += 1;
  const said = `${who} of ${workspace}: ${sending.method} ${addressOf(sending)} ${sending.body ?? ''} → ${status}`;
  if (status >= 500) note(sent.faults, `${said} ${text}`);
  const hidden = canaries.seenBy(who, workspace, text);
  if (hidden.length > 0) note(sent.seen, `${said} ${hidden.join(', ')}`);
  if (status < 200 || status >= 300) return;
  // A spoilt path or method is another request, perhaps to another operation.
  const isSame = sending.method === right.method && sending.path === right.path;
  if (!isSame) return;
  tally.answered += 1;
  const wrong = operation.wrongWith({ status, mediaType, text });
  if (wrong !== null) note(sent.undocumented, `${said} ${wrong}`);
  const namesRow = (apiTable[operation.id]?.foreign ?? null) !== null;
  if (workspace === 'other' && namesRow) note(sent.crossed, said);
}

function note(list: string[], what: string): void {
  list.push(what.slice(0, 1_000));
}

/** Somebody who may, and to whom belongs what is made for the request. */
function allowed({ operation }: Plan, count: number): PrincipalName {
  const entry = apiTable[operation.id];
  if (entry === undefined) throw new Error(`${operation.id} has no entry in the table.`);
  const names = principalNames.filter((who) => expectedOf(who, entry) === entry.status);
  const some = operation.method === 'GET' ? names : names.filter(isAdministrator);
  return some[count % some.length] ?? 'admin';
}

function isAdministrator(who: PrincipalName): boolean {
  return who === 'admin' || who.startsWith('token of ');
}

function sendingOf({ operation, parameters, query, body }: Plan): Sending {
  return {
    method: operation.method,
    path: operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(parameters[name] ?? ''),
    ),
    query: Object.entries(query).flatMap(([name, value]): [string, string][] =>
      (Array.isArray(value) ? value : [value]).map((one) => [name, textOf(one)]),
    ),
    headers: body === null ? {} : { 'content-type': 'application/json' },
    body: body === null ? null : JSON.stringify(body),
  };
}

function addressOf({ path, query }: Sending): string {
  return query.length === 0 ? path : `${path}?${new URLSearchParams(query).toString()}`;
}

async function answerTo(
  { world, sent }: Bench,
  who: PrincipalName,
  workspace: 'default' | 'other',
  sending: Sending,
): Promise<{ status: number; mediaType: string; text: string }> {
  world.clock.advance(pauseMs);
  const { method, headers, body } = sending;
  const isRead = method === 'GET' || method === 'HEAD';
  const request = new Request(`${apiOrigin}${addressOf(sending)}`, {
    method,
    headers: {
      host: 'localhost:4747',
      ...headersOf(who, workspace),
      ...(isRead ? {} : { origin: apiOrigin }),
      ...headers,
    },
    ...(isRead || body === null ? {} : { body }),
  });
  const answer = await world.gateway
    .fetch(request)
    .catch((error: unknown) => new Response(String(error), { status: 599 }));
  const { status } = answer;
  sent.statuses.set(status, (sent.statuses.get(status) ?? 0) + 1);
  const [mediaType = ''] = (answer.headers.get('content-type') ?? '').split(';');
  return { status, mediaType, text: await answer.text() };
}

const segments = ['v1', 'actions', 'admin', 'approvals', 'none', 'export', 'tokens', 'dora'];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Asks for what no document names; nothing may answer it. */
async function probe(
  bench: Bench,
  operations: readonly Operation[],
  dice: ReturnType<typeof createDice>,
): Promise<void> {
  const method = dice.oneOf(methods);
  const known = dice.oneOf(operations).path.replace(/\{\w+\}/g, dice.oneOf(segments));
  const path = dice.oneOf([
    known,
    `${known}/${dice.oneOf(segments)}`,
    `/v1/${dice.oneOf(segments)}`,
  ]);
  if (operations.some((one) => one.method === method && fits(one, path))) return;
  bench.sent.probes += 1;
  const headers = { 'content-type': 'application/json' };
  const sending = { method, path, query: [], headers, body: '{}' };
  const { status, text } = await answerTo(bench, 'admin', 'default', sending);
  if (status < 400) note(bench.sent.unlisted, `${method} ${path} → ${status}`);
  if (status >= 500) note(bench.sent.faults, `${method} ${path} → ${status} ${text}`);
}

function fits({ path }: Operation, asked: string): boolean {
  const { pathname } = new URL(asked, apiOrigin);
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
}

function shuffled(plans: Plan[], dice: ReturnType<typeof createDice>): Plan[] {
  const mixed = [...plans];
  for (let place = mixed.length - 1; place > 0; place -= 1) {
    const other = Math.floor(dice.below(place + 1));
    const [one, two] = [mixed[place], mixed[other]];
    if (one !== undefined && two !== undefined) [mixed[place], mixed[other]] = [two, one];
  }
  return mixed;
}
