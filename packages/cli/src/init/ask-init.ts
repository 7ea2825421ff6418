import type { Prompts } from '../prompts.ts';
import {
  githubTokenVariable,
  type InitAnswers,
  proposedAnswers,
  type Surroundings,
} from './init-answers.ts';

const opening =
  'A few questions. Enter takes what is proposed, an empty answer skips a step, Ctrl-C leaves everything as it is.';
const tagsNote =
  'A clone does not say what reached production. If you tag what you deploy, name those tags, and deployment frequency and lead time are known. If tags are only versions, leave it empty: unknown is better than wrong.';
const tokenNote = `A token of GitHub adds reviews, open pull requests and what happens in them. Put one into ${githubTokenVariable} and run "adjutant init --force", or add "connectors.github" yourself; docs/guide/tokens-and-scopes.md says which scopes it needs.`;
const otherHostNote =
  'Reviews and open pull requests are read from GitHub only, so far; this clone comes from elsewhere.';

/** Asks step by step; an empty answer skips a step. @returns null where the person cancelled */
export async function askInit(prompts: Prompts, here: Surroundings): Promise<InitAnswers | null> {
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
  const github = await askGithub(prompts, here);
  if (github === undefined) return null;
  const readNow =
    repositories.length > 0 || github !== null
      ? await prompts.confirm({ message: 'Read them now?', initial: true })
      : false;
  if (readNow === null) return null;
  const deploymentTags = tags.trim() === '' ? null : tags.trim();
  return { repositories, deploymentTags, github, teams, ignoreStore, readNow };
}

async function askRepositories(prompts: Prompts, here: Surroundings): Promise<string[] | null> {
  const proposed = proposedAnswers(here).repositories;
  const message = 'Clones to read, parted by commas; "." is this folder';
  const answer = await prompts.text({ message, initial: proposed.join(', ') });
  if (answer === null) return null;
  return answer.split(',').flatMap((path) => (path.trim() === '' ? [] : [path.trim()]));
}

/** @returns the repository to read, null for none, undefined where the person cancelled */
async function askGithub(
  prompts: Prompts,
  { github }: Surroundings,
): Promise<string | null | undefined> {
  if (github?.hasToken !== true) {
    prompts.note(github === null ? otherHostNote : tokenNote);
    return null;
  }
  const message = `Read reviews and open pull requests of ${github.repository} from GitHub, with the token in ${githubTokenVariable}?`;
  const answer = await prompts.confirm({ message, initial: true });
  if (answer === null) return undefined;
  return answer ? github.repository : null;
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
