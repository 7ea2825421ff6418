import type { MetricSubject, PullRequestFactInput, SubjectRows } from '@adjutant/core/domain';
import * as fc from 'fast-check';
import { hourMs } from '../week-buckets.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { utc } from './compute.ts';
import { deploymentRow, incidentRow } from './deployments.ts';
import { runRow } from './pipeline-runs.ts';
import { eventAt, factInput, factsRow } from './pull-requests.ts';
import { itemRow, spansOf } from './work-items.ts';

/** Twelve full weeks, from a Monday to the Monday on which everything is asked. */
export const propertyWindow = { from: utc('2026-02-02'), to: utc('2026-04-27') };
const windowHours = (propertyWindow.to - propertyWindow.from) / hourMs;

/** As often many things as few. */
const manyThings = { maxLength: 16, size: 'max' } as const;
/** Whole hours, so that ties and borders of weeks happen; some before the window. */
const instant = fc
  .integer({ min: -200, max: windowHours - 1 })
  .map((hours) => propertyWindow.from + hours * hourMs);
/** Hours that pass until the next thing; a few of them are negative, as of clocks that are wrong. */
const hours = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 60 }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 400 }) },
  { weight: 1, arbitrary: fc.integer({ min: -30, max: -1 }) },
);
const maybeHours = fc.option(hours, { freq: 4 });
const after = (at: number, passed: number | null): number | null =>
  passed === null ? null : at + passed * hourMs;

const eventShape = fc.record({
  passed: hours,
  kind: fc.constantFrom(
    'review' as const,
    'review' as const,
    'comment' as const,
    'ready_for_review' as const,
    'converted_to_draft' as const,
    'review_dismissed' as const,
    'force_pushed' as const,
    'closed' as const,
    'reopened' as const,
  ),
  state: fc.constantFrom(null, 'approved', 'changes_requested', 'dismissed'),
  actor: fc.constantFrom('author', 'reviewer', 'other', 'robot', null),
});

/** Pull requests as a store knows them: merged or open, drafts, reviewed by people and bots or not. */
export const arbitraryFactInputs: fc.Arbitrary<PullRequestFactInput[]> = fc
  .array(
    fc.record({
      at: instant,
      isOpened: fc.constantFrom(true, true, true, false),
      codedBefore: maybeHours,
      mergedAfter: maybeHours,
      deployedAfter: maybeHours,
      releasedAfter: maybeHours,
      readyAfter: fc.option(hours, { freq: 2 }),
      byTime: fc.boolean(),
      authorIsBot: fc.constantFrom(false, false, false, true),
      title: fc.constantFrom('Add a thing', 'Revert "Add a thing"', 'Hotfix: stop the loop'),
      size: fc.option(fc.integer({ min: 0, max: 1_500 }), { freq: 4 }),
      events: fc.array(eventShape, { maxLength: 5, size: 'max' }),
    }),
    manyThings,
  )
  .map((requests) =>
    requests.map((request, position) => {
      const mergedAt = after(request.at, request.mergedAfter);
      const deployedAt = mergedAt === null ? null : after(mergedAt, request.deployedAfter);
      return factInput({
        authorIsBot: request.authorIsBot,
        pullRequest: {
          externalId: String(position),
          title: request.title,
          state: mergedAt === null ? 'open' : 'merged',
          // A clone shows merges and no openings.
          openedAt: request.isOpened || mergedAt === null ? request.at : null,
          readyAt: after(request.at, request.readyAfter),
          mergedAt,
          additions: request.size,
          deletions: request.size === null ? null : 3,
        },
        commitAuthoredAts:
          request.codedBefore === null ? [] : [request.at - request.codedBefore * hourMs],
        events: request.events.map(({ passed, kind, state, actor }, place) =>
          eventAt(request.at + passed * hourMs, kind, {
            externalId: `${position}-${place}`,
            state,
            actorAccountExternalId: actor,
            subjectAccountExternalId: 'reviewer',
            actorIsBot: actor === 'robot',
          }),
        ),
        deployment:
          deployedAt === null
            ? null
            : { finishedAt: deployedAt, method: request.byTime ? 'time' : 'exact_sha' },
        releasedAt: mergedAt === null ? null : after(mergedAt, request.releasedAfter),
      });
    }),
  );

/** The rows of pull requests, computed as they are in the store. */
export function pullRequestRows(
  inputs: readonly PullRequestFactInput[],
): SubjectRows['pull_request'][] {
  return inputs.map((input) => factsRow(pullRequestFacts.compute(input)));
}

/** Rows of each thing that a subject may have, numbered by their place. */
function manyOf<Shape, Row extends { id: string }>(
  shape: fc.Arbitrary<Shape>,
  rowsOf: (fields: Shape) => Row[],
): fc.Arbitrary<Row[]> {
  return fc
    .array(shape, manyThings)
    .map((things) =>
      things.flatMap((fields, place) => rowsOf(fields).map((row) => ({ ...row, id: `${place}` }))),
    );
}

const deployments = manyOf(
  fc.record({
    finishedAt: instant,
    result: fc.constantFrom('success', 'success', 'success', 'failure', 'running'),
    kind: fc.constantFrom(null, 'planned', 'hotfix', 'rollback'),
    origin: fc.constantFrom('deployment', 'tag'),
    incidentCount: fc.constantFrom(0, 0, 1, 2),
    incidentLink: fc.constantFrom('explicit', 'time'),
    restoredAfter: maybeHours,
    rolledBackAfter: fc.option(hours, { freq: 1 }),
    hotfixCount: fc.constantFrom(0, 0, 1),
    serviceKey: fc.constantFrom(null, 'shop', 'search'),
  }),
  ({ finishedAt, restoredAfter, rolledBackAfter, incidentLink, ...fields }) => [
    {
      ...deploymentRow('2026-01-01'),
      ...fields,
      finishedAt,
      incidentLink: fields.incidentCount > 0 ? incidentLink : null,
      restoredAt: fields.incidentCount > 0 ? after(finishedAt, restoredAfter) : null,
      rolledBackAt: after(finishedAt, rolledBackAfter),
    },
  ],
);

const incidents = manyOf(
  fc.record({
    createdAt: instant,
    isExternal: fc.constantFrom(false, false, true),
    acknowledgedAfter: maybeHours,
    resolvedAfter: maybeHours,
    linkMethod: fc.constantFrom(null, 'explicit', 'time'),
  }),
  ({ createdAt, acknowledgedAfter, resolvedAfter, ...fields }) => [
    {
      ...incidentRow('2026-01-01'),
      ...fields,
      createdAt,
      acknowledgedAt: after(createdAt, acknowledgedAfter),
      resolvedAt: after(createdAt, resolvedAfter),
    },
  ],
);

const pipelineRuns = manyOf(
  fc.record({
    finishedAt: instant,
    took: maybeHours,
    waited: maybeHours,
    name: fc.constantFrom('build', 'test'),
    result: fc.constantFrom('success', 'success', 'failure', 'cancelled', null),
    sha: fc.constantFrom('one', 'two', 'three', null),
  }),
  ({ finishedAt, took, waited, ...fields }) => {
    const startedAt = took === null ? null : finishedAt - took * hourMs;
    const queuedAt = startedAt === null || waited === null ? null : startedAt - waited * hourMs;
    return [runRow(finishedAt, { ...fields, startedAt, queuedAt })];
  },
);

const actions = manyOf(
  fc.record({
    decidedAt: instant,
    waited: maybeHours,
    byPolicy: fc.boolean(),
    verdict: fc.constantFrom('approve', 'decline'),
    modified: fc.boolean(),
  }),
  ({ decidedAt, waited, ...fields }) => [
    {
      id: '',
      type: 'example.post',
      ...fields,
      decidedAt,
      preparedAt: waited === null ? null : decidedAt - waited * hourMs,
    },
  ],
);

const itemShape = fc.record({
  at: instant,
  kind: fc.constantFrom('story', 'bug', 'epic', 'subtask'),
  statusCategory: fc.constantFrom('to_do', 'in_progress', 'done', 'done', null),
  startedAfter: maybeHours,
  doneAfter: hours,
});

const workItems = manyOf(
  itemShape,
  ({ at, kind, statusCategory, startedAfter, doneAfter }) => [
    itemRow({
      kind,
      statusCategory,
      createdAt: at,
      startedAt: after(at, startedAfter),
      // A reopened item keeps its earlier end.
      doneAt: statusCategory === 'to_do' ? null : after(at, doneAfter),
    }),
  ],
);

const statusSpans = manyOf(
  fc.record({
    at: instant,
    kind: fc.constantFrom('story', 'bug', 'epic', 'subtask'),
    isDone: fc.boolean(),
    path: fc.array(
      fc.record({
        status: fc.constantFrom('Backlog', 'Doing', 'Review', 'Done', 'Blocked'),
        stayed: fc.integer({ min: 1, max: 400 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    hasCreation: fc.constantFrom(true, true, true, false),
  }),
  ({ at, kind, path, isDone, hasCreation }) => {
    let from = at;
    const last = isDone ? [{ status: 'Done', stayed: 1 }] : [];
    const steps = [...path, ...last].map(({ status, stayed }) => {
      const step = [status, new Date(from).toISOString().slice(0, 16).replace('T', ' ')] as const;
      from += stayed * hourMs;
      return step;
    });
    const spans = spansOf(steps, { kind });
    return spans.map((row, place) =>
      place === 0 && !hasCreation ? { ...row, createdAt: null, from: null } : row,
    );
  },
);

/** Rows of every subject, in a window or about it. A subject that is added is missed here by name. */
export const arbitraryRows: {
  readonly [Subject in MetricSubject]: fc.Arbitrary<SubjectRows[Subject][]>;
} = {
  pull_request: arbitraryFactInputs.map(pullRequestRows),
  deployed_commit: manyOf(fc.record({ deployedAt: instant, waited: maybeHours }), (fields) => [
    {
      id: '',
      deployedAt: fields.deployedAt,
      authoredAt: fields.waited === null ? null : fields.deployedAt - fields.waited * hourMs,
    },
  ]),
  review: manyOf(
    fc.record({ reviewedAt: instant, reviewer: fc.integer({ min: 1, max: 9 }) }),
    (fields) => [{ id: '', ...fields }],
  ),
  deployment: deployments,
  incident: incidents,
  release: manyOf(
    fc.record({ releasedAt: instant, repositoryExternalId: fc.constantFrom('one', 'two') }),
    (fields) => [{ id: '', ...fields }],
  ),
  pipeline_run: pipelineRuns,
  action: actions,
  work_item: workItems,
  status_span: statusSpans,
};
