import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { expect, it } from 'vitest';
import { createAdjutantServer } from './create-adjutant-server.ts';
import { fakeMetricSet } from './testing/fake-metrics.ts';
import { tools } from './tools/index.ts';

it('serves its tools over a transport that the host brings, without opening the store', async () => {
  let opened = false;
  const server = createAdjutantServer({
    open: () => {
      opened = true;
      return Promise.reject(new Error('not in this test'));
    },
    version: '0.0.0',
    metrics: fakeMetricSet,
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'host', version: '1.0.0' });
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  const listed = await client.listTools();
  expect(listed.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  expect(opened).toBe(false);
  await client.close();
  await server.close();
});
