import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import type { MadeHistory, MadeTeam } from '../../testing/team-history.ts';
import { createRandom, type Random } from '../../testing/random.ts';
import { createPeople, teamAgent, teamBot } from '../../testing/team-people.ts';
import { generateTeamRepository } from './team-repository.ts';
import { sumUpTeam, type TrueMerge, type TrueRepository } from '../../testing/team-truth.ts';

export interface TeamOptions {
  seed: number;
  /** What the team's last day is counted from. */
  clock: Pick<Clock, 'now'>;
  days?: number;
  people?: number;
  repositories?: number;
  merges?: number;
  /** Where the repositories are made. Default: a new temporary folder. */
  directory?: string;
}

export interface GeneratedTeam extends MadeTeam {
  directory: string;
  /** Paths of the bare repositories, as the connector takes them. */
  repositories: string[];
  remove(): Promise<void>;
}

const dayMs = 86_400_000;
const repositoryNames = ['checkout', 'payments', 'storefront', 'mobile', 'platform'];
/** One repository has stopped releasing, so that there is something worth looking at. */
const overdueRepository = 1;
const overdueDays = 24;
const styles = ['merge', 'squash', 'merge', 'mixed', 'merge'] as const;

/**
 * Makes a team's repositories and returns what is true about them. The seed decides every figure; a
 * truth is counted while it is written, so that it can be held against what the connector reads.
 */
export async function generateTeam(options: TeamOptions): Promise<GeneratedTeam> {
  const { seed, clock, days = 60, people = 12, repositories = 5, merges = 400 } = options;
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'adjutant-team-')));
  const random = createRandom(seed);
  const to = Math.floor(clock.now() / 1_000) * 1_000;
  const window = { from: to - days * dayMs, to };
  const members = createPeople(people);
  const shares = shareOut(random, merges, repositories);
  const truths: TrueRepository[] = [];
  const pullRequests: TrueMerge[] = [];
  const deployedAt: number[] = [];
  const histories: MadeHistory[] = [];
  const used = new Set<string>();
  for (const [at, share] of shares.entries()) {
    const base = repositoryNames[at % repositoryNames.length] ?? 'repository';
    const name = at < repositoryNames.length ? base : `${base}-${at}`;
    const made = await generateTeamRepository({
      random,
      name,
      directory: join(directory, `${name}.git`),
      style: styles[at % styles.length] ?? 'merge',
      window,
      members,
      merges: share,
      releasesEndAt: at === overdueRepository ? to - overdueDays * dayMs : to,
      firstAuthor: at * Math.ceil(people / repositories),
    });
    truths.push(made.truth);
    pullRequests.push(...made.pullRequests);
    deployedAt.push(...made.taggedAt);
    histories.push(made.history);
    for (const email of made.emails) used.add(email);
  }
  const kinds = {
    humans: members.filter(
      ({ email, formerEmail }) => used.has(email) || used.has(formerEmail ?? ''),
    ).length,
    serviceBots: used.has(teamBot.email) ? 1 : 0,
    codingAgents: used.has(teamAgent.email) ? 1 : 0,
  };
  return {
    directory,
    seed,
    members,
    histories,
    repositories: truths.map(({ path }) => path),
    truth: sumUpTeam(window, kinds, truths, pullRequests, deployedAt),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Splits a number into uneven parts, none of them empty. */
function shareOut(random: Random, total: number, parts: number): number[] {
  const weights = Array.from({ length: parts }, () => 1 + random.next());
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight) => Math.max(1, Math.floor((total * weight) / sum)));
  const rest = total - shares.reduce((a, b) => a + b, 0);
  return shares.map((share, at) => (at === 0 ? share + rest : share));
}
