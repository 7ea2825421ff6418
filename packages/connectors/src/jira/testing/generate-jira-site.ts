import { createRandom } from '../../testing/random.ts';
import { createJiraData, type JiraData } from './jira-data.ts';
import type { TwinBoard, TwinProject, TwinSprint, TwinUser } from './jira-records.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const sprintMs = 14 * dayMs;

export interface GeneratedJiraSite {
  data: JiraData;
  owner: TwinUser;
  project: TwinProject;
  board: TwinBoard;
}

/** Returns a site with one project whose issues have gone through sprints; all of it is over at `to`. */
export function generateJiraSite({
  issues,
  to,
  seed = 7,
}: {
  issues: number;
  to: number;
  seed?: number;
}): GeneratedJiraSite {
  const random = createRandom(seed);
  const data = createJiraData();
  const people = ['Ada Hill', 'Grace Park', 'Linus Berg'].map((displayName) =>
    data.addUser({ displayName }),
  );
  const [owner] = people;
  if (owner === undefined) throw new Error('There is nobody.');
  data.addUser({ displayName: 'Automation for Jira', accountType: 'app', showsEmail: false });
  const project = data.addProject('PAY', 'Payments');
  const board = data.addBoard(project);
  const sprints = addSprints(data, board, to);
  const spanMs = sprints.length * sprintMs;
  for (let at = 0; at < issues; at += 1) {
    const createdAt = to - spanMs + Math.floor((at / issues) * (spanMs - 3 * dayMs));
    const by = people[at % people.length] ?? owner;
    const type = at % 5 === 0 ? 'bug' : 'story';
    const issue = data.addIssue(project, { summary: `Issue ${at}`, at: createdAt, by, type });
    const sprint = sprints.findLast(({ startAt }) => (startAt ?? 0) <= createdAt);
    data.estimate(issue, 1 + Math.floor(random.next() * 8), { at: createdAt + hourMs, by });
    if (sprint !== undefined) {
      data.moveToSprints(issue, [sprint], { at: createdAt + 2 * hourMs, by });
    }
    if (at % 4 === 3) continue;
    data.assign(issue, by, { at: createdAt + 3 * hourMs, by });
    data.transition(issue, 'In Progress', { at: createdAt + 4 * hourMs, by });
    if (at % 4 === 2) continue;
    const takenMs = Math.floor((4 + random.next() * 60) * hourMs);
    data.transition(issue, 'Done', { at: Math.min(to, createdAt + takenMs + 5 * hourMs), by });
  }
  return { data, owner, project, board };
}

function addSprints(data: JiraData, board: TwinBoard, to: number): TwinSprint[] {
  const count = 6;
  return Array.from({ length: count }, (_, position) => {
    const startAt = to - (count - position) * sprintMs;
    const isLast = position === count - 1;
    return data.addSprint(board, {
      name: `Sprint ${position + 1}`,
      state: isLast ? 'active' : 'closed',
      startAt,
      endAt: startAt + sprintMs,
      completedAt: isLast ? null : startAt + sprintMs,
    });
  });
}
