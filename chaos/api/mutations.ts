import * as fc from 'fast-check';

/** A request as it leaves. */
export interface Sending {
  method: string;
  path: string;
  query: [name: string, value: string][];
  headers: Record<string, string>;
  body: string | null;
}

/** A way to spoil a request. */
export type Mutation = (sending: Sending) => Sending;

const odd = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  '%00',
  '..',
  '../../etc',
  '-1',
  '0',
  '1e400',
  'NaN',
  'null',
  '[]',
  '{}',
  "' or 1=1 --",
  '__proto__',
  'constructor',
  '2026-02-30',
  '9999-12-31',
  'Etc/Nowhere',
  'eyJvZmZzZXQiOi0xfQ',
  'eyJvZmZzZXQiOjFlMzA4fQ',
  'x'.repeat(5_000),
  '\u202e\ud83d\ude00',
);
const strange = fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 30 }), fc.jsonValue());

/** Ways to spoil requests: words, bodies, paths, methods and headers. */
export const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(), odd).map(([at, value]) => changeQuery(at, () => [[value]])),
  fc.nat().map((at) => changeQuery(at, () => [])),
  fc.nat().map((at) => changeQuery(at, (value) => [[value], [value]])),
  fc.tuple(fc.string({ maxLength: 8 }), odd).map(([name, value]) => addQuery(name, value)),
  fc.tuple(fc.nat(), strange).map(([at, value]) => changeBody((body) => replaced(body, at, value))),
  fc.nat().map((at) => changeBody((body) => without(body, at))),
  fc
    .tuple(fc.constantFrom('extra', '__proto__', 'viewer', 'workspaceId'), strange)
    .map(([name, value]) => changeBody((body) => ({ ...body, [name]: value }))),
  fc.jsonValue().map(
    (value): Mutation =>
      (sending) => ({ ...sending, body: JSON.stringify(value) }),
  ),
  fc.constant((sending: Sending) => ({ ...sending, body: sending.body?.slice(0, -2) ?? '{' })),
  fc.constant((sending: Sending) => ({
    ...sending,
    headers: { ...sending.headers, 'content-type': 'text/plain' },
  })),
  fc.tuple(fc.nat({ max: 6 }), odd).map(
    ([at, word]): Mutation =>
      (sending) => ({
        ...sending,
        path: changedSegment(sending.path, at, word),
      }),
  ),
  fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS').map(
    (method): Mutation =>
      (sending) => ({ ...sending, method }),
  ),
);

function changeQuery(at: number, change: (value: string) => [string][]): Mutation {
  return (sending) => {
    const { query } = sending;
    const place = query.length === 0 ? -1 : at % query.length;
    return {
      ...sending,
      query: query.flatMap(([name, value], index): [string, string][] =>
        index === place ? change(value).map(([changed]) => [name, changed]) : [[name, value]],
      ),
    };
  };
}

function addQuery(name: string, value: string): Mutation {
  return (sending) => ({ ...sending, query: [...sending.query, [name, value]] });
}

type Body = Record<string, unknown>;

function changeBody(change: (body: Body) => unknown): Mutation {
  return (sending) => {
    let body: Body = {};
    try {
      const read: unknown = JSON.parse(sending.body ?? '{}');
      if (typeof read === 'object' && read !== null) body = { ...read };
    } catch {
      // Spoilt already.
    }
    return { ...sending, body: JSON.stringify(change(body)) };
  };
}

function replaced(body: Body, at: number, value: unknown): Body {
  const names = Object.keys(body);
  const name = names[at % Math.max(1, names.length)];
  return name === undefined ? { value } : { ...body, [name]: value };
}

function without(body: Body, at: number): Body {
  const names = Object.keys(body);
  const dropped = names[at % Math.max(1, names.length)];
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== dropped));
}

function changedSegment(path: string, at: number, word: string): string {
  const parts = path.split('/');
  const place = 1 + (at % (parts.length - 1));
  return parts.map((part, index) => (index === place ? encodeURIComponent(word) : part)).join('/');
}
