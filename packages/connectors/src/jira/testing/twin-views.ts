import { z } from 'zod';
import { keyOf } from './jira-data.ts';
import {
  type TwinBoard,
  type TwinChange,
  type TwinComment,
  twinFields,
  type TwinIssue,
  type TwinLink,
  type TwinProject,
  type TwinSprint,
  type TwinStatus,
  type TwinUser,
} from './jira-records.ts';

/** Whether a comment is only for those who work there, not for customers of a portal. */
export function isInternal({ properties }: TwinComment): boolean {
  return properties.some(
    ({ key, value }) => key === 'sd.public.comment' && internalSchema.safeParse(value).success,
  );
}

const internalSchema = z.object({ internal: z.literal(true) });

/** Returns the views of rows as Jira's REST gives them, for a site at a URL. */
export function twinViews(url: string) {
  const user = (one: TwinUser) => ({
    self: `${url}/rest/api/3/user?accountId=${one.accountId}`,
    accountId: one.accountId,
    accountType: one.accountType,
    ...(one.showsEmail ? { emailAddress: one.emailAddress } : {}),
    displayName: one.displayName,
    active: one.active,
    timeZone: 'Europe/Berlin',
  });
  const status = ({ id, name, category }: TwinStatus) => ({
    self: `${url}/rest/api/3/status/${id}`,
    id,
    name,
    description: '',
    statusCategory: {
      self: `${url}/rest/api/3/statuscategory/${category}`,
      id: { new: 2, indeterminate: 4, done: 3 }[category],
      key: category,
      name: { new: 'To Do', indeterminate: 'In Progress', done: 'Done' }[category],
      colorName: 'blue-gray',
    },
  });
  const project = ({ id, key, name, typeKey }: TwinProject) => ({
    self: `${url}/rest/api/3/project/${id}`,
    id: String(id),
    key,
    name,
    projectTypeKey: typeKey,
    simplified: false,
    style: 'classic',
    isPrivate: false,
  });
  const sprint = (one: TwinSprint) => ({
    id: one.id,
    self: `${url}/rest/agile/1.0/sprint/${one.id}`,
    state: one.state,
    name: one.name,
    ...(one.startAt === null ? {} : { startDate: isoOf(one.startAt) }),
    ...(one.endAt === null ? {} : { endDate: isoOf(one.endAt) }),
    ...(one.completedAt === null ? {} : { completeDate: isoOf(one.completedAt) }),
    originBoardId: one.boardId,
    goal: '',
  });
  const fieldsOf = (one: TwinIssue): Record<string, unknown> => ({
    summary: one.summary,
    description: one.description,
    issuetype: { self: `${url}/rest/api/3/issuetype/${one.type.id}`, description: '', ...one.type },
    project: project(one.project),
    status: status(one.status),
    assignee: one.assignee === null ? null : user(one.assignee),
    reporter: one.reporter === null ? null : user(one.reporter),
    ...(one.parent === null
      ? {}
      : { parent: { id: String(one.parent.id), key: keyOf(one.parent) } }),
    created: jiraTime(one.createdAt),
    updated: jiraTime(one.updatedAt),
    resolutiondate: one.resolvedAt === null ? null : jiraTime(one.resolvedAt),
    statuscategorychangedate: jiraTime(one.statusChangedAt),
    duedate: one.dueDay,
    security: one.securityId === null ? null : { id: one.securityId, name: 'Some' },
    issuelinks: one.links.map((link) => linkOf(one, link)),
    [twinFields.sprint]: one.sprints.length === 0 ? null : one.sprints.map(sprintInIssue),
    [twinFields.classicPoints]: one.points,
    [twinFields.teamPoints]: null,
    [twinFields.flagged]: one.isFlagged ? [{ id: '10019', value: 'Impediment' }] : null,
  });
  /** Of the two issues the other one, on the side on which it is. */
  const linkOf = (one: TwinIssue, { id, type, source, destination }: TwinLink) => {
    const other = one === source ? destination : source;
    const shown = {
      id: String(other.id),
      key: keyOf(other),
      self: `${url}/rest/api/3/issue/${other.id}`,
      fields: { summary: other.summary, status: status(other.status) },
    };
    return {
      id: String(id),
      self: `${url}/rest/api/3/issueLink/${id}`,
      type: { ...type, self: `${url}/rest/api/3/issueLinkType/${type.id}` },
      ...(one === source ? { outwardIssue: shown } : { inwardIssue: shown }),
    };
  };
  const sprintInIssue = (one: TwinSprint) => ({
    id: one.id,
    name: one.name,
    state: one.state,
    boardId: one.boardId,
    goal: '',
  });
  return {
    user,
    status,
    project,
    sprint,
    /** Of the fields only those asked for; without any there is nothing but the id. */
    issue(one: TwinIssue, fields: readonly string[]) {
      const id = String(one.id);
      const self = `${url}/rest/api/3/issue/${id}`;
      if (fields.length === 0 || (fields.length === 1 && fields[0] === 'id')) return { id };
      const all = fieldsOf(one);
      const wanted = fields.includes('*all') ? Object.keys(all) : fields;
      const kept = wanted.filter((name) => Object.hasOwn(all, name));
      return {
        expand: '',
        id,
        self,
        key: keyOf(one),
        fields: Object.fromEntries(kept.map((name) => [name, all[name]])),
      };
    },
    history: (change: TwinChange, fieldIds: readonly string[]) => ({
      id: String(change.id),
      ...(change.by === null ? {} : { author: user(change.by) }),
      created: change.at,
      items: change.items.filter(
        ({ fieldId }) => fieldIds.length === 0 || fieldIds.includes(fieldId),
      ),
    }),
    board: ({ id, name, type }: TwinBoard) => ({
      id,
      self: `${url}/rest/agile/1.0/board/${id}`,
      name,
      type,
    }),
    boardConfiguration: ({ id, name, type, estimationField }: TwinBoard) => ({
      id,
      name,
      type,
      self: `${url}/rest/agile/1.0/board/${id}/configuration`,
      ...(estimationField === null
        ? {}
        : {
            estimation: {
              type: 'field',
              field: { fieldId: estimationField, displayName: 'Story Points' },
            },
          }),
    }),
    comment: (one: TwinComment, expandsProperties: boolean) => ({
      self: `${url}/rest/api/3/comment/${one.id}`,
      id: String(one.id),
      author: user(one.author),
      updateAuthor: user(one.author),
      body: one.body,
      created: jiraTime(one.createdAt),
      updated: jiraTime(one.createdAt),
      jsdPublic: !isInternal(one),
      ...(expandsProperties ? { properties: one.properties } : {}),
    }),
  };
}

export type TwinViews = ReturnType<typeof twinViews>;

/** As Jira writes times of issues: with an offset that has no colon. */
function jiraTime(at: number): string {
  return new Date(at + 3_600_000).toISOString().replace('Z', '+0100');
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

/** The custom fields of the site. */
export const customFieldViews = [
  {
    id: twinFields.sprint,
    key: twinFields.sprint,
    name: 'Sprint',
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: ['cf[10020]', 'Sprint'],
    schema: {
      type: 'array',
      items: 'json',
      custom: 'com.pyxis.greenhopper.jira:gh-sprint',
      customId: 10_020,
    },
  },
  {
    id: twinFields.classicPoints,
    key: twinFields.classicPoints,
    name: 'Story Points',
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: ['cf[10026]', 'Story Points'],
    schema: {
      type: 'number',
      custom: 'com.atlassian.jira.plugin.system.customfieldtypes:float',
      customId: 10_026,
    },
  },
  {
    id: twinFields.teamPoints,
    key: twinFields.teamPoints,
    name: 'Story point estimate',
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: ['cf[10016]', 'Story point estimate'],
    schema: {
      type: 'number',
      custom: 'com.pyxis.greenhopper.jira:jsw-story-points',
      customId: 10_016,
    },
  },
  {
    id: twinFields.flagged,
    key: twinFields.flagged,
    name: 'Flagged',
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: ['cf[10021]', 'Flagged'],
    schema: {
      type: 'array',
      items: 'option',
      custom: 'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes',
      customId: 10_021,
    },
  },
] as const;
