import { generateJiraSite, type JiraFault, startJiraTwin } from '@adjutant/connectors/testing';
import { killOverTwin, type TwinRuns } from './kill-over-twin.ts';

const issues = 160;
const paths = [/search\/jql$/, /changelog/, /sprint/, /field/, /users/, /project/, /./];
const answers: readonly JiraFault['answer'][] = [
  { status: 429, headers: { 'retry-after': '2' } },
  { status: 429, headers: { 'retry-after': 'soon' } },
  { status: 503 },
  { status: 502 },
];

/** Kills syncs from a Jira that fails now and then, and in which people go on working. */
export async function killJiraSync(folder: string, kills: number): Promise<TwinRuns> {
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  const site = generateJiraSite({ issues, to: Date.now() });
  const { data, owner, project } = site;
  const twin = await startJiraTwin({ ...site, clock: { now } });
  twin.site.limits = { ...twin.site.limits, issuesPerPage: 15 };
  try {
    return await killOverTwin(
      folder,
      {
        source: ['jira', twin.url, twin.token, twin.email],
        misbehave(dice) {
          const faults = Array.from({ length: 5 }, (): JiraFault => {
            const path = dice.oneOf(paths);
            const kind = Math.floor(dice.below(4));
            if (kind === 0) return { path, drops: dice.oneOf(['before', 'after']) };
            if (kind === 1) return { path, cuts: true };
            return { path, answer: dice.oneOf(answers) ?? { status: 500 } };
          });
          // Some requests go well before the next one goes wrong.
          const spaced = faults.flatMap((fault) => [
            { path: fault.path, times: 1 + Math.floor(dice.below(3)) },
            fault,
          ]);
          twin.faults.push(...spaced);
          twin.site.repeatsTokens = dice.below(5) < 1;
          return spaced.length;
        },
        behave() {
          twin.site.repeatsTokens = false;
          return twin.faults.splice(0).length;
        },
        change(dice) {
          const at = now();
          const known = [...data.issues.values()];
          data.addIssue(project, { summary: `Meanwhile ${known.length}`, at, by: owner });
          data.transition(dice.oneOf(known), dice.oneOf(['In Progress', 'Done']), {
            at,
            by: owner,
          });
          if (dice.below(3) < 1) data.deleteIssue(dice.oneOf(known));
        },
        setHoursAhead: (hours) => {
          aheadMs = hours * 3_600_000;
        },
        requests: () => twin.requests.length,
      },
      kills,
    );
  } finally {
    await twin.close();
  }
}
