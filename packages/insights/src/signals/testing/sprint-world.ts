import { createAdjutant, type DomainRows } from '@adjutant/core';
import type { AnySignalRule, WorkItem, WorkItemChange } from '@adjutant/core/domain';
import {
  buildSprint,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { onTestFinished } from 'vitest';
import { dayMs, now } from './judge-rule.ts';

const sprintDays = 14;

/** When a sprint begins: the seventh a few days ago, each other two weeks after the one before. */
export function startOf(number: number): number {
  return now - 5 * dayMs + (number - 7) * sprintDays * dayMs;
}

/** Starts a workspace with a board of sprints, of which the seventh runs, and real definitions. */
export async function startSprints(rules: readonly AnySignalRule[]) {
  const clock = createFakeClock(now);
  const items = new Map<string, WorkItem>();
  const changes: WorkItemChange[] = [];
  const sprints = [1, 2, 3, 4, 5, 6, 7, 8].map((number) =>
    buildSprint({
      source: 'board',
      externalId: String(number),
      name: `Sprint ${number}`,
      state: number < 7 ? 'closed' : number === 7 ? 'active' : 'future',
      startedAt: number > 7 ? null : startOf(number),
      plannedEndAt: startOf(number + 1),
      completedAt: number < 7 ? startOf(number + 1) : null,
    }),
  );
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    signals: rules,
    metrics: allMetrics,
    connectors: [
      createRowsConnector({
        id: 'board',
        records: (): Record<string, DomainRows> => ({
          all: { sprints, workItems: [...items.values()], workItemChanges: changes },
        }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const change = (
    key: string,
    field: string,
    [fromValue, toValue]: [string | null, string | null],
    at: number,
  ): void => {
    changes.push({
      source: 'board',
      externalId: `change-${changes.length}`,
      workItemExternalId: key,
      field,
      fromValue,
      toValue,
      actorAccountExternalId: null,
      at,
    });
  };
  const world = {
    adjutant,
    clock,
    handle,
    change,
    /** Puts an item down that came into sprints, each at an instant, and was done where told. */
    add: (
      key: string,
      moves: readonly [sprint: string, at: number][],
      fields: Partial<WorkItem> = {},
    ): void => {
      items.set(
        key,
        buildWorkItem({
          source: 'board',
          externalId: key,
          key,
          kind: 'story',
          createdAt: startOf(0),
          startedAt: null,
          statusCategory: fields.doneAt === undefined ? 'in_progress' : 'done',
          originalStatus: fields.doneAt === undefined ? 'Doing' : 'Done',
          assigneeAccountExternalId: 'ada',
          points: null,
          sprintExternalId: moves.at(-1)?.[0].split(',').at(-1) ?? null,
          ...fields,
        }),
      );
      let before: string | null = null;
      for (const [sprint, at] of moves) {
        change(key, 'sprint', [before, sprint], at);
        before = sprint;
      }
      const { doneAt = null } = fields;
      if (doneAt !== null) change(key, 'status', ['Doing', 'Done'], doneAt);
    },
    /** Puts items down that were planned for a sprint and done in it. */
    addDone: (sprint: number, count: number): void => {
      for (let position = 0; position < count; position += 1) {
        world.add(`PAY-${sprint}${position}0`, [[String(sprint), startOf(sprint) - dayMs]], {
          doneAt: startOf(sprint) + 3 * dayMs,
        });
      }
    },
    evaluate: async () => {
      await adjutant.sync();
      await handle.signals.evaluate({ everything: true });
      return (await handle.signals.list()).items;
    },
  };
  return world;
}
