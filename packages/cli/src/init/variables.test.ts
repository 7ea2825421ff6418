import { expect, test } from 'vitest';
import { addressBeside } from './variables.ts';

const addressAt = (host: string): string | null =>
  host === 'vendor.example' ? null : `https://${host}/api`;

test.each([
  [undefined, null],
  [' ', null],
  ['vendor.example', null],
  ['https://vendor.example', null],
  ['own.example:8443', 'https://own.example:8443/api'],
  ['https://own.example/', 'https://own.example/api'],
  ['https://own.example/else/where', 'https://own.example/else/where'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
])('beside a token entered for %s the address is %s', (place, expected) => {
  const env = place === undefined ? {} : { TOKEN_HOST: place };
  expect(addressBeside(env, 'TOKEN', addressAt)).toBe(expected);
});
