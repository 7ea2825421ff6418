import { z } from 'zod';
import type { ChangePayload, IssuePayload, UserPayload } from '../map/issue-payload.ts';
import type { SprintPayload } from '../map/sprint-payload.ts';
import type { FieldRoles } from './field-roles.ts';
import { type LinkWords, linksOfRest } from './links-of-rest.ts';
import {
  restFieldsSchema,
  type RestHistory,
  type RestIssue,
  type RestSprint,
  restSprintSchema,
  type RestUser,
} from './rest-shapes.ts';

/** What of a site is needed to read its issues. */
export interface SiteTerms {
  roles: FieldRoles;
  /** Category of each status, by its id and by its name. */
  categories: ReadonlyMap<string, string>;
  linkWords: LinkWords;
}

/** Returns an issue in the form that records keep; null where its fields have another form. */
export function issueOfRest(
  issue: RestIssue,
  histories: readonly RestHistory[] | null,
  terms: SiteTerms,
): IssuePayload | null {
  const parsed = restFieldsSchema.safeParse(issue.fields);
  const { key } = issue;
  if (!parsed.success || key === null || key === undefined) return null;
  const fields = parsed.data;
  const { issuetype: type, status } = fields;
  return {
    id: issue.id,
    key,
    projectId: fields.project?.id ?? null,
    title: fields.summary ?? null,
    type:
      type === null || type === undefined
        ? null
        : {
            name: type.untranslatedName ?? type.name ?? null,
            isSubtask: type.subtask ?? null,
            level: type.hierarchyLevel ?? null,
            avatarId: type.avatarId ?? null,
          },
    status:
      status === null || status === undefined
        ? null
        : { name: status.name ?? null, category: status.statusCategory?.key ?? null },
    assignee: userOfRest(fields.assignee),
    reporter: userOfRest(fields.reporter),
    parentId: fields.parent?.id ?? fields.epic?.id ?? null,
    points: pointsOf(issue.fields, terms.roles),
    sprints: sprintsOf(issue.fields, terms.roles),
    createdAt: fields.created ?? null,
    updatedAt: fields.updated ?? null,
    resolvedAt: fields.resolutiondate ?? null,
    categoryChangedAt: fields.statuscategorychangedate ?? null,
    dueDay: fields.duedate ?? null,
    links: linksOfRest(issue.id, fields.issuelinks, terms.linkWords),
    changes: histories === null ? null : histories.flatMap((history) => changesOf(history, terms)),
  };
}

/** Returns a user in the form that records keep; null where nobody is named. */
export function userOfRest(user: RestUser): UserPayload {
  if (user === null || user === undefined) return null;
  const accountId = [user.accountId, accountIdIn(user.self)].find(isText);
  const id = accountId ?? [user.key, user.name].find(isText);
  if (id === undefined) return null;
  return {
    id,
    name: user.displayName ?? user.name ?? null,
    email: isText(user.emailAddress) ? user.emailAddress : null,
    type: user.accountType ?? null,
    active: user.active ?? null,
  };
}

/** Returns a sprint in the form that records keep. */
export function sprintOfRest(sprint: RestSprint): SprintPayload {
  const { originBoardId: board } = sprint;
  return {
    id: sprint.id,
    name: sprint.name ?? null,
    state: sprint.state ?? null,
    startAt: sprint.startDate ?? null,
    endAt: sprint.endDate ?? null,
    completedAt: sprint.completeDate ?? null,
    boardId: board === null || board === undefined ? null : String(board),
  };
}

function isText(value: string | null | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

/** Exports that hide who somebody is may leave the address of the account. */
function accountIdIn(address: string | null | undefined): string | null {
  if (!isText(address) || !URL.canParse(address)) return null;
  return new URL(address).searchParams.get('accountId');
}

function pointsOf(fields: RestIssue['fields'], { points }: FieldRoles): number | null {
  for (const id of points) {
    const value = fields[id];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
}

type SprintReference = NonNullable<IssuePayload['sprints']>[number];

function sprintsOf(fields: RestIssue['fields'], { sprint }: FieldRoles): SprintReference[] {
  const values = [
    fields['closedSprints'],
    fields['sprint'],
    ...(sprint === null ? [] : [fields[sprint]]),
  ];
  const found = values.flatMap((value) => [value].flat()).flatMap(referenceOf);
  return [...new Map(found.map((reference) => [reference.id, reference])).values()];
}

/** An object in Cloud; in Server the printed form of one, `…Sprint@1f[id=12,state=CLOSED,…]`. */
function referenceOf(value: unknown): SprintReference[] {
  if (typeof value === 'string') {
    const id = /[[,]id=(\d+)/.exec(value)?.[1];
    const state = /[[,]state=(\w+)/.exec(value)?.[1]?.toLowerCase() ?? null;
    return id === undefined ? [] : [{ id, state }];
  }
  const parsed = restSprintSchema.safeParse(value);
  return parsed.success ? [{ id: parsed.data.id, state: parsed.data.state ?? null }] : [];
}

/** Fields whose changes are kept, with the name they are kept under. Of others no text is taken. */
const keptFields: ReadonlyMap<string, string> = new Map([
  ['status', 'status'],
  ['assignee', 'assignee'],
  ['priority', 'priority'],
  ['issuetype', 'issuetype'],
  ['resolution', 'resolution'],
  ['duedate', 'duedate'],
  ['parent', 'parent'],
  ['project', 'project'],
]);
const pointsNames = /^story points?(?: estimate)?$/i;

function changesOf(history: RestHistory, terms: SiteTerms): ChangePayload[] {
  const actor = userOfRest(history.author);
  const seen = new Set<string>();
  return (history.items ?? []).flatMap((item, position) => {
    const kind = kindOfItem(item, terms.roles);
    if (kind === null) return [];
    // One change names a field once; if it should not, the later one still has an id of its own.
    const id = `${history.id}:${kind}${seen.has(kind) ? `:${position}` : ''}`;
    seen.add(kind);
    const to = valueOf(item, kind, 'to');
    return [
      {
        id,
        field: kind,
        at: history.created ?? null,
        actor,
        from: valueOf(item, kind, 'from'),
        to,
        toCategory: kind === 'status' ? categoryOf(item, to, terms) : null,
      },
    ];
  });
}

type Item = NonNullable<RestHistory['items']>[number];

function kindOfItem(item: Item, { points, sprint, flagged }: FieldRoles): string | null {
  const field = ownText(item, 'field') ?? '';
  const id = ownText(item, 'fieldId') ?? '';
  if (id !== '' && id === sprint) return 'sprint';
  if (points.includes(id)) return 'points';
  if (id !== '' && id === flagged) return 'flagged';
  // Where no field is known to hold them, the names that Jira's own plug-in gave tell: Server writes
  // no ids in a history, and an export may lack the list of fields.
  if ((id === '' || sprint === null) && field === 'Sprint') return 'sprint';
  if ((id === '' || points.length === 0) && pointsNames.test(field)) return 'points';
  return keptFields.get(id === '' ? field.toLowerCase() : id) ?? null;
}

function valueOf(item: Item, kind: string, side: 'from' | 'to'): string | null {
  const raw = ownText(item, side);
  const shown = ownText(item, `${side}String`);
  if (kind === 'sprint') return idList(raw);
  if (kind === 'assignee' || kind === 'parent' || kind === 'project') return blankless(raw);
  return blankless(shown ?? raw);
}

/** `12, 13` as Jira writes it, without blanks; null for none. */
function idList(text: string | null): string | null {
  const ids = (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return ids.length === 0 ? null : ids.join(',');
}

function blankless(text: string | null): string | null {
  return text === null || text === '' ? null : text;
}

function categoryOf(item: Item, name: string | null, { categories }: SiteTerms): string | null {
  const id = ownText(item, 'to');
  return categories.get(`id:${id}`) ?? categories.get(`name:${name}`) ?? null;
}

/** Every object has a member `toString` that is no text of Jira's. */
function ownText(item: Item, name: string): string | null {
  const value = Object.hasOwn(item, name) ? item[name] : null;
  return z.string().safeParse(value).data ?? null;
}
