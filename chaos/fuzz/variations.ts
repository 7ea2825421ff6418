import * as fc from 'fast-check';
import { digest } from './sender.ts';

/** What is signed beside the body, before it. */
export type Before = string;

/**
 * Digits of a signature over a body: most often the right ones, else some that are nearly right; null
 * for none at all. `before` stands in front of the body where a source signs more than the body.
 */
export function digitsOf(): fc.Arbitrary<(body: Buffer, before?: Before) => string | null> {
  const right = (body: Buffer, before: Before = ''): string => digest([before, body]);
  const ways: ((body: Buffer, before?: Before) => string | null)[] = [
    () => null,
    (body, before = '') => digest([before, body], 'another secret'),
    (body, before = '') => digest([before, body], ''),
    (body, before = '') => digest([before, body], undefined, 'sha1'),
    (body, before) => right(body, before).toUpperCase(),
    (body, before) => right(body.subarray(1), before),
    (body) => right(body, 'other words before it'),
    (body, before) => `${right(body, before)}00`,
    (body, before) => ` ${right(body, before)}`,
  ];
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(right) },
    { weight: 8, arbitrary: fc.constantFrom(...ways) },
    {
      weight: 1,
      arbitrary: fc
        .nat({ max: 63 })
        .map((at) => (body: Buffer, before?: Before) => flipped(right(body, before), at)),
    },
    {
      weight: 1,
      arbitrary: fc
        .nat({ max: 63 })
        .map((cut) => (body: Buffer, before?: Before) => right(body, before).slice(0, cut)),
    },
    { weight: 1, arbitrary: fc.string().map((text) => () => text) },
  );
}

/** The same with one digit changed. */
function flipped(right: string, at: number): string {
  return right.slice(0, at) + (right[at] === '0' ? '1' : '0') + right.slice(at + 1);
}

/** Prefixes of a signature: most often the source's own. */
export function prefixOf(own: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(own) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'sha1=', 'v9=', own.toUpperCase(), `${own}${own}`),
    },
  );
}

/** A header once, in any case, or twice, which says nothing. */
export function headerOf(
  name: string,
): fc.Arbitrary<(value: string | null) => Record<string, string | string[]>> {
  const once = (key: string) => (value: string | null) => (value === null ? {} : { [key]: value });
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(once(name)) },
    { weight: 2, arbitrary: fc.constantFrom(once(name.toLowerCase()), once(name.toUpperCase())) },
    {
      weight: 1,
      arbitrary: fc.constant((value: string | null) =>
        value === null ? {} : { [name]: [value, value] },
      ),
    },
  );
}
