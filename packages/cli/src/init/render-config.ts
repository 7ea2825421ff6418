import { stringify } from 'yaml';
import { githubTokenVariable, type InitAnswers } from './init-answers.ts';

/** Returns the text of a configuration. It names environment variables at most, never a secret. */
export function renderConfig(answers: InitAnswers, repository: string | null): string {
  const { repositories, deploymentTags, github, teams } = answers;
  const sections = [
    '# Adjutant. A value may come from the environment: ${NAME}. No secret belongs in this file.',
    '# Relative to this file, or the address of a database: ${ADJUTANT_STORE}.',
    section({ store: 'file:.adjutant/adjutant.db' }),
  ];
  if (repositories.length > 0 || github !== null) {
    const deployments =
      deploymentTags === null
        ? {}
        : { deployments: { tags: deploymentTags, environment: 'production' } };
    const connectors = {
      ...(repositories.length > 0 ? { git: { repositories, ...deployments } } : {}),
      ...(github === null
        ? {}
        : { github: { repositories: [github], token: `\${${githubTokenVariable}}` } }),
    };
    sections.push('', section({ connectors }));
  } else {
    sections.push('', '# connectors: { git: { repositories: [.] } }');
  }
  if (teams.length > 0) {
    const owned = (isDefault: boolean): string[] =>
      isDefault && repository !== null ? [repository] : [];
    sections.push(
      '',
      '# Teams as CODEOWNERS names them. A repository belongs to one team; paths inside one do not count yet.',
      section({
        teams: teams.map(({ key, name, isDefault }) => ({
          key,
          name,
          repositories: owned(isDefault),
        })),
      }),
    );
  }
  return `${sections.join('\n')}\n`;
}

function section(value: unknown): string {
  return stringify(value, { lineWidth: 100 }).trimEnd();
}
