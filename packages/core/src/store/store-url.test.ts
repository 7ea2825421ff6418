import { describe, expect, test } from 'vitest';
import { parseStoreUrl } from './store-url.ts';

describe('a store URL', () => {
  test.each([
    [':memory:', { kind: 'memory' }],
    ['file::memory:', { kind: 'memory' }],
    ['adjutant.db', { kind: 'file', path: '/home/adjutant.db' }],
    ['file:adjutant.db', { kind: 'file', path: '/home/adjutant.db' }],
    ['file:./a/b.db', { kind: 'file', path: '/home/a/b.db' }],
    ['file:/var/a.db', { kind: 'file', path: '/var/a.db' }],
    ['file:///var/a%20b.db', { kind: 'file', path: '/var/a b.db' }],
    ['file:/var/a b.db?mode=ro', { kind: 'file', path: '/var/a b.db' }],
    ['/var/100%.db', { kind: 'file', path: '/var/100%.db' }],
    ['libsql://db.example.com', { kind: 'remote', url: 'libsql://db.example.com' }],
    ['http://localhost:8080', { kind: 'remote', url: 'http://localhost:8080' }],
  ])('%s is understood', (url, expected) => {
    expect(parseStoreUrl(url, '/home')).toEqual(expected);
  });

  test.each([
    ['', 'empty'],
    ['file:', 'names no file'],
    ['postgres://db', 'Postgres is planned'],
    ['ftp://example.com/db', 'unknown scheme "ftp:"'],
    ['libsql://', 'names no host'],
    ['libsql://user:secret@db.example.com', 'carries a credential'],
    ['https://db.example.com?authToken=secret', 'carries a credential'],
    ['a\0b', 'NUL'],
    ['file://other-host/db', 'names no file on this machine'],
  ])('%j is refused with a reason', (url, reason) => {
    expect(() => parseStoreUrl(url, '/home')).toThrow(reason);
    try {
      parseStoreUrl(url, '/home');
    } catch (error) {
      expect(String(error)).not.toContain('secret');
      expect(error).toMatchObject({ code: 'InvalidInput', hint: expect.any(String) });
    }
  });
});
