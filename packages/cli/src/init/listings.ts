import type { AskingContext } from '@adjutant/connectors/github';
import type { Choice } from '../prompts.ts';

/** What a vendor lists, for a person to choose from. */
export interface VendorListing {
  choices: Choice<string>[];
  /** False where there are more. */
  isWhole: boolean;
}

/** Gives the token for the host that is about to be asked. */
type TokenFor = (host: string) => string | Promise<string>;

/** Returns the repositories that a token shows. @throws AdjutantError */
export async function listGithub(
  { token, baseUrl }: { token: TokenFor; baseUrl: string | null },
  asking: AskingContext,
): Promise<VendorListing> {
  const { listRepositories } = await import('@adjutant/connectors/github');
  const address = baseUrl === null ? {} : { baseUrl };
  const { repositories, isWhole } = await listRepositories({ token, ...address }, asking);
  return { choices: repositories.map(choiceOf), isWhole };
}

/** Returns the projects that a token shows. @throws AdjutantError */
export async function listJira(
  { site, token, email }: { site: string; token: TokenFor; email: string | null },
  asking: AskingContext,
): Promise<VendorListing> {
  const { listProjects } = await import('@adjutant/connectors/jira');
  const account = email === null ? {} : { email };
  const { projects, isWhole } = await listProjects({ site, token, ...account }, asking);
  const choices = projects.map(({ key, name }) => ({ value: key, label: `${key} (${name})` }));
  return { choices, isWhole };
}

/** Returns the channels that a bot was invited to, and what each is called. @throws AdjutantError */
export async function listSlack(
  { token, baseUrl }: { token: TokenFor; baseUrl: string | null },
  asking: AskingContext,
): Promise<VendorListing & { names: Map<string, string> }> {
  const { listChannels } = await import('@adjutant/connectors/slack');
  const address = baseUrl === null ? {} : { baseUrl };
  const { channels, isWhole } = await listChannels({ token, ...address }, asking);
  const choices = channels.map(({ id, name, isPrivate }) => ({
    value: id,
    label: `#${name}${isPrivate ? ' (private)' : ''}`,
  }));
  return { choices, isWhole, names: new Map(channels.map(({ id, name }) => [id, name])) };
}

function choiceOf(one: {
  fullName: string;
  isPrivate: boolean | null;
  isArchived: boolean;
  pushedAt: number | null;
}): Choice<string> {
  const { fullName, isPrivate, isArchived, pushedAt } = one;
  const facts = [
    ...(isPrivate === null ? [] : [isPrivate ? 'private' : 'public']),
    ...(isArchived ? ['archived'] : []),
    ...(pushedAt === null ? [] : [`last push ${new Date(pushedAt).toISOString().slice(0, 10)}`]),
  ];
  return {
    value: fullName,
    label: facts.length === 0 ? fullName : `${fullName} (${facts.join(', ')})`,
  };
}
