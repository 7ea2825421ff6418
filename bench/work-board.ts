// A made-up board as a connector gives it: work items with their changes of status, sprints of two
// weeks, and the runs of a build for each of sixty repositories. Drawn anew from each row's number.
import type { ConfiguredConnector, DomainRows } from '@adjutant/core';
import { seededRandom } from '@adjutant/core/domain';
import {
  buildPipelineRun,
  buildSprint,
  buildWorkItem,
  createRowsConnector,
} from '@adjutant/core/testing';
import { seedEnd, seedStart } from './seed-store.ts';

const hourMs = 3_600_000;
const sprintMs = 14 * 24 * hourMs;
const projects = 25;
const repositories = 60;
const openEvery = 25;
const sprints = Math.floor((seedEnd - seedStart) / sprintMs);
const inRecord = 500;

export interface BoardSize {
  items: number;
  runs: number;
  people: number;
}

/** Returns the board as a source that gives everything in its first pass and nothing in later ones. */
export function workBoard(size: BoardSize): ConfiguredConnector {
  let hasGiven = false;
  return createRowsConnector({
    id: 'board',
    title: 'Board',
    showsCode: false,
    records: () => {
      if (hasGiven) return {};
      hasGiven = true;
      return Object.fromEntries([
        ['frame', frameRows(size)],
        ...slices(size.items, 'items', (from, to) => itemRows(from, to, size)),
        ...slices(size.runs, 'runs', (from, to) => runRows(from, to)),
      ]);
    },
  });
}

function slices(
  count: number,
  name: string,
  rows: (from: number, to: number) => DomainRows,
): [string, DomainRows][] {
  return Array.from({ length: Math.ceil(count / inRecord) }, (_, at) => [
    `${name}-${at}`,
    rows(at * inRecord, Math.min(count, (at + 1) * inRecord)),
  ]);
}

const sequence = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, offset) => from + offset);

function frameRows({ people }: BoardSize): DomainRows {
  return {
    sprints: sequence(0, sprints).map(sprintOf),
    repositories: sequence(0, repositories).map((number) => ({
      source: 'board',
      externalId: `service-${number}`,
      name: `service-${number}`,
      fullName: `board/service-${number}`,
      url: null,
      defaultBranch: 'main',
      mergeStyle: null,
    })),
    accounts: sequence(0, people).map((number) => ({
      source: 'board',
      externalId: `person-${number}`,
      login: `person-${number}`,
      name: null,
      email: `person-${number}@example.com`,
      emailVerified: true,
      vendorId: null,
      kind: 'human',
      isBot: false,
    })),
  };
}

function sprintOf(number: number) {
  const startedAt = seedStart + number * sprintMs;
  const isActive = number === sprints - 1;
  return buildSprint({
    source: 'board',
    externalId: `sprint-${number}`,
    name: `Sprint ${number}`,
    state: isActive ? 'active' : 'closed',
    startedAt,
    plannedEndAt: startedAt + sprintMs,
    completedAt: isActive ? null : startedAt + sprintMs,
  });
}

function itemRows(from: number, to: number, { people }: BoardSize): DomainRows {
  const given = sequence(from, to).map((number) => itemOf(number, people));
  return {
    workItems: given.map(({ item }) => item),
    workItemChanges: given.flatMap(({ changes }) => changes),
  };
}

function itemOf(number: number, people: number) {
  const random = seededRandom(number + 1);
  const isOpen = number % openEvery === 0;
  const createdAt = isOpen
    ? seedEnd - Math.floor(random() * sprintMs * 2)
    : seedStart + Math.floor(random() * (seedEnd - seedStart - sprintMs));
  const startedAt = createdAt + Math.ceil(random() * 100 * hourMs);
  const doneAt = isOpen ? null : startedAt + Math.ceil(random() * 200 * hourMs);
  const sprint = Math.min(sprints - 1, Math.floor((startedAt - seedStart) / sprintMs));
  const workItemExternalId = `item-${number}`;
  const change = (at: number, fromValue: string, toValue: string) => ({
    source: 'board',
    externalId: `${workItemExternalId}-${toValue}`,
    workItemExternalId,
    field: 'status',
    fromValue,
    toValue,
    actorAccountExternalId: null,
    at,
  });
  const item = buildWorkItem({
    source: 'board',
    externalId: workItemExternalId,
    key: `P${number % projects}-${number}`,
    title: `Item ${number}`,
    statusCategory: isOpen ? 'in_progress' : 'done',
    originalStatus: isOpen ? 'In Progress' : 'Done',
    assigneeAccountExternalId: number % 7 === 0 ? null : `person-${number % people}`,
    sprintExternalId: number % 2 === 0 ? `sprint-${sprint}` : null,
    createdAt,
    startedAt,
    doneAt,
  });
  return {
    item,
    changes: [
      change(startedAt, 'To Do', 'In Progress'),
      ...(doneAt === null
        ? []
        : [change(startedAt + 1, 'In Progress', 'In Review'), change(doneAt, 'In Review', 'Done')]),
    ],
  };
}

function runRows(from: number, to: number): DomainRows {
  return {
    pipelineRuns: sequence(from, to).map((number) => {
      const random = seededRandom(number + 1);
      const startedAt = seedStart + Math.floor(random() * (seedEnd - seedStart));
      return buildPipelineRun({
        source: 'board',
        externalId: `run-${number}`,
        repositoryExternalId: `service-${number % repositories}`,
        name: 'build',
        result: number % 12 === 0 ? 'failure' : 'success',
        sha: `sha-${number}`,
        branch: 'main',
        queuedAt: startedAt,
        startedAt,
        finishedAt: startedAt + Math.ceil(random() * 20) * 60_000,
      });
    }),
  };
}
