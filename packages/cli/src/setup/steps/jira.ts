import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { jiraSchema } from '../../config/jira-schema.ts';
import { jiraCredentials } from '../../configured-jira.ts';
import { siteIn } from '../../init/ask-jira.ts';
import { listJira } from '../../init/listings.ts';
import { valueOf, variables } from '../../init/variables.ts';
import { type CliSetupStep, listOf, textOf } from '../cli-setup-step.ts';
import { readSection } from '../edit-config.ts';
import { tryListing } from '../try-listing.ts';
import { keepToken, tokenFor, tokenHint } from '../vendor-token.ts';

const sectionSchema = z
  .looseObject({
    site: z.string().catch(''),
    projects: z.array(z.string()).catch([]),
    email: z.string().optional(),
  })
  .optional()
  .catch(undefined);

/** Jira: items, sprints and what becomes of them. */
export const jiraStep: CliSetupStep = {
  id: 'jira',
  title: 'Jira',
  about:
    'Items and sprints: what was taken on, what changed, what was done. docs/connectors/jira.md says how to make a token; it is sent to this site and nowhere else.',
  check: 'Try it',
  read(setup) {
    const { env } = setup.context.io;
    const section = sectionSchema.parse(readSection(setup.place, ['connectors', 'jira']));
    return {
      isDone: section !== undefined,
      standing:
        section === undefined
          ? 'Nothing is read from Jira.'
          : `Read from ${section.site}: ${section.projects.join(', ')}.`,
      fields: [
        {
          name: 'site',
          label: 'Site',
          kind: 'text',
          hint: 'https://NAME.atlassian.net, or https://api.atlassian.com/ex/jira/CLOUD-ID for a token with scopes.',
          value: section?.site ?? valueOf(env, variables.jiraSite) ?? '',
        },
        {
          name: 'email',
          label: 'Account of the token',
          kind: 'text',
          hint: 'An address; without it the token goes as one of OAuth.',
          value: section?.email ?? '',
        },
        {
          name: 'token',
          label: 'Token',
          kind: 'secret',
          hint: tokenHint(setup, variables.jira),
          value: '',
        },
        {
          name: 'projects',
          label: 'Projects',
          kind: 'several',
          hint: 'By their keys, a line each. “Try it” lists what the token can read.',
          value: (section?.projects ?? []).join('\n'),
        },
      ],
    };
  },
  async try(setup, values) {
    const site = siteIn(textOf(values, 'site'));
    if (site === null) return { ok: false, said: 'That is no address of a Jira.' };
    const typed = textOf(values, 'token');
    const token = tokenFor(setup, jiraCredentials, { typed, variable: variables.jira });
    const email = accountOf(setup.context.io.env, textOf(values, 'email'));
    return tryListing(setup, { title: 'Jira', what: 'projects', field: 'projects' }, (asking) =>
      listJira({ site, token, email }, asking),
    );
  },
  async keep(setup, values) {
    const site = siteIn(textOf(values, 'site'));
    const projects = listOf(values, 'projects').map((key) => key.toUpperCase());
    const email = textOf(values, 'email');
    const draft = { site, projects, ...(email === '' ? {} : { email }) };
    if (site === null || projects.length === 0 || !jiraSchema.safeParse(draft).success) {
      throw new AdjutantError('InvalidInput', 'The site, or the key of a project, is not one.', {
        hint: 'Write https://NAME.atlassian.net and keys such as PAY, or leave the step out.',
      });
    }
    const kept = await keepToken(setup, jiraCredentials, {
      typed: textOf(values, 'token'),
      variable: variables.jira,
      host: new URL(site).host,
    });
    setup.write(['connectors', 'jira'], { ...draft, ...kept });
    return `Kept: ${projects.join(', ')} of ${site}.`;
  },
};

/** The account may stand in a variable, as the token does. */
function accountOf(
  env: Readonly<Record<string, string | undefined>>,
  typed: string,
): string | null {
  const [, name] = /^\$\{([^}]*)\}$/.exec(typed) ?? [];
  const email = name === undefined ? typed : (valueOf(env, name) ?? '');
  return email === '' ? null : email;
}
