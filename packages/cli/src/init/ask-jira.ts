import type { CommandContext } from '../command-context.ts';
import { jiraSchema } from '../config/jira-schema.ts';
import { jiraCredentials } from '../configured-jira.ts';
import { credentialFrom } from '../connector-credential.ts';
import type { Prompts } from '../prompts.ts';
import { askListed, partedByCommas } from './ask-listed.ts';
import { listJira } from './listings.ts';
import type { JiraAnswer } from './init-answers.ts';
import { valueOf, variables } from './variables.ts';

const tokenNote = `A token of Jira adds issues and sprints: put one into ${variables.jira}, and its account into ${variables.jiraAccount}; docs/connectors/jira.md says how to make it.`;
const accountNote = `An API token needs the address of its account in ${variables.jiraAccount}; without it the token goes as one of OAuth.`;
const siteQuestion =
  'Site of Jira: https://NAME.atlassian.net, or https://api.atlassian.com/ex/jira/CLOUD-ID for a token with scopes (empty: none)';
const mostProjects = 200;

/** @returns what to read from Jira, null for nothing, undefined where the person cancelled */
export async function askJira(
  prompts: Prompts,
  context: CommandContext,
): Promise<JiraAnswer | null | undefined> {
  const { env } = context.io;
  if (valueOf(env, variables.jira) === null) {
    prompts.note(tokenNote);
    return null;
  }
  const typed = await prompts.text({
    message: siteQuestion,
    initial: valueOf(env, variables.jiraSite) ?? '',
  });
  if (typed === null) return undefined;
  if (typed.trim() === '') return null;
  const site = siteIn(typed.trim());
  if (site === null) {
    prompts.note('That is no address of a Jira: nothing is read from it.');
    return null;
  }
  const email = valueOf(env, variables.jiraAccount);
  if (email === null) prompts.note(accountNote);
  const listed = await askListed(prompts, context, {
    title: 'Jira',
    what: 'projects',
    question: `Read issues and sprints from Jira? The token in ${variables.jira} is sent to ${new URL(site).host}, which lists what it can read.`,
    list: async (asking) => {
      const token = credentialFrom(jiraCredentials, `\${${variables.jira}}`, env);
      return await listJira({ site, token, email }, asking);
    },
    initial: [],
    most: mostProjects,
  });
  if (listed === 'cancelled') return undefined;
  if (listed === 'skipped') return null;
  const projects = listed === 'unlisted' ? await askKeys(prompts) : listed.chosen;
  if (projects === null) return undefined;
  return projects.length === 0 ? null : { site, projects, hasAccount: email !== null };
}

async function askKeys(prompts: Prompts): Promise<string[] | null> {
  const message = 'Projects of Jira by their keys, parted by commas (empty: none)';
  const answer = await prompts.text({ message, initial: '' });
  if (answer === null) return null;
  const { element } = jiraSchema.shape.projects;
  const isKey = (text: string): boolean => element.safeParse(text).success;
  return partedByCommas(prompts, answer.toUpperCase(), isKey).slice(0, mostProjects);
}

/** Returns the address of a site from what was typed, which may be that of a page there. */
export function siteIn(typed: string): string | null {
  const text = typed.includes('://') ? typed : `https://${typed}`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isAddress = (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '';
  // A password in an address would stand in the file.
  if (!isAddress || url.username !== '' || url.password !== '') return null;
  if (url.hostname.endsWith('.atlassian.net')) return url.origin;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
