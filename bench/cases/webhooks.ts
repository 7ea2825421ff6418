import { createHmac, timingSafeEqual } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { github } from '@adjutant/connectors/github';
import { createAdjutant, type WebhookRequest } from '@adjutant/core';
import Database from 'libsql';
import {
  type GithubDelivery,
  hookSecret,
  makeDeliveries,
  makeHookedStore,
} from '../github-deliveries.ts';
import { type BenchLine, interleave } from '../measure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const deliveries = 4_000;
const atOnce = 50;
const rounds = 5;

/** Deliveries verified and stored, against verifying and one prepared insert each. */
export async function benchWebhooks(): Promise<BenchLine[]> {
  const sent = makeDeliveries(deliveries);
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
    await makeHookedStore(template);
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

async function receiveAll(
  path: string,
  requests: readonly WebhookRequest[],
  width: number,
): Promise<void> {
  const adjutant = await createAdjutant({
    store: path,
    connectors: [github({ repositories: ['acme/widgets'], webhookSecret: hookSecret })],
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
function insertAll(path: string, sent: readonly GithubDelivery[]): void {
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
    const expected = createHmac('sha256', hookSecret).update(body).digest();
    if (!timingSafeEqual(expected, Buffer.from(signature.slice(7), 'hex')))
      throw new Error('Wrong.');
    insert.run([id, event, signature, body.toString('utf8')]);
  }
  database.close();
}
