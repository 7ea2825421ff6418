import { createHmac, timingSafeEqual } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { github } from '@adjutant/connectors/github';
import { createAdjutant, systemClock, type WebhookRequest } from '@adjutant/core';
import webhookExamples from '@octokit/webhooks-examples/api.github.com/index.json' with {
  type: 'json',
};
import Database from 'libsql';
import { z } from 'zod';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { writeScope } from '../../packages/core/src/sync/scopes.ts';
import { ensureWorkspace } from '../../packages/core/src/workspace/default-owner.ts';
import { type BenchLine, interleave } from '../measure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const deliveries = 4_000;
const atOnce = 50;
const rounds = 5;
const secret = 'the secret of the hook';
/** Of what is not read no payload is kept, which would be no match for the floor. */
const readEvents = new Set(['pull_request', 'pull_request_review', 'issues', 'push', 'release']);
const placeSchema = z.object({ id: z.number() }).optional();
const placesSchema = z.object({ repository: placeSchema, organization: placeSchema });
const examplesSchema = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));

interface Delivery {
  id: string;
  event: string;
  signature: string;
  body: Buffer;
}

/** Deliveries verified and stored, against verifying and one prepared insert each. */
export async function benchWebhooks(): Promise<BenchLine[]> {
  const sent = makeDeliveries();
  const requests = sent.map(
    ({ id, event, signature, body }): WebhookRequest => ({
      body,
      headers: {
        'X-GitHub-Delivery': id,
        'X-GitHub-Event': event,
        'X-Hub-Signature-256': signature,
        'Content-Type': 'application/json',
      },
    }),
  );
  return withTemporaryFolder(async (folder) => {
    const template = join(folder, 'template.db');
    await makeTemplate(template);
    const lines: BenchLine[] = [];
    for (const { title, width, least } of [
      { title: `${atOnce} at once`, width: atOnce, least: 0.5 },
      // Nobody who sends waits for the answer to another: what that would cost is printed.
      { title: 'one after the other', width: 1, least: null },
    ]) {
      const pair = await interleave(
        rounds,
        (round) => {
          const path = join(folder, `ours-${width}-${round}.db`);
          copyFileSync(template, path);
          return receiveAll(path, requests, width);
        },
        (round) => insertAll(join(folder, `floor-${width}-${round}.db`), sent),
      );
      const rate = 1 / pair.ratio;
      const perSecond = (milliseconds: number) =>
        `${Math.round((deliveries / milliseconds) * 1_000)} a second`;
      lines.push({
        title: `webhooks verified and stored, ${title}`,
        ours: perSecond(pair.oursMs),
        floor: perSecond(pair.floorMs),
        ratio: rate,
        must: least === null ? 'printed' : `at least ${least}`,
        ok: least === null || rate >= least,
      });
    }
    return lines;
  });
}

/** A store in which every repository and organization of the examples is selected: all of it is kept. */
async function makeTemplate(path: string): Promise<void> {
  const store = await openStore(path);
  await ensureWorkspace(store, 'default', systemClock);
  const ids = examplesSchema
    .parse(webhookExamples)
    .flatMap(({ examples }) => examples)
    .flatMap((payload) => {
      const { repository, organization } = placesSchema.parse(payload);
      return [repository?.id, organization?.id];
    });
  for (const id of new Set(ids)) {
    if (id === undefined) continue;
    const scope = { externalId: String(id), name: String(id), detail: {} };
    await writeScope(store, 'default', 'github', scope);
  }
  await store.close();
}

async function receiveAll(
  path: string,
  requests: readonly WebhookRequest[],
  width: number,
): Promise<void> {
  const adjutant = await createAdjutant({
    store: path,
    connectors: [github({ repositories: ['acme/widgets'], webhookSecret: secret })],
  });
  const inbox = adjutant.webhooks();
  for (let start = 0; start < requests.length; start += width) {
    const together = requests.slice(start, start + width);
    const answers = await Promise.all(together.map((request) => inbox.receive('github', request)));
    if (answers.some(({ outcome }) => outcome !== 'stored')) throw new Error('One was not stored.');
  }
  await adjutant.close();
}

/** What verifying and storing costs at least: no project code runs. */
function insertAll(path: string, sent: readonly Delivery[]): void {
  const database = new Database(path);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = normal');
  database.exec(
    'create table delivery (id text primary key, event text, signature text, payload text)',
  );
  const insert = database.prepare(
    'insert into delivery values (?, ?, ?, ?) on conflict do nothing',
  );
  for (const { id, event, signature, body } of sent) {
    const expected = createHmac('sha256', secret).update(body).digest();
    if (!timingSafeEqual(expected, Buffer.from(signature.slice(7), 'hex')))
      throw new Error('Wrong.');
    insert.run([id, event, signature, body.toString('utf8')]);
  }
  database.close();
}

function makeDeliveries(): Delivery[] {
  const examples = examplesSchema
    .parse(webhookExamples)
    .filter(({ name }) => readEvents.has(name))
    .flatMap(({ name, examples: payloads }) =>
      payloads.map((payload) => ({ event: name, body: Buffer.from(JSON.stringify(payload)) })),
    );
  return Array.from({ length: deliveries }, (_, at) => {
    const { event = 'ping', body = Buffer.from('{}') } = examples[at % examples.length] ?? {};
    const digits = createHmac('sha256', secret).update(body).digest('hex');
    const id = `72d3162e-cc78-11e3-81ab-${String(at).padStart(12, '0')}`;
    return { id, event, signature: `sha256=${digits}`, body };
  });
}
