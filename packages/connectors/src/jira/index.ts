export type { JiraConfig } from './config.ts';
export { jira } from './connector.ts';
export { type ListedProject, listProjects, type ProjectList } from './discovery/list-projects.ts';
export type { AskingContext } from '../http/while-somebody-waits.ts';
export {
  type JiraNormaliserPlace,
  jiraNormalisers,
  type JiraNormalisers,
} from './rest/normalise.ts';
export {
  type AccessibleSite,
  accessibleSites,
  type AccessibleSitesOptions,
} from './user-tokens/accessible-sites.ts';
export type { AtlassianPlace } from './user-tokens/atlassian-authorization.ts';
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
