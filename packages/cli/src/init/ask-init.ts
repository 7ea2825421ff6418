import type { Prompts } from '../prompts.ts';
import { type InitAnswers, proposedAnswers, type Surroundings } from './init-answers.ts';

const opening =
  'A few questions. Enter takes what is proposed, an empty answer skips a step, Ctrl-C leaves everything as it is.';
const tagsNote =
  'A clone does not say what reached production. If you tag what you deploy, name those tags, and deployment frequency and lead time are known. If tags are only versions, leave it empty: unknown is better than wrong.';
const tokenNote =
  'A token of your code host would add reviews, open pull requests and what happens in them. The connector that would use it is not part of Adjutant yet, so none is asked for.';

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
  prompts.note(tokenNote);
  const readNow =
    repositories.length > 0
      ? await prompts.confirm({ message: 'Read them now?', initial: true })
      : false;
  if (readNow === null) return null;
  const deploymentTags = tags.trim() === '' ? null : tags.trim();
  return { repositories, deploymentTags, teams, ignoreStore, readNow };
}

async function askRepositories(prompts: Prompts, here: Surroundings): Promise<string[] | null> {
  const proposed = proposedAnswers(here).repositories;
  const message = 'Clones to read, parted by commas; "." is this folder';
  const answer = await prompts.text({ message, initial: proposed.join(', ') });
  if (answer === null) return null;
  return answer.split(',').flatMap((path) => (path.trim() === '' ? [] : [path.trim()]));
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
