import type { WorkDetail } from '@adjutant/core';
import { dayMs, hourMs } from '../format.ts';
import {
  emptyFakeData,
  type FakeData,
  fakeCommit,
  fakeMerge,
  fakeNow,
  fakePerson,
  fakeRelease,
  fakeRepository,
} from './fake-data.ts';

const names = [
  'Ada Moreau',
  'Bo Lindqvist',
  'Chidi Okafor',
  'Dana Weiss',
  'Emre Yıldız',
  'Fumiko Sato',
  'Grace Ndlovu',
  'Hugo Alvarez',
  'Ines Carvalho',
  'Jun Park',
  'Kaya Demir',
  'Liam Byrne',
];
const verbs = ['Add', 'Fix', 'Move', 'Bound', 'Retry', 'Cache', 'Split', 'Test'];
const things = [
  'the invoice export',
  'webhook redelivery',
  'the search index',
  'tenant limits',
  'the login form',
  'currency rounding',
  'audit paging',
  'the nightly import',
];

/** Numbers between 0 and 1 that are the same in every run. */
function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Returns a team of twelve on five repositories, as bare clones show them: merges, tags, reverts, marks. */
export function richTeam(seed = 7): FakeData {
  const chance = createChance(seed);
  const data = emptyFakeData();
  const repositories = ['api', 'web', 'billing', 'infra', 'design-tokens'].map((name, index) =>
    fakeRepository({
      name,
      mergeStyle: name === 'web' ? 'squash' : name === 'infra' ? 'linear' : 'merge',
      commitCount: 2_400 - index * 500,
      lastCommitAt:
        name === 'design-tokens' ? fakeNow - 61 * dayMs : fakeNow - (index + 1) * hourMs,
    }),
  );
  data.repositories = repositories;
  data.people = names.map(fakePerson);
  data.codingAgents = 1;
  data.serviceBots = 2;
  let number = 400;
  for (let day = 120; day > 0; day -= 0.21) {
    const at = Math.round(fakeNow - day * dayMs + chance() * 6 * hourMs);
    const repository = repositories[Math.floor(chance() * 3)] ?? fakeRepository();
    const author = names[Math.floor(chance() * names.length)] ?? null;
    const isRecent = day < 28;
    number += 1;
    const isRevert = chance() < (isRecent ? 0.13 : 0.03);
    const long = chance() < 0.13;
    const hours = Math.exp(1 + chance() * 2.6) * (long ? 22 : 1);
    const verb = verbs[Math.floor(chance() * verbs.length)] ?? '';
    const thing = things[Math.floor(chance() * things.length)] ?? '';
    const isKnown = repository.mergeStyle === 'merge';
    data.work.push(
      fakeMerge({
        id: `pull-${number}`,
        repository,
        mergedAt: at,
        key: `#${number}`,
        title: isRevert ? `Revert "${verb} ${thing}"` : `${verb} ${thing}`,
        author,
        hours: isKnown ? hours : null,
        facts: {
          isRevert,
          ...(repository.name === 'billing' || day < 41 ? {} : releasedSoon(at, chance)),
        },
        aiEvidence: marks(chance, isRecent),
      }),
      fakeCommit(`c${number}abcdef`, repository, at - hourMs, author, `${verb} ${thing}`),
    );
  }
  addInfra(data, chance);
  addReleases(data);
  addGaps(data);
  return data;
}

function releasedSoon(mergedAt: number, chance: () => number) {
  const releaseWaitMs = Math.round(5 * dayMs * chance());
  return { releasedAt: mergedAt + releaseWaitMs, releaseWaitMs };
}

function marks(chance: () => number, isRecent: boolean): WorkDetail['aiEvidence'] {
  if (chance() > (isRecent ? 0.46 : 0.2)) return [];
  const isAgent = chance() < 0.3;
  return [
    {
      class: isAgent ? 'agent_authored' : 'assisted',
      tool: isAgent ? 'Agent One' : 'Pair Tool',
      origin: isAgent ? 'author' : 'trailer',
    },
  ];
}

function addInfra(data: FakeData, chance: () => number): void {
  const infra = data.repositories[3];
  if (infra === undefined) return;
  for (let index = 0; index < 70; index += 1) {
    const author = chance() < 0.9 ? (names[3] ?? null) : (names[5] ?? null);
    const at = Math.round(fakeNow - index * 1.2 * dayMs);
    data.work.push(fakeCommit(`f${index}fedcba`, infra, at, author, 'Raise the node pool'));
  }
}

function addReleases(data: FakeData): void {
  const [api, web] = data.repositories;
  if (api === undefined || web === undefined) return;
  for (let index = 0; index < 12; index += 1) {
    data.work.push(fakeRelease(`v2.${30 - index}.0`, api, fakeNow - (41 + index * 9) * dayMs));
    data.work.push(fakeRelease(`web-${140 - index}`, web, fakeNow - (3 + index * 4) * dayMs));
  }
}

function addGaps(data: FakeData): void {
  data.gaps = [
    {
      code: 'squash_author_time',
      message:
        'Squash merges carry the time of the merge as author time, so first commit to merge is unknown for them.',
      source: 'git',
      scope: 'web',
      affectedCount: 141,
    },
    {
      code: 'rebase_merges_invisible',
      message:
        'The history is linear: merges that were rebased cannot be told from direct commits.',
      source: 'git',
      scope: 'infra',
      affectedCount: null,
    },
    {
      code: 'no_deployments',
      message: 'No source shows deployments. Say in the configuration which tags are deployments.',
      source: 'git',
      scope: 'api',
      affectedCount: null,
    },
  ];
}
