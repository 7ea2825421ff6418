export { githubActions } from './actions/index.ts';
export type { GithubConfig } from './config.ts';
export { github } from './connector.ts';
export {
  type ListedRepository,
  listRepositories,
  type RepositoryList,
} from './discovery/list-repositories.ts';
export type { AskingContext } from '../http/while-somebody-waits.ts';
export {
  authorizationUrl,
  type CodeExchange,
  exchangeCode,
  type UserAuthorization,
  type UserAuthorizationOptions,
} from './user-tokens/authorize-user.ts';
export {
  createUserTokenRefresher,
  type UserTokenRefresherOptions,
} from './user-tokens/create-user-token-refresher.ts';
export type { UserTokenRefresher } from '../user-tokens/create-token-refresher.ts';
export type { UserTokens } from '../user-tokens/user-tokens.ts';
export {
  type GithubNormalisers,
  githubNormalisers,
  type Normaliser,
  type NormaliserPlace,
  type PullRequestExtra,
} from './rest/normalise.ts';
