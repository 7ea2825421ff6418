export {
  createGitFixture,
  type FixtureCommit,
  type FixtureDescription,
  type FixturePerson,
  type FixtureTag,
  type GitFixture,
} from './git/testing/git-fixture.ts';
export {
  generateLargeRepository,
  type LargeRepositoryOptions,
  type LargeRepositoryTruth,
} from './git/testing/generate-large-repository.ts';
export { generateTeam, type GeneratedTeam, type TeamOptions } from './git/testing/generate-team.ts';
export type { TeamTruth, TrueMerge, TrueRepository } from './git/testing/team-truth.ts';
