import { z } from 'zod';
import type { IssuePayload } from '../map/issue-payload.ts';
import type { NodeKind } from '../reading/node-kind.ts';
import {
  connectionOf,
  fullId,
  graphqlWhoSchema,
  idOf,
  listOf,
  text,
  whoOfGraphql,
} from './graphql-shapes.ts';

const labelSchema = z.object({ name: text }).nullish();
const assigneeSchema = z.object({ login: text }).nullish();

const eventSchema = z.object({
  type: z.string(),
  id: z.string(),
  createdAt: text,
  actor: graphqlWhoSchema,
  stateReason: text,
  label: labelSchema,
  assignee: assigneeSchema,
  milestoneTitle: text,
  previousTitle: text,
  currentTitle: text,
});
type EventNode = z.infer<typeof eventSchema>;

const issueNodeSchema = z.object({
  id: z.string(),
  ...fullId,
  number: z.number().int(),
  title: z.string(),
  state: z.string(),
  stateReason: text,
  createdAt: text,
  updatedAt: text,
  closedAt: text,
  author: graphqlWhoSchema,
  assignees: connectionOf(
    z.object({
      type: z.string(),
      login: z.string(),
      databaseId: z.number().nullish(),
      name: text,
    }),
  ),
  labels: connectionOf(z.object({ name: z.string() })),
  milestone: z.object({ dueOn: text }).nullish(),
  parent: z.object(fullId).nullish(),
  timelineItems: connectionOf(eventSchema),
});
export type IssueNode = z.infer<typeof issueNodeSchema>;

/** Own fields of each kind of event that is read. */
const eventTypes: Readonly<Record<string, string>> = {
  ClosedEvent: 'stateReason',
  ReopenedEvent: '',
  LabeledEvent: 'label { name }',
  UnlabeledEvent: 'label { name }',
  AssignedEvent: 'assignee { ... on Actor { login } }',
  UnassignedEvent: 'assignee { ... on Actor { login } }',
  MilestonedEvent: 'milestoneTitle',
  DemilestonedEvent: 'milestoneTitle',
  RenamedTitleEvent: 'previousTitle currentTitle',
};

const itemTypes = Object.keys(eventTypes).map((type) =>
  type.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase(),
);

/** How issues are asked for, and the record made of one. */
export const issueKind: NodeKind<IssueNode> = {
  type: 'Issue',
  plural: 'issues',
  page: 100,
  fields: `databaseId fullDatabaseId number title state stateReason createdAt updatedAt closedAt
    author { ...Who } milestone { dueOn } parent { databaseId fullDatabaseId }`,
  nested: [
    { field: 'assignees', first: 5, nodes: 'type: __typename login databaseId name' },
    { field: 'labels', first: 10, nodes: 'name' },
    {
      field: 'timelineItems',
      first: 20,
      more: `itemTypes: [${itemTypes.join(', ')}]`,
      nodes: `type: __typename ${Object.entries(eventTypes)
        .map(([type, own]) => `... on ${type} { id createdAt actor { ...Who } ${own} }`)
        .join(' ')}`,
    },
  ],
  schema: issueNodeSchema,
  toPayload: (node, missing) => issuePayload(node, missing),
};

function issuePayload(node: IssueNode, missing: readonly string[]): IssuePayload {
  const [assignee] = listOf(node.assignees);
  return {
    nodeId: node.id,
    id: idOf(node),
    number: node.number,
    title: node.title,
    state: node.state,
    stateReason: node.stateReason ?? null,
    author: whoOfGraphql(node.author),
    assignee: whoOfGraphql(assignee),
    createdAt: node.createdAt ?? null,
    updatedAt: node.updatedAt ?? null,
    closedAt: node.closedAt ?? null,
    labels: missing.includes('labels') ? null : listOf(node.labels).map(({ name }) => name),
    parentId: node.parent === null || node.parent === undefined ? null : idOf(node.parent),
    dueAt: node.milestone?.dueOn ?? null,
    changes: missing.includes('timelineItems') ? null : listOf(node.timelineItems).map(change),
    ...(missing.length === 0 ? {} : { missing: [...missing] }),
  };
}

function change(event: EventNode) {
  const [from, to] = valuesOf(event);
  return {
    id: event.id,
    type: event.type,
    at: event.createdAt ?? null,
    actor: whoOfGraphql(event.actor),
    from: from ?? null,
    to: to ?? null,
  };
}

/** What the field was and what it became, where the event says so. */
function valuesOf(
  event: EventNode,
): [from: string | null | undefined, to: string | null | undefined] {
  switch (event.type) {
    case 'ClosedEvent':
      return ['open', event.stateReason?.toLowerCase() ?? 'closed'];
    case 'ReopenedEvent':
      return ['closed', 'open'];
    case 'LabeledEvent':
      return [null, event.label?.name];
    case 'UnlabeledEvent':
      return [event.label?.name, null];
    case 'AssignedEvent':
      return [null, event.assignee?.login];
    case 'UnassignedEvent':
      return [event.assignee?.login, null];
    case 'MilestonedEvent':
      return [null, event.milestoneTitle];
    case 'DemilestonedEvent':
      return [event.milestoneTitle, null];
    case 'RenamedTitleEvent':
      return [event.previousTitle, event.currentTitle];
    default:
      return [null, null];
  }
}
