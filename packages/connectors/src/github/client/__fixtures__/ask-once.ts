// A process of its own: Node reads the settings of its proxy when it starts.
import { silentLogger } from '@adjutant/core';
import { githubConfigSchema } from '../../config.ts';
import { createClient } from '../client.ts';

const [baseUrl = '', token = ''] = process.argv.slice(2);
const controller = new AbortController();
const client = createClient({
  config: githubConfigSchema.parse({ repositories: ['a/b'], baseUrl, token }),
  clock: {
    now: () => 0,
    sleep: async () => controller.abort(new Error('one attempt is enough')),
  },
  logger: silentLogger,
  fetch,
  signal: controller.signal,
});
const text = 'query Viewer { viewer { login } }';
await client.graphql({ name: 'Viewer', text, variables: {} }).then(
  () => process.stdout.write('answered\n'),
  (error: unknown) => process.stdout.write(`${error instanceof Error ? error.message : 'failed'}\n`),
);
