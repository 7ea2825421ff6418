import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { StdioTransport } from './stdio-transport.ts';
import { unchanging } from './unchanging-json.ts';

/** An output that keeps what is written to it. */
function written() {
  const chunks: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { output, text: () => chunks.join('') };
}

describe('the transport over standard streams', () => {
  const tools = unchanging([
    { name: 'get_work', title: 'Get “work”', inputSchema: { type: 'object' } },
  ]);

  it.each([
    ['alone', { tools }],
    ['among other fields', { nextCursor: '{', tools, _meta: { ttlMs: 3_600_000 } }],
    ['of which nothing is known', { tools: [{ name: 'get_work' }] }],
    ['that is no list', { content: [] }],
    ['that is empty', {}],
  ])('writes an answer %s as one line that holds it all', async (_case, result) => {
    const { output, text } = written();
    const transport = new StdioTransport(new PassThrough(), output);

    for (const id of ['first', 2]) await transport.send({ jsonrpc: '2.0', id, result });

    const lines = text().split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      ['first', 2].map((id) => ({ jsonrpc: '2.0', id, result })),
    );
  });

  it('makes a list that is marked as unchanging JSON only once', async () => {
    let made = 0;
    const { output, text } = written();
    const transport = new StdioTransport(new PassThrough(), output);
    const counted = { name: 'get_work', toJSON: () => ({ made: (made += 1) }) };

    const list = unchanging([counted]);
    for (const id of [1, 2, 3])
      await transport.send({ jsonrpc: '2.0', id, result: { tools: list } });

    expect(made).toBe(1);
    expect(text().split('"made":1')).toHaveLength(4);
  });

  it('says so where nobody reads the list', async () => {
    const output = new Writable({ write: (_chunk, _encoding, done) => done(new Error('gone')) });
    output.on('error', () => undefined);
    const transport = new StdioTransport(new PassThrough(), output);

    await expect(transport.send({ jsonrpc: '2.0', id: 1, result: { tools } })).rejects.toThrow(
      'gone',
    );
  });
});
