import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { githubSchema } from '../../config/github-schema.ts';
import { githubCredentials } from '../../configured-github.ts';
import { apiAt, repositoryAt } from '../../init/ask-github.ts';
import { listGithub } from '../../init/listings.ts';
import { addressBeside, variables } from '../../init/variables.ts';
import { type CliSetupStep, listOf, type SetupContext, textOf } from '../cli-setup-step.ts';
import { readSection } from '../edit-config.ts';
import { tryListing } from '../try-listing.ts';
import { keepToken, tokenFor, tokenHint } from '../vendor-token.ts';

const sectionSchema = z
  .looseObject({ repositories: z.array(z.string()).catch([]), baseUrl: z.string().optional() })
  .optional()
  .catch(undefined);

/** GitHub: reviews, open pull requests, what happens in them. */
export const githubStep: CliSetupStep = {
  id: 'github',
  title: 'GitHub',
  about:
    'Reviews, open pull requests and what happens in them. The token needs to read only; docs/guide/tokens-and-scopes.md names its scopes. It is sent to this GitHub and nowhere else.',
  check: 'Try it',
  read(setup) {
    const section = sectionSchema.parse(readSection(setup.place, ['connectors', 'github']));
    const address = section?.baseUrl ?? baseUrlHere(setup) ?? '';
    const clone = repositoryAt(setup.here.repository, hostOf(address));
    const proposed = section?.repositories ?? (clone === null ? [] : [clone]);
    return {
      isDone: section !== undefined,
      standing:
        section === undefined
          ? 'Nothing is read from GitHub.'
          : `${section.repositories.length === 1 ? 'One repository is' : `${section.repositories.length} repositories are`} named.`,
      fields: [
        {
          name: 'token',
          label: 'Token',
          kind: 'secret',
          hint: tokenHint(setup, variables.github),
          value: '',
        },
        {
          name: 'host',
          label: 'GitHub of your own',
          kind: 'text',
          hint: 'Its host or the address of its API; empty for github.com.',
          value: address,
        },
        {
          name: 'repositories',
          label: 'Repositories',
          kind: 'several',
          hint: 'As owner/name, a line each. “Try it” lists what the token can read.',
          value: proposed.join('\n'),
        },
      ],
    };
  },
  try: (setup, values) => {
    const baseUrl = addressOf(values);
    const typed = textOf(values, 'token');
    const token = tokenFor(setup, githubCredentials, { typed, variable: variables.github });
    return tryListing(
      setup,
      { title: 'GitHub', what: 'repositories', field: 'repositories' },
      (asking) => listGithub({ token, baseUrl }, asking),
    );
  },
  async keep(setup, values) {
    const baseUrl = addressOf(values);
    const repositories = listOf(values, 'repositories');
    const draft = {
      repositories,
      ...(baseUrl === null ? {} : { baseUrl }),
    };
    const parsed = githubSchema.safeParse(draft);
    if (!parsed.success || repositories.length === 0) {
      throw new AdjutantError('InvalidInput', 'No repository is named, or one is not owner/name.', {
        hint: 'Write acme/api, a line each, or leave the step out.',
      });
    }
    const kept = await keepToken(setup, githubCredentials, {
      typed: textOf(values, 'token'),
      variable: variables.github,
      host: hostOf(baseUrl ?? ''),
    });
    setup.write(['connectors', 'github'], { ...draft, ...kept });
    return `Kept: ${repositories.join(', ')}.`;
  },
};

function baseUrlHere({ context }: SetupContext): string | null {
  return addressBeside(context.io.env, variables.github, apiAt);
}

function addressOf(values: Parameters<CliSetupStep['keep']>[1]): string | null {
  const place = textOf(values, 'host');
  return place === '' ? null : addressBeside({ X_HOST: place }, 'X', apiAt);
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'api.github.com';
}
