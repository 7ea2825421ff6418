import type { CommandContext } from '../command-context.ts';
import type { Prompts } from '../prompts.ts';
import { askGithub } from './ask-github.ts';
import { askJira } from './ask-jira.ts';
import { askSlack } from './ask-slack.ts';
import {
  type InitAnswers,
  proposedAnswers,
  type Surroundings,
  type VendorAnswers,
} from './init-answers.ts';

const opening =
  'A few questions. Enter takes what is proposed, an empty answer skips a step, Ctrl-C leaves everything as it is.';
const tagsNote =
  'A clone does not say what reached production. If you tag what you deploy, name those tags, and deployment frequency and lead time are known. If tags are only versions, leave it empty: unknown is better than wrong.';

/** Asks step by step; an empty answer skips a step. @returns null where the person cancelled */
export async function askInit(
  prompts: Prompts,
  here: Surroundings,
  context: CommandContext,
): Promise<InitAnswers | null> {
  prompts.note(opening);
  const repositories = await askRepositories(prompts, here);
  if (repositories === null) return null;
  prompts.note(tagsNote);
  const tags = await prompts.text({
    message: 'Tags that are deployments, such as v* (empty: none)',
    initial: '',
  });
  if (tags === null) return null;
  const teams = await askTeams(prompts, here);
  if (teams === null) return null;
  const ignoreStore = here.canIgnoreStore
    ? await prompts.confirm({
        message: 'Keep .adjutant/ out of git (one line in .gitignore)?',
        initial: true,
      })
    : false;
  if (ignoreStore === null) return null;
  const vendors = await askVendors(prompts, here, context);
  if (vendors === null) return null;
  const readNow =
    repositories.length > 0 || Object.values(vendors).some((one) => one !== null)
      ? await prompts.confirm({ message: 'Read them now?', initial: true })
      : false;
  if (readNow === null) return null;
  const deploymentTags = tags.trim() === '' ? null : tags.trim();
  return { repositories, deploymentTags, ...vendors, teams, ignoreStore, readNow };
}

async function askRepositories(prompts: Prompts, here: Surroundings): Promise<string[] | null> {
  const proposed = proposedAnswers(here).repositories;
  const message = 'Clones to read, parted by commas; "." is this folder';
  const answer = await prompts.text({ message, initial: proposed.join(', ') });
  if (answer === null) return null;
  return answer.split(',').flatMap((path) => (path.trim() === '' ? [] : [path.trim()]));
}

/** One vendor after the other, each a step of its own. */
async function askVendors(
  prompts: Prompts,
  here: Surroundings,
  context: CommandContext,
): Promise<VendorAnswers | null> {
  const github = await askGithub(prompts, here, context);
  if (github === undefined) return null;
  const jira = await askJira(prompts, context);
  if (jira === undefined) return null;
  const slack = await askSlack(prompts, context);
  if (slack === undefined) return null;
  return { github, jira, slack };
}

async function askTeams(
  prompts: Prompts,
  { teams }: Surroundings,
): Promise<InitAnswers['teams'] | null> {
  if (teams.length === 0) return [];
  const names = teams
    .slice(0, 8)
    .map(({ owner }) => owner)
    .join(', ');
  const message = `CODEOWNERS names ${names}. Take ${teams.length === 1 ? 'this team' : 'these teams'} over?`;
  const answer = await prompts.confirm({ message, initial: true });
  if (answer === null) return null;
  return answer ? teams : [];
}
