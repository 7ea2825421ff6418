/** What the twin holds: rows as Jira has them, without its presentation. */

export interface TwinUser {
  accountId: string;
  displayName: string;
  emailAddress: string;
  /** Whether the profile shows the address to others. */
  showsEmail: boolean;
  accountType: 'atlassian' | 'app' | 'customer';
  active: boolean;
}

export interface TwinStatus {
  id: string;
  name: string;
  category: 'new' | 'indeterminate' | 'done';
}

export interface TwinProject {
  id: number;
  key: string;
  name: string;
  /** Nobody but those who are asked in sees it. */
  isHidden: boolean;
  typeKey: 'software' | 'service_desk';
  nextNumber: number;
}

export interface TwinSprint {
  id: number;
  boardId: number;
  name: string;
  state: 'future' | 'active' | 'closed';
  startAt: number | null;
  endAt: number | null;
  completedAt: number | null;
}

export interface TwinBoard {
  id: number;
  name: string;
  type: 'scrum' | 'kanban' | 'simple';
  projectId: number;
  /** Null for a board that counts issues. */
  estimationField: string | null;
}

export interface TwinChange {
  id: number;
  at: number;
  by: TwinUser | null;
  items: {
    field: string;
    fieldId: string;
    fieldtype: 'jira' | 'custom';
    from: string | null;
    fromString: string | null;
    to: string | null;
    toString: string | null;
  }[];
}

export interface TwinComment {
  id: number;
  author: TwinUser;
  createdAt: number;
  body: unknown;
  properties: { key: string; value: unknown }[];
}

export interface TwinIssue {
  id: number;
  number: number;
  project: TwinProject;
  summary: string;
  description: unknown;
  type: { id: string; name: string; subtask: boolean; hierarchyLevel: number; avatarId: number };
  status: TwinStatus;
  statusChangedAt: number;
  assignee: TwinUser | null;
  creator: TwinUser;
  reporter: TwinUser | null;
  parent: TwinIssue | null;
  /** Whoever may see it, where not everybody may. */
  securityId: string | null;
  /** Hidden from the account of the token. */
  isHidden: boolean;
  /** Shown only to the account that writes, as a security level may have it. */
  isForWriter: boolean;
  sprints: TwinSprint[];
  points: number | null;
  createdAt: number;
  updatedAt: number;
  resolvedAt: number | null;
  dueDay: string | null;
  /** Whether it is marked as impeded. */
  isFlagged: boolean;
  changes: TwinChange[];
  comments: TwinComment[];
  properties: Map<string, unknown>;
  links: TwinLink[];
}

/** One row for both of its issues. */
export interface TwinLink {
  id: number;
  type: (typeof twinLinkTypes)[number];
  /** The issue that blocks, clones or duplicates. */
  source: TwinIssue;
  destination: TwinIssue;
}

export const twinLinkTypes = [
  { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10001', name: 'Cloners', inward: 'is cloned by', outward: 'clones' },
  { id: '10002', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
  { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
  // One that a site made itself, the other way round.
  { id: '10100', name: 'Dependency', inward: 'is needed by', outward: 'needs' },
] as const;

export const twinFields = {
  sprint: 'customfield_10020',
  classicPoints: 'customfield_10026',
  teamPoints: 'customfield_10016',
  flagged: 'customfield_10021',
} as const;

export const twinStatuses: readonly TwinStatus[] = [
  { id: '10000', name: 'To Do', category: 'new' },
  { id: '10001', name: 'In Progress', category: 'indeterminate' },
  { id: '10002', name: 'In Review', category: 'indeterminate' },
  { id: '10003', name: 'Done', category: 'done' },
];

export const twinTypes = {
  story: { id: '10007', name: 'Story', subtask: false, hierarchyLevel: 0, avatarId: 10_315 },
  bug: { id: '10008', name: 'Bug', subtask: false, hierarchyLevel: 0, avatarId: 10_303 },
  task: { id: '10009', name: 'Task', subtask: false, hierarchyLevel: 0, avatarId: 10_318 },
  epic: { id: '10010', name: 'Epic', subtask: false, hierarchyLevel: 1, avatarId: 10_307 },
  subtask: { id: '10011', name: 'Subtask', subtask: true, hierarchyLevel: -1, avatarId: 10_316 },
} as const;
