import {
  type TwinBoard,
  type TwinChange,
  twinFields,
  type TwinIssue,
  type TwinLink,
  twinLinkTypes,
  type TwinProject,
  type TwinSprint,
  twinStatuses,
  twinTypes,
  type TwinUser,
} from './jira-records.ts';

interface Done {
  at: number;
  by: TwinUser | null;
}

/** A Jira site in memory, and the ways in which it changes: each leaves its history. */
export interface JiraData {
  users: TwinUser[];
  projects: TwinProject[];
  boards: TwinBoard[];
  sprints: TwinSprint[];
  issues: Map<number, TwinIssue>;
  addUser(user: Partial<TwinUser> & { displayName: string }): TwinUser;
  addProject(key: string, name?: string): TwinProject;
  addBoard(project: TwinProject, board?: Partial<TwinBoard>): TwinBoard;
  addSprint(board: TwinBoard, sprint: Partial<TwinSprint> & { name: string }): TwinSprint;
  addIssue(
    project: TwinProject,
    issue: {
      summary: string;
      at: number;
      by: TwinUser;
      type?: keyof typeof twinTypes;
      parent?: TwinIssue;
    },
  ): TwinIssue;
  transition(issue: TwinIssue, statusName: string, done: Done): void;
  assign(issue: TwinIssue, user: TwinUser | null, done: Done): void;
  estimate(issue: TwinIssue, points: number | null, done: Done): void;
  /** Marks it as impeded, or takes the mark away. */
  flag(issue: TwinIssue, isFlagged: boolean, done: Done): void;
  setDueDay(issue: TwinIssue, dueDay: string | null, done: Done): void;
  rename(issue: TwinIssue, summary: string, done: Done): void;
  moveToSprints(issue: TwinIssue, sprints: readonly TwinSprint[], done: Done): void;
  /** The key changes, the number stays. */
  moveToProject(issue: TwinIssue, project: TwinProject, done: Done): void;
  /** `source` blocks, duplicates … `destination`; both issues have changed. */
  link(
    source: TwinIssue,
    typeName: (typeof twinLinkTypes)[number]['name'],
    destination: TwinIssue,
    done: Done,
  ): TwinLink;
  unlink(link: TwinLink, done: Done): void;
  deleteIssue(issue: TwinIssue): void;
}

/** Returns an empty site. */
export function createJiraData(): JiraData {
  let lastId = 10_000;
  const next = (): number => (lastId += 1);
  const data: JiraData = {
    users: [],
    projects: [],
    boards: [],
    sprints: [],
    issues: new Map(),
    addUser(user) {
      const number = data.users.length + 1;
      const made: TwinUser = {
        accountId: `5b10ac8d82e05b22cc7d4e${String(number).padStart(2, '0')}`,
        emailAddress: `${user.displayName.toLowerCase().replaceAll(' ', '.')}@example.com`,
        showsEmail: true,
        accountType: 'atlassian',
        active: true,
        ...user,
      };
      data.users.push(made);
      return made;
    },
    addProject(key, name = key) {
      const project: TwinProject = {
        id: next(),
        key,
        name,
        isHidden: false,
        typeKey: 'software',
        nextNumber: 1,
      };
      data.projects.push(project);
      return project;
    },
    addBoard(project, board = {}) {
      const made: TwinBoard = {
        id: data.boards.length + 1,
        name: `${project.key} board`,
        type: 'scrum',
        projectId: project.id,
        estimationField: twinFields.classicPoints,
        ...board,
      };
      data.boards.push(made);
      return made;
    },
    addSprint(board, sprint) {
      const made: TwinSprint = {
        id: data.sprints.length + 1,
        boardId: board.id,
        state: 'future',
        startAt: null,
        endAt: null,
        completedAt: null,
        ...sprint,
      };
      data.sprints.push(made);
      return made;
    },
    addIssue(project, { summary, at, by, type = 'story', parent }) {
      const [first] = twinStatuses;
      if (first === undefined) throw new Error('There is no status.');
      const issue: TwinIssue = {
        id: next(),
        number: project.nextNumber++,
        project,
        summary,
        description: null,
        type: twinTypes[type],
        status: first,
        statusChangedAt: at,
        assignee: null,
        creator: by,
        reporter: by,
        parent: parent ?? null,
        securityId: null,
        isHidden: false,
        isForWriter: false,
        sprints: [],
        points: null,
        createdAt: at,
        updatedAt: at,
        resolvedAt: null,
        dueDay: null,
        isFlagged: false,
        changes: [],
        comments: [],
        properties: new Map(),
        links: [],
      };
      data.issues.set(issue.id, issue);
      return issue;
    },
    transition(issue, statusName, done) {
      const status = twinStatuses.find(({ name }) => name === statusName);
      if (status === undefined) throw new Error(`There is no status ${statusName}.`);
      record(issue, done, {
        field: 'status',
        fieldId: 'status',
        fieldtype: 'jira',
        from: issue.status.id,
        fromString: issue.status.name,
        to: status.id,
        toString: status.name,
      });
      if (issue.status.category !== status.category) issue.statusChangedAt = done.at;
      issue.resolvedAt = status.category === 'done' ? (issue.resolvedAt ?? done.at) : null;
      issue.status = status;
    },
    assign(issue, user, done) {
      record(issue, done, {
        field: 'assignee',
        fieldId: 'assignee',
        fieldtype: 'jira',
        from: issue.assignee?.accountId ?? null,
        fromString: issue.assignee?.displayName ?? null,
        to: user?.accountId ?? null,
        toString: user?.displayName ?? null,
      });
      issue.assignee = user;
    },
    estimate(issue, points, done) {
      record(issue, done, {
        field: 'Story Points',
        fieldId: twinFields.classicPoints,
        fieldtype: 'custom',
        from: null,
        fromString: issue.points === null ? null : String(issue.points),
        to: null,
        toString: points === null ? null : String(points),
      });
      issue.points = points;
    },
    flag(issue, isFlagged, done) {
      record(issue, done, {
        field: 'Flagged',
        fieldId: twinFields.flagged,
        fieldtype: 'custom',
        from: issue.isFlagged ? '[10019]' : '',
        fromString: issue.isFlagged ? 'Impediment' : '',
        to: isFlagged ? '[10019]' : '',
        toString: isFlagged ? 'Impediment' : '',
      });
      issue.isFlagged = isFlagged;
    },
    setDueDay(issue, dueDay, done) {
      record(issue, done, {
        field: 'duedate',
        fieldId: 'duedate',
        fieldtype: 'jira',
        from: issue.dueDay,
        fromString: issue.dueDay,
        to: dueDay,
        toString: dueDay,
      });
      issue.dueDay = dueDay;
    },
    rename(issue, summary, done) {
      record(issue, done, {
        field: 'summary',
        fieldId: 'summary',
        fieldtype: 'jira',
        from: null,
        fromString: issue.summary,
        to: null,
        toString: summary,
      });
      issue.summary = summary;
    },
    moveToSprints(issue, sprints, done) {
      record(issue, done, {
        field: 'Sprint',
        fieldId: twinFields.sprint,
        fieldtype: 'custom',
        from: issue.sprints.map(({ id }) => id).join(', '),
        fromString: issue.sprints.map(({ name }) => name).join(', '),
        to: sprints.map(({ id }) => id).join(', '),
        toString: sprints.map(({ name }) => name).join(', '),
      });
      issue.sprints = [...sprints];
    },
    moveToProject(issue, project, done) {
      record(issue, done, {
        field: 'project',
        fieldId: 'project',
        fieldtype: 'jira',
        from: String(issue.project.id),
        fromString: issue.project.name,
        to: String(project.id),
        toString: project.name,
      });
      issue.project = project;
      issue.number = project.nextNumber++;
    },
    link(source, typeName, destination, done) {
      const type = twinLinkTypes.find(({ name }) => name === typeName);
      if (type === undefined) throw new Error(`There is no type ${typeName}.`);
      const link = { id: next(), type, source, destination };
      for (const issue of [source, destination]) {
        record(issue, done, changeOfLink(issue, link, true));
        issue.links.push(link);
      }
      return link;
    },
    unlink(link, done) {
      for (const issue of [link.source, link.destination]) {
        record(issue, done, changeOfLink(issue, link, false));
        issue.links = issue.links.filter((one) => one !== link);
      }
    },
    deleteIssue(issue) {
      for (const { links } of data.issues.values()) {
        for (const link of links.filter((one) => [one.source, one.destination].includes(issue))) {
          links.splice(links.indexOf(link), 1);
        }
      }
      data.issues.delete(issue.id);
    },
  };
  const record = (issue: TwinIssue, { at, by }: Done, item: TwinChange['items'][number]): void => {
    issue.changes.push({ id: next(), at, by, items: [item] });
    issue.updatedAt = Math.max(issue.updatedAt, at);
  };
  return data;
}

/** As a history tells of a link: the words, and the key of the other issue. */
function changeOfLink(
  issue: TwinIssue,
  { type, source, destination }: TwinLink,
  isNew: boolean,
): TwinChange['items'][number] {
  const key = keyOf(issue === source ? destination : source);
  const words = `This issue ${issue === source ? type.outward : type.inward} ${key}`;
  return {
    field: 'Link',
    fieldId: 'issuelinks',
    fieldtype: 'jira',
    from: isNew ? null : key,
    fromString: isNew ? null : words,
    to: isNew ? key : null,
    toString: isNew ? words : null,
  };
}

/** Returns the key of an issue as it is now. */
export function keyOf({ project, number }: Pick<TwinIssue, 'project' | 'number'>): string {
  return `${project.key}-${number}`;
}
