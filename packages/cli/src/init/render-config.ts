import { Document, isScalar, isSeq, stringify } from 'yaml';
import type { InitAnswers } from './init-answers.ts';
import { variables } from './variables.ts';

/** Returns the text of a configuration. It names environment variables at most, never a secret. */
export function renderConfig(answers: InitAnswers, repository: string | null): string {
  const { teams } = answers;
  const connectors = connectorsOf(answers);
  const sections = [
    '# Adjutant. A value may come from the environment: ${NAME}. No secret belongs in this file.',
    '# Relative to this file, or the address of a database: ${ADJUTANT_STORE}.',
    section({ store: 'file:.adjutant/adjutant.db' }),
  ];
  if (Object.keys(connectors).length > 0) {
    sections.push('', withNames(connectors, answers));
  } else {
    sections.push('', '# connectors: { git: { repositories: [.] } }');
  }
  if (teams.length > 0) {
    sections.push(
      '',
      '# Teams as CODEOWNERS names them. A repository belongs to one team; paths inside one do not count yet.',
      section({ teams: teamsOf(teams, repository) }),
    );
  }
  return `${sections.join('\n')}\n`;
}

/** Returns teams as the configuration names them: what nobody else owns is the default one's. */
export function teamsOf(
  teams: InitAnswers['teams'],
  repository: string | null,
): { key: string; name: string; repositories: string[] }[] {
  return teams.map(({ key, name, isDefault }) => ({
    key,
    name,
    repositories: isDefault && repository !== null ? [repository] : [],
  }));
}

/** Returns the section of each connector that something was answered for. */
export function connectorsOf({
  repositories,
  deploymentTags,
  github,
  jira,
  slack,
}: Pick<InitAnswers, 'repositories' | 'deploymentTags' | 'github' | 'jira' | 'slack'>): Record<
  string,
  Readonly<Record<string, unknown>>
> {
  const deployments =
    deploymentTags === null
      ? {}
      : { deployments: { tags: deploymentTags, environment: 'production' } };
  return {
    ...(repositories.length > 0 ? { git: { repositories, ...deployments } } : {}),
    ...(github === null
      ? {}
      : {
          github: {
            repositories: github.repositories,
            ...addressOf(github),
            token: referenceTo(variables.github),
          },
        }),
    ...(jira === null
      ? {}
      : {
          jira: {
            site: jira.site,
            projects: jira.projects,
            ...(jira.hasAccount ? { email: referenceTo(variables.jiraAccount) } : {}),
            token: referenceTo(variables.jira),
          },
        }),
    ...(slack === null
      ? {}
      : {
          slack: {
            channels: slack.channels.map(({ reference }) => reference),
            ...addressOf(slack),
            token: referenceTo(variables.slack),
          },
        }),
  };
}

function addressOf({ baseUrl }: { baseUrl: string | null }): { baseUrl?: string } {
  return baseUrl === null ? {} : { baseUrl };
}

function referenceTo(variable: string): string {
  return `\${${variable}}`;
}

/** The connectors as text; an id of a channel says nothing to a person, so its name stands beside it. */
function withNames(connectors: Record<string, unknown>, { slack }: InitAnswers): string {
  const document = new Document({ connectors });
  const channels = document.getIn(['connectors', 'slack', 'channels']);
  if (isSeq(channels)) {
    for (const item of channels.items) {
      const found = slack?.channels.find(
        ({ reference }) => isScalar(item) && item.value === reference,
      );
      // In one line and without what could end a comment.
      const name = found?.name?.replaceAll(/[^\p{L}\p{N}_.-]/gu, '') ?? '';
      if (isScalar(item) && name !== '') item.comment = ` ${name}`;
    }
  }
  return document.toString({ lineWidth: 100 }).trimEnd();
}

function section(value: unknown): string {
  return stringify(value, { lineWidth: 100 }).trimEnd();
}
