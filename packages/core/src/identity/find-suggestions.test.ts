import { describe, expect, test } from 'vitest';
import { findSuggestions, type SuggestionInput } from './find-suggestions.ts';
import { findUnmatched } from './find-unmatched.ts';
import { planMerges } from './plan-merges.ts';
import type { ReviewedAccount } from './reviewed-account.ts';

let count = 0;
const row = (personId: string, fields: Partial<ReviewedAccount> = {}): ReviewedAccount => ({
  personId,
  displayName: fields.name ?? personId,
  role: 'member',
  weight: 0,
  source: 'git',
  externalId: `account-${(count += 1)}`,
  name: null,
  email: null,
  emailVerified: false,
  login: null,
  vendorId: null,
  ...fields,
});
/** An account to which its vendor gives a number. */
const at = (source: string, personId: string, fields: Partial<ReviewedAccount> = {}) =>
  row(personId, { source, externalId: personId, vendorId: `${source}:${personId}`, ...fields });

const told = (rows: ReviewedAccount[], more: Omit<SuggestionInput, 'rows'> = {}) =>
  findSuggestions({ rows, ...more }).map(
    ({ fromPersonId, toPersonId, reason, confidence, isAmbiguous }) =>
      `${fromPersonId}>${toPersonId} ${reason} ${confidence}${isAmbiguous ? ' ambiguous' : ''}`,
  );
const planned = (
  rows: ReviewedAccount[],
  above: number,
  separated: readonly (readonly [string, string])[] = [],
) =>
  planMerges(findSuggestions({ rows, separated }), rows, separated, above).map(
    ({ fromPersonId, toPersonId }) => `${fromPersonId}>${toPersonId}`,
  );

describe('what looks alike is suggested once per pair', () => {
  test('with the strongest reason, the surest first', () => {
    const rows = [
      row('p1', { name: 'Sam Lee', email: 'sam@x.org' }),
      row('p2', { name: 'sam lee', email: 'sam+work@x.org' }),
      row('p3', { email: 'kim.park@x.org' }),
      row('p4', { login: 'kim.park' }),
      row('p5', { name: 'Jo' }),
      row('p6', { name: 'Jo' }),
      row('p7', { name: 'Ada Hill' }),
      row('p8', { login: 'ahill' }),
      row('p9', { name: 'Zoë Núñez' }),
      row('q1', { name: 'Nunez, Zoe' }),
    ];
    expect(told(rows)).toEqual([
      'p2>p1 same_email_without_tag 0.8',
      'q1>p9 similar_name 0.6',
      'p4>p3 login_matches_email 0.6',
      'p8>p7 login_like_name 0.5',
    ]);
  });

  test('an address for which one source vouches is surer than one for which none does', () => {
    const vouched = at('chat', 'p1', { email: 'ada@x.org', emailVerified: true });
    expect(told([vouched, at('pager', 'p2', { email: 'Ada@X.org' })])).toEqual([
      'p2>p1 same_email 0.95',
    ]);
    expect(told([row('p1', { email: 'a.b@x.org' }), row('p2', { email: 'A.B@x.org' })])).toEqual([
      'p2>p1 same_email 0.9',
    ]);
  });

  test('a person in a team is the one who stays', () => {
    const rows = [row('p1', { name: 'Sam Lee' }), row('p2', { name: 'Sam Lee', weight: 2 })];
    expect(told(rows)).toEqual(['p1>p2 same_name 0.7']);
  });

  test('nobody is asked again about two whom somebody parted', () => {
    const rows = [row('p1', { name: 'Sam Lee' }), row('p2', { name: 'Sam Lee' })];
    expect(told(rows, { separated: [['p2', 'p1']] })).toEqual([]);
  });

  test('what very many share tells nothing', () => {
    const rows = Array.from('abcdefgh', (id) => row(id, { name: 'Root User' }));
    expect(told(rows)).toEqual([]);
  });

  test('two called alike are not taken for one because one login would fit both', () => {
    const rows = [
      at('tracker', 'p1', { name: 'Ada Hill' }),
      at('tracker', 'p2', { name: 'Anna Hill' }),
      at('forge', 'p3', { login: 'ahill' }),
    ];
    expect(told(rows)).toEqual([
      'p3>p1 login_like_name 0.4 ambiguous',
      'p3>p2 login_like_name 0.4 ambiguous',
    ]);
  });
});

describe('two people of the same name', () => {
  const sams = [
    at('chat', 'p1', { name: 'Sam Lee' }),
    at('chat', 'p2', { name: 'Sam Lee' }),
    at('tracker', 'p3', { name: 'Sam Lee' }),
  ];

  test('stay two: their vendor tells them apart, and who is a third is ambiguous', () => {
    expect(told(sams)).toEqual([
      'p3>p1 same_name 0.4 ambiguous',
      'p3>p2 same_name 0.4 ambiguous',
      'p2>p1 same_name 0.3',
    ]);
    expect(planned(sams, 0.5)).toEqual([]);
  });

  test('are told apart by an address, which is surer than their name', () => {
    const [first, second, third] = sams;
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    const rows = [
      { ...first, email: 'sam@x.org', emailVerified: true },
      second,
      { ...third, email: 'sam@x.org' },
    ];
    expect(told(rows)).toEqual([
      'p3>p1 same_email 0.95',
      'p3>p2 same_name 0.4 ambiguous',
      'p2>p1 same_name 0.3',
    ]);
    expect(planned(rows, 0.5)).toEqual(['p3>p1']);
  });
});

describe('many merges at once', () => {
  const mail = { email: 'ada@x.org' };

  test('join all accounts of one person in one who stays, at the confidence or above it', () => {
    const rows = [
      at('chat', 'p1', { ...mail, emailVerified: true }),
      at('pager', 'p2', mail),
      row('p3', mail),
      row('p4', { name: 'Bo Park' }),
      row('p5', { name: 'Bo Park' }),
    ];
    expect(planned(rows, 0.9)).toEqual(['p2>p1', 'p3>p1']);
    expect(planned(rows, 0.7)).toEqual(['p2>p1', 'p3>p1', 'p5>p4']);
    expect(planned(rows, 0.96)).toEqual([]);
  });

  test('join nobody across roles, nobody whom somebody parted, also not by way of a third', () => {
    const rows = [
      row('p1', mail),
      { ...row('p2', mail), role: 'admin' },
      row('p3', mail),
      row('p4', { email: 'bo@x.org', name: 'Bo Park' }),
      row('p5', { email: 'bo@x.org' }),
      row('p6', { name: 'Bo Park' }),
    ];
    expect(planned(rows, 0.5)).toEqual(['p3>p1', 'p5>p4', 'p6>p4']);
    expect(planned(rows, 0.5, [['p5', 'p6']])).toEqual(['p3>p1', 'p5>p4']);
  });

  test('take nothing that is hardly likelier than not, whatever was asked', () => {
    expect(
      planned([at('a', 'p1', { name: 'Sam Lee' }), at('a', 'p2', { name: 'Sam Lee' })], 0.1),
    ).toEqual([]);
  });
});

describe('whom one source knows alone', () => {
  test('is listed with whom they look most like, and nobody where there is one source', () => {
    const rows = [
      row('p1', { name: 'Ada Hill', source: 'git' }),
      at('chat', 'p1', { name: 'Ada Hill' }),
      at('tracker', 'p2', { name: 'Ada Hill' }),
      row('p3', { name: 'Zed', source: 'git' }),
    ];
    const found = findUnmatched(rows, findSuggestions({ rows }));
    expect(found.map(({ personId, standing, source }) => [personId, standing, source])).toEqual([
      ['p2', 'suggested', 'tracker'],
      ['p3', 'unknown', 'git'],
    ]);
    expect(found[0]?.suggestion).toMatchObject({ toPersonId: 'p1', confidence: 0.7 });
    expect(findUnmatched([row('p1'), row('p2')], [])).toEqual([]);
  });
});
