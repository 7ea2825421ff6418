import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openStore } from './open-store.ts';

type Answer = (response: ServerResponse, asked: string) => void;

/** A server on this machine that notes who asks it. */
async function serve(answer: Answer): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.authorization ?? 'without a token'}`);
    void text(request).then((body) => answer(response, body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('Nothing listens.');
  return { address: `http://127.0.0.1:${bound.port}`, asked };
}

const pipelineSchema = z.object({
  requests: z.array(
    z.object({
      type: z.string(),
      batch: z.object({ steps: z.array(z.unknown()) }).optional(),
    }),
  ),
});
const zero = { type: 'integer', value: '0' };
const result = {
  cols: [{ name: 'a' }, { name: 'b' }],
  rows: [[zero, zero]],
  affected_row_count: 0,
  last_insert_rowid: null,
};

/** Answers as a server with an empty database does, and names another place for what follows. */
const answerAndName =
  (other: string): Answer =>
  (response, asked) => {
    const { requests } = pipelineSchema.parse(JSON.parse(asked));
    const results = requests.map(({ type, batch }) => {
      if (batch === undefined) return { type: 'ok', response: { type, result } };
      const done = {
        step_results: batch.steps.map(() => result),
        step_errors: batch.steps.map(() => null),
      };
      return { type: 'ok', response: { type, result: done } };
    });
    const body = JSON.stringify({ baton: 'b', base_url: other, results });
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };

/** What a server can answer so that a client goes on elsewhere. */
const ways: Readonly<Record<string, (other: string) => Answer>> = {
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((status) => [
      `a redirect (${status})`,
      (other: string): Answer =>
        (response) =>
          void response.writeHead(status, { location: `${other}/v2/pipeline` }).end(),
    ]),
  ),
  'another base in its answer': answerAndName,
};

test.each(Object.entries(ways))(
  'a store that answers with %s sends nobody elsewhere',
  async (_, way) => {
    const other = await serve((response) => void response.writeHead(500).end());
    const store = await serve(way(other.address));
    await expect(
      openStore(store.address, { authToken: 'token-of-the-store' }),
    ).rejects.toMatchObject({ code: 'Configuration' });
    expect(store.asked.length).toBeGreaterThan(0);
    expect(other.asked).toEqual([]);
  },
);
