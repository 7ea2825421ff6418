import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createAddressReader, trustedBy } from './trusted-proxies.ts';

function from(address: string, headers: Record<string, string> = {}): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  const incoming = new IncomingMessage(socket);
  Object.assign(incoming.headers, headers);
  return incoming;
}

const forwarded = (value: string) => ({ 'x-forwarded-for': value });

test('without a proxy no header is believed', () => {
  const addressOf = createAddressReader(undefined);
  expect(addressOf(from('192.0.2.1', forwarded('203.0.113.9')))).toBe('192.0.2.1');
});

test.each([
  ['somebody else than the proxy', '192.0.2.1', '203.0.113.9', '192.0.2.1'],
  ['the proxy', '10.0.0.5', '203.0.113.9', '203.0.113.9'],
  ['the proxy, as IPv6 writes it', '::ffff:10.0.0.5', '203.0.113.9', '203.0.113.9'],
  [
    'what somebody wrote before the proxy did',
    '10.0.0.5',
    '198.51.100.1, 203.0.113.9',
    '203.0.113.9',
  ],
  ['two proxies', '10.0.0.5', '203.0.113.9, 10.0.0.6', '203.0.113.9'],
  ['only proxies', '10.0.0.5', '10.0.0.7, 10.0.0.6', '10.0.0.7'],
  ['what is no address', '10.0.0.5', '203.0.113.9, nobody', '10.0.0.5'],
  ['an address with its port', '10.0.0.5', '203.0.113.9:4711', '203.0.113.9'],
  ['an address in brackets', '10.0.0.5', '[2001:db8::9]:80', '2001:db8::9'],
  ['nothing', '10.0.0.5', '', '10.0.0.5'],
])('behind %s', (_, connected, value, expected) => {
  const addressOf = createAddressReader({ trusted: ['10.0.0.0/8'] });
  expect(addressOf(from(connected, forwarded(value)))).toBe(expected);
});

test('the header is the one that is configured', () => {
  const addressOf = createAddressReader({ trusted: ['::1'], header: 'Forwarded' });
  const headers = { ...forwarded('198.51.100.1'), forwarded: 'for="[2001:db8::9]:80";proto=https' };
  expect(addressOf(from('::1', headers))).toBe('2001:db8::9');
});

test.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129', ''])(
  '"%s" is no proxy',
  (trusted) => {
    expect(() => trustedBy([trusted])).toThrow(expect.objectContaining({ code: 'Configuration' }));
  },
);
