import type { JiraData } from './jira-data.ts';
import type { TwinIssue, TwinUser } from './jira-records.ts';

export type JqlAnswer =
  | { ok: true; issues: TwinIssue[] }
  /** As Jira puts it, with status 400. */
  | { ok: false; message: string };

/** For whom it is answered: whoever sees everything, unless told. */
interface JqlAsker {
  timeZoneOffsetMs: number;
  by?: TwinUser;
  mayWrite?: boolean;
}

/**
 * Answers the part of JQL that a reader of a whole project needs, as Jira reads it: a date in quotes
 * is in the time zone of the token's account, a bare number is epoch milliseconds.
 */
export function runJql(
  data: JiraData,
  jql: string,
  { timeZoneOffsetMs, by, mayWrite = true }: JqlAsker,
): JqlAnswer {
  const [, where = '', order = ''] = /^(.*?)(?:\s+ORDER BY\s+(.*))?$/is.exec(jql.trim()) ?? [];
  if (where.trim() === '') return { ok: false, message: unbounded };
  const tests: ((issue: TwinIssue) => boolean)[] = [];
  for (const clause of where.split(/\s+AND\s+/i)) {
    const test = /^creator\s*=\s*currentUser\(\)$/i.test(clause.trim())
      ? ({ creator }: TwinIssue) => creator === by
      : testOf(data, clause.trim(), timeZoneOffsetMs);
    if (test === null) return { ok: false, message: `Error in the JQL Query: "${clause}".` };
    tests.push(test);
  }
  const issues = [...data.issues.values()].filter(
    (issue) =>
      !issue.isHidden &&
      (mayWrite || !issue.isForWriter) &&
      !issue.project.isHidden &&
      tests.every((test) => test(issue)),
  );
  return { ok: true, issues: sorted(issues, order) };
}

const unbounded = 'Unbounded JQL queries are not allowed here. Add a search restriction.';

function testOf(
  data: JiraData,
  clause: string,
  timeZoneOffsetMs: number,
): ((issue: TwinIssue) => boolean) | null {
  const projects = /^project\s+(?:in\s*\(([^)]*)\)|=\s*(\S+))$/i.exec(clause);
  if (projects !== null) {
    const named = (projects[1] ?? projects[2] ?? '').split(',').map((name) => name.trim());
    const known = named.map((name) =>
      data.projects.find(({ id, key }) => String(id) === name || key === name),
    );
    // Jira refuses a project that it does not show.
    if (known.some((project) => project === undefined || project.isHidden)) return null;
    return ({ project }) => known.includes(project);
  }
  const time = /^(created|updated)\s*(>=|<=|<|>)\s*(\d{10,}|"[^"]+")$/i.exec(clause);
  if (time === null) return null;
  const [, field = '', operator = '', value = ''] = time;
  const instant = value.startsWith('"')
    ? Date.parse(`${value.slice(1, -1).replaceAll('/', '-').replace(' ', 'T')}Z`) - timeZoneOffsetMs
    : Number(value);
  if (Number.isNaN(instant)) return null;
  const at = (issue: TwinIssue): number =>
    field.toLowerCase() === 'created' ? issue.createdAt : issue.updatedAt;
  return (issue) => {
    if (operator === '>=') return at(issue) >= instant;
    if (operator === '<=') return at(issue) <= instant;
    return operator === '<' ? at(issue) < instant : at(issue) > instant;
  };
}

function sorted(issues: TwinIssue[], order: string): TwinIssue[] {
  const keys = order
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [field = '', direction = 'ASC'] = part.split(/\s+/);
      return { field: field.toLowerCase(), sign: direction.toUpperCase() === 'DESC' ? -1 : 1 };
    });
  const valueOf = (issue: TwinIssue, field: string): number => {
    if (field === 'created') return issue.createdAt;
    return field === 'updated' ? issue.updatedAt : issue.number;
  };
  return issues.toSorted((one, other) => {
    for (const { field, sign } of keys) {
      const difference = (valueOf(one, field) - valueOf(other, field)) * sign;
      if (difference !== 0) return difference;
    }
    return one.id - other.id;
  });
}
