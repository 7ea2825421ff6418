import { buildMain, Pull } from '../pull.ts';
import type { CodePlace, Organisation, Person, PlaceName } from '../organisation.ts';
import {
  atWork,
  dayMs,
  hourMs,
  isWeekend,
  midnightOf,
  minuteMs,
  workHoursAfter,
} from '../working-time.ts';
import type { World } from '../world.ts';

/** How a place works in a stretch of time, where that is not as usual. */
export interface Bend {
  place: PlaceName;
  from: number;
  to: number;
  /** Of the usual number of pull requests. */
  share?: number;
  /** Working hours that go by before a change is opened. */
  extraWorkHours?: [number, number];
  /** Whoever is asked, most of the time. */
  reviewer?: (team: readonly Person[]) => Person | undefined;
  /** Whoever writes, most of the time. */
  author?: (team: readonly Person[]) => Person | undefined;
  /** Otherwise one of ten is written by anybody. */
  isAuthorSure?: boolean;
}

/** Plants the pull requests of every day: opened, read, answered and merged within a day or so. */
export function liveCode(world: World, organisation: Organisation, bends: readonly Bend[]): void {
  for (const [name, place] of Object.entries(organisation.places)) {
    for (let day = world.begins; day < world.to; day += dayMs) {
      if (isWeekend(day)) continue;
      const bend: Partial<Bend> =
        bends.find((one) => one.place === name && one.from <= day && day < one.to) ?? {};
      const wanted = (place.perWeek / 5) * (bend.share ?? 1);
      const count = Math.floor(wanted + world.dice.next());
      for (let nth = 0; nth < count; nth += 1) {
        ordinaryPull(world, organisation, place, { day, bend });
      }
    }
    deployDaily(world, organisation, place);
  }
}

function ordinaryPull(
  world: World,
  organisation: Organisation,
  place: CodePlace,
  { day, bend }: { day: number; bend: Partial<Bend> },
): void {
  const { dice } = world;
  const lead = bend.author?.(place.team);
  // Drawn all the same where the bend says who it is: what else happens does not hang on that.
  const anyone = dice.chance(0.9) && lead !== undefined ? lead : dice.oneOf(place.team);
  const author = bend.isAuthorSure === true ? (lead ?? anyone) : anyone;
  const others = place.team.filter((person) => person !== author);
  const named = dice.chance(0.8) ? bend.reviewer?.(place.team) : undefined;
  const reviewer = named !== undefined && named !== author ? named : dice.oneOf(others);
  const at = workHoursAfter(day + 9 * hourMs, dice.between(0, 7.9));
  const [least, most] = bend.extraWorkHours ?? [0, 0];
  const workedMs = dice.between(1, 5) * hourMs + (dice.between(least, most) / 8) * dayMs;
  const pull = new Pull(world, organisation, {
    ...{ place, author, at, reviewer, firstCommitAt: atWork(at - workedMs) - (workedMs % hourMs) },
  });
  let now = workHoursAfter(at, dice.between(0.3, 5));
  const kind = dice.next();
  if (kind < 0.2) {
    pull.review(reviewer, now, 'CHANGES_REQUESTED');
    now = workHoursAfter(now, dice.between(0.5, 5));
    pull.push(now);
    now = workHoursAfter(now, dice.between(0.3, 4));
  } else if (kind < 0.3) {
    pull.comment(reviewer, now);
    now = workHoursAfter(now, dice.between(0.3, 3));
    pull.comment(author, now);
    now = workHoursAfter(now, dice.between(0.3, 3));
  }
  pull.review(reviewer, now);
  now = workHoursAfter(now, dice.between(0.1, 3));
  if (dice.chance(0.03)) pull.close(now);
  else pull.merge(now);
}

/** What is merged reaches people on most days. */
function deployDaily(world: World, organisation: Organisation, place: CodePlace): void {
  for (let day = world.begins + dayMs; day < world.to; day += dayMs) {
    if (isWeekend(day) || world.dice.chance(0.3)) continue;
    const at = day + world.dice.between(10, 15) * hourMs;
    deploy(world, organisation, place, { at: Math.floor(at), environment: 'staging' });
    deploy(world, organisation, place, {
      ...{ at: Math.floor(at) + 30 * minuteMs, environment: 'production' },
    });
  }
}

/** Environments that are broken at present. */
export const brokenTargets = new WeakMap<World, Set<string>>();

export interface NewDeployment {
  at: number;
  environment: string;
  isWell?: boolean;
}

export function deploy(
  world: World,
  { actions }: Organisation,
  { repository }: CodePlace,
  { at, environment, isWell }: NewDeployment,
): void {
  world.at(at, () => {
    const commit = repository.commits.get(repository.headOid ?? '');
    if (commit === undefined) return;
    const broken = brokenTargets.get(world)?.has(`${repository.name} ${environment}`) ?? false;
    const state = (isWell ?? !broken) ? 'SUCCESS' : 'FAILURE';
    const fields = { environment, commit, createdAt: at, creator: actions };
    const deployment = world.github.addDeployment(repository, fields);
    world.github.addDeploymentStatus(deployment, { state: 'IN_PROGRESS', at });
    const endedAt = at + 6 * minuteMs;
    world.at(endedAt, () => {
      world.github.addDeploymentStatus(deployment, { state, at: endedAt });
    });
  });
}

/** Builds the default branch once more, as somebody does who looks. */
export function rebuild(
  world: World,
  organisation: Organisation,
  place: CodePlace,
  build: { at: number; conclusion?: 'success' | 'failure' | 'cancelled'; minutes?: number },
): void {
  world.at(build.at, () => {
    buildMain(world, organisation, place, { ...build, sha: place.repository.headOid ?? '' });
  });
}

/** Puts a commit on the default branch and builds it. */
export function pushMain(
  world: World,
  organisation: Organisation,
  place: CodePlace,
  { at, message }: { at: number; message: string },
): void {
  const { repository, team } = place;
  const by = world.dice.oneOf(team).github;
  world.at(at, () => {
    const parents = repository.headOid === null ? [] : [repository.headOid];
    const { oid } = world.github.addCommit(repository, { at, by, message, parents });
    repository.headOid = oid;
    repository.pushedAt = at;
    buildMain(world, organisation, place, { at, sha: oid });
  });
}

/** Returns a working instant some days into the three months. */
export function dayIn(world: World, day: number, hour: number): number {
  return atWork(midnightOf(world.from + day * dayMs) + hour * hourMs);
}
