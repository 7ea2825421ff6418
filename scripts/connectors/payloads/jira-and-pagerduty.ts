import {
  type JiraNormaliserPlace,
  jiraNormalisers,
} from '../../../packages/connectors/src/jira/index.ts';
import { pagerdutyNormalisers } from '../../../packages/connectors/src/pagerduty/index.ts';
import { createTally, type Expected, take, takeStray, type Tally } from './attempt.ts';
import { fieldsOf, type Recorded, recordedIn } from './recorded.ts';

type Take = (recorded: Recorded) => Expected[];

const none: Take = () => [];

function takesOf(place: JiraNormaliserPlace): Readonly<Record<string, Take>> {
  const issue: Take = ({ data }) => [
    { kind: 'workItems', normalise: () => jiraNormalisers.issue(data, place) },
  ];
  return {
    _raw_jira_api_issues: issue,
    _raw_jira_api_issues_for_due_date: issue,
    _raw_jira_api_issue_relationships: issue,
    _raw_jira_external_epics: issue,
    // One entry of a history at a time: most are of fields that nothing is kept of.
    _raw_jira_api_issue_changelogs: ({ data, input }) => {
      const id = String(fieldsOf(JSON.parse(input))['issue_id']);
      const bare = { id, key: `X-${id}`, fields: {} };
      const extra = { histories: [data] };
      return [{ kind: 'workItems', normalise: () => jiraNormalisers.issue(bare, place, extra) }];
    },
    _raw_jira_api_sprints: ({ data }) => [
      { kind: 'sprints', normalise: () => jiraNormalisers.sprint(data) },
    ],
    _raw_jira_api_users: ({ data }) => [
      { kind: 'accounts', normalise: () => jiraNormalisers.account(data) },
    ],
    // Read with issues, and no rows of their own.
    _raw_jira_api_issue_fields: none,
    _raw_jira_api_issue_types: none,
    _raw_jira_api_status: none,
    _raw_jira_api_projects: none,
    _raw_jira_api_remotelinks: none,
    _raw_jira_api_worklogs: none,
  };
}

/** Returns what came of each recorded table of Jira. */
export function jiraTables(stray: Tally): Tally[] {
  const dataOf = (table: string) => recordedIn('jira', table).map(({ data }) => data);
  const place = {
    fields: dataOf('_raw_jira_api_issue_fields'),
    statuses: dataOf('_raw_jira_api_status'),
  };
  return Object.entries(takesOf(place)).map(([table, expected]) => {
    const tally = createTally(`jira ${table.replace(/^_raw_jira_(?:api_)?/, '')}`);
    for (const recorded of recordedIn('jira', table)) {
      tally.payloads += 1;
      for (const one of expected(recorded)) take(tally, one);
      stray.payloads += 1;
      takeStray(stray, () => jiraNormalisers.issue(recorded.data, place));
      takeStray(stray, () => jiraNormalisers.sprint(recorded.data));
      takeStray(stray, () => jiraNormalisers.account(recorded.data));
      takeStray(stray, () => pagerdutyNormalisers.incident(recorded.data));
    }
    return tally;
  });
}

/** Returns what came of each recorded table of PagerDuty. */
export function pagerdutyTables(stray: Tally): Tally[] {
  const tally = createTally('pagerduty incidents');
  for (const { data } of recordedIn('pagerduty', '_raw_pagerduty_incidents')) {
    tally.payloads += 1;
    take(tally, { kind: 'incidents', normalise: () => pagerdutyNormalisers.incident(data) });
    stray.payloads += 1;
    takeStray(stray, () => pagerdutyNormalisers.user(data));
    takeStray(stray, () => jiraNormalisers.issue(data, {}));
  }
  return [tally];
}
