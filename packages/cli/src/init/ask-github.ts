import type { CommandContext } from '../command-context.ts';
import { githubCredentials } from '../configured-github.ts';
import { credentialFrom } from '../connector-credential.ts';
import type { Prompts } from '../prompts.ts';
import { askListed } from './ask-listed.ts';
import { listGithub } from './listings.ts';
import type { GithubAnswer, Surroundings } from './init-answers.ts';
import { addressBeside, valueOf, variables } from './variables.ts';

const tokenNote = `A token of GitHub adds reviews, open pull requests and what happens in them. Put one into ${variables.github} and run "adjutant init --force", or add "connectors.github" yourself; docs/guide/tokens-and-scopes.md says which scopes it needs.`;
const otherHostNote =
  'Reviews and open pull requests are read from GitHub only, so far; this clone comes from elsewhere.';

/** @returns what to read from GitHub, null for nothing, undefined where the person cancelled */
export async function askGithub(
  prompts: Prompts,
  { repository }: Pick<Surroundings, 'repository'>,
  context: CommandContext,
): Promise<GithubAnswer | null | undefined> {
  const { env } = context.io;
  const baseUrl = addressBeside(env, variables.github, apiAt);
  const host = baseUrl === null ? 'api.github.com' : hostIn(baseUrl);
  const clone = repositoryAt(repository, host);
  if (valueOf(env, variables.github) === null) {
    prompts.note(repository !== null && clone === null ? otherHostNote : tokenNote);
    return null;
  }
  const listed = await askListed(prompts, context, {
    title: 'GitHub',
    what: 'repositories',
    question: `Read reviews and open pull requests from GitHub? The token in ${variables.github} is sent to ${host}, which lists what it can read.`,
    list: async (asking) => {
      const token = credentialFrom(githubCredentials, `\${${variables.github}}`, env);
      return await listGithub({ token, baseUrl }, asking);
    },
    initial: clone === null ? [] : [clone],
    most: 10_000,
  });
  if (listed === 'cancelled') return undefined;
  if (listed === 'skipped') return null;
  if (listed !== 'unlisted') {
    return listed.chosen.length === 0 ? null : { repositories: listed.chosen, baseUrl };
  }
  if (clone === null) return null;
  const message = `Read ${clone} from there all the same, once it can be read?`;
  const answer = await prompts.confirm({ message, initial: true });
  if (answer === null) return undefined;
  return answer ? { repositories: [clone], baseUrl } : null;
}

/** An installation of one's own has its API below a path, GitHub's own service for companies does not. */
export function apiAt(host: string): string | null {
  if (host === 'github.com' || host === 'api.github.com') return null;
  return host.startsWith('api.') ? `https://${host}` : `https://${host}/api/v3`;
}

function hostIn(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** The repository at this GitHub that the clone is of, as owner/name. */
export function repositoryAt(name: string | null, host: string): string | null {
  const [, place, repository] = /^([^/]+)\/([\w.-]+\/[\w.-]+)$/.exec(name ?? '') ?? [];
  const isHere = place === 'github.com' || place === host || `api.${place}` === host;
  return isHere && repository !== undefined ? repository : null;
}
