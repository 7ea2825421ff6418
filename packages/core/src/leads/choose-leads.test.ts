import { describe, expect, test } from 'vitest';
import { chooseLeads, type LeadCandidate } from './choose-leads.ts';

const clone: LeadCandidate = {
  source: 'clone',
  externalId: 'c1',
  origin: 'host.example/acme/widgets',
  formerOrigins: [],
  showsCode: true,
  active: true,
  complete: true,
  showsReviews: false,
};
const forge: LeadCandidate = { ...clone, source: 'forge', externalId: '1', showsReviews: true };
const pairs = (...candidates: LeadCandidate[]): string[] =>
  chooseLeads(candidates).map(
    ({ follower, lead }) =>
      `${follower.source}:${follower.externalId} < ${lead.source}:${lead.externalId}`,
  );

describe('of two sources with one repository', () => {
  test('the one that shows reviews leads, in whatever order they come', () => {
    expect(pairs(clone, forge)).toEqual(['clone:c1 < forge:1']);
    expect(pairs(forge, clone)).toEqual(['clone:c1 < forge:1']);
  });

  test('the other leads until the richer one has been read whole', () => {
    expect(pairs(clone, { ...forge, complete: false })).toEqual(['forge:1 < clone:c1']);
  });

  test('one that the configuration no longer names leads nobody', () => {
    expect(pairs(clone, { ...forge, active: false })).toEqual(['forge:1 < clone:c1']);
  });
});

describe('what shows no code', () => {
  const sent: LeadCandidate = { ...clone, source: 'a-hook', externalId: 'h1', showsCode: false };

  test('leads nobody, however little is known of the other', () => {
    const worst = { ...clone, active: false, complete: false };
    expect(pairs(sent, worst)).toEqual(['a-hook:h1 < clone:c1']);
    expect(pairs({ ...sent, showsReviews: true }, worst)).toEqual(['a-hook:h1 < clone:c1']);
    expect(pairs(sent, forge, clone)).toEqual(['clone:c1 < forge:1', 'a-hook:h1 < forge:1']);
  });

  test('stands for itself where nobody shows the code', () => {
    expect(pairs(sent)).toEqual([]);
  });
});

test('without a common place nobody follows', () => {
  expect(pairs(clone, { ...forge, origin: 'host.example/acme/gadgets' })).toEqual([]);
  expect(pairs({ ...clone, origin: null }, { ...forge, origin: null })).toEqual([]);
});

test('two repositories of one source are two, even where they share a name', () => {
  expect(pairs(forge, { ...forge, externalId: '2' })).toEqual([]);
});

describe('a repository that was renamed', () => {
  const renamed = {
    ...forge,
    origin: 'host.example/acme/gears',
    formerOrigins: ['host.example/acme/widgets'],
  };

  test('is still the one that an old clone points to', () => {
    expect(pairs(clone, renamed)).toEqual(['clone:c1 < forge:1']);
    expect(pairs(clone, renamed, { ...clone, externalId: 'c2', origin: renamed.origin })).toEqual([
      'clone:c1 < forge:1',
      'clone:c2 < forge:1',
    ]);
  });

  test('gives way to a new one that took its old name', () => {
    expect(pairs(clone, renamed, { ...forge, externalId: '2' })).toEqual(['clone:c1 < forge:2']);
  });

  test('that swapped names with another of its source stays apart from it', () => {
    const swapped = {
      ...forge,
      externalId: '2',
      origin: 'host.example/acme/widgets',
      formerOrigins: ['host.example/acme/gears'],
    };
    expect(pairs(clone, renamed, swapped)).toEqual(['clone:c1 < forge:2']);
  });
});
