import { createHmac } from 'node:crypto';
import { systemClock } from '@adjutant/core';
import webhookExamples from '@octokit/webhooks-examples/api.github.com/index.json' with {
  type: 'json',
};
import { z } from 'zod';
import { openStore } from '../packages/core/src/store/open-store.ts';
import { writeScope } from '../packages/core/src/sync/scopes.ts';
import { ensureWorkspace } from '../packages/core/src/workspace/default-owner.ts';

/** What the deliveries are signed with. */
export const hookSecret = 'the secret of the hook';
/** Of what is not read no payload is kept, which would be no match for the floor. */
const readEvents = new Set(['pull_request', 'pull_request_review', 'issues', 'push', 'release']);
const placeSchema = z.object({ id: z.number() }).optional();
const placesSchema = z.object({ repository: placeSchema, organization: placeSchema });
const examplesSchema = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));

export interface GithubDelivery {
  id: string;
  event: string;
  signature: string;
  body: Buffer;
}

/** A store in which every repository and organization of the examples is selected: all of it is kept. */
export async function makeHookedStore(path: string): Promise<void> {
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

/** Returns recorded deliveries, signed, each under an id of its own. */
export function makeDeliveries(count: number): GithubDelivery[] {
  const examples = examplesSchema
    .parse(webhookExamples)
    .filter(({ name }) => readEvents.has(name))
    .flatMap(({ name, examples: payloads }) =>
      payloads.map((payload) => ({ event: name, body: Buffer.from(JSON.stringify(payload)) })),
    );
  return Array.from({ length: count }, (_, at) => {
    const { event = 'ping', body = Buffer.from('{}') } = examples[at % examples.length] ?? {};
    const digits = createHmac('sha256', hookSecret).update(body).digest('hex');
    const id = `72d3162e-cc78-11e3-81ab-${String(at).padStart(12, '0')}`;
    return { id, event, signature: `sha256=${digits}`, body };
  });
}
