import { PassThrough, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { longestLineBytes } from './message-lines.ts';
import { StdioTransport } from './stdio-transport.ts';

type Message = Parameters<NonNullable<StdioTransport['onmessage']>>[0];

async function opened() {
  const input = new PassThrough();
  const answers: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      answers.push(String(chunk));
      done();
    },
  });
  const transport = new StdioTransport(input, output);
  const received: Message[] = [];
  Object.assign(transport, { onmessage: (message: Message) => void received.push(message) });
  await transport.start();
  return { input, answers, transport, received };
}

const ping = { jsonrpc: '2.0', id: 'last', method: 'ping' };
const asLine = (value: unknown): string => JSON.stringify(value);
const call = (given: unknown, id: unknown = 1): unknown => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'get_work', arguments: given },
});
const nested = (depth: number, open: string, close: string): string =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${open.repeat(depth)}1${close.repeat(depth)}}`;

const parseError = -32_700;
const invalidRequest = -32_600;
const refused: readonly (readonly [what: string, line: string, code: number, id: unknown])[] = [
  ['lists in lists', nested(100_000, '[', ']'), parseError, null],
  ['objects in objects', nested(100_000, '{"a":', '}'), parseError, null],
  ['objects just too deep', nested(101, '{"a":', '}'), parseError, null],
  ['lists that are never closed', '['.repeat(100_000), parseError, null],
  [
    'a text that is too long',
    asLine(call({ text: 'x'.repeat(longestLineBytes) })),
    invalidRequest,
    null,
  ],
  ['too many keys', asLine(call(Object.fromEntries(many(100_000)))), invalidRequest, null],
  ['no JSON', '{"jsonrpc":', parseError, null],
  ['words', 'GET / HTTP/1.1', parseError, null],
  ['U+0000', '\u0000\u0000', parseError, null],
  ['a batch', asLine([call({}), call({})]), invalidRequest, null],
  ['an empty batch', '[]', invalidRequest, null],
  ['null', 'null', invalidRequest, null],
  ['a number', '7', invalidRequest, null],
  ['an object as id', asLine(call({}, { a: 1 })), invalidRequest, null],
  ['a list as id', asLine(call({}, [1])), invalidRequest, null],
  ['null as id', asLine(call({}, null)), invalidRequest, null],
  ['an endless number as id', '{"jsonrpc":"2.0","id":1e999,"method":"ping"}', invalidRequest, null],
  ['no method', asLine({ jsonrpc: '2.0', id: 7 }), invalidRequest, 7],
  [
    'a method that is no text',
    asLine({ jsonrpc: '2.0', id: 'x', method: {} }),
    invalidRequest,
    'x',
  ],
  ['params that are no object', asLine({ ...ping, id: 2, params: 'all' }), invalidRequest, 2],
  ['another JSON-RPC', asLine({ ...ping, jsonrpc: '1.0' }), invalidRequest, 'last'],
];

function many(count: number): [string, number][] {
  return Array.from({ length: count }, (_, place) => [`key${place}`, place]);
}

const pieces = { 'at once': Number.POSITIVE_INFINITY, 'in pieces of 1,000 bytes': 1_000 };

describe.each(Object.entries(pieces))('what comes %s', (_how, size) => {
  async function send(input: PassThrough, text: string): Promise<void> {
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += size) {
      if (!input.write(bytes.subarray(from, from + size))) await turn();
      if (size === Number.POSITIVE_INFINITY) break;
    }
    while (input.readableLength > 0) await turn();
    await turn();
  }

  it.each(refused)(
    '%s is answered, and the next message is read',
    async (_what, line, code, id) => {
      const { input, answers, received } = await opened();
      await send(input, `${line}\n${asLine(ping)}\r\n`);
      expect(answers.map((answer) => JSON.parse(answer) as unknown)).toEqual([
        { jsonrpc: '2.0', id, error: { code, message: expect.any(String) } },
      ]);
      expect(answers.join('').length).toBeLessThan(400);
      expect(received).toEqual([ping]);
    },
  );

  it('a message of any form that may be is handed on as it is', async () => {
    const { input, answers, received } = await opened();
    const messages = [
      call({ text: `ä\u2028"\\n` }),
      call(Object.fromEntries(many(20_000))),
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 3, result: {} },
      { jsonrpc: '2.0', id: 4, error: { code: -1, message: 'no' } },
      ping,
    ];
    await send(input, `\n\r\n${messages.map(asLine).join('\n')}\n`);
    expect(received).toEqual(messages);
    expect(answers).toEqual([]);
  });
});

describe('over standard streams', () => {
  it('a line without an end is answered when it is too long, once, and nothing more of it is kept', async () => {
    const { input, answers, received } = await opened();
    const piece = Buffer.alloc(65_536, 'x');
    for (let sent = 0; sent < 8 * longestLineBytes; sent += piece.length) {
      if (!input.write(piece)) await turn();
      while (input.readableLength > 0) await turn();
    }
    expect(answers).toHaveLength(1);
    input.write(`\n${asLine(ping)}\n`);
    await turn();
    expect(received).toEqual([ping]);
    expect(answers).toHaveLength(1);
  });

  it('no answer is sent to an answer that is none', async () => {
    const { input, answers, received } = await opened();
    input.write(`${asLine({ jsonrpc: '2.0', id: {}, result: {} })}\n${asLine(ping)}\n`);
    await turn();
    expect([answers, received]).toEqual([[], [ping]]);
  });

  it('whoever does not read the answers is read no further', async () => {
    const input = new PassThrough();
    let written = 0;
    const output = new Writable({ highWaterMark: 1_000, write: () => void (written += 1) });
    const transport = new StdioTransport(input, output);
    await transport.start();
    for (let sent = 0; sent < 200; sent += 1) input.write('x\n'.repeat(1_000));
    for (let waited = 0; waited < 50; waited += 1) await turn();
    expect(written).toBe(1);
    expect(output.writableLength).toBeLessThan(2_000);
    expect(input.readableLength + input.writableLength).toBeGreaterThan(300_000);
  });

  it('the end of the input ends it', async () => {
    const { input, transport } = await opened();
    const closed = new Promise<void>((resolve) => {
      Object.assign(transport, { onclose: resolve });
    });
    input.end();
    await closed;
  });
});
