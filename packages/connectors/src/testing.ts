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
export type { TeamTruth, TrueMerge, TrueRepository } from './testing/team-truth.ts';
export { createGithubData, type GithubData } from './github/testing/data/github-data.ts';
export type {
  TwinActor,
  TwinChangedFile,
  TwinCheck,
  TwinCommit,
  TwinDeployment,
  TwinIssue,
  TwinOrganization,
  TwinPullRequest,
  TwinRepository,
  TwinReview,
  TwinTeam,
} from './github/testing/data/records.ts';
export type { FaultSwitch, GithubTwinFaults } from './github/testing/faults.ts';
export type { GithubTwinLimits } from './github/testing/limits.ts';
export type { GithubTwinQuota } from './github/testing/quota.ts';
export type { TwinRequest } from './github/testing/requests.ts';
export type { TwinWrite, WriteOccasion } from './github/testing/writes.ts';
export {
  type GithubTwin,
  type GithubTwinOptions,
  startGithubTwin,
} from './github/testing/start-github-twin.ts';
export {
  createSlackData,
  type SlackData,
  type TwinChannel,
  type TwinGroup,
  type TwinMessage,
  type TwinUser,
} from './slack/testing/slack-data.ts';
export type {
  CommandOptions,
  PressOptions,
  SignedRequest,
  SubmitOptions,
  TwinHands,
} from './slack/testing/signed-requests.ts';
export type { TwinBlock, TwinViewBody } from './slack/testing/block-limits.ts';
export type { TwinView } from './slack/testing/view-methods.ts';
export type { FaultBook, SlackFault } from './slack/testing/faults.ts';
export {
  type SlackTwin,
  type SlackTwinOptions,
  type SlackTwinRequest,
  startSlackTwin,
} from './slack/testing/start-slack-twin.ts';
export {
  type GeneratedGithubRepository,
  generateGithubRepository,
  type GithubRepositoryOptions,
} from './github/testing/generate-github-repository.ts';
export {
  type GithubTeam,
  githubDataFromTeam,
} from './github/testing/team/github-data-from-team.ts';
export type {
  GithubTeamTruth,
  TrueDuration,
  TrueGithubDeployment,
  TrueGithubPullRequest,
} from './github/testing/team/team-github-truth.ts';
export {
  type ClonedGithub,
  type CloneOptions,
  githubDataFromClone,
} from './github/testing/clone/github-data-from-clone.ts';
export { createJiraData, type JiraData } from './jira/testing/jira-data.ts';
export { type GeneratedJiraSite, generateJiraSite } from './jira/testing/generate-jira-site.ts';
export {
  type JiraFault,
  type JiraTwin,
  type JiraTwinOptions,
  startJiraTwin,
} from './jira/testing/start-jira-twin.ts';
export { createPagerdutyData, type PagerdutyData } from './pagerduty/testing/pagerduty-data.ts';
export {
  type PagerdutyTwin,
  type PagerdutyTwinOptions,
  startPagerdutyTwin,
} from './pagerduty/testing/start-pagerduty-twin.ts';
