import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { github } from '../../../packages/connectors/src/github/index.ts';
import { createAdjutant } from '../../../packages/core/src/index.ts';
import { repositoryRoot } from '../../package-build/repository-root.ts';
import { createTally, take, type Tally } from './attempt.ts';
import { ofWebhook, senderOf, strayGithub } from './github.ts';

const secret = 'the secret of the hook';
const examplesSchema = z.array(
  z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }),
);
// A dependency of the connectors, not of the scripts.
const published = join(
  repositoryRoot,
  'packages/connectors/node_modules/@octokit/webhooks-examples/api.github.com/index.json',
);

export interface TakenWebhooks {
  tallies: Tally[];
  /** Taken with their own signature; refused with that of other bytes. */
  taken: number;
  refused: number;
  count: number;
}

/** Returns what came of every published example, signed and received as GitHub sends it. */
export async function takeWebhooks(stray: Tally): Promise<TakenWebhooks> {
  const webhooks = examplesSchema.parse(JSON.parse(readFileSync(published, 'utf8')));
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [github({ repositories: ['acme/widgets'], webhookSecret: secret })],
  });
  const inbox = adjutant.webhooks();
  const result: TakenWebhooks = { tallies: [], taken: 0, refused: 0, count: 0 };
  try {
    for (const { name, examples } of webhooks) {
      const tally = createTally(name);
      result.tallies.push(tally);
      for (const payload of examples) {
        result.count += 1;
        const body = Buffer.from(JSON.stringify(payload));
        const request = requestOf(name, result.count, body);
        const forged = { ...request, body: Buffer.concat([body, Buffer.from(' ')]) };
        if ((await inbox.receive('github', forged)).reason === 'wrong_signature') {
          result.refused += 1;
        }
        if ((await inbox.receive('github', request)).outcome === 'stored') result.taken += 1;
        tally.payloads += 1;
        const expected = [...senderOf(payload), ...(ofWebhook[name]?.(payload) ?? [])];
        for (const one of expected) take(tally, one);
        stray.payloads += 1;
        strayGithub(stray, payload);
      }
    }
  } finally {
    await adjutant.close();
  }
  return result;
}

function requestOf(event: string, number: number, body: Buffer) {
  return {
    body,
    headers: {
      'x-github-event': event,
      'x-github-delivery': `recorded-${number}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  };
}
