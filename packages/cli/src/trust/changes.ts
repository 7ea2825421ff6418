import type { Config } from '../config/config-schema.ts';
import type { Capability } from './capabilities.ts';

/** Returns what could be changed outside, and deleted here. Policy still says what needs whom. */
export function changesOf({ connectors, signals, retention, archive }: Config): Capability[] {
  const { github, jira, pagerduty, slack } = connectors;
  const change = (what: string): Capability[] => [{ kind: 'change', what }];
  return [
    ...(github?.writeToken === undefined
      ? []
      : change('GitHub: pull requests, reviews, comments, issues and labels')),
    ...harmlessWorkflows(github).flatMap((name) =>
      change(`GitHub: runs ${name} again, at lower risk, as a workflow that deploys nothing`),
    ),
    ...(jira?.writeToken === undefined ? [] : change('Jira: issues, comments and sprints')),
    ...(pagerduty?.routingKey === undefined ? [] : change('PagerDuty: pages people on call')),
    ...(slack?.writeToken === undefined ? [] : change('Slack: messages in channels')),
    ...(slack?.approvals === undefined
      ? []
      : change(`Slack: shows and takes approvals in ${slack.approvals.channel}`)),
    ...(slack?.weeklyReport === undefined
      ? []
      : change(`Slack: proposes the report of the week for ${slack.weeklyReport.channel}`)),
    ...(jira?.lookUpAddresses === true ? change('Jira: is asked for addresses of people') : []),
    ...(signals?.propose ?? []).flatMap((rule) =>
      change(`proposes what the rule ${rule} suggests, unasked`),
    ),
    ...Object.entries(retention ?? {}).flatMap(([name, days]): Capability[] =>
      typeof days === 'number' ? [{ kind: 'delete', what: `${name} after ${days} days` }] : [],
    ),
    ...(archive === false ? [{ kind: 'delete' as const, what: 'without an archive' }] : []),
  ];
}

/** A run that deploys needs more to be started again, so who says that one does not decides of its risk. */
function harmlessWorkflows(github: Config['connectors']['github']): string[] {
  const said = Object.entries(github?.nonDeployingWorkflows ?? {});
  const marked = Object.entries(github?.workflows ?? {}).map(
    ([repository, entries]) =>
      [
        repository,
        entries.flatMap((each) =>
          typeof each === 'string' || each.deploys ? [] : [each.workflow],
        ),
      ] as const,
  );
  return [...said, ...marked].flatMap(([repository, names]) =>
    names.map((name) => `${name} of ${repository === '*' ? 'every repository' : repository}`),
  );
}
