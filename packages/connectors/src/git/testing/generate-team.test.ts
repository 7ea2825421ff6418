import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GitConfig } from '../config.ts';
import { type GeneratedTeam, generateTeam } from './generate-team.ts';
import { rowsOf, syncIntoMemory } from './memory-sync.ts';
import { medianOf } from '../../testing/team-truth.ts';

const clock = { now: () => Date.parse('2026-11-20T17:00:00Z') };
const hourMs = 3_600_000;

async function readTeam(team: GeneratedTeam) {
  const rows = [];
  for (const path of team.repositories) {
    const config: GitConfig = {
      repositories: [path],
      deployments: { tags: 'v*', environment: 'production' },
    };
    const { memory } = await syncIntoMemory(config);
    rows.push(rowsOf(memory, config));
  }
  return rows;
}

describe('generateTeam, read by the connector', () => {
  let team: GeneratedTeam;
  let rows: Awaited<ReturnType<typeof readTeam>>;

  beforeAll(async () => {
    team = await generateTeam({ seed: 7, clock });
    rows = await readTeam(team);
  });

  afterAll(() => team.remove());

  it('has the size that was asked for', () => {
    expect(team.truth).toMatchObject({ humans: 12, serviceBots: 1, codingAgents: 1, merges: 400 });
    expect(team.repositories).toHaveLength(5);
    expect(team.truth.tags).toBeGreaterThan(20);
    expect(team.truth.reverts).toBeGreaterThan(3);
    expect(team.truth.waitingForTag).toBeGreaterThan(5);
    expect(team.truth.leadTimeCount).toBeGreaterThan(100);
  });

  it('gives the same counts per repository as the generator', () => {
    const read = rows.map((row) => ({
      commits: row.commits.length,
      merges: row.pullRequests.length,
      tags: row.releases.length,
      reverts: row.commits.filter(({ isRevert }) => isRevert).length,
      agentMarkedCommits: new Set(row.aiEvidence.map(({ subjectExternalId }) => subjectExternalId))
        .size,
    }));
    const told = team.truth.repositories.map(
      ({ name: _, path: __, style: ___, ...counts }) => counts,
    );
    expect(read).toEqual(told);
  });

  it('gives each pull request with the times the generator gave it', () => {
    const read = rows
      .flatMap((row) => {
        const releasedAt = new Map(
          row.releases.map((release) => [release.externalId, release.releasedAt]),
        );
        const releaseOf = new Map(
          row.releaseCommits.map(({ sha, releaseExternalId }) => [sha, releaseExternalId]),
        );
        return row.pullRequests.map((request) => ({
          sha: request.mergeSha,
          number: request.number,
          mergedAt: request.mergedAt,
          firstCommitAt: request.firstCommitAt,
          taggedAt: releasedAt.get(releaseOf.get(request.mergeSha ?? '') ?? '') ?? null,
          authorEmail: request.authorAccountExternalId,
        }));
      })
      .toSorted((a, b) => ((a.sha ?? '') < (b.sha ?? '') ? -1 : 1));
    const told = team.truth.pullRequests
      .map(({ repository: _, deployedAt: __, authorEmail, ...merge }) => ({
        ...merge,
        authorEmail: authorEmail.toLowerCase(),
      }))
      .toSorted((a, b) => (a.sha < b.sha ? -1 : 1));
    expect(read).toEqual(told);
    const toMerge = read.flatMap(({ mergedAt, firstCommitAt }) =>
      mergedAt === null || firstCommitAt === null ? [] : [(mergedAt - firstCommitAt) / hourMs],
    );
    expect(toMerge.length).toBe(team.truth.firstCommitToMergeCount);
    expect(medianOf(toMerge)).toBeCloseTo(team.truth.firstCommitToMergeP50Hours, 9);
  });

  it('gives every tag as a deployment, because the configuration says so', () => {
    const finished = rows.flatMap((row) => row.deployments.map(({ finishedAt }) => finishedAt));
    expect(finished.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(team.truth.deployedAt);
  });

  it('tells people, the bot and the agent apart, former addresses joined by the mailmap', () => {
    const accounts = new Map(
      rows.flatMap((row) => row.accounts).map((account) => [account.externalId, account.kind]),
    );
    const former = new Set(
      rows.flatMap((row) => row.identityMappings).map(({ fromExternalId }) => fromExternalId),
    );
    const count = (kind: string): number =>
      [...accounts].filter(([id, found]) => found === kind && !former.has(id)).length;
    expect([count('human'), count('service_bot'), count('coding_agent')]).toEqual([12, 1, 1]);
    expect(former.size).toBe(1);
  });

  it('names the merge style of each repository', () => {
    expect(rows.map((row) => row.repositories[0]?.mergeStyle)).toEqual([
      'merge',
      'squash',
      'merge',
      'mixed',
      'merge',
    ]);
  });
});

it('makes the same team of the same seed and another of another', async () => {
  const small = { clock, people: 4, repositories: 2, merges: 20, days: 20 };
  const teams = await Promise.all([1, 1, 2].map((seed) => generateTeam({ ...small, seed })));
  try {
    const shas = teams.map(({ truth }) => truth.pullRequests.map(({ sha }) => sha));
    expect(shas[0]).toEqual(shas[1]);
    expect(shas[0]).not.toEqual(shas[2]);
    expect(teams[0]?.truth.firstCommitToMergeP50Hours).not.toBe(
      teams[2]?.truth.firstCommitToMergeP50Hours,
    );
  } finally {
    await Promise.all(teams.map((team) => team.remove()));
  }
});
