import {
  plantBacklog,
  plantLeakyTitles,
  plantOversized,
  plantUnreviewed,
} from './episodes/code.ts';
import {
  plantBrokenDeployments,
  plantFlaky,
  plantRedMain,
  plantSlowBuilds,
} from './episodes/delivery.ts';
import { plantDrifts } from './episodes/drifts.ts';
import { plantStrangers } from './episodes/identities.ts';
import { plantIncidents, plantOutage } from './episodes/incidents.ts';
import { plantLeakyItems, plantStuck, plantUnplanned } from './episodes/items-at-work.ts';
import { plantBlocked, plantOverdue, plantUnowned } from './episodes/items.ts';
import { plantStale, plantWaiting } from './episodes/pull-requests.ts';
import { plantSprints } from './episodes/sprints.ts';
import { plantThreads } from './episodes/threads.ts';
import { plantApprovals, plantLateIndex } from './episodes/upkeep.ts';
import { type Board, foundBoard, liveOnBoard, liveWithoutSprints } from './life/board-life.ts';
import { liveCode } from './life/code-life.ts';
import { foundOrganisation, type Organisation } from './organisation.ts';
import { createWorld, type World } from './world.ts';

/** Returns three months of an organisation, with what is true of them. */
export function makeWorld(
  seed: number,
  days: number,
): { world: World; organisation: Organisation } {
  const world = createWorld(seed, days);
  const organisation = foundOrganisation(world);
  liveCode(world, organisation, plantDrifts(world));
  for (const plant of [
    ...[plantStale, plantWaiting, plantOversized, plantUnreviewed, plantLeakyTitles, plantBacklog],
    ...[plantRedMain, plantSlowBuilds, plantBrokenDeployments, plantFlaky, plantThreads],
  ]) {
    plant(world, organisation);
  }
  plantWork(world, organisation);
  return { world, organisation };
}

const boardNames = [
  ['PAY', 'Payments'],
  ['WEB', 'Web'],
  ['LED', 'Ledger'],
] as const;

function plantWork(world: World, organisation: Organisation): void {
  const { people } = organisation;
  const boards: Board[] = [];
  for (const [key, name] of boardNames) {
    const isNamedWhenPlanned = key !== 'LED';
    const board = foundBoard(world, { key, name, people, isNamedWhenPlanned });
    plantSprints(world, board);
    liveOnBoard(world, board);
    boards.push(board);
  }
  const what = 'a team that names nobody before somebody takes an item up';
  world.either('story-without-owner', { what }, 'LED-*');
  const ops: Board = liveWithoutSprints(world, organisation, {
    ...{ key: 'OPS', name: 'Operations', perWeek: 3 },
  });
  plantOutage(world);
  plantIncidents(world, organisation, ops);
  for (const plant of [plantOverdue, plantBlocked, plantUnowned, plantLeakyItems]) {
    plant(world, ops);
  }
  plantUnplanned(world, boards);
  plantStuck(world, organisation, ops);
  plantStrangers(world, organisation, ops);
  plantApprovals(world);
  plantLateIndex(world, ops);
}
