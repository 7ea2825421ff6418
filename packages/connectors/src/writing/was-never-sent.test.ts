import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { wasNeverSent } from './was-never-sent.ts';

function failed(code: string, syscall?: string): Error {
  const cause = Object.assign(new Error(code), { code, ...(syscall && { syscall }) });
  return new TypeError('fetch failed', { cause });
}

it.each([
  ['ECONNREFUSED', 'connect'],
  ['EHOSTUNREACH', 'connect'],
  ['ENETUNREACH', 'connect'],
  ['ENOTFOUND', 'getaddrinfo'],
  ['EAI_AGAIN', 'getaddrinfo'],
  ['UND_ERR_CONNECT_TIMEOUT', undefined],
])('%s of %s came before a connection stood', (code, syscall) => {
  expect(wasNeverSent(failed(code, syscall))).toBe(true);
});

it.each([
  ['EHOSTUNREACH', 'read'],
  ['EHOSTUNREACH', 'write'],
  ['ENETUNREACH', 'read'],
  ['ENETUNREACH', undefined],
  ['ECONNRESET', 'read'],
  ['UND_ERR_SOCKET', undefined],
])('%s of %s may have come after the request left', (code, syscall) => {
  expect(wasNeverSent(failed(code, syscall))).toBe(false);
});

it('asks of every address of a host that was tried', () => {
  const refused = failed('ECONNREFUSED', 'connect').cause;
  const lost = failed('EHOSTUNREACH', 'read').cause;
  const tried = (errors: unknown[]) =>
    new TypeError('fetch failed', {
      cause: Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' }),
    });
  expect(wasNeverSent(tried([refused, refused]))).toBe(true);
  expect(wasNeverSent(tried([refused, lost]))).toBe(false);
  expect(wasNeverSent(tried([]))).toBe(false);
});

it('knows a refused connection as fetch reports it', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  const error: unknown = await fetch(`http://127.0.0.1:${port}/`).catch((why: unknown) => why);
  expect(wasNeverSent(error)).toBe(true);
});
