import { setImmediate } from 'node:timers/promises';
import type {
  SearchAccess,
  SearchIndex,
  SearchResult,
  SearchSubject,
} from '../search/search-index.ts';
import type { ConformanceCase } from './connector-conformance.ts';

export interface SearchIndexHarness {
  /** Returns an index that holds nothing; called anew for each case. */
  create: () => SearchIndex | Promise<SearchIndex>;
  /** Waits until what was put can be found, for an index that takes its time. */
  settle?: () => Promise<void>;
}

const one = 'workspace-one';
const other = 'workspace-other';
export const everybodysAccess: SearchAccess = { personId: null, teamIds: [], seesEveryTeam: false };

/** Returns a document to be found, its fields as usual unless told. */
export function buildSearchSubject(fields: Partial<SearchSubject> = {}): SearchSubject {
  return {
    kind: 'document',
    source: 'git',
    externalId: 'docs/payments.md',
    title: 'Payments',
    path: 'docs/payments.md',
    place: 'repository-1',
    visibility: 'workspace',
    ownerPersonId: null,
    teamId: null,
    updatedAt: 1,
    parts: [
      { heading: 'Payments', text: 'Takes money from customers.', lines: { from: 1, to: 3 } },
      {
        heading: 'Payments > Rolling back',
        text: 'Deploy the previous release with `payctl rollback`.',
        lines: { from: 4, to: 9 },
      },
    ],
    ...fields,
  };
}

/**
 * Returns the cases that every search index must pass, for any test runner:
 * `for (const { name, run } of searchIndexConformance(harness)) test(name, run)`.
 */
export function searchIndexConformance(harness: SearchIndexHarness): ConformanceCase[] {
  return [
    ...findingCases(harness),
    ...accessCases(harness),
    ...hostileCases(harness),
    ...keepingCases(harness),
  ];
}

function testCase(
  name: string,
  harness: SearchIndexHarness,
  body: (bench: Bench) => Promise<void>,
): ConformanceCase {
  return {
    name,
    run: async () => {
      const index = await harness.create();
      await body({
        index,
        async put(subjects, workspaceId = one) {
          const { written } = await index.put(workspaceId, subjects);
          await (harness.settle ?? setImmediate)();
          return written;
        },
        async remove(subjects) {
          const { removed } = await index.remove(one, subjects);
          await (harness.settle ?? setImmediate)();
          return removed;
        },
        find: (text, options = {}) =>
          index.search(options.workspaceId ?? one, { text, access: everybodysAccess, ...options }),
      });
    },
  };
}

interface Bench {
  index: SearchIndex;
  put(subjects: readonly SearchSubject[], workspaceId?: string): Promise<number>;
  remove(subjects: readonly SearchSubject[]): Promise<number>;
  find(
    text: string,
    options?: Partial<Parameters<SearchIndex['search']>[1]> & { workspaceId?: string },
  ): Promise<SearchResult>;
}

function findingCases(harness: SearchIndexHarness): ConformanceCase[] {
  return [
    testCase('finds the part that a question in words is about', harness, async ({ put, find }) => {
      await put([buildSearchSubject(), unrelated()]);
      const { hits } = await find('How do I roll back the payment service?');
      const [first] = hits;
      ensure(first?.part === 1, 'the part about rolling back is not the first');
      ensure(first.lines?.from === 4 && first.lines.to === 9, 'its lines are others');
      ensure(first.heading === 'Payments > Rolling back', 'its heading is another one');
    }),
    testCase('finds other forms of a word', harness, async ({ put, find }) => {
      await put([buildSearchSubject()]);
      for (const asked of ['deploying', 'deployed', 'customer', 'ROLLBACK']) {
        ensure((await find(asked)).hits.length > 0, `"${asked}" finds nothing`);
      }
    }),
    testCase('finds names out of code by each of their words', harness, async ({ put, find }) => {
      const text = 'Set `retryAfterMs` and `index_lag` or pass --no-color.';
      await put([buildSearchSubject({ parts: [{ heading: '', text, lines: null }] })]);
      for (const asked of ['retry', 'retryAfterMs', 'index lag', 'index_lag', '--no-color']) {
        ensure((await find(asked)).hits.length === 1, `"${asked}" finds nothing`);
      }
    }),
    testCase('takes the beginning of a word with an asterisk', harness, async ({ put, find }) => {
      await put([buildSearchSubject()]);
      ensure((await find('cust*')).hits.length === 1, 'the beginning finds nothing');
      ensure((await find('cust')).hits.length === 0, 'a part of a word is taken for the word');
    }),
    testCase('ranks what holds all words before what holds some', harness, async (bench) => {
      const parts = (text: string) => [{ heading: '', text, lines: null }];
      await bench.put([
        buildSearchSubject({
          externalId: 'a',
          title: 'A',
          path: '',
          parts: parts('apples apples apples apples'),
        }),
        buildSearchSubject({
          externalId: 'b',
          title: 'B',
          path: '',
          parts: parts('apples, of course, and pears too'),
        }),
      ]);
      const { hits } = await bench.find('apples and pears');
      ensure(hits.map(({ externalId }) => externalId).join() === 'b,a', 'the order is another one');
    }),
    testCase(
      'says which words it looked for, and finds nothing for words that are nowhere',
      harness,
      async (bench) => {
        await bench.put([buildSearchSubject()]);
        const { hits, terms, hasMore } = await bench.find('zebras?');
        ensure(hits.length === 0 && !hasMore, 'something was found');
        ensure(terms.length === 1, 'it does not tell the word');
      },
    ),
    testCase('keeps to the limit and says that there is more', harness, async ({ put, find }) => {
      await put(numbered(5));
      const { hits, hasMore } = await find('payments', { limit: 3 });
      ensure(hits.length === 3 && hasMore, 'the limit was not kept');
      ensure(!(await find('payments', { limit: 10 })).hasMore, 'it tells of more than there is');
    }),
    testCase('finds only the kinds and places asked for', harness, async ({ put, find }) => {
      const pull = buildSearchSubject({
        kind: 'pull_request',
        externalId: '7',
        place: 'repository-2',
      });
      await put([buildSearchSubject(), pull]);
      const ofKind = await find('payments', { kinds: ['pull_request'] });
      ensure(
        ofKind.hits.every(({ kind }) => kind === 'pull_request'),
        'another kind was found',
      );
      ensure(ofKind.hits.length > 0, 'the kind was not found');
      const inPlace = await find('payments', {
        places: [{ source: 'git', place: 'repository-1' }],
      });
      ensure(
        inPlace.hits.every(({ place }) => place === 'repository-1'),
        'another place was found',
      );
      ensure(
        (await find('payments', { places: [] })).hits.length === 0,
        'no place holds something',
      );
    }),
  ];
}

function accessCases(harness: SearchIndexHarness): ConformanceCase[] {
  const report = (fields: Partial<SearchSubject>): SearchSubject =>
    buildSearchSubject({
      kind: 'report',
      source: '',
      externalId: 'report-1',
      title: 'Tuesday',
      path: '',
      place: null,
      ownerPersonId: 'author',
      teamId: 'team-1',
      parts: [{ heading: '', text: 'Did the giraffes.', lines: null }],
      ...fields,
    });
  const found = async (bench: Bench, access: Partial<SearchAccess>): Promise<number> => {
    const query = { access: { ...everybodysAccess, ...access }, limit: 1 };
    const { hits, hasMore } = await bench.find('giraffes', query);
    return hits.length + (hasMore ? 1 : 0);
  };
  return [
    testCase('lets nobody but its owner find or count what is private', harness, async (bench) => {
      await bench.put([
        report({ visibility: 'private' }),
        report({ externalId: 'report-2', visibility: 'private' }),
      ]);
      ensure((await found(bench, {})) === 0, 'anybody finds it');
      ensure((await found(bench, { personId: 'somebody' })) === 0, 'somebody else finds it');
      const lead = { personId: 'lead', teamIds: ['team-1'], seesEveryTeam: true };
      ensure((await found(bench, lead)) === 0, 'a lead finds it');
      ensure((await found(bench, { personId: 'author' })) === 2, 'its owner does not find it');
    }),
    testCase('lets the team and those who lead find what is the team’s', harness, async (bench) => {
      await bench.put([report({ visibility: 'team' })]);
      ensure((await found(bench, { teamIds: ['team-2'] })) === 0, 'another team finds it');
      ensure((await found(bench, { teamIds: ['team-1'] })) === 1, 'its team does not find it');
      ensure((await found(bench, { seesEveryTeam: true })) === 1, 'who leads does not find it');
      ensure((await found(bench, { personId: 'author' })) === 1, 'its owner does not find it');
    }),
    testCase('hides at once what is made private', harness, async (bench) => {
      await bench.put([report({ visibility: 'workspace' })]);
      ensure((await found(bench, {})) === 1, 'it is not found');
      await bench.put([report({ visibility: 'private' })]);
      ensure((await found(bench, {})) === 0, 'it is still found');
    }),
    testCase('finds nothing of another workspace', harness, async ({ put, find }) => {
      await put([buildSearchSubject()], other);
      ensure((await find('payments')).hits.length === 0, 'it crosses workspaces');
      ensure((await find('payments', { workspaceId: other })).hits.length > 0, 'it is lost');
    }),
  ];
}

/** What would be syntax in one search language or another. */
const hostileQueries = [
  '"',
  '""',
  "'",
  '*',
  '(',
  ')',
  '((payments',
  'payments AND',
  'AND OR NOT',
  'NEAR(payments, 2)',
  'title: payments',
  '{title heading}: payments',
  '-payments',
  '^payments',
  'payments + "rolling',
  'a:b:c',
  '\\',
  ';drop table x',
  '%_%',
  '\0',
  'payments\0',
  '\u202epayments',
  '🦒',
  '[payments]',
  '/.*/',
  'payments~2',
  'x'.repeat(100_000),
  '" OR 1 --',
  '$where',
  '<b>payments</b>',
  '?',
  '?1',
  ':name',
  '@name',
  '   ',
  '',
];

function hostileCases(harness: SearchIndexHarness): ConformanceCase[] {
  return [
    testCase('takes nothing in a question for syntax', harness, async ({ put, find }) => {
      await put([buildSearchSubject(), unrelated()]);
      for (const text of hostileQueries) {
        const { hits } = await find(text);
        const titles = new Set(hits.map(({ title }) => title));
        ensure(
          !titles.has('Giraffes'),
          `${JSON.stringify(text.slice(0, 40))} finds what it does not name`,
        );
      }
    }),
    testCase('finds texts that hold anything at all', harness, async ({ put, find }) => {
      const subjects = hostileQueries.map((text, at) =>
        buildSearchSubject({
          externalId: `hostile-${at}`,
          title: text.slice(0, 50),
          parts: [{ heading: text.slice(0, 50), text: `${text} okapi`, lines: null }],
        }),
      );
      await put(subjects);
      const { hits } = await find('okapi', { limit: 200 });
      ensure(hits.length === hostileQueries.length, 'some are not found');
    }),
  ];
}

function keepingCases(harness: SearchIndexHarness): ConformanceCase[] {
  return [
    testCase('writes nothing where nothing changed', harness, async ({ put }) => {
      ensure((await put([buildSearchSubject(), unrelated()])) === 3, 'not every part was written');
      ensure((await put([buildSearchSubject(), unrelated()])) === 0, 'the same was written again');
    }),
    testCase('puts a new text in place of the old one', harness, async ({ put, find }) => {
      await put([buildSearchSubject()]);
      const parts = [{ heading: 'Payments', text: 'Now with llamas.', lines: { from: 1, to: 1 } }];
      await put([buildSearchSubject({ parts })]);
      ensure((await find('rollback')).hits.length === 0, 'the old text is still found');
      ensure((await find('llamas')).hits.length === 1, 'the new text is not found');
    }),
    testCase(
      'finds what was removed no more, and everything else still',
      harness,
      async (bench) => {
        await bench.put([buildSearchSubject(), unrelated()]);
        ensure((await bench.remove([buildSearchSubject()])) === 2, 'other parts went');
        ensure((await bench.remove([buildSearchSubject()])) === 0, 'what is gone went again');
        ensure((await bench.find('payments')).hits.length === 0, 'it is still found');
        ensure((await bench.find('giraffes')).hits.length === 1, 'something else is gone');
      },
    ),
    testCase('finds a thing without parts no more', harness, async ({ put, find }) => {
      await put([buildSearchSubject()]);
      await put([buildSearchSubject({ parts: [] })]);
      ensure((await find('payments')).hits.length === 0, 'it is still found');
    }),
    testCase('forgets a workspace, and no other', harness, async ({ index, put, find }) => {
      await put([buildSearchSubject()]);
      await put([buildSearchSubject()], other);
      await index.clear(one);
      ensure((await find('payments')).hits.length === 0, 'it is still found');
      ensure((await find('payments', { workspaceId: other })).hits.length > 0, 'the other is gone');
    }),
  ];
}

function unrelated(): SearchSubject {
  return buildSearchSubject({
    externalId: 'docs/giraffes.md',
    title: 'Giraffes',
    path: 'docs/giraffes.md',
    parts: [{ heading: 'Giraffes', text: 'They eat leaves.', lines: { from: 1, to: 1 } }],
  });
}

function numbered(count: number): SearchSubject[] {
  return Array.from({ length: count }, (_, at) => {
    const parts = [{ heading: '', text: `Payments number ${at}.`, lines: null }];
    return buildSearchSubject({ externalId: `docs/${at}.md`, parts });
  });
}

function ensure(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(`Not a search index: ${problem}.`);
}
