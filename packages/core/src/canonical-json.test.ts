import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { AdjutantError } from './errors.ts';

describe('canonicalJson', () => {
  it('writes the worked example of RFC 8785', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units, as the RFC does', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const order = Object.values(JSON.parse(canonicalJson(value)) as object);
    expect(canonicalJson(value).indexOf('\u20ac')).toBeLessThan(
      canonicalJson(value).indexOf('\ud83d\ude00'),
    );
    expect(canonicalJson(value).indexOf('\ud83d\ude00')).toBeLessThan(
      canonicalJson(value).indexOf('\ufb33'),
    );
    expect(order).toHaveLength(7);
  });

  it('gives the same text whatever order the keys were set in', () => {
    expect(canonicalJson({ b: { d: 1, c: [2, { f: 3, e: 4 }] }, a: null })).toBe(
      canonicalJson({ a: null, b: { c: [2, { e: 4, f: 3 }], d: 1 } }),
    );
  });

  it('writes minus zero as zero and an empty object and array as they are', () => {
    expect(canonicalJson([-0, {}, []])).toBe('[0,{},[]]');
  });

  it('survives a round trip through JSON', () => {
    const value = { z: [1, 'x', { y: null }], a: { __proto__x: true, '': '' } };
    expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
  });

  it('keeps a key named __proto__', () => {
    const value: unknown = JSON.parse('{"__proto__":{"admin":true},"a":1}');
    expect(canonicalJson(value)).toBe('{"__proto__":{"admin":true},"a":1}');
  });

  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  it.each([
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole in an array', [1].concat(Object.assign([], { length: 2 }))],
    ['NaN', { a: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a function', { run: () => 1 }],
    ['a symbol', Symbol('s')],
    ['a big integer', 1n],
    ['a date', { at: new Date(0) }],
    ['a map', new Map()],
    ['half a surrogate pair', 'a\ud800b'],
    ['half a surrogate pair in a key', { '\udc00': 1 }],
    ['a cycle', cycle],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(AdjutantError);
  });

  it('says where the refused value stands', () => {
    expect(() => canonicalJson({ steps: [{ cost: Number.NaN }] })).toThrow('$.steps[0].cost');
  });
});
