// Requests as a stranger would send them: real payloads and made-up ones, mutated in body, headers and
// signature. Whatever comes, nothing throws, only what is signed is kept, and memory stays flat.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { github } from '@adjutant/connectors/github';
import { createAdjutant, type WebhookRequest } from '@adjutant/core';
import webhookExamples from '@octokit/webhooks-examples/api.github.com/index.json' with {
  type: 'json',
};
import * as fc from 'fast-check';
import { z } from 'zod';
import { type Judged, printJudged } from './report.ts';

const runs = 100_000;
const seed = 42;
/** Caches are full by then. */
const measuredFrom = 20_000;
const secret = 'the secret of the hook';
// Without a run of it, what nobody holds any more would count as held.
setFlagsFromString('--expose-gc');
const collectGarbage = z
  .custom<() => void>((value) => typeof value === 'function')
  .parse(runInNewContext('gc'));
const examplesSchema = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));

interface Attempt {
  request: WebhookRequest;
  /** Whether its signature is the one of its very bytes, told without any code of ours. */
  isSigned: boolean;
}

export async function chaosWebhooks(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-chaos-webhooks-'));
  const adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: [github({ repositories: ['acme/widgets'], webhookSecret: secret })],
  });
  const inbox = adjutant.webhooks();
  const tally = { attempts: 0, signed: 0, kept: 0, duplicates: 0, unsignedKept: 0, signedLost: 0 };
  let startBytes = 0;
  let peakBytes = 0;
  const property = fc.asyncProperty(attempts(), async ({ request, isSigned }) => {
    const { outcome, reason } = await inbox.receive('github', request);
    tally.attempts += 1;
    if (isSigned) tally.signed += 1;
    if (outcome === 'stored') tally.kept += 1;
    if (outcome === 'duplicate') tally.duplicates += 1;
    if (outcome !== 'refused' && !isSigned) tally.unsignedKept += 1;
    if (outcome === 'refused' && isSigned && reason !== 'malformed') tally.signedLost += 1;
    if (tally.attempts < measuredFrom || tally.attempts % 1_000 !== 0) return;
    collectGarbage();
    const used = process.memoryUsage().heapUsed + process.memoryUsage().external;
    if (startBytes === 0) startBytes = used;
    peakBytes = Math.max(peakBytes, used);
    if (process.stderr.isTTY) process.stderr.write(`\r${tally.attempts} of ${runs} requests`);
  });
  const checked = await fc.check(property, { numRuns: runs, seed, endOnFailure: true });
  const kept = await countKept(adjutant);
  await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
  const growthMegabytes = (peakBytes - startBytes) / 1e6;
  const lines: Judged[] = [
    judge('requests sent, seed 42', tally.attempts, `${runs}`, tally.attempts === runs),
    judge('of them threw', checked.failed ? 1 : 0, '0', !checked.failed),
    judge('kept without a genuine signature', tally.unsignedKept, '0', tally.unsignedKept === 0),
    judge('genuine ones taken for forged', tally.signedLost, '0', tally.signedLost === 0),
    judge('genuine ones among all', tally.signed, 'above 10000', tally.signed > 10_000),
    judge('kept, each once', kept, `${tally.kept}`, kept === tally.kept && kept > 0),
    judge('sent again and known', tally.duplicates, 'above 100', tally.duplicates > 100),
    {
      title: `memory growth from request ${measuredFrom} on`,
      figure: `${growthMegabytes.toFixed(1)} MB`,
      must: 'below 10 MB',
      ok: growthMegabytes < 10,
    },
  ];
  if (checked.failed) console.error(fc.defaultReportMessage(checked));
  return printJudged('Webhooks from strangers', lines);
}

function judge(title: string, figure: number, must: string, ok: boolean): Judged {
  return { title, figure: String(figure), must, ok };
}

/** Told by an export, as anybody would. */
async function countKept(adjutant: Awaited<ReturnType<typeof createAdjutant>>): Promise<number> {
  let kept = 0;
  for await (const line of adjutant.exportWorkspace()) {
    if (line.includes('"@deliveries"')) kept += 1;
  }
  return kept;
}

function attempts(): fc.Arbitrary<Attempt> {
  const body = fc.oneof(
    { weight: 5, arbitrary: realBodies() },
    { weight: 3, arbitrary: realBodies().chain(mutated) },
    { weight: 1, arbitrary: fc.jsonValue().map((value) => encode(JSON.stringify(value))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  );
  return fc.tuple(body, headersOf(), signatures()).map(([bytes, headers, sign]) => {
    const signature = sign(bytes);
    const request = {
      body: bytes,
      headers: { ...headers, ...(signature === null ? {} : { 'X-Hub-Signature-256': signature }) },
    };
    return { request, isSigned: signature === genuine(bytes) };
  });
}

const encode = (text: string): Buffer => Buffer.from(text, 'utf8');
const genuine = (body: Uint8Array, by = secret, algorithm = 'sha256'): string =>
  `${algorithm}=${createHmac(algorithm, by).update(body).digest('hex')}`;

function realBodies(): fc.Arbitrary<Buffer> {
  const examples = examplesSchema.parse(webhookExamples);
  const bodies = examples.flatMap(({ examples: payloads }) =>
    payloads.map((payload) => encode(JSON.stringify(payload))),
  );
  return fc.constantFrom(...bodies);
}

/** A real body with a few bytes changed, cut out or put in, or with one of its values replaced. */
function mutated(body: Buffer): fc.Arbitrary<Buffer> {
  const place = fc.nat({ max: Math.max(0, body.length - 1) });
  const bytes = fc
    .tuple(place, fc.uint8Array({ maxLength: 8 }), fc.nat({ max: 8 }))
    .map(([at, put, cut]) => Buffer.concat([body.subarray(0, at), put, body.subarray(at + cut)]));
  const values = fc
    .tuple(fc.constantFrom('id', 'repository', 'issue', 'ref', 'action'), fc.jsonValue())
    .map(([name, value]) =>
      encode(JSON.stringify({ ...JSON.parse(body.toString()), [name]: value })),
    );
  return fc.oneof(bytes, values);
}

function headersOf(): fc.Arbitrary<Record<string, string | string[]>> {
  const delivery = fc.oneof(
    { weight: 6, arbitrary: fc.uuid() },
    { weight: 2, arbitrary: fc.constant('72d3162e-cc78-11e3-81ab-4c9367dc0958') },
    { weight: 1, arbitrary: fc.string() },
  );
  const event = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('pull_request', 'push', 'issues', 'ping', 'team') },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '') },
    { weight: 1, arbitrary: fc.string() },
  );
  return fc.record(
    {
      'X-GitHub-Delivery': delivery,
      'X-GitHub-Event': event,
      'Content-Type': fc.constantFrom('application/json', 'text/plain', ''),
      'x-github-hook-id': fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 2 })),
    },
    { requiredKeys: ['Content-Type'] },
  ) as fc.Arbitrary<Record<string, string | string[]>>;
}

/** What is sent for a signature: most often the right one, or one that is nearly right. */
function signatures(): fc.Arbitrary<(body: Buffer) => string | null> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant((body: Buffer) => genuine(body)) },
    { weight: 1, arbitrary: fc.constant(() => null) },
    { weight: 1, arbitrary: fc.constant((body: Buffer) => genuine(body, 'another secret')) },
    { weight: 1, arbitrary: fc.constant((body: Buffer) => genuine(body, '')) },
    { weight: 1, arbitrary: fc.constant((body: Buffer) => genuine(body, secret, 'sha1')) },
    { weight: 1, arbitrary: fc.constant((body: Buffer) => genuine(body).toUpperCase()) },
    { weight: 1, arbitrary: fc.constant((body: Buffer) => genuine(body.subarray(1))) },
    { weight: 1, arbitrary: fc.nat({ max: 70 }).map((at) => (body: Buffer) => flipped(body, at)) },
    {
      weight: 1,
      arbitrary: fc.nat({ max: 70 }).map((cut) => (body: Buffer) => genuine(body).slice(0, cut)),
    },
    { weight: 1, arbitrary: fc.string().map((text) => () => text) },
  );
}

/** The genuine one with one digit changed. */
function flipped(body: Buffer, at: number): string {
  const right = genuine(body);
  const digit = right[at] === '0' ? '1' : '0';
  return right.slice(0, at) + digit + right.slice(at + 1);
}
